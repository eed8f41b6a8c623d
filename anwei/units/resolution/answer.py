"""What an answer looks like: which units a reference means, why, and what stays open."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Status(StrEnum):
    NAMED = "named"
    PARTLY = "partly"
    TO_BE_NAMED = "to_be_named"
    NOT_EXPANDED = "not_expanded"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Status.NAMED: "已落到单位",
    Status.PARTLY: "部分待点名",
    Status.TO_BE_NAMED: "待点名",
    Status.NOT_EXPANDED: "不展开",
    Status.UNKNOWN: "认不出",
}


@dataclass(frozen=True, slots=True)
class MeasureContext:
    """What a reference needs to know about its measure.

    `leads` are the codes of the units that lead it (already resolved); `beside` the references of the same role, for
    phrases that only repeat what stands beside them; `text` the measure's words, for proposals of regulators.
    """

    number: str = ""
    leads: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    text: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in Chinese; `units` are the codes that this reason brought in (empty: it brought none)."""

    text: str
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """`host` acts for `committee`, shown as «代…»."""

    committee: str
    host: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer for one reference.

    `units` are codes in the official order, each once. `first` is the unit named first by the text or the decision:
    with several leads it gathers. `open` are the phrases that only a naming decision can answer. `candidates` are
    proposals for them, and look-alikes of an unknown name; they are never owed anything.
    """

    reference: str
    status: Status
    units: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    open: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    actors: tuple[Actor, ...] = ()
    first: str = ""

    @property
    def why(self) -> str:
        return "；".join(reason.text for reason in self.reasons)

    def why_unit(self, code: str) -> str:
        """The reasons that brought one unit in."""
        return "；".join(reason.text for reason in self.reasons if code in reason.units)


class Role(Protocol):
    """One role of a measure as the reader found it: «区商务局等有关部门» is units=("区商务局",), open=True.

    The reader's own drafts fit; a role of persons (牵头领导) is not for the register and must be left out.
    """

    @property
    def lead(self) -> bool: ...

    @property
    def units(self) -> tuple[str, ...]: ...

    @property
    def open(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class RoleText:
    """A `Role` by hand."""

    lead: bool
    units: tuple[str, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class MeasureResolution:
    """Lead and responsible answers of one measure, in the order of the text."""

    number: str
    lead: tuple[Resolution, ...]
    responsible: tuple[Resolution, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """Phrases that await a naming decision."""
        return tuple(phrase for answer in (*self.lead, *self.responsible) for phrase in answer.open)

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(a.reference for a in (*self.lead, *self.responsible) if a.status is Status.UNKNOWN)

    @property
    def gatherer(self) -> str:
        """The first named lead: it gathers the parts of the others."""
        return next((answer.first for answer in self.lead if answer.first), "")


def units_of(answers: Iterable[Resolution]) -> tuple[str, ...]:
    """Each unit of several answers once, in the order in which they come."""
    return tuple(dict.fromkeys(code for answer in answers for code in answer.units))
