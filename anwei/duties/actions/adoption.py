"""Handing a plan down: from the reviewed plan to duties, dues and dispatches; and what changes afterwards."""

from collections.abc import Iterable

from anwei.duties.calendars import workdays
from anwei.duties.making import Calendar, Owed, Slot, owed_by
from anwei.duties.models import Dispatch, Due, Duty
from anwei.duties.queries import proposals
from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused
from anwei.matters.actions import begin, take
from anwei.outbox.notices import Letter, tell
from anwei.plans.models import Assignment, Measure, Plan, Series
from anwei.references import about
from anwei.units.models import Unit
from anwei.units.queries import actors_on, committee_office, overrides_on, setting_on

REVIEWER_KEY = "report.reviewer_of_office"


@act("plan.adopt")
def adopt(by: By, plan: Plan, *, pairs: dict[int, int | None] | None = None) -> Plan:
    """Hands the plan down: nothing of it reached a unit before. `pairs` gives, for a new version, each new measure's
    old one (by id) as the office confirmed it; what was met stays met, because duties hang on the series."""
    _check(plan)
    old = plan.replaces
    if old is not None and pairs is None:
        raise Refused(f"这是《{old}》的新版，请先核对新旧条目怎样对应，再下达。")
    _give_series(plan, pairs or {})
    if old is not None:
        old.state = Plan.REPLACED
        old.save(update_fields=["state"])
    plan.state, plan.adopted_on = Plan.ADOPTED, by.today
    plan.save(update_fields=["state", "adopted_on"])
    maker = _Maker(by, plan)
    made, kept = maker.make(owed_by(plan))
    ended = maker.end_others(old, "新版要点未再列入") if old is not None else 0
    _dispatch(by, plan, maker)
    say(f"下达《{plan}》：新任务{made}项，延续{kept}项，终止{ended}项")
    return plan


@act("duty.sign", subject="dispatch")
def receive(by: By, dispatch: Dispatch) -> Dispatch:
    """签收 what was handed down."""
    return take(by, dispatch, "receive")


@act("plan.adopt")
def apply_proposals(by: By, plan: Plan, keys: Iterable[str]) -> tuple[int, int]:
    """Makes the chosen proposals true. Returns how many duties were added and ended."""
    wanted = set(keys)
    chosen = [one for one in proposals(plan, by.today) if one.key in wanted]
    maker = _Maker(by, plan, later=True)
    made, _ = maker.make([one.add for one in chosen if one.add is not None])
    gone = [one.end.pk for one in chosen if one.end is not None]
    Duty.objects.filter(pk__in=gone).update(until=by.today, end_reason="点名或成员变化，安委办确认")
    _dispatch(by, plan, maker)
    say(f"按变化调整任务：增加{made}项，终止{len(gone)}项", about_rows=[plan])
    return made, len(gone)


def _check(plan: Plan) -> None:
    if plan.state != Plan.DRAFT:
        raise Refused(f"《{plan}》{plan.get_state_display()}，不能再下达。")
    if plan.outside:
        raise Refused(f"《{plan}》是上级文件，只用来对应条目，不向本区单位下达。")
    if plan.issued_on is None:
        raise Refused("还没有填印发日期。任务的起算都看这一天，请先在抬头里填写。")
    if plan.year is None:
        raise Refused("还没有填年度，时限无从换算。请先在抬头里填写。")
    unknown = Assignment.objects.filter(measure__plan=plan, status=Assignment.UNKNOWN).select_related("measure")
    if unknown:
        listed = "；".join(f"第{row.measure.number}条“{row.reference}”" for row in unknown[:5])
        raise Refused(f"还有{len(unknown)}个称谓认不出是哪个单位：{listed}。请改正称谓或点名后再下达。")


def _give_series(plan: Plan, pairs: dict[int, int | None]) -> None:
    """Each measure its series: the old measure's where the office paired them, a new one otherwise."""
    old_ids = [one for one in pairs.values() if one is not None]
    if len(old_ids) != len(set(old_ids)):
        raise Refused("有两条新任务对应了同一条旧任务，请改成一对一。")
    old = {row.pk: row for row in Measure.objects.filter(pk__in=old_ids).exclude(series=None)}
    if any(row.plan_id != plan.replaces_id for row in old.values()):
        raise Refused("对应的旧条目不属于被替代的那份要点，请刷新页面重选。")
    measures = list(plan.measures.all())
    for measure in measures:
        before = old.get(pairs.get(measure.pk) or 0)
        measure.series = before.series if before else Series.objects.create(name=measure.title[:300])
    Measure.objects.bulk_update(measures, ["series"])
    for measure in measures:
        measure.demands.update(series=measure.series)


