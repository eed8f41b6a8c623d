"""Which units owe a return in which half-year, how far each is, and who is missing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Q

from anwei.duties.models import Due, Part, Return, Submission, Waiver
from anwei.periods import Window, window_of
from anwei.plans.models import Demand, Measure, Plan
from anwei.units.models import Unit

# What the list says of a unit's return; `missing` and `not_begun` have no row of their own.
STATES = {
    "missing": "缺报",
    "not_begun": "未开始",
    "draft": "填报中",
    "checking": "待审核",
    "handed_in": "已上报",
}


@dataclass(slots=True)
class Owing:
    """One unit's return of one period: what it owes and how far it is."""

    plan: Plan
    unit: Unit
    actor: Unit
    window: Window
    deadline: date | None
    measures: int
    made: Return | None = None
    counts: dict[str, int] = field(default_factory=dict)

    def state(self, today: date) -> str:
        if self.made is not None:
            return self.made.state
        return "missing" if self.deadline is not None and self.deadline < today else "not_begun"

    def is_missing(self, today: date) -> bool:
        """缺报: the day has passed and nothing was handed in, begun or not."""
        handed_in = self.made is not None and self.made.state == "handed_in"
        return not handed_in and self.deadline is not None and self.deadline < today

    def late(self) -> bool:
        """Handed in after the day."""
        day = self.made.handed_in_on if self.made else None
        return day is not None and self.deadline is not None and day > self.deadline


def owing(plans: Iterable[Plan], units: Iterable[int] | None = None) -> list[Owing]:
    """Every return that the plans ask of the units (None: of all), by period, then in the official order. Four queries."""
    plan_of = {plan.pk: plan for plan in plans}
    dues = Due.objects.filter(duty__plan_id__in=plan_of, duty__until=None, duty__demand__kind=Demand.REPORT).exclude(
        duty__in=Waiver.objects.filter(reopened_on=None).values("duty")
    )
    # What was reported under an older version of the plan is not asked for again.
    before = Submission.objects.filter(returned_on=None).exclude(part__of_return__plan=F("due__duty__plan"))
    dues = dues.exclude(pk__in=before.values("due"))
    if units is not None:
        dues = dues.filter(duty__unit_id__in=list(units))
    found: dict[tuple[int, int, date], Owing] = {}
    ids: dict[tuple[int, int, date], tuple[set[int], int]] = {}
    for plan, unit, actor, start, deadline, series in dues.values_list(
        "duty__plan_id", "duty__unit_id", "duty__actor_id", "window_start", "deadline", "duty__series_id"
    ):
        window = window_of(start, "half_year")
        key = (plan, unit, window.start)
        one = found.get(key)
        if one is None:
            one = found[key] = Owing(plan_of[plan], Unit(pk=unit), Unit(pk=actor), window, deadline, 0)
            ids[key] = (set(), actor)
        ids[key][0].add(series)
        one.deadline = min(filter(None, (one.deadline, deadline)), default=None)
    rows = Unit.objects.in_bulk({key[1] for key in found} | {actor for _, actor in ids.values()})
    for key, one in found.items():
        one.unit, one.actor, one.measures = rows[key[1]], rows[ids[key][1]], len(ids[key][0])
    _with_returns(found)
    return sorted(found.values(), key=lambda one: (one.window.start, one.plan.pk, one.unit.order, one.unit.pk))


def _with_returns(found: dict[tuple[int, int, date], Owing]) -> None:
    plans, units = {key[0] for key in found}, {key[1] for key in found}
    returns = Return.objects.filter(plan_id__in=plans, unit_id__in=units).select_related("holder")
    by_key = {(row.plan_id, row.unit_id, row.window_start): row for row in returns}
    counts = {row["of_return_id"]: row for row in part_counts(returns.values("pk"))}
    for key, one in found.items():
        one.made = by_key.get(key)
        if one.made is not None:
            one.counts = counts.get(one.made.pk, {})


def part_counts(returns: object) -> Iterable[dict[str, int]]:
    """Per return: how many parts, written, submitted, accepted, returned."""
    return (
        Part.objects.filter(of_return__in=returns)
        .order_by()
        .values("of_return_id")
        .annotate(
            total=Count("id"),
            written=Count("id", filter=~Q(words="") | ~Q(facts="")),
            submitted=Count("id", filter=Q(state="submitted")),
            accepted=Count("id", filter=Q(state="accepted")),
            returned=Count("id", filter=Q(state="returned")),
        )
    )


def chosen_window(rows: list[Owing], wanted: date | None, today: date) -> Window:
    """The period asked for; else the newest of which something was handed in; else the one of today."""
    if wanted is not None:
        return window_of(wanted, "half_year")
    come = [one.window for one in rows if one.made is not None and one.made.state == "handed_in"]
    return max(come, default=window_of(today, "half_year"))


def report_dues(plan: Plan, unit: Unit, window: Window, made: Return | None = None) -> list[Due]:
    """Report dues of the window that this return has to answer: not waived, not answered by another return."""
    answered = Submission.objects.filter(returned_on=None)
    if made is not None:
        answered = answered.exclude(part__of_return=made)
    return list(
        Due.objects.filter(
            duty__unit=unit,
            duty__until=None,
            duty__series__in=Measure.objects.filter(plan=plan).values("series"),
            duty__demand__kind=Demand.REPORT,
            window_start__lte=window.end,
            window_end__gte=window.start,
        )
        .exclude(duty__in=Waiver.objects.filter(reopened_on=None).values("duty"))
        .exclude(pk__in=answered.values("due"))
        .select_related("duty")
        .order_by("id")
    )


def changes_since(made: Return) -> tuple[dict[int, Due], list[Part]]:
    """(measure id -> due handed down since the return was begun, parts whose duty ended or proved «不涉及»)."""
    if made.state == "checking":
        return {}, []
    window = Window(made.window_start, made.window_end, made.label)
    measures = dict(made.plan.measures.exclude(series=None).values_list("series_id", "pk"))
    dues = report_dues(made.plan, made.unit, window, made)
    owed = {measures[due.duty.series_id]: due for due in dues}
    have = {part.measure_id: part for part in made.parts.select_related("measure")}
    gone = [part for key, part in have.items() if key not in owed and part.state == Part.flow.start]
    return {key: due for key, due in owed.items() if key not in have}, gone
