"""From the words of a measure to the demands that the catalogue proposes; the office decides before adoption."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from anwei.rulebook.demands import DemandTemplate, demand_templates, report_demand
from anwei.rulebook.parameters import Override
from anwei.rulebook.vocabulary import RHYTHMS

_SENTENCE: Final = re.compile(r"[^。；;！!\n]+")


class Cadence(Protocol):
    """「至少半年组织1次集体学习」 as the reader of plans found it."""

    @property
    def text(self) -> str: ...
    @property
    def at_least(self) -> int | None: ...
    @property
    def every(self) -> str | None: ...
    @property
    def object(self) -> str | None: ...


@dataclass(frozen=True)
class Match:
    """A proposed demand: its numbers, the reason in words, its place in the measure's text (None: the title)."""

    template: DemandTemplate
    at_least: int | None
    every: str | None
    days: int | None
    from_plan: bool  # the number stands in the plan itself, not only in the catalogue
    reason: str
    span: tuple[int, int] | None

    @property
    def finish(self) -> str:
        return self.template.finish_text(self.at_least, self.every, self.days)

    @property
    def proof(self) -> str:
        return self.template.proof


@dataclass(frozen=True)
class _Rhythm:
    text: str
    at_least: int | None
    every: str | None
    object: str | None

    def speaks_of(self, template: DemandTemplate) -> bool:
        return any(word in self.text or word in (self.object or "") for word in template.cadence_words)


def match_demands(
    title: str,
    text: str,
    cadences: Iterable[Cadence | Mapping[str, object]] = (),
    *,
    relative_days: int | None = None,
    on: date | None = None,
    overrides: Iterable[Override] = (),
    offered: Collection[str] | None = None,
) -> list[Match]:
    """The demands that a measure's words ask for, in the order of the catalogue; the return if there is no other.

    Numbers of the plan (`cadences`, `relative_days` of the deadline) win over the rulebook's, which are those of the
    day `on` with the district's `overrides`. With `offered`, templates whose fact no room offers are left out: they
    go into the half-yearly return. A unit that no match binds (`template.who.binds`) owes the return as well.
    """
    rhythms = [_rhythm(cadence) for cadence in cadences]
    given = list(overrides)
    found: list[Match] = []
    for template in demand_templates():
        if template.kind == "report" or (offered is not None and template.fact not in offered):
            continue
        found += _matches(template, title, text, rhythms, relative_days, on, given)
    return found or [_report()]


def uncounted(cadences: Iterable[Cadence | Mapping[str, object]]) -> list[str]:
    """Cadences that no entry of the catalogue speaks of: the review page shows them, the return has them."""
    rhythms = [_rhythm(cadence) for cadence in cadences]
    templates = demand_templates()
    return [rhythm.text for rhythm in rhythms if not any(rhythm.speaks_of(template) for template in templates)]


def _matches(
    template: DemandTemplate,
    title: str,
    text: str,
    rhythms: list[_Rhythm],
    relative_days: int | None,
    on: date | None,
    overrides: list[Override],
) -> Iterator[Match]:
    word, span = _find(template, title, text)
    spoken = [rhythm for rhythm in rhythms if rhythm.speaks_of(template)]
    if template.kind == "count":
        usable = {(r.every, r.at_least or 1): r for r in reversed(spoken) if r.every in RHYTHMS}
        if usable:
            for rhythm in reversed(usable.values()):
                yield _from_plan(template, rhythm, text)
            return
    if word is None:
        return
    number = template.default_number(on, overrides)
    if number is None and template.number is not None and relative_days is None:
        return
    if template.kind == "clock":
        yield _clock(template, word, span, number, relative_days)
        return
    reason = f"原文出现“{word}”"
    if template.kind == "count":
        reason += f"，{_why_default(spoken)}，按{RHYTHMS[template.every or 'year']}至少{number}{template.word}建议"
    yield Match(template, number, template.every, None, False, reason + _unverified(template), span)


def _from_plan(template: DemandTemplate, rhythm: _Rhythm, text: str) -> Match:
    at_least = rhythm.at_least or 1
    start = text.find(rhythm.text)
    span = (start, start + len(rhythm.text)) if start >= 0 else None
    reason = f"原文“{rhythm.text}”，即{RHYTHMS[rhythm.every or '']}至少{at_least}{template.word}"
    return Match(template, at_least, rhythm.every, None, True, reason, span)


def _clock(
    template: DemandTemplate, word: str, span: tuple[int, int] | None, number: int | None, relative_days: int | None
) -> Match:
    if relative_days is not None:
        reason = f"原文出现“{word}”，时限写明{relative_days}日"
        return Match(template, None, None, relative_days, True, reason, span)
    reason = f"原文出现“{word}”，时限按{template.source}为{number}日" + _unverified(template)
    return Match(template, None, None, number, False, reason, span)


def _report() -> Match:
    template = report_demand()
    reason = "本条没有台账能数的事项，随落实情况表报送"
    return Match(template, 1, template.every, None, False, reason, None)


def _why_default(spoken: list[_Rhythm]) -> str:
    return f"“{spoken[0].text}”的周期不能按月、季、半年、年计" if spoken else "频次未写明"


def _unverified(template: DemandTemplate) -> str:
    return "" if template.verified else "（未核）"


def _find(template: DemandTemplate, title: str, text: str) -> tuple[str | None, tuple[int, int] | None]:
    """The first word of the template in the text with its place there; in the title without a place."""
    for sentence in _SENTENCE.finditer(text):
        for phrase in template.phrases:
            word = phrase.found_in(sentence.group())
            if word is not None:
                start = sentence.start() + sentence.group().index(word)
                return word, (start, start + len(word))
    for phrase in template.phrases:
        word = phrase.found_in(title)
        if word is not None:
            return word, None
    return None, None


def _rhythm(cadence: Cadence | Mapping[str, object]) -> _Rhythm:
    if not isinstance(cadence, Mapping):
        return _Rhythm(cadence.text, cadence.at_least, cadence.every, cadence.object)
    at_least, every, object_ = cadence.get("at_least"), cadence.get("every"), cadence.get("object")
    return _Rhythm(
        str(cadence.get("text") or ""),
        at_least if isinstance(at_least, int) else None,
        every if isinstance(every, str) else None,
        object_ if isinstance(object_, str) else None,
    )
