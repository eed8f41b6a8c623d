"""Rights for one act: what follows from an act that was allowed, and what a village's link opens."""

from dataclasses import dataclass, replace
from typing import Any

from anwei.errands.models import ErrandPart, VillageLink
from anwei.journal.by import By
from anwei.units.rights import Reach, by_nobody


@dataclass(frozen=True, slots=True)
class Lent:
    """One right that no role holds, for the length of an act that has checked everything itself."""

    right: str
    gives: frozenset[str] = frozenset()

    def __call__(self, capability: str, subject: Any = None) -> bool:
        return capability == self.right

    def reach(self, capability: str) -> Reach:
        return Reach()


@dataclass(frozen=True, slots=True)
class Holder:
    """The right of whoever holds a village's link: to answer this one part while it is the village's move."""

    part_id: int
    gives: frozenset[str] = frozenset()

    def __call__(self, capability: str, subject: Any = None) -> bool:
        own = isinstance(subject, ErrandPart) and subject.pk == self.part_id
        return own and capability == "errand.answer" and subject.holder_id == subject.unit_id

    def reach(self, capability: str) -> Reach:
        return Reach()


def lend(by: By, right: str) -> By:
    """The same person, clock and door, with one right only."""
    return replace(by, may=Lent(right))


def by_link(link: VillageLink, at: Any, request_id: str = "") -> By:
    """Who acts when somebody answers by a link: the village, named as such; the person is not known."""
    return replace(by_nobody(at, "public", request_id), person=link, unit=link.part.unit, may=Holder(link.part_id))
