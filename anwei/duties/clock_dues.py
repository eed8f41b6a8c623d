"""Dues of clocks are not stored: the ledger's row is their key. Each event of a unit is a due; none is «idle»."""

from datetime import date
from typing import Any

import numpy as np
from django.db.models import QuerySet

from anwei.duties.calendars import workdays
from anwei.duties.models import Duty
from anwei.duties.standing import as_days
from anwei.evidence.offers import Clocks, clocks
from anwei.periods import clock_end
from anwei.plans.models import Demand


def clock_rows(holding: QuerySet[Duty], on: date) -> dict[str, Any]:
    """Columns for every clock duty: its events that began by `on` and after the plan's year began, or one idle row."""
    duties = list(
        holding.filter(demand__kind=Demand.CLOCK).values_list(
            "id", "unit_id", "actor_id", "series_id", "demand_id", "lead", "demand__fact", "demand__days",
            "demand__working", "plan__year",
        )
    )  # fmt: skip
    events = {fact: _events(fact, on) for fact in {row[6] for row in duties}}
    made: list[tuple[Any, ...]] = []
    for duty, unit, actor, series, demand, lead, fact, days, working, year in duties:
        head = (duty, unit, actor, series, demand, lead)
        mine = [one for one in events[fact].get(unit, []) if one["started"].year == year]
        if not mine:
            made.append((*head, date(year, 1, 1), None, None, True, "无事件", f"/duties/{duty}"))
        for one in mine:
            ends = clock_end(one["started"], days, working, one["suspended"], one["extended"], workdays())
            made.append((*head, one["started"], ends, one["finished"], False, one["label"], one["url"]))
    return _columns(made)


def _events(fact: str, on: date) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for offer in clocks(fact):
        rows = list(offer.as_of(on))
        _gather(offer, rows, on, found)
    return found


def _gather(offer: Clocks, rows: list[Any], on: date, found: dict[int, list[dict[str, Any]]]) -> None:
    ids = [row.pk for row in rows]
    suspended, extended = offer.suspended(ids), offer.extended(ids)
    for row in rows:
        finished = getattr(row, offer.finished)
        found.setdefault(getattr(row, offer.unit), []).append(
            {
                "started": getattr(row, offer.started),
                "finished": finished if finished is not None and finished <= on else None,
                "suspended": suspended.get(row.pk, []),
                "extended": extended.get(row.pk, 0),
                "label": str(row)[:40],
                "url": offer.url(row),
            }
        )


def _columns(made: list[tuple[Any, ...]]) -> dict[str, Any]:
    columns: list[Any] = list(zip(*made, strict=True)) or [()] * 12
    size = len(columns[0])
    met = as_days(list(columns[8]))
    return {
        "due": np.zeros(size, np.int64),
        **{
            name: np.array(columns[at], np.int64)
            for at, name in enumerate(("duty", "unit", "actor", "series", "demand"))
        },
        "lead": np.array(columns[5], bool),
        "start": as_days(list(columns[6])),
        "deadline": as_days(list(columns[7])),
        "met_on": met,
        "count": (~np.isnat(met)).astype(np.int64),
        "submitted": np.zeros(size, bool),
        "idle": np.array(columns[9], bool),
        "until": np.full(size, np.datetime64("NaT", "D")),
        "labels": list(columns[10]),
        "urls": list(columns[11]),
    }
