"""System checks: the rulebook is whole, and every fact that a demand may count is offered by the room it names."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from anwei.evidence.offers import kind_of, offered
from anwei.journal.by import capabilities
from anwei.rulebook import DemandTemplate, demand_templates, problems
from anwei.units.rights import roles


@register
def rulebook_is_whole(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Bad data of the rulebook, with file and line."""
    return [Error(words, id="anwei.E001") for words in problems()]


@register
def facts_are_offered(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A demand of the catalogue whose room stands must find its fact offered, and offered as the kind that it counts."""
    rooms = {config.label for config in apps.get_app_configs()}
    wrong: list[CheckMessage] = []
    for template in demand_templates():
        if template.offered_by in rooms:
            wrong += [fault for key in (template.fact, template.objects) if key and (fault := _fault(template, key))]
    return wrong


def _fault(template: DemandTemplate, key: str) -> Error | None:
    if key not in offered():
        hint = f"{template.offered_by}/apps.py 的 ready() 里要 offer 这个键"
        return Error(f"任务要求 {template.id} 的凭证 {key} 没有台账提供", hint=hint, id="anwei.E002")
    if kind_of(key) != template.kind:
        words = f"任务要求 {template.id} 是 {template.kind}，{key} 却按 {kind_of(key)} 提供"
        return Error(words, id="anwei.E003")
    return None


@register
def rights_are_declared(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A role may only be given rights that some room has declared."""
    known = capabilities()
    return [
        Error(f"roles.yaml：{role.key} 的权限 {capability} 没有房间声明", id="anwei.E004")
        for role in roles().values()
        for capability in role.may
        if capability not in known
    ]
