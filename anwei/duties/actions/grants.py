"""Extensions, waivers, make-ups, handing back: acts with a reason."""

from collections.abc import Sequence
from datetime import date

from anwei.duties.models import Due, Duty, Extension, Handback, MakeUp, Waiver
from anwei.duties.objects import objects_of
from anwei.duties.queries import make_up_choices
from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused
from anwei.matters.actions import begin, take
from anwei.outbox.notices import Letter, tell
from anwei.references import about
from anwei.rulebook import parameter
from anwei.units.models import Unit
from anwei.units.queries import committee_office, overrides_on


@act("extension.ask", subject="due")
def ask_extension(by: By, due: Due, *, until: date, reason: str) -> Extension:
    """Asked before the deadline, within the cap, with a reason; the office decides."""
    if due.deadline is None:
        raise Refused("这一项还没有确定时限，不需要延期。")
    if not reason.strip():
        raise Refused("请写明延期的理由。")
    if by.today > due.deadline:
        raise Refused(f"时限{due.deadline}已过，不能再申请延期；请尽快办结，逾期情况可在落实情况表里说明。")
    if until <= due.deadline:
        raise Refused(f"延至日期 {until} 不晚于原时限 {due.deadline}，请填更晚的日期。")
    overrides = overrides_on(by.today)
    cap = parameter("extension.max_days").at(by.today, overrides).number
    if (until - due.deadline).days > cap:
        raise Refused(f"延期 {(until - due.deadline).days} 天超过上限 {cap} 天，请填 {cap} 天以内的日期。")
    times = parameter("extension.max_times").at(by.today, overrides).number
    if due.extensions.filter(state="granted").count() >= times:
        raise Refused(f"这一项已延期 {times} 次，不能再延。")
    if due.extensions.filter(state="asked").exists():
        raise Refused("这一项已有一份延期申请在等安委办决定，不用再提。")
    office = committee_office()
    made = begin(
        by,
        Extension(due=due, asked_by=by.unit or due.duty.actor, until=until, reason=reason.strip(), holder=office),
        reason,
    )
    _tell(by, made, office, f"{made.asked_by}申请延期至{until}：{due.duty.demand}")
    say(f"申请延期至{until}：{reason}", about_rows=[due.duty])
    return made


@act("extension.decide")
def decide_extension(by: By, extension: Extension, *, grant: bool, words: str = "") -> Extension:
    """Granted from today on; a refusal says why."""
    if by.unit is not None and by.unit.pk == extension.asked_by_id:
        raise Refused("不能批准本单位自己的延期申请。")
    done = take(by, extension, "grant" if grant else "refuse", text=words)
    verdict = f"同意延期至{done.until}" if grant else f"未同意延期：{words}"
    _tell(by, done, done.asked_by, f"{verdict}（{done.due.duty.demand}）")
    say(verdict, about_rows=[done.due.duty])
    return done


@act("waiver.confirm", subject=lambda by, duties, **_: duties)
def confirm_waivers(by: By, duties: Sequence[Duty], *, reason: str) -> list[Waiver]:
    """«不涉及» for a batch. Only where nothing was ever found: a coverage with objects in the register is refused."""
    if not reason.strip():
        raise Refused("请写明不涉及的理由，例如“辖区内没有油气长输管道”。")
    made = []
    objects = objects_of(duties, by.today)
    for duty in duties:
        if duty.lead:
            raise Refused(f"“{duty}”是牵头任务，不能确认不涉及；如不属于本单位，请退回安委办。")
        if count := objects.get(duty.pk, 0):
            raise Refused(f"“{duty}”：台账里有{count}个对象，不能确认不涉及。如有错，请先更正台账。")
        if duty.waivers.filter(reopened_on=None).exists():
            continue
        made.append(
            Waiver.objects.create(
                duty=duty, confirmed_on=by.today, confirmed_by=by.person_text, reason=reason.strip()[:300]
            )
        )
    say(f"确认不涉及{len(made)}项：{reason}", about_rows=list(duties))
    return made


@act("waiver.decide")
def reopen_waivers(by: By, duties: Sequence[Duty], *, reason: str) -> int:
    """The first such object has appeared, or the office does not agree: the duty binds again."""
    rows = Waiver.objects.filter(duty__in=duties, reopened_on=None)
    count = rows.update(reopened_on=by.today, reopen_reason=reason[:300])
    say(f"恢复任务{count}项：{reason}", about_rows=list(duties))
    return count


