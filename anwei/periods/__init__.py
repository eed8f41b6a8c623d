"""Days: calendar windows, working days, clocks with suspensions, and dates in words.

Knows how to count; the workday calendar, the law's numbers and today's date are handed in as values.
Does not know: Django, the rulebook (a sibling), duties, or what a deadline is for.
Usual start: `Workdays(rulebook.workday_years())`. Bad input raises ValueError with a Chinese message for the page.
"""

from anwei.periods.clocks import Suspension, clock_end, relative
from anwei.periods.parsing import parse_day
from anwei.periods.windows import (
    EVERY,
    EVERY_IN_WORDS,
    Window,
    half_year_end,
    month_end,
    owed,
    quarter_end,
    window_of,
    windows,
    year_end,
)
from anwei.periods.words import in_words, left_in_words, short, weekday
from anwei.periods.workdays import CalendarYear, Workdays

__all__ = [
    "EVERY",
    "EVERY_IN_WORDS",
    "CalendarYear",
    "Suspension",
    "Window",
    "Workdays",
    "clock_end",
    "half_year_end",
    "in_words",
    "left_in_words",
    "month_end",
    "owed",
    "parse_day",
    "quarter_end",
    "relative",
    "short",
    "weekday",
    "window_of",
    "windows",
    "year_end",
]
