"""The three offers: acts (something was done), clocks (something must end in time), shares (part of a register)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from anwei.evidence.joined_days import JoinedDays

Rows = Callable[[], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Acts:
    """`rows` have the date columns `day`, `entered_on`, `voided_on` and the foreign key `unit`.
    `subject` names the lookup of the row that a person opens (the activity behind a credit). For papers: `said` is the
    phrase with {n} times, `detail` what one subject adds behind its day (参加23人)."""

    key: str
    label: str
    rows: Rows
    unit: str
    day: str
    subject: str
    url: Callable[[Any], str]
    said: str = ""
    detail: Callable[[Any], str] | None = None

    def as_of(self, on: date) -> QuerySet[Any]:
        """Happened and entered by `on`, and not voided by `on`."""
        return self.rows().filter(
            Q(voided_on=None) | Q(voided_on__gt=on), entered_on__lte=on, **{f"{self.day}__lte": on}
        )

    def phrase(self, times: int) -> str:
        """组织集体学习1次."""
        return (self.said or f"{self.label}{{n}}次").format(n=times)

    def per_day(self, on: date, first: date, units: Iterable[int] | None = None) -> list[tuple[int, date, int]]:
        """(unit id, day, count) from `first` to `on`, ordered by unit and day: one query."""
        rows = self.as_of(on).filter(**{f"{self.day}__gte": first})
        if units is not None:
            rows = rows.filter(**{f"{self.unit}__in": list(units)})
        grouped = rows.values(unit_key=F(self.unit), on_day=F(self.day)).annotate(times=Count("id"))
        return list(grouped.order_by("unit_key", "on_day").values_list("unit_key", "on_day", "times"))

    def days_by_unit(self, on: date, first: date) -> list[tuple[int, str]]:
        """(unit id, its days from `first` to `on` as ISO text joined by commas, unordered): one query, one row a unit."""
        rows = self.as_of(on).filter(**{f"{self.day}__gte": first})
        grouped = rows.values(unit_key=F(self.unit)).annotate(joined=JoinedDays(F(self.day)))
        return list(grouped.order_by("unit_key").values_list("unit_key", "joined"))

    def between(self, on: date, unit: int, first: date, last: date) -> QuerySet[Any]:
        """The rows behind a count."""
        return self.as_of(on).filter(**{self.unit: unit, f"{self.day}__range": (first, last)}).order_by(self.day, "id")


@dataclass(frozen=True, slots=True)
class Clocks:
    """Each row is an event with a start and, once over, an end. `suspended` gives spans per row id."""

    key: str
    label: str
    rows: Rows
    unit: str
    started: str
    finished: str
    suspended: Callable[[Iterable[int]], dict[int, list[tuple[date, date | None]]]]
    extended: Callable[[Iterable[int]], dict[int, int]]
    url: Callable[[Any], str]

    def as_of(self, on: date) -> QuerySet[Any]:
        return self.rows().filter(
            Q(voided_on=None) | Q(voided_on__gt=on), entered_on__lte=on, **{f"{self.started}__lte": on}
        )


@dataclass(frozen=True, slots=True)
class Share:
    """`base(on)` and `met(on)` are the rows asked for and those that meet it, as of a day, with the unit's column."""

    key: str
    label: str
    base: Callable[[date], QuerySet[Any]]
    met: Callable[[date], QuerySet[Any]]
    unit: str
    url: Callable[[Any], str]

    def per_unit(self, on: date) -> dict[int, tuple[int, int]]:
        """unit id -> (met, base): two queries."""
        base = dict(self.base(on).values_list(self.unit).annotate(n=Count("id")))
        met = dict(self.met(on).values_list(self.unit).annotate(n=Count("id")))
        return {unit: (met.get(unit, 0), total) for unit, total in base.items()}


_acts: dict[str, list[Acts]] = {}
_clocks: dict[str, list[Clocks]] = {}
_shares: dict[str, list[Share]] = {}


def offer(*offers: Acts | Clocks | Share) -> None:
    """Called in AppConfig.ready(). One key may be offered by several rooms."""
    for one in offers:
        table: dict[str, list[Any]] = (
            _acts if isinstance(one, Acts) else _clocks if isinstance(one, Clocks) else _shares
        )
        table.setdefault(one.key, []).append(one)


def acts(key: str) -> list[Acts]:
    return _acts.get(key, [])


def clocks(key: str) -> list[Clocks]:
    return _clocks.get(key, [])


def shares(key: str) -> list[Share]:
    return _shares.get(key, [])


def offered() -> dict[str, str]:
    """Every offered key with its label: the system check and the review page read it."""
    found: dict[str, str] = {}
    for table in (_acts, _clocks, _shares):
        for key, offers in table.items():
            found[key] = offers[0].label
    return found


def kind_of(key: str) -> str:
    """count, clock or coverage; empty where nobody offers the key."""
    return "count" if key in _acts else "clock" if key in _clocks else "coverage" if key in _shares else ""
