"""What a form or a sheet brings becomes a checked draft, or problems that say what to do. Reads, never writes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from anwei.accidents.grades import GRADES, grade_of, is_higher
from anwei.accidents.models import Accident
from anwei.accidents.regimes import DISTRICT, LEVELS, Regime, regimes
from anwei.books.problems import Problem
from anwei.journal.by import By
from anwei.periods import in_words, parse_day
from anwei.rulebook import parameter
from anwei.units.models import Unit
from anwei.units.rows import Names

Row = dict[str, Any]
LABELS: Final = {
    "number": "事故编号", "title": "事故名称", "regime": "事故类别", "happened_on": "发生日期", "happened_at": "发生时刻",
    "place": "地点", "town": "属地", "sector": "行业领域", "establishment": "事故单位", "summary": "简要经过",
    "deaths": "死亡人数", "injuries": "重伤人数", "loss": "直接经济损失（万元）", "named_grade": "另行认定的等级",
    "investigating_body": "调查主体", "district_investigates": "本区调查", "units": "参加（配合）调查单位",
}  # fmt: skip
_TEXTS: Final = {"number": 40, "title": 120, "place": 120, "sector": 60, "establishment": 120, "summary": 2000,
                 "investigating_body": 120}  # fmt: skip
_MOST: Final = 9_999_999
_CLOCK: Final = re.compile(r"(\d{1,2})[:：时](\d{1,2})(?::00)?分?")
_YES, _NO = ("是", "true", "1"), ("否", "false", "0")
_SEPARATORS: Final = str.maketrans({"，": "、", ",": "、", "；": "、", ";": "、"})


@dataclass(frozen=True, slots=True)
class Draft:
    """`units` investigate where the district does, else they cooperate; `row` is the place in what was handed in."""

    row: int
    regime: Regime
    happened_on: date
    happened_at: time | None
    town: Unit
    units: list[Unit]
    texts: dict[str, str]
    deaths: int
    injuries: int
    loss: int | None
    named_grade: str
    grade: str
    district_investigates: bool


class _Reading:
    """What is looked up once for a whole sheet: three queries."""

    def __init__(self, by: By) -> None:
        self.by = by
        self.names = Names.now()
        self.reach = by.may.reach("accident.record")
        self.regimes = {name: one for one in regimes() for name in (one.label, one.key)}
        self.grades = {label: key for key, label in GRADES.items()} | {key: key for key in GRADES}


def read_rows(by: By, rows: Iterable[Row]) -> tuple[list[Draft], list[Problem]]:
    """Drafts of the good rows and the problems of the others. Keys are those of LABELS; units are rows or names."""
    reading = _Reading(by)
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for place, row in enumerate(rows):
        draft, wrong = _read_one(reading, place, row)
        drafts += [draft] if draft is not None else []
        problems += wrong
    return _without_doubles(drafts, problems)


def _read_one(reading: _Reading, place: int, row: Row) -> tuple[Draft | None, list[Problem]]:
    wrong: list[Problem] = []
    regime = reading.regimes.get(str(row.get("regime") or "").strip())
    if regime is None:
        known = "、".join(one.label for one in regimes())
        message = f"没有“{str(row.get('regime') or '')[:40]}”这类事故，请从下列类别中选择：{known}。"
        wrong.append(Problem(place, "regime", message))
    texts = _texts(place, row, wrong)
    day, at = _day(reading, place, row, wrong), _time(place, row, wrong)
    town = _town(reading, place, row, wrong)
    units = _units(reading, place, row, wrong)
    deaths, injuries, loss = (_count(place, name, row.get(name), wrong) for name in ("deaths", "injuries", "loss"))
    if wrong or regime is None or day is None or town is None:
        return None, wrong
    derived = grade_of(deaths or 0, injuries or 0, loss, day)
    named = _named(reading, place, row, derived, wrong)
    grade = named or derived
    ours = _ours(place, row, regime, grade, wrong)
    if ours and not units:
        wrong.append(Problem(place, "units", "本区调查的事故，须填写参加调查的单位，几家之间用顿号隔开。"))
    if wrong:
        return None, wrong
    texts["investigating_body"] = texts["investigating_body"] or regime.body(grade)
    return Draft(place, regime, day, at, town, units, texts, deaths or 0, injuries or 0, loss, named, grade, ours), []


def _texts(place: int, row: Row, wrong: list[Problem]) -> dict[str, str]:
    texts = {name: str(row.get(name) or "").strip() for name in _TEXTS}
    if not texts["title"]:
        wrong.append(Problem(place, "title", "事故名称没有填写，请按「某单位“月·日”某类事故」的写法填写。"))
    for name, text in texts.items():
        if len(text) > _TEXTS[name]:
            message = f"{LABELS[name]}写了{len(text)}字，至多{_TEXTS[name]}字，请删减。"
            wrong.append(Problem(place, name, message))
    return texts


def _day(reading: _Reading, place: int, row: Row, wrong: list[Problem]) -> date | None:
    try:
        day = parse_day(row.get("happened_on"), "发生日期")
    except ValueError as error:
        wrong.append(Problem(place, "happened_on", f"{error}。"))
        return None
    first = parameter("accident.investigation_days").first_day
    if first <= day <= reading.by.today:
        return day
    rule = f"晚于今天（{in_words(reading.by.today)}）" if day > first else f"早于现行规定施行之日（{in_words(first)}）"
    wrong.append(Problem(place, "happened_on", f"发生日期 {day} {rule}，请核对年份。"))
    return None


def _time(place: int, row: Row, wrong: list[Problem]) -> time | None:
    given = row.get("happened_at")
    if given in (None, "") or isinstance(given, time):
        return given or None
    found = _CLOCK.fullmatch(str(given).strip())
    try:
        return time(int(found[1]), int(found[2])) if found else _no_time()
    except ValueError:
        message = f"发生时刻 {str(given)[:20]} 不是有效时刻，请按 时:分 填写，如 02:14。"
        wrong.append(Problem(place, "happened_at", message))
        return None


def _no_time() -> time:
    raise ValueError("no time of day")


def _town(reading: _Reading, place: int, row: Row, wrong: list[Problem]) -> Unit | None:
    given = row.get("town")
    try:
        town = given if isinstance(given, Unit) else reading.names.find(str(given or ""), "属地")
    except ValueError as error:
        wrong.append(Problem(place, "town", f"{error}。" if given else "属地没有填写，请填镇、街道或园区。"))
        return None
    if not town.is_territory:
        wrong.append(Problem(place, "town", f"“{town}”不是镇、街道或园区，请填事故发生地的镇街（园区）。"))
    elif not reading.reach.all and town.pk not in reading.reach.owners:
        wrong.append(Problem(place, "town", f"您不能登记{town}的事故，请由区安委办登记。"))
    return town


def _units(reading: _Reading, place: int, row: Row, wrong: list[Problem]) -> list[Unit]:
    given = row.get("units") or []
    if isinstance(given, str):
        given = [one for one in given.translate(_SEPARATORS).split("、") if one.strip()]
    found: dict[int, Unit] = {}
    for one in given:
        try:
            unit = one if isinstance(one, Unit) else reading.names.find(str(one))
            found[unit.pk] = unit
        except ValueError as error:
            wrong.append(Problem(place, "units", f"{error}。"))
    return list(found.values())


def _count(place: int, name: str, given: Any, wrong: list[Problem]) -> int | None:
    if given in (None, ""):
        return None
    text = str(given).strip().removesuffix(".0")
    if text.isdecimal() and int(text) <= _MOST:
        return int(text)
    wrong.append(Problem(place, name, f"{LABELS[name]} {str(given)[:20]} 不是有效数字，请填写 0 或正整数。"))
    return None


def _named(reading: _Reading, place: int, row: Row, derived: str, wrong: list[Problem]) -> str:
    """The grade that was determined otherwise; never below the toll's."""
    given = str(row.get("named_grade") or "").strip().removesuffix("事故")
    if not given:
        return ""
    named = reading.grades.get(given)
    if named is None:
        message = f"没有“{given[:20]}”这一等级，请填：{'、'.join(GRADES.values())}；按伤亡和损失定级的不填。"
        wrong.append(Problem(place, "named_grade", message))
        return ""
    if is_higher(derived, named):
        message = f"按伤亡和损失已是{GRADES[derived]}事故，不能认定为{GRADES[named]}，请核对。"
        wrong.append(Problem(place, "named_grade", message))
    return named if is_higher(named, derived) else ""


