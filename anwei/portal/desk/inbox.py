"""The desk of one post: five boxes, what the ledgers already counted, the month. A fixed number of queries."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone

from anwei.journal.by import By
from anwei.outbox.models import Notice
from anwei.portal.desk import held
from anwei.portal.desk.counted import AreaNumber, Tally, area_numbers, tally
from anwei.portal.desk.items import OVERDUE, SOON, TODAY, Days, Item, in_order
from anwei.portal.desk.months import month_grid
from anwei.portal.desk.office import Signing, is_office, office_items, signing
from anwei.portal.desk.owed import Owed
from anwei.references import about
from anwei.units.models import Unit
from anwei.units.queries import committee_office, overrides_on

BOXES = ("to_sign", "to_do", "to_read", "done", "mine")
MOST = 100  # lines of a box on one page


@dataclass(frozen=True, slots=True)
class Desk:
    """`units` are the unit and the committees that it acts for; `chosen` narrows to one of them."""

    by: By
    units: list[Unit]
    chosen: Unit | None
    days: Days
    owed: Owed
    to_sign: list[Item]
    to_do: list[Item]
    office: str

    @classmethod
    def of(cls, by: By, chosen: int | None = None) -> "Desk":
        units = list(Unit.objects.filter(pk__in=held.own_units(by)).official())
        picked = next((unit for unit in units if unit.pk == chosen), None) if len(units) > 1 else None
        overrides = overrides_on(by.today)
        days, office = Days.of(by.today, overrides), _office_name()
        owed = Owed.of(by, [picked.pk] if picked else [unit.pk for unit in units], office, overrides)
        matters = held.held(unit.pk for unit in units)
        made = cls(by, units, picked, days, owed, held.to_sign(by, matters, office, days), [], office)
        extra = office_items(by) if is_office(by) and picked is None else []
        items = [*owed.items(), *held.to_do(by, matters, office, days), *extra]
        return replace(
            made, to_sign=in_order(made._narrowed(made.to_sign), days), to_do=in_order(made._narrowed(items), days)
        )

    def _narrowed(self, items: list[Item]) -> list[Item]:
        """A committee's lines are those that name it; the unit's own are the others."""
        if self.chosen is None:
            return items
        others = {unit.pk for unit in self.units if unit != self.by.unit}
        if self.chosen == self.by.unit:
            return [one for one in items if not one.units & others]
        return [one for one in items if self.chosen.pk in one.units]

    @property
    def overdue(self) -> int:
        return sum(self.days.band(one.due_on) == OVERDUE for one in self.to_do)

    @property
    def soon(self) -> int:
        return sum(self.days.band(one.due_on) in (TODAY, SOON) for one in self.to_do)

    @property
    def unit_ids(self) -> list[int]:
        return [self.chosen.pk] if self.chosen else [unit.pk for unit in self.units]

    @property
    def waiting(self) -> int:
        """What the head of every page shows beside 待办."""
        return len(self.to_do) + len(self.to_sign)

    def tally(self) -> Tally:
        own = self.by.unit.pk if self.by.unit is not None else None
        return tally(self.unit_ids, self.chosen.pk if self.chosen else own, self.by.today)

    def area(self) -> list[AreaNumber]:
        unit = self.by.unit
        return area_numbers(unit.pk, self.by.today) if unit is not None and unit.is_territory else []

    def signing(self) -> list[Signing]:
        return signing() if is_office(self.by) else []

    def month(self, month: date) -> dict[str, Any]:
        unit = (self.chosen or self.by.unit).pk
        matters = [
            one
            for one in (*self.to_sign, *self.to_do)
            if one.due_on and one.url.split("/")[1] not in ("duties", "returns")
        ]
        return month_grid(self.owed.table, matters, month, self.by.today, f"/duties?unit={unit}&day=")

    def notices(self) -> Any:
        return notices_of(self.by).unread()

    def done(self) -> list[Item]:
        """Dues that are met and matters that this unit moved, newest first."""
        steps = held.handled_by(self.by.unit_text, MOST)
        rows = held.matters_at(step.about for step in steps)
        moved = [_moved(step, rows[step.about]) for step in steps if step.about in rows]
        both = self._narrowed([*self.owed.done_items(MOST), *moved])
        return sorted(both, key=lambda one: one.due_on or date.min, reverse=True)[:MOST]

    def done_count(self) -> int:
        if self.chosen is not None:
            return len(self.done())
        return len(self.owed.done()) + held.handled_count(self.by.unit_text)

    def mine(self) -> list[Item]:
        items = held.begun_items(self.by, self._begun(), self.office, self.days)
        return [replace(one, left=self.days.left(one.due_on, one.since)) for one in self._narrowed(items)]

    def mine_count(self) -> int:
        return len(self._begun())

    def _begun(self) -> list[str]:
        return held.begun_by(self.by.unit_text, MOST)


def _moved(step: Any, matter: Any) -> Item:
    return Item(
        title=matter.inbox_title(),
        url=matter.get_absolute_url(),
        source=matter.inbox_source(),
        giver=step.by_person,
        due_on=timezone.localtime(step.at).date(),
        turn="—" if not matter.is_open else str(matter.holder),
        rank=0,
        note=f"{step.label}：{matter.flow.states.get(step.to_state, step.to_state)}",
        units=frozenset(matter.owner_unit_ids()),
    )


def notices_of(by: By) -> Any:
    """Notices to this person and to the units of the desk, those whose day has come."""
    refs = [f"units.unit:{pk}" for pk in held.own_units(by)]
    if by.person is not None:
        refs.append(about(by.person))
    return Notice.objects.to_refs(refs).due_by(by.today)


def _office_name() -> str:
    try:
        return committee_office().short
    except LookupError:
        return ""
