"""Deadlines of the day: the workday calendar once per process, the quick picks, what counts as near."""

import functools
from datetime import date, timedelta
from typing import Final

from anwei.periods import Workdays, left_in_words
from anwei.rulebook import parameter, workday_years
from anwei.units.queries import overrides_on

TODAY, THREE, WEEK, OTHER = "today", "three", "week", "other"
PICKS: Final = ((TODAY, "今天"), (THREE, "3个工作日"), (WEEK, "一周"), (OTHER, "另定日期"))
_THREE: Final = 3
_WEEK: Final = timedelta(days=7)


@functools.cache
def workdays() -> Workdays:
    return Workdays(workday_years())


def picked(pick: str, on: date) -> date:
    """The day that a quick pick means. KeyError for the pick that names no day."""
    return {TODAY: on, THREE: workdays().add(on, _THREE), WEEK: on + _WEEK}[pick]


def soon(on: date) -> date:
    """The last day that counts as near."""
    days = parameter("duty.due_soon_working_days").at(on, overrides_on(on)).number
    return workdays().add(on, days)


def left(due: date, on: date) -> str:
    return left_in_words(due, on, workdays())
