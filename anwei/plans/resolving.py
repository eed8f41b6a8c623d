"""References of a plan to units: the resolver's answers kept as rows, so that every figure can say why."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from anwei.plans.models import AssignedUnit, Assignment, Measure, Plan
from anwei.units.directory import Directory, NamingRow
from anwei.units.models import GroupMember, Secretariat, Unit
from anwei.units.register import directory
from anwei.units.resolution import (
    Coverage,
    MeasureContext,
    MeasureResolution,
    Resolution,
    Resolver,
    RoleText,
    Status,
    coverage,
    units_of,
)
from anwei.units.resolution.resolver import OPEN_LEAD_PHRASE, OPEN_PHRASE

OPEN_PHRASES = (OPEN_PHRASE, OPEN_LEAD_PHRASE)


def snapshot(plan: Plan) -> Directory:
    """The register as of the plan's issue date, with the namings decided for this plan."""
    return directory(plan.issued_on or plan.imported_on, naming_rows(plan))


def register_on(plan: Plan, on: date) -> Directory:
    """The register as of another day, with the plan's namings."""
    return directory(on, naming_rows(plan))


def register_changed(plan: Plan, on: date) -> bool:
    """Whether a unit, a membership or a secretariat began or ended between the issue date and `on`: three queries."""
    issued = plan.issued_on or plan.imported_on
    between = Q(since__gt=issued, since__lte=on) | Q(until__gt=issued, until__lte=on)
    return any(model.objects.filter(between).exists() for model in (Unit, GroupMember, Secretariat))


def naming_rows(plan: Plan) -> list[NamingRow]:
    rows = plan.namings.prefetch_related("units")
    return [
        NamingRow(
            measure=row.measure_number,
            phrase=row.phrase,
            units=tuple(unit.code for unit in row.units.all()),
            decided_on=row.decided_on,
            paper=row.paper,
            signed_by=row.by_text,
        )
        for row in rows
    ]


def resolve_plan(plan: Plan, known_on: date) -> list[MeasureResolution]:
    """Every reference anew; replaces the resolved rows of the whole plan and proposes each measure's gatherer."""
    resolver = Resolver(snapshot(plan), known_on=known_on)
    ids = dict(Unit.objects.values_list("code", "id"))
    AssignedUnit.objects.filter(assignment__measure__plan=plan).delete()
    measures = list(plan.measures.prefetch_related("assignments"))
    answers = [resolve_measure(measure, resolver) for measure in measures]
    rows: list[AssignedUnit] = []
    changed: list[Assignment] = []
    for measure, answer in zip(measures, answers, strict=True):
        for assignment, found in _paired(measure, answer):
            assignment.status, assignment.reason = found.status.value, found.why[:500]
            changed.append(assignment)
            rows += [
                AssignedUnit(assignment=assignment, unit_id=ids[code], reason=(found.why_unit(code) or found.why)[:300])
                for code in found.units
            ]
        if measure.gatherer_id is None or measure.gatherer.code not in units_of(answer.lead):
            measure.gatherer_id = ids.get(_gatherer(answer))
    AssignedUnit.objects.bulk_create(rows, batch_size=500)
    Assignment.objects.bulk_update(changed, ["status", "reason"], batch_size=500)
    Measure.objects.bulk_update(measures, ["gatherer"], batch_size=500)
    return answers


@dataclass(frozen=True, slots=True)
class Answers:
    """The resolver's answers of a whole plan, by measure and by stored reference (assignment id); writes nothing."""

    directory: Directory
    measures: list[MeasureResolution]
    by_reference: dict[int, Resolution]

    @property
    def coverage(self) -> Coverage:
        return coverage(self.measures, self.directory)


def answers_of(plan: Plan, measures: list[Measure], known_on: date, register: Directory | None = None) -> Answers:
    """What the resolver says, by default from the register as of the issue date; `measures` are the plan's, with
    their assignments prefetched."""
    register = register or snapshot(plan)
    resolver = Resolver(register, known_on=known_on)
    found = [resolve_measure(measure, resolver) for measure in measures]
    pairs = [pair for measure, answer in zip(measures, found, strict=True) for pair in _paired(measure, answer)]
    return Answers(register, found, {assignment.pk: answer for assignment, answer in pairs})


def resolve_measure(measure: Measure, resolver: Resolver) -> MeasureResolution:
    """The answers for one measure, leads first: what «专委会成员单位» means depends on who leads."""
    context = MeasureContext(number=measure.number, text=measure.text)
    return resolver.resolve_measure(_roles(measure), context)


def _roles(measure: Measure) -> list[RoleText]:
    """Assignment rows back to roles, in the order of the text; the row «等有关部门» is the role's open end."""
    grouped: dict[tuple[str, bool], list[Assignment]] = {}
    for row in measure.assignments.all():
        grouped.setdefault((row.role, row.lead), []).append(row)
    return [
        RoleText(
            lead=lead,
            units=tuple(row.reference for row in rows if row.reference not in OPEN_PHRASES),
            open=any(row.reference in OPEN_PHRASES for row in rows),
        )
        for (_, lead), rows in grouped.items()
    ]


def _paired(measure: Measure, answer: MeasureResolution) -> list[tuple[Assignment, Resolution]]:
    """Each stored reference with its answer; the answers come role by role in the same order."""
    waiting: dict[tuple[bool, str], list[Resolution]] = {}
    for lead, answers in ((True, answer.lead), (False, answer.responsible)):
        for one in answers:
            waiting.setdefault((lead, one.reference), []).append(one)
    pairs = []
    for row in measure.assignments.all():
        left = waiting.get((row.lead, row.reference))
        pairs.append((row, left.pop(0) if left else Resolution(row.reference, Status.NAMED)))
    return pairs


def _gatherer(answer: MeasureResolution) -> str:
    """The first named lead. Where a collective word leads («各专委会») nobody is first, and the office gathers (None)."""
    if len(answer.lead) >= 1 and len(answer.lead[0].units) == 1:
        return answer.gatherer
    return ""
