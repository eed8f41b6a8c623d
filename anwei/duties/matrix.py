"""进展一览: measures × units as of any day. A cell is the worst of its opened dues and «n/m»; figures have one 口径."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import QuerySet

from anwei.duties.models import Duty
from anwei.duties.standing import DONE, EXTENDED, KEYS, NOT_APPLICABLE, OUTSIDE, OVERDUE, WORST_FIRST, ranks
from anwei.duties.standings import Table, standings
from anwei.plans.models import Measure, Plan
from anwei.units.models import Unit
from anwei.units.queries import overrides_on

CALIBER = (
    "办结率＝到期应办中已办结（含逾期办结）÷到期应办；不涉及、无事件和延期中不进分母；回看某日按当日已录入的事实计。"
)
OWED_CALIBER = "每个单位、每条任务、每个已开始的窗口（如上半年、第三季度）为一项；不涉及、无事件的不计。"


@dataclass(frozen=True, slots=True)
class Figures:
    """应办 (windows that have begun), 到期应办, 办结 of those due, 逾期, 办结 of all; the rate is None where nothing is due.

    A cell's «n/m» counts the same dues as `met` and `owed`, so that a line and a column add up.
    """

    owed: int
    due: int
    done: int
    overdue: int
    met: int

    @property
    def rate(self) -> float | None:
        return self.done / self.due if self.due else None

    @property
    def rate_words(self) -> str:
        return "—" if self.rate is None else f"{self.rate:.1%}"


@dataclass(frozen=True, slots=True)
class Cell:
    unit_id: int
    standing: str
    done: int
    due: int


@dataclass(frozen=True, slots=True)
class Line:
    measure: Measure
    cells: list[Cell | None]
    figures: Figures

    @property
    def leads(self) -> str:
        """Who leads, as the plan writes it."""
        return "、".join(dict.fromkeys(one.reference for one in self.measure.assignments.all() if one.lead))


@dataclass(frozen=True, slots=True)
class Block:
    """One chapter with its lines and its subtotal."""

    title: str
    lines: list[Line]
    figures: Figures


@dataclass(frozen=True, slots=True)
class Matrix:
    plan: Plan
    on: date
    units: list[Unit]
    blocks: list[Block]
    columns: list[Figures]
    figures: Figures


def table_of(plan: Plan, on: date, duties: QuerySet[Duty] | None = None) -> Table:
    """The standing of every due of a plan's series as of `on`; an older version of the plan shares its series."""
    base = Duty.objects.all() if duties is None else duties
    series = Measure.objects.filter(plan=plan).exclude(series=None).values("series_id")
    return standings(base.filter(series_id__in=series), on, overrides_on(on))


def figures(table: Table) -> Figures:
    """The four figures of a table, by the one 口径."""
    owed = (table.start <= np.datetime64(table.on, "D")) & ~np.isin(table.code, OUTSIDE)
    met = owed & np.isin(table.code, DONE)
    passed = owed & (table.deadline <= np.datetime64(table.on, "D")) & (table.code != EXTENDED)
    overdue = table.code == OVERDUE
    return Figures(*(int(one.sum()) for one in (owed, passed, passed & met, overdue, met)))


def matrix(plan: Plan, table: Table, units: list[Unit], measures: list[Measure]) -> Matrix:
    """A committee's dues stand in the column of whoever acts for it; columns are the given units, in their order."""
    shown = table.where(np.isin(table.actor, [unit.pk for unit in units]))
    opened = shown.opened()
    cells = _cells(opened)
    blocks: list[Block] = []
    by_chapter: dict[int | None, list[Measure]] = {}
    for measure in measures:
        by_chapter.setdefault(measure.chapter_id, []).append(measure)
    for group in by_chapter.values():
        lines = [_line(measure, units, cells, shown) for measure in group]
        series = [measure.series_id or 0 for measure in group]
        chapter = group[0].chapter
        blocks.append(
            Block(chapter.title if chapter else "", lines, figures(shown.where(np.isin(shown.series, series))))
        )
    all_series = [measure.series_id or 0 for measure in measures]
    listed = shown.where(np.isin(shown.series, all_series))
    columns = [figures(listed.where(listed.actor == unit.pk)) for unit in units]
    return Matrix(plan, table.on, units, blocks, columns, figures(listed))


def _line(measure: Measure, units: list[Unit], cells: dict[tuple[int, int], Cell], shown: Table) -> Line:
    key = measure.series_id or 0
    return Line(measure, [cells.get((key, unit.pk)) for unit in units], figures(shown.where(shown.series == key)))


def _cells(opened: Table) -> dict[tuple[int, int], Cell]:
    """(series, actor) -> cell, in one pass over sorted columns."""
    if not len(opened):
        return {}
    key = opened.series * (1 << 32) + opened.actor
    order = np.argsort(key, kind="stable")
    key = key[order]
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    worst = np.minimum.reduceat(ranks(opened.code)[order], starts)
    done = np.add.reduceat(np.isin(opened.code, DONE)[order].astype(np.int64), starts)
    owed = np.add.reduceat((~np.isin(opened.code, OUTSIDE))[order].astype(np.int64), starts)
    return {
        (int(key[at] >> 32), int(key[at] & 0xFFFFFFFF)): Cell(
            int(key[at] & 0xFFFFFFFF), KEYS[WORST_FIRST[int(rank)]], int(n), int(m)
        )
        for at, rank, n, m in zip(starts, worst, done, owed, strict=True)
    }


def falls_due(table: Table, first: date, last: date) -> list[tuple[date, int, int]]:
    """(day, due, done) of a calendar: what falls due in the span."""
    inside = table.where((table.deadline >= np.datetime64(first)) & (table.deadline <= np.datetime64(last)))
    found: dict[date, list[int]] = {}
    for day, code in zip(inside.deadline.astype(object), inside.code, strict=True):
        if code != NOT_APPLICABLE:
            counts = found.setdefault(day, [0, 0])
            counts[0] += 1
            counts[1] += code in DONE
    return [(day, *counts) for day, counts in sorted(found.items())]


def a_month_before(on: date) -> date:
    """The last day of the month before: «与上月比»."""
    return on.replace(day=1) - timedelta(days=1)
