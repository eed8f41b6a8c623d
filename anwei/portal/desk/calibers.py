"""统计口径: how each figure is counted, said in one place; and the page that lists them all."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anwei.books.doors import turned_away
from anwei.duties.matrix import CALIBER
from anwei.evidence.offers import kind_of, offered
from anwei.rulebook import Override, activity_kinds, demand_templates, parameter
from anwei.units.queries import overrides_on

COUNTED = {"count": "计次", "clock": "限时", "coverage": "覆盖率"}


@dataclass(frozen=True, slots=True)
class Caliber:
    key: str
    name: str
    words: str
    source: str
    opens: str


@cache
def _read() -> dict[str, Caliber]:
    entries = yaml.safe_load((Path(__file__).parent / "calibers.yaml").read_text(encoding="utf-8"))
    found = {entry["key"]: Caliber(**entry) for entry in entries}
    return found | {"rate": replace(found["rate"], words=CALIBER)}


def calibers(on: date, overrides: Iterable[Override] = ()) -> dict[str, Caliber]:
    """By key, with the numbers of the rulebook that hold on a day filled in."""
    soon = parameter("duty.due_soon_working_days").at(on, overrides).number
    return {key: replace(one, words=one.words.replace("{soon}", str(soon))) for key, one in _read().items()}


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact that a ledger offers: how it is counted and which demands of the catalogue ask for it."""

    key: str
    label: str
    counted: str
    words: str
    demands: str


def fact_lines() -> list[FactLine]:
    descriptions = {kind.fact: kind.description for kind in activity_kinds()}
    asked: dict[str, list[str]] = {}
    proofs: dict[str, str] = {}
    for template in demand_templates():
        asked.setdefault(template.fact, []).append(template.label)
        proofs.setdefault(template.fact, template.proof)
    return [
        FactLine(
            key,
            label,
            COUNTED[kind_of(key)],
            descriptions.get(key) or proofs.get(key, ""),
            "、".join(dict.fromkeys(asked.get(key, []))),
        )
        for key, label in offered().items()
    ]


@require_safe
def caliber_page(request: HttpRequest) -> HttpResponseBase:
    if (away := turned_away(request, "notice.read")) is not None:
        return away
    context: dict[str, Any] = {
        "calibers": calibers(request.by.today, overrides_on(request.by.today)).values(),
        "facts": fact_lines(),
    }
    return render(request, "portal/calibers.html", context)


@require_safe
def help_page(request: HttpRequest) -> HttpResponseBase:
    if (away := turned_away(request, "notice.read")) is not None:
        return away
    return render(request, "portal/help.html", {"office": request.by.may.reach("plan.adopt").all})