def _ours(place: int, row: Row, regime: Regime, grade: str, wrong: list[Problem]) -> bool:
    """Whether the district investigates: as told, else as the regime says for the grade."""
    given = row.get("district_investigates")
    text = str(given if given is not None else "").strip().lower()
    level = regime.level(grade)
    if text in _YES:
        if level and level != DISTRICT:
            message = f"{GRADES[grade]}{regime.label}由{LEVELS[level]}级组织调查（{regime.standing.source}），本区调查请填“否”。"
            wrong.append(Problem(place, "district_investigates", message))
        return True
    if text in _NO:
        return False
    if text or not level:
        message = f"本区调查 {text[:20] or '没有填写'}，{regime.label}须写明“是”或“否”。"
        wrong.append(Problem(place, "district_investigates", message))
    return level == DISTRICT


def _without_doubles(drafts: list[Draft], problems: list[Problem]) -> tuple[list[Draft], list[Problem]]:
    standing = Accident.objects.valid()
    numbers = set(standing.filter(number__in=[one.texts["number"] for one in drafts]).values_list("number", flat=True))
    days = {one.happened_on for one in drafts}
    held = (
        set(standing.filter(happened_on__in=days).values_list("town_id", "happened_on", "title")) if drafts else set()
    )
    good: list[Draft] = []
    for draft in drafts:
        number = draft.texts["number"]
        key = (draft.town.pk, draft.happened_on, draft.texts["title"])
        if number and number in numbers:
            problems.append(Problem(draft.row, "number", f"台账里已有编号 {number}，请核对是否重复登记。"))
        elif key in held:
            message = f"台账里已有{draft.town}{in_words(draft.happened_on)}的“{draft.texts['title']}”，不再重复登记。"
            problems.append(Problem(draft.row, "title", message))
        else:
            numbers.add(number)
            held.add(key)
            good.append(draft)
    return good, problems
