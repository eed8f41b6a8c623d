"""总览 as values: figures, chapters, kinds of units, month ends, the overdue list. No score, no ranking."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.core.cache import cache

from anwei.duties.matrix import Figures, a_month_before, figures, table_of
from anwei.duties.models import Duty
from anwei.duties.standing import DUE_SOON, EXTENDED, KEYS, MET, MET_LATE, NOT_DUE, OVERDUE, SUBMITTED
from anwei.duties.standings import Row, Table
from anwei.journal.by import By
from anwei.periods import windows
from anwei.plans.models import Measure, Plan
from anwei.portal.desk.freshness import SECONDS, last_entry
from anwei.units.models import Kind, Unit

DRAWN = (MET, MET_LATE, SUBMITTED, EXTENDED, NOT_DUE, DUE_SOON, OVERDUE)
DRAWN_KEYS = tuple(KEYS[code] for code in DRAWN)
RED_LIST = 20


@dataclass(frozen=True, slots=True)
class ChapterLine:
    order: int
    title: str
    counts: dict[str, int]  # standing -> dues


@dataclass(frozen=True, slots=True)
class KindLine:
    kind: str
    label: str
    units: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class MonthEnd:
    day: date
    figures: Figures


def seen_table(by: By, plan: Plan, on: date) -> Table:
    """The dues of a plan that this person may see, as of a day."""
    return table_of(plan, on, Duty.objects.seen_by(by))


def chapter_lines(plan: Plan, table: Table) -> list[ChapterLine]:
    """One line a chapter in the plan's order, over the windows that have begun; one query."""
    table = table.opened()
    chapters: dict[tuple[int, str], list[int]] = {}
    for measure in Measure.objects.filter(plan=plan).exclude(series=None).select_related("chapter"):
        key = (measure.chapter.order, measure.chapter.title) if measure.chapter else (0, "（不分章）")
        chapters.setdefault(key, []).append(measure.series_id or 0)
    return [
        ChapterLine(order, title, _counts(table.code[np.isin(table.series, series)]))
        for (order, title), series in sorted(chapters.items())
    ]


def _counts(codes: np.ndarray) -> dict[str, int]:
    found = Counter(codes.tolist())
    return {KEYS[code]: found.get(code, 0) for code in DRAWN}


def kind_lines(table: Table) -> list[KindLine]:
    """By the kind of who acts, in the official order of kinds; one query."""
    actors = set(table.actor.tolist())
    by_kind: dict[str, list[int]] = {}
    for unit, kind in Unit.objects.filter(pk__in=actors).values_list("id", "kind"):
        by_kind.setdefault(kind, []).append(unit)
    return [
        KindLine(kind.value, str(kind.label), len(units), figures(table.where(np.isin(table.actor, units))))
        for kind in Kind
        if (units := by_kind.get(kind.value))
    ]


def replayed(by: By, plan: Plan, on: date) -> Figures:
    """The figures of a day, kept until anything is written: the journal's last entry is part of the key."""
    reach = by.may.reach("duty.read")
    whose = "all" if reach.all else hash((tuple(sorted(reach.owners)), tuple(sorted(reach.leads))))
    key = f"figures-2:{plan.pk}:{on}:{whose}:{last_entry()}"
    found: Figures | None = cache.get(key)
    if found is None:
        found = figures(seen_table(by, plan, on))
        cache.set(key, found, SECONDS)
    return found


def month_ends(by: By, plan: Plan, on: date) -> list[MonthEnd]:
    """Month ends since the plan was handed down, replayed, and the day itself."""
    first = plan.adopted_on or plan.issued_on or on
    days = [one.end for one in windows("month", first, on) if one.end < on]
    return [MonthEnd(day, replayed(by, plan, day)) for day in [*days[-11:], on]]


def red_list(table: Table) -> list[Row]:
    """Overdue dues, longest first by their day: a list of things, not of units."""
    rows = table.where(table.code == OVERDUE).rows()
    return sorted(rows, key=lambda row: (row.deadline or date.max, row.duty_id))[:RED_LIST]


def near(table: Table) -> int:
    return int((table.code == DUE_SOON).sum())


def month_earlier(by: By, plan: Plan, on: date) -> MonthEnd:
    day = a_month_before(on)
    return MonthEnd(day, replayed(by, plan, day))
