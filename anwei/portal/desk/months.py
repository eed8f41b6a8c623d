"""A month as parts/month.html draws it: what falls due on which day, Monday first."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from anwei.duties.standing import NOT_APPLICABLE, worst
from anwei.duties.standings import Table
from anwei.portal.desk.items import Item

WORDS = {"overdue": "逾期", "due_soon": "临期", "not_due": "未到期"}


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
