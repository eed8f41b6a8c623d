"""What moves the clock of the investigation: suspensions, extensions, the report, ratification, handing up."""

from datetime import date

from anwei.accidents.changing import change, clock_of, must_be_ours, renew_clock, written
from anwei.accidents.models import Accident, AccidentUnit, Extension, Suspension
from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused
from anwei.periods import in_words
from anwei.rulebook import parameter

CAP = "accident.investigation_extension_days"


@act("accident.record", subject="accident")
def suspend(by: By, accident: Accident, *, day: date, reason: str = "技术鉴定") -> Suspension:
    """The clock stands still from `day`, on which the matter was handed to the experts."""
    reason = written(reason, "扣除事由", 200)
    _must_run(accident, day, by)
    last = accident.suspensions.filter(voided_on=None).order_by("-until").first()
    if last is not None and last.until is not None and day < last.until:
        raise Refused(f"开始日期 {day} 早于上一次鉴定结束的 {last.until}，两次不能重叠。")
    ends = clock_of(accident).ends
    if ends is not None and day > ends:
        raise Refused(f"开始日期 {day} 晚于应提交报告的 {ends}，期限届满以后的鉴定时间不能扣除。")
    change(accident)
    made = Suspension.objects.create(accident=accident, since=day, reason=reason, entered_on=by.today)
    renew_clock(by, accident)
    say(f"{reason}开始：{in_words(day)}起停止计算")
    return made


@act("accident.record", subject="accident")
def resume(by: By, accident: Accident, *, day: date) -> Suspension:
    """The clock runs again from `day`, on which the opinion was received."""
    must_be_ours(accident)
    open_one = accident.suspensions.filter(voided_on=None, until=None).first()
    if open_one is None:
        raise Refused("现在没有正在进行的技术鉴定。")
    if day <= open_one.since:
        raise Refused(f"结束日期 {day} 不晚于开始日期 {open_one.since}，请核对。")
    _not_after_today(by, day, "结束日期")
    change(accident)
    accident.suspensions.filter(pk=open_one.pk).update(voided_on=by.today)
    made = Suspension.objects.create(
        accident=accident, since=open_one.since, until=day, reason=open_one.reason, entered_on=by.today
    )
    renew_clock(by, accident)
    say(f"{made.reason}结束：{in_words(made.since)}至{in_words(day)}，扣除{(day - made.since).days}日")
    return made


@act("accident.record", subject="accident")
def extend(by: By, accident: Accident, *, days: int, approved_by: str, day: date, reason: str) -> Extension:
    """Granted before the clock ran out, at most as many days in all as 第二十九条 allows."""
    approved_by = written(approved_by, "批准机关", 120)
    reason = written(reason, "延期理由", 200)
    must_be_ours(accident)
    _not_submitted(accident)
    _not_after_today(by, day, "批准日期")
    if day < accident.happened_on:
        raise Refused(f"批准日期 {day} 早于事故发生日期 {accident.happened_on}，请核对。")
    clock = clock_of(accident)
    cap = parameter(CAP).at(accident.happened_on)
    if days < 1 or clock.extended + days > cap.number:
        raise Refused(
            f"延长{days}日不合规定：合计至多延长{cap.number}日（{cap.source}），已延长{clock.extended}日，请改填。"
        )
    if clock.ends is not None and day > clock.ends:
        raise Refused(f"批准日期 {day} 晚于应提交报告的 {clock.ends}，期限届满以后不能再延长。")
    change(accident)
    made = Extension.objects.create(
        accident=accident, days=days, approved_by=approved_by, approved_on=day, reason=reason, entered_on=by.today
    )
    renew_clock(by, accident)
    say(f"延长{days}日，{approved_by}{in_words(day)}批准：{reason}")
    return made


@act("accident.record", subject="accident")
def submit_report(by: By, accident: Accident, *, day: date) -> Accident:
    """The report of the investigation was handed in to the government that is responsible for it."""
    _must_run(accident, day, by)
    ends = clock_of(accident).ends
    change(accident, report_submitted_on=day)
    renew_clock(by, accident)
    late = f"，逾期{(day - ends).days}日" if ends is not None and day > ends else ""
    say(f"提交调查报告：{in_words(day)}{late}")
    return accident


@act("accident.record", subject="accident")
def ratify(by: By, accident: Accident, *, day: date) -> Accident:
    must_be_ours(accident)
    if accident.report_submitted_on is None:
        raise Refused("调查报告还没有提交，不能登记批复。")
    if accident.ratified_on is not None:
        raise Refused(f"{accident.ratified_on}已经批复。")
    if day < accident.report_submitted_on:
        raise Refused(f"批复日期 {day} 早于报告提交日期 {accident.report_submitted_on}，请核对。")
    _not_after_today(by, day, "批复日期")
    change(accident, ratified_on=day)
    say(f"批复：{in_words(day)}")
    return accident


@act("accident.record", subject="accident")
def hand_up(by: By, accident: Accident, *, to: str, day: date, reason: str) -> Accident:
    """A higher level investigates (第二十条): the district's clock ends, its units cooperate from now on."""
    to = written(to, "接手调查的机关", 120)
    reason = written(reason, "移交理由", 200)
    must_be_ours(accident)
    if accident.ratified_on is not None:
        raise Refused(f"{accident.ratified_on}已经批复，不能再移交。")
    if day < accident.happened_on:
        raise Refused(f"移交日期 {day} 早于事故发生日期 {accident.happened_on}，请核对。")
    _not_after_today(by, day, "移交日期")
    change(accident, district_investigates=False, investigating_body=to, handed_up_on=day)
    renew_clock(by, accident, role=AccidentUnit.COOPERATE)
    say(f"移交{to}调查：{in_words(day)}。{reason}")
    return accident


def _must_run(accident: Accident, day: date, by: By) -> None:
    """The clock runs, and `day` is possible."""
    must_be_ours(accident)
    _not_submitted(accident)
    if accident.suspensions.filter(voided_on=None, until=None).exists():
        raise Refused("技术鉴定还没有结束，请先登记鉴定结束。")
    if day < accident.happened_on:
        raise Refused(f"日期 {day} 早于事故发生日期 {accident.happened_on}，请核对。")
    _not_after_today(by, day, "日期")


def _not_submitted(accident: Accident) -> None:
    if accident.report_submitted_on is not None:
        raise Refused(f"调查报告已于 {accident.report_submitted_on} 提交，时限不再变动。")


def _not_after_today(by: By, day: date, label: str) -> None:
    if day > by.today:
        raise Refused(f"{label} {day} 晚于今天，办过之后再登记。")
