"""One line of the inbox, and the order in which lines stand."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from anwei.duties.calendars import workdays
from anwei.periods import left_in_words
from anwei.rulebook import Override, parameter

OVERDUE, TODAY, SOON, LATER = range(4)


@dataclass(frozen=True, slots=True)
class Button:
    title: str
    url: str
    main: bool = False
    post: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """`units` are those whose line it is (for a unit that acts for committees); `tick` is a duty that may be ticked
    for «不涉及»; `turn` says whose move is next."""

    title: str
    url: str
    source: str
    giver: str
    due_on: date | None
    turn: str
    rank: int
    note: str = ""
    left: str = ""  # 还剩3个工作日, 逾期2天; filled where the lines are put in order
    since: date | None = None  # the day it began to wait, said where there is no deadline
    standing: str = ""
    source_url: str = ""
    units: frozenset[int] = frozenset()
    buttons: tuple[Button, ...] = ()
    tick: int | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """The days by which lines are grouped and lamps chosen: today, the inbox's «near» and the lamp's «临期»."""

    today: date
    soon: date
    near: date
    soon_words: str  # 3个工作日内

    @classmethod
    def of(cls, today: date, overrides: Iterable[Override] = ()) -> "Days":
        given = list(overrides)
        soon = parameter("inbox.soon_working_days").at(today, given).number
        near = parameter("duty.due_soon_working_days").at(today, given).number
        # «3个工作日内» ends before the fourth working day: days off behind the third are still near.
        return cls(
            today, workdays().add(today, soon + 1) - timedelta(days=1), workdays().add(today, near), f"{soon}个工作日内"
        )

    def band(self, day: date | None) -> int:
        if day is None or day > self.soon:
            return LATER
        return OVERDUE if day < self.today else TODAY if day == self.today else SOON

    def standing(self, day: date | None) -> str:
        """The lamp of an open matter."""
        if day is None:
            return ""
        return "overdue" if day < self.today else "due_soon" if day <= self.near else "not_due"

    def left(self, day: date | None, since: date | None = None) -> str:
        """还剩3个工作日; without a deadline how long somebody has been waiting."""
        if day is not None:
            return left_in_words(day, self.today, workdays())
        return f"{since.month}月{since.day}日提出" if since else ""


@dataclass(frozen=True, slots=True)
class Band:
    """Lines of one group of the inbox: 逾期, 今天到期, 3个工作日内, 其余."""

    title: str
    items: list[Item]


def in_order(items: Iterable[Item], days: Days) -> list[Item]:
    """Overdue, today, near, the rest; by day; on one day by the rank of the source. What somebody waits for without a
    deadline opens the rest."""
    told = [replace(one, left=days.left(one.due_on, one.since)) for one in items]
    return sorted(told, key=lambda one: (days.band(one.due_on), one.due_on or days.today, one.rank, one.title))


def banded(items: Iterable[Item], days: Days) -> list[Band]:
    """Lines in order, cut into their groups."""
    titles = {OVERDUE: "逾期", TODAY: "今天到期", SOON: days.soon_words, LATER: "其余"}
    ordered = list(items)
    found = ((title, [one for one in ordered if days.band(one.due_on) == band]) for band, title in titles.items())
    return [Band(title, group) for title, group in found if group]
