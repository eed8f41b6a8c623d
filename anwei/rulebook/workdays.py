"""The workday calendar as data: days off and worked weekends per year, after the State Council's notices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from anwei.rulebook.reading import DATA, Item, read

_SATURDAY: Final = 5


@dataclass(frozen=True)
class WorkdayYear:
    """One year. `holidays` names the statutory days; `confirmed` is false until the year's notice is out."""

    year: int
    confirmed: bool
    notice: str
    off: frozenset[date]
    worked: frozenset[date]
    holidays: Mapping[date, str]


@cache
def workday_years() -> tuple[WorkdayYear, ...]:
    """What `periods.Workdays` is built from; a district's own years may be put behind them."""
    return load_workdays(DATA / "workdays.yaml")


def load_workdays(path: Path) -> tuple[WorkdayYear, ...]:
    """The years of a file in order. RulebookError with file and line for bad data."""
    found: list[WorkdayYear] = []
    for item in read(path).items():
        entry = _read(item)
        if found and entry.year <= found[-1].year:
            item.fail(f"{entry.year} 年重复或次序不对，请按年份先后排列，一年一条")
        found.append(entry)
    return tuple(found)


def _read(item: Item) -> WorkdayYear:
    fields = item.fields(("year", "confirmed", "notice", "off", "worked"))
    year = fields["year"].number()
    confirmed = fields["confirmed"].flag()
    notice = "" if fields["notice"].is_null else fields["notice"].text()
    if confirmed and not notice:
        fields["notice"].fail(f"{year} 年写了 confirmed: true，必须写明放假安排通知的文号")
    names: dict[date, str] = {}
    for key, value in fields["off"].pairs():
        names[_day_of(key, year)] = value.text()
    worked = [_weekend_of(entry, year) for entry in fields["worked"].items()]
    both = sorted(set(names) & set(worked))
    if both:
        fields["worked"].fail(f"{both[0]} 既放假又上班，请删去一处")
    return WorkdayYear(year, confirmed, notice, frozenset(names), frozenset(worked), names)


def _day_of(item: Item, year: int) -> date:
    day = item.day()
    if day.year != year:
        item.fail(f"{day} 不在 {year} 年，请移到 {day.year} 年下面")
    return day


def _weekend_of(item: Item, year: int) -> date:
    day = _day_of(item, year)
    if day.weekday() < _SATURDAY:
        item.fail(f"{day} 本来就是周一至周五，上班日只写调休的周六、周日")
    return day
