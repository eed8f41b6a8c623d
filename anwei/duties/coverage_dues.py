"""Dues of coverage: the diary of shares (one row where a share changed) tells any day; nothing in the register is idle."""

from datetime import date
from typing import Any

import numpy as np

from anwei.duties.models import ShareDay


def coverage_days(table: dict[str, Any], mask: Any, facts: Any, on: date) -> None:
    """Fills count (percent met), met_on (since when it has been enough without break) and idle, for the masked rows."""
    if not mask.any():
        return
    diary: dict[tuple[str, int], list[tuple[date, int, int]]] = {}
    rows = ShareDay.objects.filter(fact__in=set(facts[mask]), day__lte=on).order_by("day")
    for fact, unit, day, met, base in rows.values_list("fact", "unit_id", "day", "met", "base"):
        diary.setdefault((fact, unit), []).append((day, met, base))
    for at in np.flatnonzero(mask):
        days = diary.get((facts[at], int(table["unit"][at])), [])
        base = days[-1][2] if days else 0
        table["idle"][at] = base == 0
        table["count"][at] = days[-1][1] * 100 // base if base else 0
        since = _enough_since(days, int(table["at_least"][at]))
        if since is not None:
            table["met_on"][at] = np.datetime64(since)


def _enough_since(days: list[tuple[date, int, int]], percent: int) -> date | None:
    """The first day of the unbroken run, up to now, in which the share was enough."""
    since = None
    for day, met, base in days:
        enough = base > 0 and met * 100 >= percent * base
        since = (since or day) if enough else None
    return since
