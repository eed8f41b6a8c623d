"""A month as parts/month.html draws it: what falls due on which day, Monday first."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from anwei.duties.standing import DONE, NOT_APPLICABLE, OUTSIDE, worst
from anwei.duties.standings import Table
from anwei.plans.models import Demand
from anwei.portal.desk.items import Item


@dataclass(frozen=True, slots=True)
class DayDues:
    count: int
    standing: str


def due_days(table: Table, first: date, last: date) -> dict[date, DayDues]:
    """day -> how many dues end there and the worst standing among them; what is not applicable is left out."""
    inside = (table.deadline >= np.datetime64(first)) & (table.deadline <= np.datetime64(last))
    chosen = table.where(inside & (table.code != NOT_APPLICABLE))
    found = {}
    for day in sorted(set(chosen.deadline.astype(object).tolist())):
        codes = chosen.code[chosen.deadline == np.datetime64(day)]
        found[day] = DayDues(len(codes), worst(codes))
    return found


def month_grid(table: Table, items: list[Item], month: date, today: date, rows_url: str) -> dict[str, Any]:
    """`rows_url` ends where the day is to be written; `items` are open matters with a day of their own."""
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    days = due_days(table, weeks[0][0], weeks[-1][-1])
    return {
        "title": f"{month.year}年{month.month}月",
        "weeks": [[_cell(day, month, today, days.get(day), items, rows_url) for day in week] for week in weeks],
    }


def _cell(
    day: date, month: date, today: date, dues: DayDues | None, items: list[Item], rows_url: str
) -> dict[str, Any]:
    shown = []
    if dues is not None:
        shown.append({"title": f"{dues.count}项任务到期", "url": f"{rows_url}{day}", "standing": dues.standing})
    shown += [
        {"title": one.title, "url": one.url, "standing": one.standing}
        for one in items
        if one.due_on == day and one.standing
    ]
    other = (day.year, day.month) != (month.year, month.month)
    return {"number": day.day, "other": other, "today": day == today, "items": shown}


def month_before(month: date) -> date:
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


@dataclass(frozen=True, slots=True)
class DayLine:
    """What falls due on one day under one demand: how many units, how many of them are done."""

    day: date
    demand: Demand
    label: str
    count: int
    done: int
    standing: str


def day_lines(table: Table, month: date) -> list[DayLine]:
    """The month's dues grouped by day and demand, in the order of the days and of the plan. One query."""
    last = month_after(month) - timedelta(days=1)
    inside = (table.deadline >= np.datetime64(month)) & (table.deadline <= np.datetime64(last))
    chosen = table.where(inside & ~np.isin(table.code, OUTSIDE))
    groups: dict[tuple[date, int], list[int]] = {}
    for at, (day, demand) in enumerate(zip(chosen.deadline.astype(object), chosen.demand.tolist(), strict=True)):
        groups.setdefault((day, demand), []).append(at)
    demands = Demand.objects.select_related("measure").in_bulk({demand for _, demand in groups})
    found = []
    for (day, demand), places in groups.items():
        codes = chosen.code[places]
        done = int(np.isin(codes, DONE).sum())
        found.append(DayLine(day, demands[demand], chosen.labels[places[0]], len(places), done, worst(codes)))
    return sorted(found, key=lambda line: (line.day, line.demand.measure.order, line.demand.order))
