"""全区落实情况表: each measure once, with what the ledgers counted over all units and what the gathering lead wrote."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from django.db.models import Q, Sum

from anwei.duties.breakdown import Entry, breakdown_of
from anwei.duties.matrix import table_of
from anwei.duties.models import Duty, Part, ShareDay
from anwei.duties.return_periods import Owing, owing
from anwei.duties.return_rows import MeasureLine, in_window, standing_of
from anwei.duties.sentences import COUNTED, month_day
from anwei.duties.standing import DONE, OUTSIDE
from anwei.duties.standings import Table
from anwei.evidence.offers import acts, clocks, shares
from anwei.journal.by import By
from anwei.periods import Window
from anwei.plans.models import Demand, Measure, Plan

CALIBER = (
    "落实情况第一段由全部责任单位的台账计出（几家合办的，每家计一次），第二段由汇总单位归纳、区安委办审定；"
    "进度为本期各单位各项里最差的一项，后面是办结项数／应办项数；佐证＝台账行数＋附件件数。"
)


@dataclass(slots=True)
class DistrictLine(MeasureLine):
    facts: str
    words: str
    note: str
    standing: str
    done: int
    owed: int
    trouble: str
    next_step: str
    proofs: int
    lead_part: Part | None = None

    @property
    def progress(self) -> str:
        return f"{self.done}/{self.owed}" if self.owed else ""


@dataclass(slots=True)
class DistrictBlock:
    title: str
    lines: list[DistrictLine] = field(default_factory=list)


@dataclass(slots=True)
class DistrictTable:
    plan: Plan
    window: Window
    blocks: list[DistrictBlock]
    units: list[Owing]
    missing: list[Owing]
    as_of: date
    on: date
    caliber: str = CALIBER

    @property
    def title(self) -> str:
        return f"《{self.plan}》{self.window.label}全区落实情况表"

    @property
    def missing_words(self) -> str:
        """The list below the table: who let the day pass, and who still has time."""
        late = [one for one in self.missing if one.deadline is not None and one.deadline < self.on]
        coming = [one for one in self.missing if one.deadline is None or one.deadline >= self.on]
        said = [_listed("缺报单位", late)] if late or not coming else []
        return "".join([*said, *([_listed("时限未到、尚未报送的单位", coming)] if coming else [])])


def district_table(plan: Plan, window: Window, on: date, by: By) -> DistrictTable:
    """A fixed number of queries: the breakdown, the standings, one per counted fact, the leads' parts, who reported."""
    units = [one for one in owing([plan]) if one.window == window]
    as_of = min(on, window.end)
    told = told_of_district(plan, window, on)
    now = in_window(table_of(plan, on), window)
    leads = {part.measure_id: part for part in gathered(plan, window)}
    files = dict(
        Part.objects.of_window(plan.pk, window.start)
        .order_by()
        .values_list("measure_id")
        .annotate(n=Sum("evidence_count"))
    )
    blocks = []
    for chapter in breakdown_of(plan).chapters:
        block = DistrictBlock(chapter.title)
        for entry in chapter.entries:
            series = entry.measure.series_id or 0
            phrases, rows = told.get(series, ([], 0))
            mine = now.where(now.series == series)
            part = leads.get(entry.measure.pk)
            proofs = rows + files.get(entry.measure.pk, 0)
            block.lines.append(_line(entry, phrases, as_of, part, mine, proofs))
        blocks.append(block)
    missing = [one for one in units if not _handed_in_by(one, on)]
    return DistrictTable(plan, window, blocks, units, missing, as_of, on)


def _handed_in_by(one: Owing, on: date) -> bool:
    return one.made is not None and one.made.handed_in_on is not None and one.made.handed_in_on <= on


def _listed(label: str, rows: list[Owing]) -> str:
    names = "、".join(one.unit.short for one in rows)
    return f"{label}（{len(rows)}家）：{names}。" if rows else f"{label}：无。"


def gathered(plan: Plan, window: Window) -> list[Part]:
    """The part of each measure's gathering lead; the office's where a measure names no single gatherer."""
    rows = Part.objects.of_window(plan.pk, window.start).filter(lead=True).select_related("of_return__unit", "measure")
    found: dict[int, Part] = {}
    for part in rows.order_by("of_return__unit__order"):
        mine = part.of_return.unit_id == part.measure.gatherer_id
        if mine or (part.measure.gatherer_id is None and part.measure_id not in found):
            found[part.measure_id] = part
    return list(found.values())


