"""From rows to standings: a fixed number of queries for any number of dues, as of any day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from anwei.duties import standing
from anwei.duties.calendars import workdays
from anwei.duties.clock_dues import clock_rows
from anwei.duties.coverage_dues import coverage_days
from anwei.duties.models import Due, Duty, Extension, MakeUp, Submission, Waiver
from anwei.duties.standing import KEYS, NO_DAY, Codes, Columns, Days, nth_day
from anwei.evidence.offers import acts
from anwei.plans.models import Demand
from anwei.rulebook import Override, parameter

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Row:
    """One due with its standing, for pages. `due_id` is None for a clock's event or a duty that waits for one."""

    due_id: int | None
    duty_id: int
    unit_id: int
    actor_id: int
    series_id: int
    demand_id: int
    lead: bool
    label: str
    window_start: date
    deadline: date | None
    standing: str
    count: int
    met_on: date | None
    url: str


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of equal length, one row a due; `rows()` for pages, the arrays for figures."""

    due: Ints  # 0 where the due is a clock's event
    duty: Ints
    unit: Ints
    actor: Ints
    series: Ints
    demand: Ints
    lead: npt.NDArray[np.bool_]
    start: Days
    deadline: Days  # a granted extension's day where there is one
    code: Codes
    count: Ints
    met_on: Days
    labels: list[str]
    urls: list[str]
    on: date

    def __len__(self) -> int:
        return len(self.due)

    def where(self, mask: npt.NDArray[np.bool_]) -> "Table":
        chosen = np.flatnonzero(mask)
        return Table(
            *(getattr(self, name)[chosen] for name in _ARRAYS),
            labels=[self.labels[i] for i in chosen],
            urls=[self.urls[i] for i in chosen],
            on=self.on,
        )

    def opened(self) -> "Table":
        """Dues whose window has begun."""
        return self.where(self.start <= np.datetime64(self.on, "D"))

    def rows(self) -> list[Row]:
        return [
            Row(
                due_id=int(self.due[i]) or None,
                duty_id=int(self.duty[i]),
                unit_id=int(self.unit[i]),
                actor_id=int(self.actor[i]),
                series_id=int(self.series[i]),
                demand_id=int(self.demand[i]),
                lead=bool(self.lead[i]),
                label=self.labels[i],
                window_start=_day(self.start[i]) or self.on,
                deadline=_day(self.deadline[i]),
                standing=KEYS[self.code[i]],
                count=int(self.count[i]),
                met_on=_day(self.met_on[i]),
                url=self.urls[i],
            )
            for i in range(len(self))
        ]


_ARRAYS = ("due", "duty", "unit", "actor", "series", "demand", "lead", "start", "deadline", "code", "count", "met_on")


def soon_day(on: date, overrides: Iterable[Override] = ()) -> date:
    """The last day that counts as near: so many working days from `on` (a parameter the district may set)."""
    return workdays().add(on, parameter("duty.due_soon_working_days").at(on, overrides).number)


def standings(duties: QuerySet[Duty], on: date, overrides: Iterable[Override] = ()) -> Table:
    """The standing of every due of the given duties as of `on`. Ten queries and one per counted fact."""
    holding = duties.holding_on(on)
    stored = _stored(holding, on)
    clocks = clock_rows(holding, on)
    table = _joined(stored, clocks)
    columns = Columns(
        deadline=table["deadline"],
        met_on=table["met_on"],
        submitted=table["submitted"],
        waived=np.isin(table["duty"], _waived(holding, on)),
        idle=table["idle"],
        until=table["until"],
    )
    code = standing.stand(columns, on, soon_day(on, overrides))
    effective = np.where(np.isnat(columns.until), columns.deadline, columns.until)
    return Table(
        due=table["due"], duty=table["duty"], unit=table["unit"], actor=table["actor"], series=table["series"],
        demand=table["demand"], lead=table["lead"], start=table["start"], deadline=effective, code=code,
        count=table["count"], met_on=columns.met_on, labels=table["labels"], urls=table["urls"], on=on,
    )  # fmt: skip


def _stored(holding: QuerySet[Duty], on: date) -> dict[str, Any]:
    """Dues that are rows: counted, covered, reported."""
    read = Due.objects.filter(duty__in=holding).order_by("id").values_list(
        "id", "duty_id", "duty__unit_id", "duty__actor_id", "duty__series_id", "duty__demand_id", "duty__lead",
        "duty__demand__kind", "duty__demand__fact", "duty__demand__at_least", "label",
        Cast("window_start", CharField()), Cast("window_end", CharField()), Cast("deadline", CharField()),
    )  # fmt: skip
    columns: list[Any] = list(zip(*read, strict=True)) or [()] * 14
    ids = [np.array(column, np.int64) for column in columns[:6]]
    kinds, facts = np.array(columns[7], dtype=object), np.array(columns[8], dtype=object)
    size = len(ids[0])
    table: dict[str, Any] = {
        "due": ids[0], "duty": ids[1], "unit": ids[2], "actor": ids[3], "series": ids[4], "demand": ids[5],
        "lead": np.array(columns[6], bool), "labels": list(columns[10]), "urls": [f"/duties/{duty}" for duty in columns[1]],
        "start": standing.as_days(list(columns[11])), "end": standing.as_days(list(columns[12])),
        "deadline": standing.as_days(list(columns[13])), "at_least": np.array(columns[9], np.int64),
        "met_on": np.full(size, NO_DAY), "count": np.zeros(size, np.int64),
        "submitted": np.zeros(size, bool), "idle": np.zeros(size, bool), "until": np.full(size, NO_DAY),
    }  # fmt: skip
    _count(table, kinds, facts, on)
    coverage_days(table, kinds == Demand.COVERAGE, facts, on)
    _reports(table, kinds, holding, on)
    _make_ups(table, holding, on)
    _extensions(table, holding, on)
    return table


def _count(table: dict[str, Any], kinds: Any, facts: Any, on: date) -> None:
    """Facts per unit and day come grouped from where they live; windows are folded here."""
    counted = kinds == Demand.COUNT
    for fact in sorted(set(facts[counted])):
        chosen = np.flatnonzero(counted & (facts == fact))
        first = table["start"][chosen].min().astype(date)
        found = [row for offer in acts(fact) for row in offer.per_day(on, first)]
        keys = np.repeat(
            np.array([row[0] for row in found], np.int64), np.array([row[2] for row in found], np.int64)
        )  # fmt: skip
        days = np.repeat(standing.as_days([row[1] for row in found]), np.array([row[2] for row in found], np.int64))
        table["count"][chosen], table["met_on"][chosen] = nth_day(
            keys, days, table["unit"][chosen], table["start"][chosen], table["end"][chosen], table["at_least"][chosen]
        )


def _reports(table: dict[str, Any], kinds: Any, holding: QuerySet[Duty], on: date) -> None:
    """Handed in counts from its day once accepted; handed in alone is «submitted»; returned counts for nothing."""
    if not (kinds == Demand.REPORT).any():
        return
    rows = Submission.objects.filter(due__duty__in=holding, handed_in_on__lte=on).values_list(
        "due_id", "handed_in_on", "accepted_on", "returned_on"
    )
    place = _places(table["due"])
    for due, handed_in, accepted, returned in rows:
        at = place[due]
        if accepted is not None and accepted <= on:
            table["met_on"][at], table["count"][at] = np.datetime64(handed_in), 1
        elif returned is None or returned > on:
            table["submitted"][at] = True


def _make_ups(table: dict[str, Any], holding: QuerySet[Duty], on: date) -> None:
    place = _places(table["due"])
    rows = MakeUp.objects.filter(due__duty__in=holding, recorded_on__lte=on).values_list("due_id", "happened_on")
    for due, happened in rows:
        if np.isnat(table["met_on"][place[due]]):
            table["met_on"][place[due]] = np.datetime64(happened)


def _extensions(table: dict[str, Any], holding: QuerySet[Duty], on: date) -> None:
    place = _places(table["due"])
    rows = Extension.objects.filter(due__duty__in=holding, state="granted", closed_on__lte=on).order_by(
        "closed_on", "id"
    )
    for due, until in rows.values_list("due_id", "until"):
        table["until"][place[due]] = np.datetime64(until)


def _waived(holding: QuerySet[Duty], on: date) -> list[int]:
    rows = Waiver.objects.filter(duty__in=holding, confirmed_on__lte=on)
    return [duty for duty, reopened in rows.values_list("duty_id", "reopened_on") if reopened is None or reopened > on]


def _places(ids: Ints) -> dict[int, int]:
    return {int(key): at for at, key in enumerate(ids)}


def _joined(stored: dict[str, Any], clocks: dict[str, Any]) -> dict[str, Any]:
    if not len(clocks["duty"]):
        return stored
    return {
        name: [*stored[name], *values] if isinstance(values, list) else np.concatenate([stored[name], values])
        for name, values in clocks.items()
    }


def _day(value: np.datetime64) -> date | None:
    return None if np.isnat(value) else value.astype(date)
