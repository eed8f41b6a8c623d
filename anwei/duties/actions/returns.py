"""The half-yearly return: started from the facts, filled, checked inside the unit, handed in once, accepted by the lead."""

from collections.abc import Iterable, Sequence
from datetime import date

from anwei.duties.models import Due, Part, Return, Submission
from anwei.duties.sentences import sentences
from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused, Stale
from anwei.matters.actions import begin, take
from anwei.matters.models import Step
from anwei.outbox.notices import Letter, tell
from anwei.periods import Window, window_of
from anwei.plans.models import Demand, Plan
from anwei.references import about
from anwei.rulebook import parameter
from anwei.units.models import Unit
from anwei.units.queries import actors_on, overrides_on


@act("report.fill", subject="unit")
def start_return(by: By, unit: Unit, *, plan: Plan, day: date) -> Return:
    """The unit's return for the half-year of `day`; the one that exists, else a new one with a part per report due."""
    window = window_of(day, "half_year")
    existing = Return.objects.filter(plan=plan, unit=unit, window_start=window.start).first()
    if existing is not None:
        return existing
    dues = list(_report_dues(plan, unit, window))
    if not dues:
        raise Refused(f"{unit}在{window.label}没有需要报告的条目：都由台账计出，不用填表。")
    holder = actors_on(by.today).get(unit.pk, unit.pk)
    made = begin(
        by,
        Return(
            plan=plan,
            unit=unit,
            label=window.label,
            window_start=window.start,
            window_end=window.end,
            holder_id=holder,
            due_on=min(due.deadline for due in dues if due.deadline) if any(due.deadline for due in dues) else None,
        ),
    )
    _add_parts(by, made, dues)
    _refresh_facts(by, made)
    return made


def _report_dues(plan: Plan, unit: Unit, window: Window) -> Iterable[Due]:
    return (
        Due.objects.filter(
            duty__unit=unit,
            duty__until=None,
            duty__series__measures__plan=plan,
            duty__demand__kind=Demand.REPORT,
            window_start__lte=window.end,
            window_end__gte=window.start,
        )
        .exclude(duty__waivers__in=_open_waivers(unit))
        .select_related("duty__demand__measure", "duty__acceptor")
        .order_by("duty__demand__measure__order")
    )


def _open_waivers(unit: Unit) -> Iterable[int]:
    return unit.duties.filter(waivers__reopened_on=None).values("waivers__id")


def _add_parts(by: By, made: Return, dues: list[Due]) -> None:
    parts = [
        Part(
            of_return=made,
            measure=due.duty.demand.measure,
            acceptor=due.duty.acceptor,
            lead=due.duty.lead,
            state=Part.flow.start,
            holder_id=made.holder_id,
            opened_on=by.today,
            due_on=due.deadline,
        )
        for due in dues
    ]
    Part.objects.bulk_create(parts)


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


@act("report.fill", subject="part")
def fill_part(by: By, part: Part, version: int, *, words: str, trouble: str = "", next_step: str = "") -> Part:
    """At most 150 characters of the unit's own. Stale where somebody else saved first."""
    limit = parameter("return.text_limit").at(by.today, overrides_on(by.today)).number
    for label, text in (("落实情况", words), ("存在问题", trouble), ("下一步打算", next_step)):
        if len(text) > limit:
            raise Refused(f"“{label}”写了{len(text)}字，最多{limit}字，请删减{len(text) - limit}字。")
    if part.state not in ("open", "returned") or (part.state == "open" and part.of_return.state != "draft"):
        raise Refused(f"“{part}”现在是“{part.state_label}”，不能再改。")
    won = Part.objects.filter(pk=part.pk, version=version).update(
        words=words.strip(), trouble=trouble.strip(), next_step=next_step.strip(), version=version + 1
    )
    if not won:
        raise Stale("这一条刚刚被别人改过，请刷新页面，看过对方的内容再保存。")
    part.refresh_from_db()
    say(f"填报：{part}", words=words)
    return part


@act("report.fill", subject="made")
def submit_for_check(by: By, made: Return, *, phone: str = "") -> Return:
    """填报人 → 审核人."""
    _refresh_facts(by, made)
    return take(by, made, "to_check", filled_by=by.person_text, phone=phone or made.phone)


@act("report.check", subject="made")
def send_back(by: By, made: Return, *, words: str) -> Return:
    return take(by, made, "send_back", text=words)


@act("report.check", subject="made")
def hand_in(by: By, made: Return) -> Return:
    """Checked by another person than the one who filled it, and handed in once for all measures together."""
    done = take(by, made, "hand_in", checked_by=by.person_text, handed_in_on=by.today)
    letters = []
    for part in done.parts.select_related("measure", "acceptor", "of_return__unit"):
        _submit(by, part)
        letters.append(
            Letter(
                to=about(part.acceptor),
                kind="report",
                title=f"{done.unit}报来{done.label}落实情况，请审",
                key=f"return:{done.pk}:{part.acceptor_id}",
                about=about(done),
                url="/returns/incoming",
            )
        )
    tell({letter.key: letter for letter in letters}.values(), by.at)
    return done


@act("report.check", subject="part")
def resubmit(by: By, part: Part) -> Part:
    """A returned part, put right, goes to its lead again."""
    _submit(by, part)
    part.refresh_from_db()
    return part


def _submit(by: By, part: Part) -> None:
    take(by, part, "submit")
    made = part.of_return
    dues = Due.objects.filter(
        duty__unit=made.unit,
        duty__series=part.measure.series,
        duty__demand__kind=Demand.REPORT,
        duty__until=None,
        window_start__lte=made.window_end,
        window_end__gte=made.window_start,
    )
    Submission.objects.bulk_create(Submission(due=due, part=part, handed_in_on=by.today) for due in dues)


@act("report.accept", subject=lambda by, parts, **_: parts)
def accept_parts(by: By, parts: Sequence[Part], *, comment: str = "") -> list[Part]:
    """The gathering lead (or the office) accepts; nobody accepts their own."""
    done = []
    for part in parts:
        _not_own(by, part)
        changes = {"comment": comment} if comment else {}
        done.append(take(by, part, "accept", text=comment, **changes))
    Submission.objects.filter(part__in=done, returned_on=None, accepted_on=None).update(accepted_on=by.today)
    say(f"审定{len(done)}条", about_rows=done)
    return done


@act("report.accept", subject="part")
def return_part(by: By, part: Part, *, words: str) -> Part:
    """退回补正 with a reason; the unit's due is open again."""
    _not_own(by, part)
    done = take(by, part, "return", text=words, comment=words[:300])
    Submission.objects.filter(part=part, returned_on=None, accepted_on=None).update(
        returned_on=by.today, return_reason=words[:300]
    )
    letter = Letter(
        to=about(done.of_return.holder),
        kind="report",
        title=f"退回补正：{done}（{words}）",
        key=f"part:{done.pk}:{Step.objects.of(done).count()}",
        about=about(done),
        url=done.get_absolute_url(),
    )
    tell([letter], by.at)
    return done


def _not_own(by: By, part: Part) -> None:
    if by.unit is not None and by.unit.pk in {part.of_return.unit_id, part.of_return.holder_id}:
        raise Refused("不能审定本单位自己报的内容。")
