"""What the reader missed and what it took for a measure and is none: added and removed by hand, in drafts only."""

from django.db.models import F

from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused, Stale
from anwei.plans.drafting import demands_of, short_name
from anwei.plans.marking import find_reference
from anwei.plans.models import Chapter, Demand, Measure, Plan
from anwei.plans.resolving import resolve_plan
from anwei.units.queries import overrides_on

# Orders are unique within a plan: rows behind the new one step far away first, then come back one further.
_FAR = 1_000_000


@act("plan.edit")
def add_measure(
    by: By,
    plan: Plan,
    version: int,
    *,
    number: str,
    title: str,
    text: str,
    chapter: Chapter | None = None,
    after: Measure | None = None,
) -> Measure:
    """A measure without units yet, behind `after` (None: first); where its text stands in the original it is tied to it."""
    _take(plan, version)
    order = after.order + 1 if after is not None else 1
    behind = Measure.objects.filter(plan=plan, order__gte=order)
    behind.update(order=F("order") + _FAR)
    Measure.objects.filter(plan=plan, order__gte=_FAR).update(order=F("order") - _FAR + 1)
    start, end = _place(plan, text, after)
    measure = Measure.objects.create(
        plan=plan, chapter=chapter, order=order, number=number, title=title, short=short_name(title), text=text,
        span_start=start, span_end=end,
    )  # fmt: skip
    Demand.objects.bulk_create(demands_of(measure, by.today, overrides_on(by.today)))
    say(f"补上第{number}条：{title}", about_rows=[plan])
    return measure


@act("plan.edit")
def remove_measure(by: By, measure: Measure, version: int) -> Plan:
    """Takes a measure out, with its names, demands and findings; decisions on its phrases go too, unless another
    measure has the same number."""
    plan = measure.plan
    _take(plan, version)
    if measure.child_measures.exists():
        raise Refused(f"第{measure.number}条有别的要点对应着它，不能删去。")
    say(f"删去第{measure.number}条：{measure.title}", about_rows=[plan], text=measure.text)
    if plan.measures.filter(number=measure.number).count() == 1:
        plan.namings.filter(measure_number=measure.number).delete()
    measure.delete()
    resolve_plan(plan, by.today)
    return plan


def _place(plan: Plan, text: str, after: Measure | None) -> tuple[int, int]:
    found = find_reference(plan.source_text, text.strip(), 0, len(plan.source_text))
    end = after.span_end if after is not None else 0
    return found or (end, end)


def _take(plan: Plan, version: int) -> None:
    if plan.state != Plan.DRAFT:
        raise Refused(f"《{plan}》{plan.get_state_display()}，不能再改。要改请导入新版。")
    if not Plan.objects.filter(pk=plan.pk, version=version).update(version=F("version") + 1):
        raise Stale("这份要点刚刚被别人改过，请刷新页面，看过对方的修改再保存。")
    plan.refresh_from_db()
