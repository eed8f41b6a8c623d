"""Who does what on which day in the demonstration: posts of units, with the clock of the story."""

import functools
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from anwei.journal.by import By
from anwei.periods import Workdays
from anwei.rulebook import workday_years
from anwei.units.models import Post, Unit
from anwei.units.rights import by_post, by_system

CLERK, REVIEWER = "unit_clerk", "unit_reviewer"
YEAR = 2023


def moment(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(settings.TIME_ZONE))


def day_of(text: str) -> date:
    """`06-08` or `2023-06-08` of a story's file."""
    return date.fromisoformat(text if text.count("-") == 2 else f"{YEAR}-{text}")


class Players:
    """Units by code, and `by(code, day)` for who acts there."""

    def __init__(self) -> None:
        self.units: dict[str, Unit] = {unit.code: unit for unit in Unit.objects.all()}
        self.codes = {unit.pk: unit.code for unit in self.units.values()}
        self.workdays = Workdays(workday_years())
        self._posts: dict[tuple[str, str], Post] = {}
        for post in Post.objects.select_related("unit", "person").order_by("id"):
            self._posts.setdefault((post.unit.code, post.role), post)

    def by(self, code: str, day: date, role: str = CLERK) -> By:
        return _rights(self._posts[(code, role)], day)

    def writer(self, code: str) -> str:
        """The role that enters a unit's ledgers."""
        return CLERK if (code, CLERK) in self._posts else "office_clerk"

    def office(self, day: date) -> By:
        return self.by("committee_office", day, "office_clerk")

    def system(self, day: date) -> By:
        return by_system(moment(day), "command")

    def for_unit(self, unit: Unit, day: date, role: str = CLERK) -> By:
        """Who acts for a unit that has people; the office where it has none of that role."""
        if (unit.code, role) in self._posts:
            return self.by(unit.code, day, role)
        return self.office(day) if role == CLERK else self.by("committee_office", day, "office_head")

    def workday(self, day: date) -> date:
        """The day itself, or the next working day."""
        return day if self.workdays.is_workday(day) else self.workdays.add(day, 1)

    def members(self) -> list[Unit]:
        return list(Unit.objects.members().official())

    def territory(self) -> list[Unit]:
        return list(Unit.objects.territory().official())

    def committees(self) -> list[Unit]:
        return list(Unit.objects.filter(kind="special_committee").official())


@functools.lru_cache(maxsize=4096)
def _rights_cached(post_id: int, day: date) -> Any:
    return by_post(Post.objects.select_related("unit", "person").get(pk=post_id), moment(day), "command")


def _rights(post: Post, day: date) -> By:
    made: By = _rights_cached(post.pk, day)
    return made
