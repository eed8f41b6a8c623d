"""The catalogue of demands: what a phrase of a plan asks of whom, how it is counted, and when it is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from anwei.rulebook.parameters import Override, Parameter, parameter
from anwei.rulebook.reading import DATA, Item, Keys, RulebookError, read
from anwei.rulebook.sources import STANDING_FIELDS, Source, Standing, read_standing
from anwei.rulebook.vocabulary import RHYTHMS, UNIT_KINDS

KINDS: Final = ("count", "clock", "coverage", "report")
ROLES: Final = ("all", "lead", "responsible")
_FINISH: Final = {"month": "每月", "quarter": "每季度", "half_year": "上、下半年各", "year": "全年"}


@dataclass(frozen=True)
class Phrase:
    """Words that must stand in one sentence: all of `all_of`, and one of `any_of` if there are any."""

    all_of: tuple[str, ...]
    any_of: tuple[str, ...] = ()

    def found_in(self, sentence: str) -> str | None:
        """The word to be marked in the sentence, None where the phrase does not stand there."""
        if not all(word in sentence for word in self.all_of):
            return None
        hit = next((word for word in self.any_of if word in sentence), None)
        if self.any_of and hit is None:
            return None
        return hit or max(self.all_of, key=len)


@dataclass(frozen=True)
class Who:
    """Which of the units named by a measure a demand binds."""

    role: str = "all"
    kinds: tuple[str, ...] = UNIT_KINDS
    party_group: bool = False

    def binds(self, role: str, kind: str, party_group: bool) -> bool:
        """`role`: lead or responsible; `kind`: one of UNIT_KINDS; `party_group`: the unit has a 党委（党组）."""
        return self.role in ("all", role) and kind in self.kinds and (party_group or not self.party_group)


@dataclass(frozen=True)
class DemandTemplate:
    """One entry of demands.yaml. Numbers that are parameters of the law are read from there, by the day asked."""

    id: str
    label: str
    kind: str
    fact: str  # key offered through evidence; empty for reports
    objects: str  # coverage: the key that counts every object, where `fact` counts only some; else empty
    offered_by: str  # the room that offers it, so that a room not yet built is no error
    phrases: tuple[Phrase, ...]
    cadence_words: tuple[str, ...]  # without phrases only a rhythm in the plan brings the demand
    every: str | None
    number: Parameter | None  # at least so often (count), or so many days (clock)
    who: Who
    word: str  # 次, 个, 份
    each: str  # 「每家」 where the finish has to say that it binds every unit by itself
    finish: str
    proof: str
    note: str
    standing: Standing

    @property
    def source(self) -> Source:
        return self.standing.source

    @property
    def verified(self) -> bool:
        return self.standing.verified

    def default_number(self, on: date | None = None, overrides: Iterable[Override] = ()) -> int | None:
        """The parameter's number on a day: without a day the newest; before its first day the first, as a proposal.

        None where the template has no number or the rule has been repealed.
        """
        if self.number is None:
            return None
        day = self.number.values[-1][0] if on is None else max(on, self.number.first_day)
        found = self.number.at(day, overrides)
        return None if found.repealed else found.number

    def finish_text(self, at_least: int | None = None, every: str | None = None, days: int | None = None) -> str:
        """办结标志 for the numbers chosen: 「上、下半年各≥1次」, 「事故发生之日起60日内提交调查报告」."""
        if self.kind == "count" and every is not None:
            return f"{self.each}{_FINISH[every]}≥{at_least}{self.word}"
        return self.finish.replace("{days}", str(days))


def demand_templates() -> tuple[DemandTemplate, ...]:
    """The whole catalogue, in the order of the file."""
    return tuple(_by_id().values())


def demand_template(key: str) -> DemandTemplate:
    """One entry; RulebookError for an id that does not exist."""
    try:
        return _by_id()[key]
    except KeyError:
        raise RulebookError(f"没有任务要求 {key}，请在 rulebook/data/demands.yaml 里查对") from None


def report_demand() -> DemandTemplate:
    """The half-yearly return: what a unit owes under a measure where no fact can count for it."""
    return next(entry for entry in demand_templates() if entry.kind == "report")


def load_demands(path: Path) -> dict[str, DemandTemplate]:
    """RulebookError with file and line for bad data; the catalogue must have exactly one report."""
    keys = Keys()
    root = read(path)
    found = [_read(item, keys) for item in root.items()]
    if sum(entry.kind == "report" for entry in found) != 1:
        root.fail("report 类的条目必须有且只有一条（落实情况表）")
    return {entry.id: entry for entry in found}


@cache
def _by_id() -> dict[str, DemandTemplate]:
    return load_demands(DATA / "demands.yaml")


def _read(item: Item, keys: Keys) -> DemandTemplate:
    fields = item.fields(
        ("id", "label", "kind", "proof"),
        (
            *("fact", "objects", "offered_by", "phrases", "cadence_words", "every", "number"),
            *("who", "word", "each", "finish", "note", *STANDING_FIELDS),
        ),
    )
    kind = fields["kind"].one_of(KINDS)
    _require(item, fields, kind)
    number = _parameter(fields["number"]) if "number" in fields else None
    return DemandTemplate(
        id=keys.take(fields["id"]),
        label=fields["label"].text(),
        kind=kind,
        fact=_text(fields, "fact"),
        objects=_text(fields, "objects"),
        offered_by=_text(fields, "offered_by"),
        phrases=tuple(_phrase(entry) for entry in fields["phrases"].items()) if "phrases" in fields else (),
        cadence_words=fields["cadence_words"].texts() if "cadence_words" in fields else (),
        every=fields["every"].one_of(RHYTHMS) if "every" in fields else None,
        number=number,
        who=_who(fields["who"]) if "who" in fields else Who(),
        word=_text(fields, "word") or "次",
        each=_text(fields, "each"),
        finish=_text(fields, "finish"),
        proof=fields["proof"].text(),
        note=_text(fields, "note"),
        standing=_standing(item, fields, number),
    )


_NEEDED: Final = {
    "count": ("fact", "offered_by", "every", "number"),
    "clock": ("fact", "offered_by", "phrases", "number", "finish"),
    "coverage": ("fact", "offered_by", "phrases", "finish"),
    "report": ("every", "finish"),
}


def _require(item: Item, fields: dict[str, Item], kind: str) -> None:
    missing = [name for name in _NEEDED[kind] if name not in fields]
    if missing:
        item.fail(f"{kind} 类的任务要求缺少 {'、'.join(missing)}，请补上")
    if kind == "count" and "phrases" not in fields and "cadence_words" not in fields:
        item.fail("count 类的任务要求至少要有 phrases 或 cadence_words，否则永远匹配不到")


def _standing(item: Item, fields: dict[str, Item], number: Parameter | None) -> Standing:
    """A number of the rulebook brings its own standing; written a second time the two would drift apart."""
    given = [name for name in STANDING_FIELDS if name in fields]
    if number is not None:
        if given:
            fields[given[0]].fail("出处随 number 所指的参数，请删去 source、mark、verified")
        return number.standing
    if len(given) != len(STANDING_FIELDS):
        item.fail("没有 number 的条目要写 source、mark、verified")
    return read_standing(fields)


def _parameter(item: Item) -> Parameter:
    try:
        return parameter(item.text())
    except RulebookError as error:
        item.fail(str(error))


def _phrase(item: Item) -> Phrase:
    if item.is_text:
        return Phrase((item.text(),))
    fields = item.fields((), ("all", "any"))
    phrase = Phrase(
        fields["all"].texts() if "all" in fields else (),
        fields["any"].texts() if "any" in fields else (),
    )
    if not phrase.all_of and not phrase.any_of:
        item.fail("all 和 any 都是空的，请至少写一个词")
    return phrase


def _who(item: Item) -> Who:
    fields = item.fields((), ("role", "kinds", "party_group"))
    return Who(
        role=fields["role"].one_of(ROLES) if "role" in fields else "all",
        kinds=tuple(entry.one_of(UNIT_KINDS) for entry in fields["kinds"].items()) if "kinds" in fields else UNIT_KINDS,
        party_group="party_group" in fields and fields["party_group"].flag(),
    )


def _text(fields: dict[str, Item], name: str) -> str:
    return fields[name].text() if name in fields else ""
