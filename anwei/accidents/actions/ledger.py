"""Accidents themselves: recorded, regraded when the toll changes, voided when they were none."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from anwei.accidents.changing import change, must_be_valid, part, written
from anwei.accidents.drafts import Draft, Row, read_rows
from anwei.accidents.grades import GRADES, grade_of, higher, is_higher
from anwei.accidents.models import Accident, AccidentUnit, Toll
from anwei.accidents.regimes import DISTRICT, LEVELS
from anwei.books.problems import Problem
from anwei.files.store import keep
from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused, Stale
from anwei.periods import in_words
from anwei.rulebook import parameter
from anwei.units.models import Unit

_BULK = 500


def _unit_of(by: By, **_: Any) -> Iterable[Any]:
    """The right is asked once, on the unit of who acts; which towns are within reach is asked per row."""
    return [by.unit]


@act("accident.record", subject=_unit_of)
def record_accidents(by: By, rows: Iterable[Row]) -> tuple[list[Accident], list[Problem]]:
    """Enters the good rows and says what is wrong with the others; the keys of a row are those of `drafts.LABELS`.
    A row without a number gets the next one of its year."""
    drafts, problems = read_rows(by, rows)
    numbers = _numbers(drafts)
    try:
        with transaction.atomic():
            made = Accident.objects.bulk_create(
                [_accident(by, draft, number) for draft, number in zip(drafts, numbers, strict=True)], batch_size=_BULK
            )
    except IntegrityError as error:
        raise Stale("刚刚有人同时登记了事故，编号相撞，请再提交一次。") from error
    pairs = list(zip(made, drafts, strict=True))
    AccidentUnit.objects.bulk_create((one for row, draft in pairs for one in _parts(by, row, draft)), batch_size=_BULK)
    Toll.objects.bulk_create((_toll(by, row, row.happened_on, "登记时") for row in made), batch_size=_BULK)
    what = f"{made[0].get_grade_display()}事故“{made[0]}”" if len(made) == 1 else f"事故{len(made)}起"
    say(f"登记{what}", about_rows=made, entered=len(made), refused=len({one.row for one in problems}))
    return made, problems


@act("accident.record", subject="accident")
def update_casualties(
    by: By, accident: Accident, *, day: date, deaths: int, injuries: int, loss: int | None = None, words: str = ""
) -> Accident:
    """The toll as of `day`, within the days in which it still changes the grade (第十三条). The grade follows; whom the
    new grade gives the investigation is said, and handing up is an act of its own."""
    must_be_valid(accident)
    _in_window(by, accident, day)
    if deaths < 0 or injuries < 0 or (loss or 0) < 0:
        raise Refused("人数和损失不能是负数，请填写 0 或正整数。")
    loss = accident.loss if loss is None else loss
    before = (accident.deaths, accident.injuries, accident.loss)
    if (deaths, injuries, loss) == before:
        raise Refused("人数和损失没有变化，不用更新。")
    old, grade = accident.grade, higher(grade_of(deaths, injuries, loss, accident.happened_on), accident.named_grade)
    change(accident, deaths=deaths, injuries=injuries, loss=loss, grade=grade)
    _toll(by, accident, day, words).save()
    say(
        f"更新伤亡：截至{in_words(day)}死亡{deaths}人、重伤{injuries}人。{words}",
        before=before,
        after=(deaths, injuries, loss),
    )
    if grade != old:
        say(f"等级由{GRADES[old]}改为{GRADES[grade]}")
    level = accident.regime_data.level(grade)
    if accident.district_investigates and is_higher(grade, old) and level not in ("", DISTRICT):
        say(f"应由{LEVELS[level]}级组织调查（{accident.regime_data.standing.source}），请办理移交")
    return accident


@act("accident.record", subject="accident")
def name_units(by: By, accident: Accident, *, units: Iterable[Unit], reason: str) -> Accident:
    """Who takes part in the investigation, or cooperates where a higher level leads it."""
    reason = written(reason, "理由", 200)
    must_be_valid(accident)
    if accident.ratified_on is not None:
        raise Refused(f"{accident.ratified_on}已经批复，参加单位不再变动。")
    role = AccidentUnit.INVESTIGATE if accident.district_investigates else AccidentUnit.COOPERATE
    rows = accident.involved.filter(voided_on=None, role=role)
    have, wanted = set(rows.values_list("unit_id", flat=True)), {unit.pk: unit for unit in units}
    if accident.district_investigates and not wanted:
        raise Refused("本区调查的事故，参加调查的单位不能一家都没有。")
    if have == set(wanted):
        raise Refused("参加单位没有变化。")
    change(accident)
    rows.exclude(unit_id__in=wanted).update(voided_on=by.today)
    AccidentUnit.objects.bulk_create(part(by, accident, unit, role) for unit in wanted if unit not in have)
    say(f"{AccidentUnit(role=role).get_role_display()}单位：{'、'.join(map(str, wanted.values())) or '无'}。{reason}")
    return accident


@act("accident.record", subject="accident")
def void_accident(by: By, accident: Accident, *, reason: str) -> Accident:
    """Not an accident of this district after all, or entered twice: it counts no more from today on."""
    reason = written(reason, "作废理由", 200)
    must_be_valid(accident)
    change(accident, voided_on=by.today, void_reason=reason)
    accident.involved.filter(voided_on=None).update(voided_on=by.today)
    say(f"作废，理由：{reason}")
    return accident


@act("accident.record", subject="accident")
def attach_files(by: By, accident: Accident, *, uploads: list[Any]) -> tuple[list[Any], list[str], list[str]]:
    """(attachments, what was refused and why, what is worth a look: the same file used before)."""
    must_be_valid(accident)
    made, problems, warnings = keep(by, accident, uploads)
    say(f"添加附件{len(made)}件：{'、'.join(one.name for one in made)}", warnings=warnings)
    return made, problems, warnings


def _in_window(by: By, accident: Accident, day: date) -> None:
    window = parameter(accident.regime_data.window).at(accident.happened_on)
    last = accident.happened_on + timedelta(days=window.number)
    if day > by.today:
        raise Refused(f"截至日期 {day} 晚于今天，请核对。")
    if day < accident.happened_on:
        raise Refused(f"截至日期 {day} 早于事故发生日期 {accident.happened_on}，请核对。")
    if day > last:
        raise Refused(
            f"截至日期 {day} 已过补报期限：{accident.regime_data.label}伤亡人数自事发之日起{window.number}日内变化的"
            f"才补报（{window.source}），即到 {last} 为止，此后的变化不改变等级。"
        )
    latest = accident.tolls.aggregate(day=Max("day"))["day"]
    if latest is not None and day < latest:
        raise Refused(f"截至日期 {day} 早于已登记的 {latest}，请按先后登记。")


def _numbers(drafts: list[Draft]) -> list[str]:
    """The number given, else the next of the year: 2023-007."""
    years = {draft.happened_on.year for draft in drafts if not draft.texts["number"]}
    taken = {number for draft in drafts if (number := draft.texts["number"])}
    for year in years:
        taken |= set(Accident.objects.filter(number__startswith=f"{year}-").values_list("number", flat=True))
    found = []
    for draft in drafts:
        number, place = draft.texts["number"], 0
        while not number:
            place += 1
            wanted = f"{draft.happened_on.year}-{place:03}"
            number = "" if wanted in taken else wanted
        taken.add(number)
        found.append(number)
    return found


def _accident(by: By, draft: Draft, number: str) -> Accident:
    return Accident(
        **draft.texts | {"number": number},
        regime=draft.regime.key,
        happened_on=draft.happened_on,
        happened_at=draft.happened_at,
        town=draft.town,
        deaths=draft.deaths,
        injuries=draft.injuries,
        loss=draft.loss,
        grade=draft.grade,
        named_grade=draft.named_grade,
        district_investigates=draft.district_investigates,
        entered_on=by.today,
        entered_by=_who(by),
    )


def _parts(by: By, accident: Accident, draft: Draft) -> list[AccidentUnit]:
    role = AccidentUnit.INVESTIGATE if draft.district_investigates else AccidentUnit.COOPERATE
    made = [part(by, accident, unit.pk, role) for unit in draft.units]
    return [*made, part(by, accident, draft.town.pk, AccidentUnit.TOWN)]


def _toll(by: By, accident: Accident, day: date, words: str) -> Toll:
    return Toll(
        accident=accident,
        day=day,
        deaths=accident.deaths,
        injuries=accident.injuries,
        loss=accident.loss,
        grade=accident.grade,
        words=words.strip()[:200],
        entered_on=by.today,
        entered_by=_who(by),
    )


def _who(by: By) -> str:
    return "｜".join(filter(None, (by.unit_text, by.person_text)))
