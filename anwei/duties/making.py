"""Which unit owes which demand of a plan, by when: values computed from the reviewed plan, not yet rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from anwei.periods import Window, Workdays, owed, relative, windows
from anwei.plans.models import AssignedUnit, Demand, Measure, Plan
from anwei.plans.resolving import answers_of, register_changed, register_on
from anwei.rulebook import Override, parameter
from anwei.units.models import Unit

PLAN_WINDOW = "全年"
# The label of a due that runs from an event; it stays when the day is known, so that a wrong day can be corrected.
TO_ANCHOR = "自起算日起"
ISSUE_WORDS = ("印发", "下发", "发布", "通知印发", "文件印发")


# measure id -> unit id -> (unit, leads, reason)
Named = dict[int, dict[int, tuple[Unit, bool, str]]]


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty to be: `unit` owes `demand`, as lead or not, because of `reason`."""

    measure: Measure
    demand: Demand
    unit: Unit
    lead: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Slot:
    """One due to be."""

    start: date
    end: date
    deadline: date | None
    label: str


def owed_by(plan: Plan) -> list[Owed]:
    """From the stored resolution. A unit named twice in a measure owes once, as lead."""
    rows = (
        AssignedUnit.objects.filter(assignment__measure__plan=plan)
        .select_related("assignment", "unit")
        .order_by("-assignment__lead", "assignment__order", "unit__order")
    )
    named: Named = {}
    for row in rows:
        units = named.setdefault(row.assignment.measure_id, {})
        why = f"{row.assignment.role}：{row.assignment.reference}（{row.reason}）"
        units.setdefault(row.unit_id, (row.unit, row.assignment.lead, why[:300]))
    return _owed(plan, named)


def owed_as_of(plan: Plan, on: date) -> list[Owed]:
    """As the plan would be handed down if memberships were looked up on `on` instead of on the issue date."""
    if not register_changed(plan, on):
        return owed_by(plan)
    measures = list(plan.measures.prefetch_related("assignments"))
    answers = answers_of(plan, measures, on, register_on(plan, on)).by_reference
    by_code = {unit.code: unit for unit in Unit.objects.all()}
    named: Named = {}
    for measure in measures:
        units = named.setdefault(measure.pk, {})
        for row in sorted(measure.assignments.all(), key=lambda one: (not one.lead, one.order)):
            answer = answers[row.pk]
            for code in answer.units:
                why = f"{row.role}：{row.reference}（{answer.why_unit(code) or answer.why}）"
                units.setdefault(by_code[code].pk, (by_code[code], row.lead, why[:300]))
    return _owed(plan, named)


def _owed(plan: Plan, named: Named) -> list[Owed]:
    found: list[Owed] = []
    for measure in plan.measures.prefetch_related("demands").select_related("gatherer"):
        found += owed_in(measure, list(named.get(measure.pk, {}).values()))
    return found


def owed_in(measure: Measure, named: list[tuple[Unit, bool, str]]) -> list[Owed]:
    """The duties of one measure. Whoever no counted demand binds owes the return; where anybody does, so does the lead."""
    chosen = [demand for demand in measure.demands.all() if demand.chosen]
    counted = [demand for demand in chosen if demand.kind != Demand.REPORT]
    found = [
        Owed(measure, demand, unit, lead, why)
        for demand in counted
        for unit, lead, why in named
        if binds(demand, unit, lead)
    ]
    bound = {one.unit.pk for one in found}
    anybody = any(unit.pk not in bound for unit, _, _ in named)
    for demand in chosen:
        if demand.kind == Demand.REPORT:
            found += [
                Owed(measure, demand, unit, lead, why)
                for unit, lead, why in named
                if unit.pk not in bound or (lead and anybody)
            ]
    return found


def binds(demand: Demand, unit: Unit, lead: bool) -> bool:
    if demand.who != Demand.ALL and (demand.who == Demand.LEAD) != lead:
        return False
    if demand.unit_kinds and unit.kind not in demand.unit_kinds:
        return False
    return unit.party_group or not demand.needs_party_group


class Calendar:
    """The dues of a demand: windows of the plan's span, with the district's days for returns."""

    def __init__(self, plan: Plan, workdays: Workdays, overrides: Iterable[Override]) -> None:
        if plan.issued_on is None:
            raise ValueError("a plan without issue date has no dues")
        self.plan, self.issued_on, self.workdays = plan, plan.issued_on, workdays
        self.overrides = list(overrides)
        self.first = date(plan.year or plan.issued_on.year, 1, 1)
        self.plan_ends = self._plan_ends()

    def slots(self, measure: Measure, demand: Demand) -> list[Slot]:
        """Windows wholly before the issue date are not owed. Clocks have none: the ledger's row is their key."""
        if demand.kind == Demand.CLOCK:
            return []
        last = self._last_day(measure)
        if last is None:
            return [Slot(self.issued_on, date(self.first.year, 12, 31), None, TO_ANCHOR)]
        if demand.kind == Demand.COVERAGE or not demand.every:
            return [Slot(self.first, last, last, PLAN_WINDOW)]
        found = owed(windows(demand.every, self.first, last), self.issued_on)
        if demand.kind == Demand.REPORT:
            return [Slot(one.start, one.end, self.return_day(one), one.label) for one in found]
        return [Slot(one.start, one.end, min(one.end, last), one.label) for one in found]

    def return_day(self, window: Window) -> date:
        """The day inside the district: the return's day less the working days that the office needs."""
        key = "return.half_year_day" if window.end.month <= 6 else "return.year_day"
        day = parameter(key).at(window.end, self.overrides).in_year(window.end.year)
        lead = parameter("return.lead_working_days").at(window.end, self.overrides).number
        inside = self.workdays.subtract(day, lead)
        return self.plan_ends if window.start <= self.plan_ends < inside else inside

    def _plan_ends(self) -> date:
        """The last day that any measure names: a campaign of three weeks is reported when it ends, not in December."""
        named = [day for measure in self.plan.measures.all() for day in measure.deadlines]
        ongoing = any(measure.ongoing for measure in self.plan.measures.all())
        return date.fromisoformat(max(named)) if named and not ongoing else date(self.first.year, 12, 31)

    def _last_day(self, measure: Measure) -> date | None:
        """The measure's last day; the year's end where it is ongoing or says nothing; None where its start is unknown."""
        if measure.deadlines:
            return date.fromisoformat(measure.deadlines[-1])
        anchor = measure.relative
        counted_by_clock = any(d.chosen and d.kind == Demand.CLOCK for d in measure.demands.all())
        if anchor and not counted_by_clock:
            if any(word in (anchor.get("from") or "") for word in ISSUE_WORDS):
                return relative(self.issued_on, int(anchor["days"]), bool(anchor["working"]), self.workdays)
            return None
        return date(self.first.year, 12, 31)