@act("make_up.record")
def record_make_up(by: By, due: Due, *, fact: str, reason: str) -> MakeUp:
    """An act after its window heals it by this record alone. `fact` is the reference of the act's row."""
    if not reason.strip():
        raise Refused("请写明补办的理由。")
    if MakeUp.objects.filter(due=due).exists():
        raise Refused(f"“{due}”已经记过补办。")
    happened = _happened(due, fact)
    if happened <= due.window_end:
        raise Refused(f"这件事发生在{happened}，就在{due.label}之内，已经计入，不用记补办。")
    made = MakeUp.objects.create(
        due=due,
        about=fact,
        happened_on=happened,
        recorded_on=by.today,
        recorded_by=by.person_text,
        reason=reason.strip()[:300],
    )
    say(f"记补办：{due.label}，{happened}", about_rows=[due.duty])
    return made


def _happened(due: Due, fact: str) -> date:
    for ref, day, _ in make_up_choices(due, date.max):
        if ref == fact:
            return day
    raise Refused("选的这件事不是本单位在窗口之后做的同类活动，请从列表里选。")


@act("duty.hand_on", subject="duty")
def hand_back(by: By, duty: Duty, *, reason: str, suggested: Unit | None = None) -> Handback:
    """«不属于本单位»: back to the office, which transfers it or says why not."""
    if not reason.strip():
        raise Refused("请写明退回的理由和依据。")
    if duty.until is not None:
        raise Refused("这项任务已经终止或转出。")
    if duty.handbacks.filter(state="asked").exists():
        raise Refused("这项任务已经退回，正在等安委办决定。")
    office = committee_office()
    made = begin(
        by,
        Handback(duty=duty, asked_by=by.unit or duty.actor, reason=reason.strip()[:300], suggested=suggested, holder=office),
        reason,
    )  # fmt: skip
    _tell(by, made, office, f"{made.asked_by}退回任务：{duty.demand}")
    say(f"退回任务：{reason}", about_rows=[duty])
    return made


@act("duty.transfer")
def settle_handback(by: By, handback: Handback, *, to: Unit | None, words: str) -> Duty:
    """`to` a unit: the duty ends there and goes on here with its dues. None: it stays, and `words` say why."""
    duty = handback.duty
    if to is None:
        take(by, handback, "keep", text=words)
        _tell(by, handback, handback.asked_by, f"任务仍由你单位办：{duty.demand}。{words}")
        return duty
    if to.pk == duty.unit_id:
        raise Refused("不能转给原单位。")
    if Duty.objects.filter(unit=to, demand=duty.demand, until=None).exists():
        raise Refused(f"{to}本来就有这一项任务，不用再转。")
    take(by, handback, "transfer", text=words)
    moved = _transfer(by, duty, to, words or handback.reason)
    _tell(by, handback, handback.asked_by, f"任务已转交{to}：{duty.demand}")
    _tell(by, handback, to, f"安委办转来任务：{duty.demand}（原{duty.unit}）")
    return moved


def _transfer(by: By, duty: Duty, to: Unit, reason: str) -> Duty:
    """Inside an act: ends a duty and starts its successor with the windows that are not over."""
    duty.until, duty.end_reason = by.today, f"转交{to}：{reason}"[:200]
    duty.save(update_fields=["until", "end_reason"])
    acceptor = committee_office() if duty.acceptor_id == to.pk else duty.acceptor
    moved = Duty.objects.create(
        plan=duty.plan,
        series=duty.series,
        demand=duty.demand,
        unit=to,
        actor=to,
        acceptor=acceptor,
        lead=duty.lead,
        reason=f"由{duty.unit}转来：{reason}"[:300],
        since=by.today,
        came_from=duty,
    )
    Due.objects.bulk_create(
        Due(duty=moved, window_start=d.window_start, window_end=d.window_end, deadline=d.deadline, label=d.label)
        for d in duty.dues.filter(window_end__gte=by.today)
    )
    say(f"转交：{duty.unit}→{to}：{duty.demand}", about_rows=[duty, moved])
    return moved


def _tell(by: By, matter: Extension | Handback, unit: Unit, title: str) -> None:
    letter = Letter(
        to=about(unit),
        kind="duty",
        title=title,
        key=f"{about(matter)}:{matter.state}:{unit.pk}",
        about=about(matter),
        url=matter.get_absolute_url(),
    )
    tell([letter], by.at)
