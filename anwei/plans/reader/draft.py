"""The reader's answer: a plan draft with measures, roles, cadences, phases and the problems found on the way.

All spans are (start, end) offsets into `PlanDraft.source_text`; all dates are `datetime.date`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

Span = tuple[int, int]


class NotAPlan(ValueError):
    """The text holds no plan; the message (Chinese) says what was missing and what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should look at; `span` is (0, 0) where it concerns the whole document."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class RoleDraft:
    """One label or verb with its names: `role` as found (牵头单位, 配合, …), `open` where 「等部门」 leaves the list open.

    `persons` is true for 牵头领导, 责任人 and the like: their names are people, no units.
    """

    role: str
    lead: bool
    open: bool
    units: tuple[str, ...]
    span: Span
    persons: bool = False


@dataclass(frozen=True, slots=True)
class CadenceDraft:
    """«每季度至少公布1个案例» -> at_least=1, every="quarter", object="案例"; every: month, quarter, half_year, year."""

    text: str
    at_least: int
    every: str
    object: str
    span: Span


@dataclass(frozen=True, slots=True)
class PhaseDraft:
    """A phase of the work: «动员部署阶段（3月—4月）» -> title, the dates as written, its last day."""

    title: str
    text: str
    deadline: date | None
    span: Span


@dataclass(frozen=True, slots=True)
class Relative:
    """A deadline that runs from an event: «印发后10个工作日内» -> days=10, working=True, start="印发"."""

    days: int
    working: bool
    start: str | None


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """One measure. `text` is the running text with its heading sentence and without the responsibility clause.

    `lead` holds the units of all leading roles, `responsible` those of all others, each once, in document order.
    """

    chapter: str
    chapter_path: tuple[str, ...]
    number: str
    title: str
    text: str
    roles: tuple[RoleDraft, ...]
    deadline_text: str
    deadlines: tuple[date, ...]
    phases: tuple[PhaseDraft, ...]
    ongoing: bool
    relative: Relative | None
    cadences: tuple[CadenceDraft, ...]
    span: Span

    @property
    def lead(self) -> tuple[str, ...]:
        return _once(unit for role in self.roles if role.lead and not role.persons for unit in role.units)

    @property
    def responsible(self) -> tuple[str, ...]:
        return _once(unit for role in self.roles if not role.lead and not role.persons for unit in role.units)

    @property
    def relative_days(self) -> int | None:
        return self.relative.days if self.relative else None


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A whole plan; `year`, `issuer` and `document_number` are None where the document does not say."""

    title: str
    year: int | None
    issuer: str | None
    document_number: str | None
    source_text: str
    measures: tuple[MeasureDraft, ...]

    def to_json(self, problems: list[Problem] | None = None) -> dict[str, Any]:
        return draft_to_json(self, problems or [])


def draft_to_json(draft: PlanDraft, problems: list[Problem]) -> dict[str, Any]:
    """The draft in the layout that `anwei read FILE --json` prints."""
    return {
        "title": draft.title,
        "year": draft.year,
        "issuer": draft.issuer,
        "document_number": draft.document_number,
        "source_text": draft.source_text,
        "measures": [_measure_json(measure) for measure in draft.measures],
        "problems": [{"span": list(problem.span), "message": problem.message} for problem in problems],
    }


def _measure_json(measure: MeasureDraft) -> dict[str, Any]:
    relative = measure.relative
    return {
        "chapter": measure.chapter,
        "chapter_path": list(measure.chapter_path),
        "number": measure.number,
        "title": measure.title,
        "text": measure.text,
        "lead": list(measure.lead),
        "responsible": list(measure.responsible),
        "roles": [
            {"role": role.role, "lead": role.lead, "open": role.open, "units": list(role.units)}
            for role in measure.roles
        ],
        "deadline_text": measure.deadline_text,
        "deadlines": [day.isoformat() for day in measure.deadlines],
        "phases": [
            {
                "title": phase.title,
                "text": phase.text,
                "deadline": phase.deadline.isoformat() if phase.deadline else None,
                "span": list(phase.span),
            }
            for phase in measure.phases
        ],
        "ongoing": measure.ongoing,
        "relative_days": measure.relative_days,
        "relative": {"days": relative.days, "working": relative.working, "from": relative.start} if relative else None,
        "cadences": [
            {"text": cadence.text, "at_least": cadence.at_least, "every": cadence.every, "object": cadence.object}
            for cadence in measure.cadences
        ],
        "span": list(measure.span),
    }


def _once(units: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(units))
