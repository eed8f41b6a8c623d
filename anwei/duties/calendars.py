"""The workday calendar, once per process."""

import functools

from anwei.periods import Workdays
from anwei.rulebook import workday_years


@functools.cache
def workdays() -> Workdays:
    return Workdays(workday_years())
