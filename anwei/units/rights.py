"""Rights: role × scope, default deny. The answer to `by.may(capability, subject)` and to «which rows may I see»."""

import functools
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from anwei.journal.by import By
from anwei.units.models import Person, Post, Secretariat, Unit

SCOPES = {"own", "below", "led", "all"}


@dataclass(frozen=True, slots=True)
class Role:
    key: str
    label: str
    two_factor: bool
    may: dict[str, frozenset[str]]
    gives: frozenset[str]  # roles that this role may give to others


@functools.cache
def roles() -> dict[str, Role]:
    """All roles of roles.yaml. An unknown scope is an error that names the role and the capability."""
    data = yaml.safe_load((Path(__file__).parent / "roles.yaml").read_text(encoding="utf-8"))
    made = {}
    for key, entry in data.items():
        may = {}
        for capability, words in entry["may"].items():
            scopes = frozenset(words.split("+"))
            if not scopes <= SCOPES:
                raise ValueError(f"roles.yaml: {key}: {capability}: unknown scope {words!r}")
            may[capability] = scopes
        gives = frozenset(data) if entry.get("gives") == "all" else frozenset(entry.get("gives", ()))
        if not gives <= set(data):
            raise ValueError(f"roles.yaml: {key}: gives an unknown role: {sorted(gives - set(data))}")
        made[key] = Role(key, entry["label"], entry["two_factor"], may, gives)
    return made


@dataclass(frozen=True, slots=True)
class Reach:
    """Which units' rows a right covers: everything, or these owners, or what these lead."""

    all: bool = False
    owners: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.all or bool(self.owners) or bool(self.leads)


@dataclass(frozen=True, slots=True)
class Rights:
    """What a post may do. `own` holds the post's unit and the committees it acts for; `below` also units under it."""

    role: Role
    own: frozenset[int]
    below: frozenset[int]
    person_id: int | None = None

    def __call__(self, capability: str, subject: Any = None) -> bool:
        reach = self.reach(capability)
        if reach.all:
            return True
        if subject is None:
            return False
        if isinstance(subject, Person) and subject.pk == self.person_id:
            return bool(reach)
        if reach.owners and not reach.owners.isdisjoint(subject.owner_unit_ids()):
            return True
        lead_ids = getattr(subject, "lead_unit_ids", None)
        return bool(reach.leads) and lead_ids is not None and not reach.leads.isdisjoint(lead_ids())

    @property
    def gives(self) -> frozenset[str]:
        return self.role.gives

    def reach(self, capability: str) -> Reach:
        scopes = self.role.may.get(capability, frozenset())
        if "all" in scopes:
            return Reach(all=True)
        owners = self.below if "below" in scopes else self.own if "own" in scopes else frozenset()
        return Reach(owners=owners, leads=self.own if "led" in scopes else frozenset())


class Everything:
    """The system's own right (worker, commands). Doors never give it to a request."""

    @property
    def gives(self) -> frozenset[str]:
        return frozenset(roles())

    def __call__(self, capability: str, subject: Any = None) -> bool:
        return True

    def reach(self, capability: str) -> Reach:
        return Reach(all=True)


class AtTheDoor:
    """The right to have one's coming and going written down, before and after any post is known."""

    gives: frozenset[str] = frozenset()

    def __call__(self, capability: str, subject: Any = None) -> bool:
        return capability == "session.record"

    def reach(self, capability: str) -> Reach:
        return Reach(all=capability == "session.record")


class Nothing:
    """Nobody's right: the public door."""

    gives: frozenset[str] = frozenset()

    def __call__(self, capability: str, subject: Any = None) -> bool:
        return False

    def reach(self, capability: str) -> Reach:
        return Reach()


def rights_of(post: Post, on: date) -> Rights:
    """Two queries: committees that the unit acts for, and the units below it."""
    hosted = Secretariat.objects.holding_on(on).filter(host_id=post.unit_id).values_list("committee_id", flat=True)
    own = frozenset({post.unit_id, *hosted})
    children = Unit.objects.standing_on(on).filter(parent_id=post.unit_id).values_list("id", flat=True)
    return Rights(roles()[post.role], own, own | frozenset(children), post.person_id)


def by_post(post: Post, at: datetime, door: str, request_id: str = "") -> By:
    """Who acts, for a person at a post."""
    on = By(None, None, Nothing(), at, door).today
    return By(post.person, post.unit, rights_of(post, on), at, door, request_id)


def by_system(at: datetime, door: str = "worker", request_id: str = "") -> By:
    return By(None, None, Everything(), at, door, request_id)


def by_nobody(at: datetime, door: str = "public", request_id: str = "", person: Person | None = None) -> By:
    return By(person, None, Nothing(), at, door, request_id)


def by_door(person: Person | None, at: datetime, door: str = "web", request_id: str = "") -> By:
    """Who stands at the door: may sign in, be refused and sign out, nothing else."""
    return By(person, None, AtTheDoor(), at, door, request_id)