def _line(entry: Entry, phrases: list[str], as_of: date, part: Part | None, mine: Table, proofs: int) -> DistrictLine:
    handed = part is not None and part.state != "open"
    return DistrictLine(
        entry=entry,
        facts=f"截至{month_day(as_of)}，{'；'.join(phrases)}。" if phrases else "",
        words=part.words if part and handed else "",
        note=_note(part),
        standing=standing_of(mine, entry.measure.series_id),
        done=int(np.isin(mine.code, DONE).sum()),
        owed=int((~np.isin(mine.code, OUTSIDE)).sum()),
        trouble=part.trouble if part and handed else "",
        next_step=part.next_step if part and handed else "",
        proofs=proofs,
        lead_part=part,
    )


def _note(part: Part | None) -> str:
    """What is still wanting in the words: said in the table, so that nobody takes them for settled."""
    if part is None:
        return ""
    return {
        "open": "（汇总单位尚未报送）",
        "submitted": "（汇总单位已报，待审定）",
        "returned": "（已退回汇总单位补正）",
    }.get(part.state, "")


def told_of_district(plan: Plan, window: Window, on: date) -> dict[int, tuple[list[str], int]]:
    """series id -> (phrases over all units that owe, rows behind them)."""
    owing_units: dict[tuple[int, str, str], set[int]] = {}
    duties = Duty.objects.holding_on(on).filter(demand__kind__in=COUNTED)
    series_ids = Measure.objects.filter(plan=plan).exclude(series=None).values("series_id")
    rows = duties.filter(series_id__in=series_ids).order_by("demand__measure__order", "demand__order")
    for series, kind, fact, unit in rows.values_list("series_id", "demand__kind", "demand__fact", "unit_id"):
        owing_units.setdefault((series, kind, fact), set()).add(unit)
    per_fact: dict[tuple[str, str], dict[int, tuple[int, int]]] = {}
    found: dict[int, tuple[list[str], int]] = {}
    for (series, kind, fact), units in owing_units.items():
        if (kind, fact) not in per_fact:
            per_fact[kind, fact] = _READ[kind](fact, window, on)
        phrase, count = _phrase(kind, fact, units, per_fact[kind, fact])
        if phrase:
            phrases, before = found.get(series, ([], 0))
            found[series] = ([*phrases, phrase], before + count)
    return found


def _phrase(kind: str, fact: str, units: set[int], numbers: dict[int, tuple[int, int]]) -> tuple[str, int]:
    mine = {unit: numbers[unit] for unit in units if unit in numbers}
    first, second = (sum(pair[place] for pair in mine.values()) for place in (0, 1))
    if not first:
        return "", 0
    if kind == Demand.COUNT:
        return f"{len(mine)}家单位{acts(fact)[0].phrase(first)}", first
    if kind == Demand.CLOCK:
        return f"{clocks(fact)[0].label}：{first}件，已办结{second}件", first
    return f"{shares(fact)[0].label}：名单内{first}个，已达标{second}个", first


def _acts(fact: str, window: Window, on: date) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    for offer in acts(fact):
        for unit, day, times in offer.per_day(on, window.start):
            if day <= window.end:
                found[unit] = (found.get(unit, (0, 0))[0] + times, 0)
    return found


def _clocks(fact: str, window: Window, on: date) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    for offer in clocks(fact):
        span = Q(**{f"{offer.started}__range": (window.start, window.end)})
        for unit, ended in offer.as_of(on).filter(span).values_list(offer.unit, offer.finished):
            before = found.get(unit, (0, 0))
            found[unit] = (before[0] + 1, before[1] + int(ended is not None and ended <= on))
    return found


def _shares(fact: str, window: Window, on: date) -> dict[int, tuple[int, int]]:
    """The last word of the diary of each unit."""
    rows = ShareDay.objects.filter(fact=fact, day__lte=min(on, window.end)).order_by("day")
    return {unit: (base, met) for unit, base, met in rows.values_list("unit_id", "base", "met")}


_READ = {Demand.COUNT: _acts, Demand.CLOCK: _clocks, Demand.COVERAGE: _shares}