class _Maker:
    """Turns values into rows, keeping what a duty already is: same unit, same series, same kind of demand."""

    def __init__(self, by: By, plan: Plan, *, later: bool = False) -> None:
        """`later`: the plan has been handed down before; whoever joins now owes nothing whose day is over."""
        self.by, self.plan, self.on, self.later = by, plan, by.today, later
        self.calendar = Calendar(plan, workdays(), overrides_on(self.on))
        self.actors = actors_on(self.on)
        self.office = committee_office()
        self.reviewer = self._reviewer()
        self.touched: set[int] = set()
        self.kept_ids: set[int] = set()

    def make(self, wanted: list[Owed]) -> tuple[int, int]:
        """(new, kept)."""
        series = {one.measure.series_id for one in wanted}
        running = Duty.objects.filter(series_id__in=series, until=None).select_related("demand")
        before = {(d.unit_id, d.series_id, d.demand.template, d.demand.every): d for d in running}
        new: list[Duty] = []
        kept: list[Duty] = []
        for one in wanted:
            key = (one.unit.pk, one.measure.series_id, one.demand.template, one.demand.every)
            duty = before.get(key)
            (kept if duty else new).append(self._fill(duty or Duty(since=self.on), one))
        Duty.objects.bulk_create(new, batch_size=500)
        Duty.objects.bulk_update(kept, ["plan", "demand", "actor", "acceptor", "lead", "reason"], batch_size=500)
        self.kept_ids |= {duty.pk for duty in (*new, *kept)}
        self.touched |= {duty.unit_id for duty in new}
        self._dues([*new, *kept])
        return len(new), len(kept)

    def end_others(self, old: Plan, why: str) -> int:
        gone = Duty.objects.filter(plan=old, until=None).exclude(pk__in=self.kept_ids)
        return gone.update(until=self.on, end_reason=why)

    def _fill(self, duty: Duty, one: Owed) -> Duty:
        duty.plan, duty.series, duty.demand, duty.unit = self.plan, one.measure.series, one.demand, one.unit
        duty.demand.measure = one.measure
        duty.actor_id = self.actors.get(one.unit.pk, one.unit.pk)
        duty.lead, duty.reason = one.lead, one.reason
        duty.acceptor_id = self._acceptor(one, duty.actor_id)
        return duty

    def _acceptor(self, one: Owed, actor_id: int) -> int:
        """The gathering lead for parts, the office for a lead's own; nobody accepts their own."""
        gatherer = self.office.pk if one.lead else (one.measure.gatherer_id or self.office.pk)
        acting = self.actors.get(gatherer, gatherer)
        for candidate in (acting, self.office.pk):
            if candidate != actor_id:
                return candidate
        return self.reviewer.pk

    def _reviewer(self) -> Unit:
        """Who accepts the office's own reports (setting; else the first party organ in the official order)."""
        code = setting_on(REVIEWER_KEY, self.on)
        chosen = Unit.objects.filter(code=code).first() if code else None
        found = chosen or Unit.objects.members().exclude(pk=self.office.pk).official().first()
        if found is None:
            raise Refused("没有单位可以审核安委办自己的报告，请在“设置”里指定（report.reviewer_of_office）。")
        return found

    def _dues(self, duties: list[Duty]) -> None:
        stored = {(row.duty_id, row.window_start): row for row in Due.objects.filter(duty__in=duties)}
        new: list[Due] = []
        changed: list[Due] = []
        slots: dict[int, list[Slot]] = {}
        for duty in duties:
            if duty.demand_id not in slots:
                slots[duty.demand_id] = list(self.calendar.slots(duty.demand.measure, duty.demand))
            for slot in self._still_owed(slots[duty.demand_id]):
                row = stored.get((duty.pk, slot.start))
                if row is None:
                    new.append(Due(duty=duty, window_start=slot.start, window_end=slot.end, deadline=slot.deadline, label=slot.label))  # fmt: skip
                elif (
                    slot.deadline
                    and row.deadline != slot.deadline
                    and (row.deadline is None or row.deadline >= self.on)
                ):
                    row.deadline, row.window_end = slot.deadline, slot.end
                    changed.append(row)
        Due.objects.bulk_create(new, batch_size=500)
        Due.objects.bulk_update(changed, ["deadline", "window_end"], batch_size=500)

    def _still_owed(self, slots: list[Slot]) -> list[Slot]:
        """All windows; for a unit that joins later those whose day is not over, or the last one where all are."""
        ahead = [slot for slot in slots if slot.deadline is None or slot.deadline >= self.on]
        return (ahead or slots[-1:]) if self.later else slots


def _dispatch(by: By, plan: Plan, maker: _Maker) -> None:
    """One dispatch per unit that got something new, received by who acts for it, and a notice each."""
    counts: dict[int, int] = {}
    for unit_id in Duty.objects.filter(plan=plan, until=None).values_list("unit_id", flat=True):
        counts[unit_id] = counts.get(unit_id, 0) + 1
    sent = set(Dispatch.objects.filter(plan=plan).values_list("unit_id", flat=True))
    letters = []
    for unit in Unit.objects.filter(pk__in=maker.touched - sent).official():
        holder_id = maker.actors.get(unit.pk, unit.pk)
        dispatch = Dispatch(plan=plan, unit=unit, holder_id=holder_id, duties_count=counts.get(unit.pk, 0))
        begin(by, dispatch)
        letters.append(
            Letter(
                to=f"units.unit:{holder_id}",
                kind="dispatch",
                title=f"《{plan}》已下达{unit.short}，共{dispatch.duties_count}项，请签收",
                key=f"dispatch:{plan.pk}:{unit.pk}",
                about=about(dispatch),
                url=dispatch.get_absolute_url(),
            )
        )
    for unit_id in maker.touched & sent:
        # Signed once for the plan; what comes on top of it is told.
        letters.append(
            Letter(
                to=f"units.unit:{maker.actors.get(unit_id, unit_id)}",
                kind="dispatch",
                title=f"《{plan}》点名后有新增任务，请查看",
                key=f"dispatch:{plan.pk}:{unit_id}:{by.at.isoformat()}",
                about=about(plan),
                url=f"/duties?plan={plan.pk}&unit={unit_id}",
            )
        )
    tell(letters, by.at)
