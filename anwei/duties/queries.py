"""Questions about duties that pages and actions share."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from anwei.duties.making import TO_ANCHOR, Owed, owed_as_of
from anwei.duties.models import Due, Duty, Return
from anwei.evidence.offers import Acts, acts
from anwei.plans.models import Measure, Plan
from anwei.references import about


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that later facts (a naming, a membership) suggest: add this duty, or end that one."""

    add: Owed | None
    end: Duty | None

    @property
    def words(self) -> str:
        if self.add is not None:
            return f"增加：{self.add.unit.short}｜第{self.add.measure.number}条｜{self.add.demand.finish}（{self.add.reason}）"
        assert self.end is not None
        return f"终止：{self.end.unit.short}｜{self.end.demand}"

    @property
    def key(self) -> str:
        if self.add is not None:
            return f"add-{self.add.demand.pk}-{self.add.unit.pk}"
        assert self.end is not None
        return f"end-{self.end.pk}"


def proposals(plan: Plan, on: date) -> list[Proposal]:
    """What the plan would hand down on a day and has not, and the other way round: after a naming, or a change of
    members since the issue date. A silent change is never made; what the office transferred stays transferred."""
    wanted = {(one.unit.pk, one.demand.pk): one for one in owed_as_of(plan, on)}
    duties = Duty.objects.filter(plan=plan, until=None).select_related("unit", "demand__measure")
    have = {(duty.unit_id, duty.demand_id): duty for duty in duties}
    moved = set(Duty.objects.filter(plan=plan, went_to__isnull=False).values_list("unit_id", "demand_id"))
    found = [Proposal(one, None) for key, one in wanted.items() if key not in have and key not in moved]
    return found + [Proposal(None, duty) for key, duty in have.items() if key not in wanted and not duty.came_from_id]


def make_up_choices(due: Due, on: date) -> list[tuple[str, date, str]]:
    """(reference, day, label) of the unit's acts after the window that could heal it."""
    found = []
    for offer in acts(due.duty.demand.fact):
        rows = offer.as_of(on).filter(**{offer.unit: due.duty.unit_id, f"{offer.day}__gt": due.window_end})
        found += [_choice(offer, row) for row in rows.select_related(offer.subject).order_by(offer.day)[:20]]
    return found


def _choice(offer: Acts, row: object) -> tuple[str, date, str]:
    subject = getattr(row, offer.subject)
    return about(subject), getattr(row, offer.day), str(subject)


def measures_of(made: Return) -> list[Measure]:
    """Every measure that binds the unit, counted ones as well: the return shows them all."""
    return list(
        made.plan.measures.filter(series__duties__unit=made.unit, series__duties__until=None)
        .distinct()
        .order_by("order")
    )


def to_anchor(measure: Measure) -> QuerySet[Due]:
    """The dues of a measure that run from an event, with or without their day."""
    return Due.objects.filter(duty__series=measure.series, duty__until=None, label=TO_ANCHOR)
