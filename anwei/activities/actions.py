"""The only code that writes activities. A correction voids the row and adds its successor; nothing is edited."""

from collections.abc import Iterable
from typing import Any

from anwei.activities.drafts import Draft, Row, read_rows
from anwei.activities.models import Activity, Credit
from anwei.activities.rows import row_of, said
from anwei.books.problems import Problem
from anwei.files.store import carry_over, keep
from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused, Stale

_BULK = 500


def _unit_of(by: By, **_: Any) -> Iterable[Any]:
    """The right is asked once, on the unit of who acts; which other units are within reach is asked per row."""
    return [by.unit]


@act("activity.record", subject=_unit_of)
def record_activities(by: By, rows: Iterable[Row]) -> tuple[list[Activity], list[Problem]]:
    """Enters the good rows and says what is wrong with the others; the rows are those of `drafts.read_rows`. Problems of
    the field `files` belong to rows that were entered: a file that was refused, or that served elsewhere before."""
    drafts, problems = read_rows(by, rows)
    made = Activity.objects.bulk_create([_activity(by, draft) for draft in drafts], batch_size=_BULK)
    credits = [credit for one, draft in zip(made, drafts, strict=True) for credit in _credits(one, draft)]
    Credit.objects.bulk_create(credits, batch_size=_BULK)
    refused = len({one.row for one in problems})
    about_files: list[Problem] = []
    for one, draft in zip(made, drafts, strict=True):
        _, wrong, warnings = keep(by, one, draft.files) if draft.files else ([], [], [])
        about_files += [Problem(draft.row, "files", message) for message in (*wrong, *warnings)]
    what = f"{made[0].kind_data.label}“{made[0]}”" if len(made) == 1 else f"活动{len(made)}项"
    say(f"录入{what}", about_rows=made, entered=len(made), refused=refused, files=[str(one) for one in about_files])
    return made, problems + about_files


@act("activity.correct", subject="activity")
def correct_activity(by: By, activity: Activity, *, changes: Row, reason: str) -> Activity:
    """The successor, with the changed values and the same files. Refused names what is wrong, Stale who was first."""
    _must_be_open(activity, reason)
    row, before = row_of(activity) | changes, said(activity)
    _void(
        by, activity, reason, corrected=True
    )  # first, so that the second of two meets it; what follows may still undo all
    drafts, problems = read_rows(by, [row], capability="activity.correct", instead_of=activity)
    if problems:
        raise Refused("；".join(one.message for one in problems))
    [draft] = drafts
    successor = _activity(by, draft)
    successor.corrects = activity
    successor.save(force_insert=True)
    Credit.objects.bulk_create(_credits(successor, draft))
    carry_over(by, activity, successor)
    after = said(successor)
    changed = {label: [before.get(label, ""), value] for label, value in after.items() if before.get(label) != value}
    say(f"更正：{_in_words(changed)}理由：{reason.strip()}", about_rows=[activity, successor], changed=changed)
    return successor


@act("activity.correct", subject="activity")
def void_activity(by: By, activity: Activity, *, reason: str) -> Activity:
    """It counts no more from today on; what it counted for until yesterday stays as it was."""
    _must_be_open(activity, reason)
    _void(by, activity, reason)
    activity.refresh_from_db()
    say(f"作废，理由：{reason.strip()}", about_rows=[activity])
    return activity


@act("activity.record", subject="activity")
def attach_files(by: By, activity: Activity, *, uploads: list[Any]) -> tuple[list[Any], list[str], list[str]]:
    """(attachments, what was refused and why, what is worth a look: the same file used before)."""
    if not activity.is_valid:
        raise Refused("这一条已经更正或作废，不能再加附件。请到更正后的那一条添加。")
    made, problems, warnings = keep(by, activity, uploads)
    say(f"添加附件{len(made)}件：{'、'.join(one.name for one in made)}", about_rows=[activity], warnings=warnings)
    return made, problems, warnings


def _must_be_open(activity: Activity, reason: str) -> None:
    if activity.is_locked:
        raise Refused(f"这一条来自{activity.source_system}，请在该系统更正后重新导入。")
    if not reason.strip():
        raise Refused("更正、作废须写明理由。")


def _void(by: By, activity: Activity, reason: str, *, corrected: bool = False) -> None:
    limit = Activity._meta.get_field("void_reason").max_length
    if len(reason.strip()) > (limit or 0):
        raise Refused(f"理由写了{len(reason.strip())}字，至多{limit}字。")
    row = Activity.objects.valid().filter(pk=activity.pk)
    won = row.update(voided_on=by.today, void_reason=reason.strip(), corrected=corrected)
    if not won:
        raise Stale(f"“{activity}”刚刚被别人更正或作废，请回到台账看最新的一条。")
    Credit.objects.filter(activity=activity).update(voided_on=by.today)


def _activity(by: By, draft: Draft) -> Activity:
    return Activity(
        kind=draft.kind.key,
        also=[kind.key for kind in draft.also],
        topic=draft.topic,
        happened_on=draft.happened_on,
        entered_on=by.today,
        host=draft.organiser,
        place=draft.column("place") or "",
        attendance=draft.column("attendance"),
        summary=draft.column("summary") or "",
        link=draft.column("url") or "",
        answers=draft.rest,
        late=draft.late,
        entered_by="｜".join(filter(None, (by.unit_text, by.person_text))),
    )


def _credits(activity: Activity, draft: Draft) -> list[Credit]:
    """Each unit once per kind that it may hold; the host that only organised gets a row that does not count."""

    def credit(unit: Any, kind: str, counts: bool = True) -> Credit:
        days = {"happened_on": activity.happened_on, "entered_on": activity.entered_on}
        return Credit(activity=activity, unit=unit, kind=kind, counts=counts, **days)

    made = [
        credit(unit, kind.key)
        for kind in (draft.kind, *draft.also)
        for unit in draft.units
        if kind.may_be_held_by(unit.kind)
    ]
    if draft.organiser not in draft.units:
        made.append(credit(draft.organiser, draft.kind.key, counts=False))
    return made


def _in_words(changed: dict[str, list[str]]) -> str:
    return "".join(f"{label}由“{old or '空'}”改为“{new or '空'}”；" for label, (old, new) in changed.items())
