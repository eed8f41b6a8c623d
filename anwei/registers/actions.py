"""The only code that writes the register. Rows are corrected in place, with the values before and after in the journal;
what a share was on an earlier day stands in the diary of shares."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, Max

from anwei.books.problems import Problem
from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused, Stale
from anwei.periods import in_words
from anwei.registers.drafts import LABELS, Draft, Row, read_rows
from anwei.registers.models import Evaluation, Installation, InstallationUnit
from anwei.registers.rows import row_of, said

_BULK = 500


def _unit_of(by: By, **_: Any) -> Iterable[Any]:
    """The right is asked once, on the unit of who acts; which towns are within reach is asked per row."""
    return [by.unit]


@act("register.edit", subject=_unit_of)
def register_installations(by: By, rows: Iterable[Row]) -> tuple[list[Installation], list[Problem]]:
    """Enters the good rows and says what is wrong with the others; the keys of a row are those of `drafts.LABELS`."""
    drafts, problems = read_rows(by, rows)
    made = Installation.objects.bulk_create([_installation(by, draft) for draft in drafts], batch_size=_BULK)
    concerned = [one for row, draft in zip(made, drafts, strict=True) for one in _concerned(row, draft)]
    InstallationUnit.objects.bulk_create(concerned, batch_size=_BULK)
    Evaluation.objects.bulk_create(
        [
            Evaluation(installation=row, evaluated_on=row.evaluated_on, entered_on=by.today, entered_by=_who(by))
            for row in made
            if row.evaluated_on is not None
        ],
        batch_size=_BULK,
    )
    what = f"{made[0].kind_data.label}“{made[0]}”" if len(made) == 1 else f"设施{len(made)}处"
    say(f"登记{what}", about_rows=made, entered=len(made), refused=len({one.row for one in problems}))
    return made, problems


@act("register.edit", subject="installation")
def correct_installation(by: By, installation: Installation, *, changes: Row, reason: str) -> Installation:
    """Changed in place. Refused names what is wrong; Stale where somebody else changed the row since it was read."""
    _must_be_open(installation, reason)
    drafts, problems = read_rows(by, [row_of(installation) | changes], instead_of=installation)
    if problems:
        raise Refused("；".join(one.message.removesuffix("。") for one in problems))
    [draft] = drafts
    before = said(installation)
    values = _values(draft) | {"version": F("version") + 1}
    _change(installation, values)
    installation.concerned.all().delete()
    InstallationUnit.objects.bulk_create(_concerned(installation, draft))
    changed = _changed(before, said(installation))
    say(f"更正：{_in_words(changed)}理由：{reason.strip()}", changed=changed)
    return installation


@act("register.edit", subject="installation")
def void_installation(by: By, installation: Installation, *, reason: str) -> Installation:
    """Entered by mistake: it counts no more from today on. What was taken out of use gets its 停用日期 instead."""
    _must_be_open(installation, reason)
    _change(installation, {"voided_on": by.today, "void_reason": reason.strip(), "version": F("version") + 1})
    say(f"作废，理由：{reason.strip()}")
    return installation


@act("register.edit", subject="installation")
def record_evaluation(
    by: By,
    installation: Installation,
    *,
    day: date,
    organisation: str = "",
    conclusion: str = "",
    valid_until: date | None = None,
) -> Evaluation:
    """`valid_until` as the report says it; without it the years of the rulebook hold."""
    _must_be_open(installation)
    if day > by.today:
        raise Refused(f"评估日期 {day} 晚于今天，评估做完之后再登记。")
    if installation.commissioned_on and day < installation.commissioned_on:
        raise Refused(f"评估日期 {day} 早于投用日期 {installation.commissioned_on}，请核对。")
    if valid_until is not None and valid_until < day:
        raise Refused(f"有效至 {valid_until} 早于评估日期 {day}，请核对。")
    if installation.evaluations.filter(voided_on=None, evaluated_on=day).exists():
        raise Refused(f"{day} 的评估已经登记过，不再重复登记。")
    made = Evaluation.objects.create(
        installation=installation,
        evaluated_on=day,
        valid_until=valid_until,
        organisation=_fitting(organisation, "organisation"),
        conclusion=_fitting(conclusion, "conclusion"),
        entered_on=by.today,
        entered_by=_who(by),
    )
    _repeat_latest(installation)
    until = f"，有效至{in_words(valid_until)}" if valid_until else ""
    say(f"登记评估：{in_words(day)}{until}。{made.conclusion}", about_rows=[installation])
    return made


@act("register.edit", subject="evaluation")
def void_evaluation(by: By, evaluation: Evaluation, *, reason: str) -> Evaluation:
    _must_be_open(evaluation.installation, reason)
    won = Evaluation.objects.valid().filter(pk=evaluation.pk).update(voided_on=by.today, void_reason=reason.strip())
    if not won:
        raise Stale("这一次评估刚刚被别人作废，请刷新后再看。")
    evaluation.refresh_from_db()
    _repeat_latest(evaluation.installation)
    say(f"作废{in_words(evaluation.evaluated_on)}的评估，理由：{reason.strip()}", about_rows=[evaluation.installation])
    return evaluation


def _must_be_open(installation: Installation, reason: str = "—") -> None:
    if installation.is_locked:
        raise Refused(f"这一条来自{installation.source_system}，请在该系统更正后重新导入。")
    if not installation.is_valid:
        raise Refused("这一条已经作废。")
    if not reason.strip():
        raise Refused("更正、作废须写明理由。")
    limit = Installation._meta.get_field("void_reason").max_length or 0
    if len(reason.strip()) > limit:
        raise Refused(f"理由写了{len(reason.strip())}字，至多{limit}字。")


def _change(installation: Installation, values: dict[str, Any]) -> None:
    """By the version that was read: of two who save one form, the second is told."""
    rows = Installation.objects.valid().filter(pk=installation.pk, version=installation.version)
    if not rows.update(**values):
        raise Stale(f"“{installation}”刚刚被别人改过，请刷新后核对再提交。")
    installation.refresh_from_db()


def _repeat_latest(installation: Installation) -> None:
    latest = Evaluation.objects.valid().filter(installation=installation).aggregate(day=Max("evaluated_on"))["day"]
    Installation.objects.filter(pk=installation.pk).update(evaluated_on=latest, version=F("version") + 1)
    installation.refresh_from_db()


def _values(draft: Draft) -> dict[str, Any]:
    """Columns that a correction may change; evaluations have their own act."""
    days = {name: day for name, day in draft.days.items() if name != "evaluated_on"}
    main = draft.regulators[0] if draft.regulators else None
    return draft.texts | days | {
        "kind": draft.kind.key, "town": draft.town, "regulator": main, "length_km": draft.length_km
    }  # fmt: skip


def _installation(by: By, draft: Draft) -> Installation:
    evaluated = draft.days["evaluated_on"]
    return Installation(**_values(draft), evaluated_on=evaluated, entered_on=by.today, entered_by=_who(by))


def _concerned(installation: Installation, draft: Draft) -> list[InstallationUnit]:
    """Each unit once; a town that regulates stands as the town."""
    units = {unit.pk: (unit, InstallationUnit.REGULATOR) for unit in draft.regulators}
    units[draft.town.pk] = (draft.town, InstallationUnit.TOWN)
    return [InstallationUnit(installation=installation, unit=unit, role=role) for unit, role in units.values()]


def _fitting(text: str, name: str) -> str:
    limit = Evaluation._meta.get_field(name).max_length or 0
    if len(text.strip()) > limit:
        label = Evaluation._meta.get_field(name).verbose_name
        raise Refused(f"{label}写了{len(text.strip())}字，至多{limit}字，请删减。")
    return text.strip()


def _who(by: By) -> str:
    return "｜".join(filter(None, (by.unit_text, by.person_text)))


def _changed(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    return {LABELS[name]: [before[name], text] for name, text in after.items() if before[name] != text}


def _in_words(changed: dict[str, list[str]]) -> str:
    return "".join(f"{label}由“{old or '空'}”改为“{new or '空'}”；" for label, (old, new) in changed.items())
