"""The rules for collective names, loaded once from collectives.yaml and from what a district adds."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from anwei.units.directory import KIND_LABELS, Directory
from anwei.units.resolution import wording
from anwei.units.resolution.answer import MeasureContext, Status

INSIDE = "inside"
ANSWERS = (Status.NAMED.value, INSIDE, Status.NOT_EXPANDED.value, Status.TO_BE_NAMED.value)
_SELECTS = ("kinds", "classes", "members_of_kind", "members_of_leads", "group", "regulators")
_CONDITIONS = ("lead_kind", "beside")
# More leads than this are counted in a reason, not listed.
_MOST_NAMED = 3
_KEYS = {"key", "patterns", "answer", "select", "when", "why"}


@dataclass(frozen=True, slots=True)
class Collective:
    """One rule. `select` is (what, argument) or None; `lead_kind` and `beside` are its conditions."""

    key: str
    patterns: tuple[re.Pattern[str], ...]
    answer: str
    why: str
    select: tuple[str, Any] | None = None
    lead_kind: str = ""
    beside: tuple[str, ...] = ()

    def fits(self, phrase: str) -> bool:
        """Whether a flattened phrase is one of this rule's."""
        return any(pattern.fullmatch(phrase) for pattern in self.patterns)


@dataclass(frozen=True, slots=True)
class Collectives:
    """Rules in the order in which they are tried."""

    rules: tuple[Collective, ...]

    def find(self, reference: str, directory: Directory, measure: MeasureContext) -> Collective | None:
        """The first rule whose pattern and conditions hold."""
        phrase = wording.flat(reference, directory.district)
        if not phrase or len(phrase) > wording.LONGEST_NAME:
            return None
        for rule in self.rules:
            if rule.fits(phrase) and self._holds(rule, reference, directory, measure):
                return rule
        return None

    def _holds(self, rule: Collective, reference: str, directory: Directory, measure: MeasureContext) -> bool:
        if rule.lead_kind:
            leads = (directory.unit(code) for code in measure.leads)
            if not any(unit and unit.kind == rule.lead_kind for unit in leads):
                return False
        if rule.beside:
            wanted = [other for other in self.rules if other.key in rule.beside]
            others = [wording.flat(text, directory.district) for text in measure.beside if text != reference]
            return any(other.fits(text) for other in wanted for text in others)
        return True

    def with_first(self, extra: Iterable[Collective]) -> "Collectives":
        """A district's own rules come before the common ones."""
        return Collectives((*extra, *self.rules))


def select(rule: Collective, directory: Directory, measure: MeasureContext) -> tuple[str, ...]:
    """The units a rule speaks of, in the official order (regulators: the main one of each sector first)."""
    if rule.select is None:
        return ()
    what, argument = rule.select
    if what == "kinds":
        return directory.of_kind(*argument)
    if what == "classes":
        return tuple(unit.code for unit in directory.standing if unit.grade_class in argument)
    if what == "members_of_kind":
        return directory.members_of(*directory.of_kind(argument))
    if what == "members_of_leads":
        return directory.members_of(*leads_of_kind(argument, directory, measure))
    if what == "group":
        return directory.members_of(argument)
    sectors = directory.sectors_in(measure.text)
    return directory.in_order(code for sector in sectors for code in directory.regulators(sector, argument))


def leads_of_kind(kind: str, directory: Directory, measure: MeasureContext) -> tuple[str, ...]:
    wanted = set(directory.of_kind(kind))
    return tuple(code for code in measure.leads if code in wanted)


def explain(
    rule: Collective, reference: str, units: tuple[str, ...], directory: Directory, leads: tuple[str, ...]
) -> str:
    """The rule's sentence with its figures: 「规则：各镇（街道）＝机构序中的镇5家、街道7家」."""
    kinds = [unit.kind for unit in map(directory.unit, units) if unit]
    counts = "、".join(f"{KIND_LABELS.get(kind, kind)}{kinds.count(kind)}家" for kind in dict.fromkeys(kinds))
    names = "、".join(directory.short(code) for code in leads) if len(leads) <= _MOST_NAMED else f"{len(leads)}个"
    return rule.why.format(phrase=reference, counts=counts, leads=names, n=len(units))


@cache
def common_collectives() -> Collectives:
    """The rules that ship with the product."""
    rules, problems = read_collectives(Path(__file__).with_name("collectives.yaml").read_text(encoding="utf-8"))
    if problems:
        raise ValueError("; ".join(problems))
    return Collectives(rules)


def read_collectives(text: str) -> tuple[tuple[Collective, ...], tuple[str, ...]]:
    """Rules from YAML text and what is wrong with the others, in Chinese."""
    try:
        entries = yaml.safe_load(text) or []
    except yaml.YAMLError as error:
        return (), (f"集合称谓规则不是有效的 YAML：{error}，请对照 collectives.yaml 改正",)
    if not isinstance(entries, list):
        return (), ("集合称谓规则应当是一个列表，每条以“- key:”开头",)
    rules, problems = [], []
    for place, entry in enumerate(entries, 1):
        try:
            rules.append(_rule(entry))
        except ValueError as error:
            name = entry.get("key", "") if isinstance(entry, Mapping) else ""
            problems.append(f"集合称谓规则第{place}条 {name}：{error}")
    return tuple(rules), tuple(problems)


def _rule(entry: Any) -> Collective:
    if not isinstance(entry, Mapping) or not {"key", "patterns", "answer", "why"} <= set(entry) <= _KEYS:
        raise ValueError(f"须有 key、patterns、answer、why，另可有 select、when，现为「{entry}」")
    if entry["answer"] not in ANSWERS:
        raise ValueError(f"answer「{entry['answer']}」不认得，只能是 {'、'.join(ANSWERS)}")
    when = entry.get("when") or {}
    if not isinstance(when, Mapping) or not set(when) <= set(_CONDITIONS):
        raise ValueError(f"when「{when}」不认得，只能用 {'、'.join(_CONDITIONS)}")
    return Collective(
        key=str(entry["key"]),
        patterns=_patterns(entry["patterns"]),
        answer=str(entry["answer"]),
        why=_sentence(entry["why"]),
        select=_selection(entry.get("select")),
        lead_kind=str(when.get("lead_kind", "")),
        beside=tuple(when.get("beside", ())),
    )


def _patterns(value: Any) -> tuple[re.Pattern[str], ...]:
    if not isinstance(value, list) or not value:
        raise ValueError(f"patterns「{value}」应当是一个列表，至少一个写法")
    try:
        return tuple(re.compile(str(pattern)) for pattern in value)
    except re.error as error:
        raise ValueError(f"patterns 里有写法不是有效的正则表达式：{error}") from error


def _selection(value: Any) -> tuple[str, Any] | None:
    if value is None:
        return None
    if not isinstance(value, Mapping) or len(value) != 1 or next(iter(value)) not in _SELECTS:
        raise ValueError(f"select「{value}」不认得，只能是一个 {'、'.join(_SELECTS)}")
    what, argument = next(iter(value.items()))
    return str(what), tuple(argument) if isinstance(argument, list) else str(argument)


def _sentence(value: Any) -> str:
    sentence = str(value)
    try:
        sentence.format(phrase="", counts="", leads="", n=0)
    except (KeyError, IndexError, ValueError) as error:
        raise ValueError(f"why「{sentence}」里的花括号只能是 phrase、counts、leads、n") from error
    return sentence
