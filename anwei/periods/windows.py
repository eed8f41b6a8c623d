"""Calendar windows: the stretches of time in which something has to be done so many times."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

# How many months one window of each rhythm spans.
MONTHS: Final = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
EVERY: Final = tuple(MONTHS)
EVERY_IN_WORDS: Final = {"month": "每月", "quarter": "每季度", "half_year": "每半年", "year": "每年"}

_HALVES = ("上半年", "下半年")
_QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")


@dataclass(frozen=True, order=True)
class Window:
    """A whole calendar month, quarter, half-year or year; both ends belong to it."""

    start: date
    end: date
    label: str

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


def window_of(day: date, every: str) -> Window:
    """The window of the rhythm `every` (one of EVERY) in which `day` lies. ValueError for another rhythm."""
    months = _months(every)
    index = (day.month - 1) // months
    end_month = (index + 1) * months
    return Window(date(day.year, end_month - months + 1, 1), month_end(day.year, end_month), _label(day, every, index))


def windows(every: str, first: date, last: date) -> list[Window]:
    """Whole windows that overlap [first, last], in order, without gap. Empty when last lies before first."""
    found: list[Window] = []
    _months(every)
    day = first
    while day <= last:
        window = window_of(day, every)
        found.append(window)
        if window.end == date.max:
            break
        day = window.end + timedelta(days=1)
    return found


def owed(windows: Iterable[Window], issued_on: date) -> list[Window]:
    """What is still owed of `windows` by a paper issued on that day: windows wholly before it are dropped."""
    return [window for window in windows if window.end >= issued_on]


def month_end(year: int, month: int) -> date:
    """Last day of the month: what 「N月底前」 and 「N月前」 mean in a plan."""
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


def quarter_end(year: int, quarter: int) -> date:
    """Last day of quarter 1–4."""
    if not 1 <= quarter <= 4:
        raise ValueError(f"季度 {quarter} 不存在，请填 1 至 4")
    return month_end(year, quarter * 3)


def half_year_end(year: int, half: int) -> date:
    """30 June for half 1, 31 December for half 2."""
    if half not in (1, 2):
        raise ValueError(f"半年 {half} 不存在，请填 1（上半年）或 2（下半年）")
    return month_end(year, half * 6)


def year_end(year: int) -> date:
    """31 December: what 「年底前」 and 「年内」 mean."""
    return date(year, 12, 31)


def _months(every: str) -> int:
    try:
        return MONTHS[every]
    except KeyError:
        raise ValueError(f"周期 {every} 不认识，请用 {'、'.join(EVERY)}") from None


def _label(day: date, every: str, index: int) -> str:
    match every:
        case "month":
            return f"{day.year}年{day.month}月"
        case "quarter":
            return f"{day.year}年{_QUARTERS[index]}"
        case "half_year":
            return f"{day.year}年{_HALVES[index]}"
    return f"{day.year}年"
