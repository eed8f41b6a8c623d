"""Working days after the State Council's yearly notice: public days off, and weekends that are worked instead."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, Protocol

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


class CalendarYear(Protocol):
    """What the calendar of one year has to say; the rulebook's years and a district's own both fit."""

    @property
    def year(self) -> int: ...
    @property
    def off(self) -> Iterable[date]: ...  # days off by notice, weekends may be among them
    @property
    def worked(self) -> Iterable[date]: ...  # Saturdays and Sundays that are worked
    @property
    def confirmed(self) -> bool: ...  # the notice for this year is out


class Workdays:
    """A calendar as a value. A year without data counts ordinary weekends and is not confirmed.

    A later year object for the same year replaces the earlier one, so a district can hand in its own behind ours.
    """

    def __init__(self, calendar: Iterable[CalendarYear] = ()) -> None:
        years = {entry.year: entry for entry in calendar}
        self._confirmed = frozenset(year for year, entry in years.items() if entry.confirmed)
        self._off = sorted({day for entry in years.values() for day in entry.off if not _weekend(day)})
        self._worked = sorted({day for entry in years.values() for day in entry.worked if _weekend(day)})
        self._exceptions = frozenset(self._off) | frozenset(self._worked)

    def is_workday(self, day: date) -> bool:
        return _weekend(day) == (day in self._exceptions)

    def confirmed(self, year: int) -> bool:
        """Whether the notice for this year is known; if not, pages say that the count may still change."""
        return year in self._confirmed

    def confirmed_between(self, a: date, b: date) -> bool:
        """Whether every year touched by the two days is confirmed."""
        return all(self.confirmed(year) for year in range(min(a, b).year, max(a, b).year + 1))

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day` (the day itself is not counted); n = 0 gives `day`, n < 0 goes back."""
        step = _DAY if n > 0 else -_DAY
        left = abs(n)
        while left:
            day += step
            if self.is_workday(day):
                left -= 1
        return day

    def subtract(self, day: date, n: int) -> date:
        """The n-th working day before `day`."""
        return self.add(day, -n)

    def between(self, a: date, b: date) -> int:
        """Working days after `a` up to and including `b`: what is left on day `a`. Negative when b lies before a."""
        if b < a:
            return -self.between(b, a)
        off = bisect_right(self._off, b) - bisect_right(self._off, a)
        worked = bisect_right(self._worked, b) - bisect_right(self._worked, a)
        return _weekdays_until(b) - _weekdays_until(a) - off + worked


def _weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def _weekdays_until(day: date) -> int:
    """Mondays to Fridays from 1 January of year 1 (a Monday) up to and including `day`."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)
