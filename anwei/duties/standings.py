"""From rows to standings: a fixed number of queries for any number of dues, as of any day."""

from collections.abc import Iterable, Sequence
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
    """The standing of every due of the given duties as of `on`. Eleven queries and one per counted fact."""
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
    """Dues that are rows: counted, covered, reported. What is the same for all dues of a duty is read once a duty."""
    read = Due.objects.filter(duty__in=holding).order_by("id").values_list(
        "id", "duty_id", "label", _text("window_start"), _text("window_end"), _text("deadline")
    )  # fmt: skip
    due, duty, labels, starts, ends, deadlines = _columns(read, 6)
    owing = _Owing(holding)
    at = owing.places(np.array(duty, np.int64))
    size = len(at)
    table: dict[str, Any] = {
        "due": np.array(due, np.int64), "duty": owing.duty[at], "unit": owing.unit[at], "actor": owing.actor[at],
        "series": owing.series[at], "demand": owing.demand[at], "lead": owing.lead[at], "labels": list(labels),
        "urls": [f"/duties/{one}" for one in duty],
        "start": standing.as_days(starts), "end": standing.as_days(ends), "deadline": standing.as_days(deadlines),
        "at_least": owing.at_least[at], "met_on": np.full(size, NO_DAY), "count": np.zeros(size, np.int64),
        "submitted": np.zeros(size, bool), "idle": np.zeros(size, bool), "until": np.full(size, NO_DAY),
    }  # fmt: skip
    for fact in sorted(set(owing.fact[owing.kind == Demand.COUNT])):
        chosen = np.flatnonzero(((owing.kind == Demand.COUNT) & (owing.fact == fact))[at])
        if len(chosen):
            _count(table, fact, chosen, on)
    coverage_days(table, (owing.kind == Demand.COVERAGE)[at], owing.fact[at], on)
    if (owing.kind == Demand.REPORT).any():
        _reports(table, holding, on)
    _make_ups(table, holding, on)
    _extensions(table, holding, on)
    return table


class _Owing:
    """The duties as columns, ordered by id."""

    def __init__(self, holding: QuerySet[Duty]) -> None:
        read = holding.order_by("id").values_list(
            "id", "unit_id", "actor_id", "series_id", "demand_id", "demand__at_least",
            "lead", "demand__kind", "demand__fact",
        )  # fmt: skip
        *numbers, lead, kind, fact = _columns(read, 9)
        self.duty, self.unit, self.actor, self.series, self.demand, self.at_least = (
            np.array(column, np.int64) for column in numbers
        )
        self.lead = np.array(lead, bool)
        self.kind, self.fact = np.array(kind, dtype=object), np.array(fact, dtype=object)

    def places(self, duties: Ints) -> Ints:
        return np.searchsorted(self.duty, duties).astype(np.int64)


def _text(column: str) -> Cast:
    """A date as text: NumPy reads a column of texts much faster than Django makes dates."""
    return Cast(column, CharField())


def _columns(read: Iterable[tuple[Any, ...]], width: int) -> list[Any]:
    return list(zip(*read, strict=True)) or [()] * width


def _count(table: dict[str, Any], fact: str, chosen: Ints, on: date) -> None:
    """The days of the facts come joined per unit from where they live; windows are folded here."""
    first = table["start"][chosen].min().astype(date)
    found = [row for offer in acts(fact) for row in offer.days_by_unit(on, first)]
    days = standing.iso_days([text for _, text in found])
    times = np.array([(len(text) + 1) // standing.ISO_STEP for _, text in found], np.int64)
    keys = np.repeat(np.array([unit for unit, _ in found], np.int64), times)
    table["count"][chosen], table["met_on"][chosen] = nth_day(
        keys, days, table["unit"][chosen], table["start"][chosen], table["end"][chosen], table["at_least"][chosen]
    )


def _reports(table: dict[str, Any], holding: QuerySet[Duty], on: date) -> None:
    """Handed in counts from its day once accepted; handed in alone is «submitted»; returned counts for nothing."""
    rows = Submission.objects.filter(due__duty__in=holding, handed_in_on__lte=on).values_list(
        "due_id", _text("handed_in_on"), _text("accepted_on"), _text("returned_on")
    )
    due, *days = _columns(rows, 4)
    handed_in, accepted, returned = (standing.as_days(column) for column in days)
    at, day = _places(table, due), np.datetime64(on, "D")
    taken = accepted <= day
    table["met_on"][at[taken]], table["count"][at[taken]] = handed_in[taken], 1
    table["submitted"][at[~taken & ~(returned <= day)]] = True


def _make_ups(table: dict[str, Any], holding: QuerySet[Duty], on: date) -> None:
    rows = MakeUp.objects.filter(due__duty__in=holding, recorded_on__lte=on)
    due, happened = _columns(rows.values_list("due_id", _text("happened_on")), 2)
    at, days = _places(table, due), standing.as_days(happened)
    missed = np.isnat(table["met_on"][at])
    table["met_on"][at[missed]] = days[missed]


def _extensions(table: dict[str, Any], holding: QuerySet[Duty], on: date) -> None:
    """The one granted last holds."""
    rows = Extension.objects.filter(due__duty__in=holding, state="granted", closed_on__lte=on)
    due, until = _columns(rows.order_by("closed_on", "id").values_list("due_id", _text("until")), 2)
    last = dict(zip(due, until, strict=True))
    table["until"][_places(table, list(last))] = standing.as_days(list(last.values()))


def _waived(holding: QuerySet[Duty], on: date) -> list[int]:
    rows = Waiver.objects.filter(duty__in=holding, confirmed_on__lte=on)
    return [duty for duty, reopened in rows.values_list("duty_id", "reopened_on") if reopened is None or reopened > on]


def _places(table: dict[str, Any], dues: Sequence[int]) -> Ints:
    """Where these dues stand in the table, which is ordered by their ids."""
    return np.searchsorted(table["due"], np.array(dues, np.int64)).astype(np.int64)


def _joined(stored: dict[str, Any], clocks: dict[str, Any]) -> dict[str, Any]:
    if not len(clocks["duty"]):
        return stored
    return {
        name: [*stored[name], *values] if isinstance(values, list) else np.concatenate([stored[name], values])
        for name, values in clocks.items()
    }


def _day(value: np.datetime64) -> date | None:
    return None if np.isnat(value) else value.astype(date)
