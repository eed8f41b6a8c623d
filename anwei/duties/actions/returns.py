"""The half-yearly return: started from the facts, checked inside the unit, handed in once for all measures together."""

import re
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from anwei.duties.models import Due, Part, Return, Submission
from anwei.duties.return_periods import changes_since, report_dues
from anwei.duties.sentences import sentences
from anwei.files.models import Attachment
from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused
from anwei.matters.actions import begin, take
from anwei.matters.models import Step
from anwei.outbox.notices import Letter, tell
from anwei.periods import Window, window_of
from anwei.plans.models import Demand, Plan
from anwei.references import about
from anwei.units.models import Unit
from anwei.units.queries import actors_on

_PHONE = re.compile(r"[0-9０-９+＋()（）\-－—/、，,\s转]{5,30}")


@act("report.fill", subject="unit")
def start_return(by: By, unit: Unit, *, plan: Plan, day: date) -> Return:
    """The unit's return for the half-year of `day`: the one that exists (with what was handed down since), else a new
    one with a part per report due."""
    window = window_of(day, "half_year")
    existing = Return.objects.filter(plan=plan, unit=unit, window_start=window.start).first()
    if existing is not None:
        _match_parts(by, existing)
        return existing
    if plan.state != Plan.ADOPTED:
        raise Refused(f"《{plan}》{plan.get_state_display()}，不能再开新的落实情况表；请在执行中的要点下填报。")
    if window.start > by.today:
        raise Refused(
            f"{window.label}还没有开始，{window.start.year}年{window.start.month}月{window.start.day}日起可以填报。"
        )
    dues = report_dues(plan, unit, window)
    if not dues:
        raise Refused(f"{unit}在{window.label}没有需要报告的条目：都由台账计出、已经报过或不涉及，不用填表。")
    made = Return(plan=plan, unit=unit, label=window.label, window_start=window.start, window_end=window.end)
    made.holder_id = actors_on(by.today).get(unit.pk, unit.pk)
    made.due_on = min((due.deadline for due in dues if due.deadline), default=None)
    try:
        with transaction.atomic():
            begin(by, made)
    except IntegrityError:  # a colleague pressed the button in the same moment
        return Return.objects.get(plan=plan, unit=unit, window_start=window.start)
    _match_parts(by, made)
    _refresh_facts(by, made)
    return made


def _match_parts(by: By, made: Return) -> None:
    """A part for each due handed down since; parts of duties that ended or proved «不涉及» go, unless handed in."""
    if made.state == "checking":
        return
    owed, gone = changes_since(made)
    had_parts = made.parts.exists()
    new = Part.objects.bulk_create(_part(by, made, measure, due) for measure, due in owed.items())
    Attachment.objects.filter(about__in=[about(part) for part in gone]).delete()
    Part.objects.filter(pk__in=[part.pk for part in gone]).delete()
    if gone:
        say(f"不再列入：第{'、'.join(part.measure.number for part in gone)}条（任务已转出、终止或确认不涉及）")
    if new and had_parts:
        say(f"新列入{len(new)}条", about_rows=[made])


def _part(by: By, made: Return, measure_id: int, due: Due) -> Part:
    return Part(
        of_return=made,
        measure_id=measure_id,
        acceptor_id=due.duty.acceptor_id,
        lead=due.duty.lead,
        state=Part.flow.start,
        holder_id=made.holder_id,
        opened_on=by.today,
        due_on=due.deadline,
    )


def _refresh_facts(by: By, made: Return) -> None:
    """Writes the system's sentence of each part anew; after handing in the words are frozen."""
    if made.state == "handed_in":
        return
    parts = list(made.parts.select_related("measure"))
    window = Window(made.window_start, made.window_end, made.label)
    words = sentences(made.unit_id, {part.measure.series_id for part in parts}, window, by.today)
    for part in parts:
        part.facts = words.get(part.measure.series_id, "")
    Part.objects.bulk_update(parts, ["facts"])


@act("report.fill", subject="made")
def submit_for_check(by: By, made: Return, *, phone: str = "") -> Return:
    """填报人 → 审核人, with the telephone number that stands at the foot of the table."""
    phone = phone.strip() or made.phone
    if not phone:
        raise Refused("请填写联系电话：表尾要写填报人的电话，审核单位有疑问时好找人。")
    if not _PHONE.fullmatch(phone):
        raise Refused(f"联系电话“{phone[:40]}”不是有效号码，请填 5 至 30 位的数字，例如 0791-86001234。")
    if made.state == "draft":
        new, gone = changes_since(made)
        if new or gone:
            raise Refused(
                f"填报以后任务有变化（新增{len(new)}条，减少{len(gone)}条），请先点“更新条目”，写好新增的再提交。"
            )
        _refresh_facts(by, made)
    if not made.parts.exists():
        raise Refused("这张表里没有需要报告的条目了，不用上报。")
    return take(by, made, "to_check", filled_by=by.person_text, phone=phone)


@act("report.check", subject="made")
def send_back(by: By, made: Return, *, words: str) -> Return:
    return take(by, made, "send_back", text=words)


@act("report.check", subject="made")
def hand_in(by: By, made: Return) -> Return:
    """Checked by another person than the one who filled it, and handed in once for all measures together."""
    if made.state == "checking":
        _refresh_facts(by, made)
    done = take(by, made, "hand_in", checked_by=by.person_text, handed_in_on=by.today)
    letters = {}
    parts = done.parts.select_related("measure", "acceptor", "holder", "of_return__unit", "of_return__holder")
    for part in parts:
        _submit_part(by, part)
        key = f"return:{done.pk}:{part.acceptor_id}"
        letters[key] = Letter(
            to=about(part.acceptor),
            kind="report",
            title=f"{done.unit}报来{done.label}落实情况，请审",
            key=key,
            about=about(done),
            url=f"/returns/incoming?plan={done.plan_id}&day={done.window_start}",
        )
    tell(letters.values(), by.at)
    return done


@act("report.check", subject="part")
def resubmit(by: By, part: Part) -> Part:
    """A returned part, put right, goes to its lead again, with what the ledgers say today."""
    made = part.of_return
    window = Window(made.window_start, made.window_end, made.label)
    facts = sentences(made.unit_id, [part.measure.series_id or 0], window, by.today).get(
        part.measure.series_id or 0, ""
    )
    done = _submit_part(by, part, facts=facts)
    title = f"{made.unit}补正后重新上报：{part}"
    key = f"part:{done.pk}:{Step.objects.of(done).count()}"
    url = f"/returns/incoming?plan={made.plan_id}&day={made.window_start}"
    tell([Letter(to=about(done.acceptor), kind="report", title=title, key=key, about=about(done), url=url)], by.at)
    return done


def _submit_part(by: By, part: Part, **changes: Any) -> Part:
    """The part goes up, and the day stands as a countable fact. Called inside an act."""
    done = take(by, part, "submit", **changes)
    made = done.of_return
    dues = Due.objects.filter(
        duty__unit=made.unit_id,
        duty__series=done.measure.series_id,
        duty__demand__kind=Demand.REPORT,
        duty__until=None,
        window_start__lte=made.window_end,
        window_end__gte=made.window_start,
    ).exclude(pk__in=Submission.objects.filter(returned_on=None).values("due"))
    Submission.objects.bulk_create(Submission(due=due, part=done, handed_in_on=by.today) for due in dues)
    return done
