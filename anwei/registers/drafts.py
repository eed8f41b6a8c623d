"""What a form or a sheet brings becomes a checked draft, or problems that say what to do. Reads, never writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from anwei.books.problems import Problem
from anwei.journal.by import By
from anwei.periods import in_words, parse_day
from anwei.registers.kinds import InstallationKind, installation_kinds
from anwei.registers.models import Installation
from anwei.units.models import Unit
from anwei.units.rows import Names

Row = dict[str, Any]
LABELS: Final = {
    "kind": "种类", "code": "编号", "name": "名称", "town": "所在镇街（园区）", "regulators": "监管部门", "place": "位置",
    "commissioned_on": "投用日期", "retired_on": "停用日期", "length_km": "长度（公里）", "operator": "运营单位",
    "evaluated_on": "最近评估日期", "source_system": "来源系统", "source_id": "来源编号", "as_of": "来源截至",
}  # fmt: skip
_TEXTS: Final = ("code", "name", "place", "operator", "source_system", "source_id")
_SEPARATORS: Final = str.maketrans({"，": "、", ",": "、", "；": "、", ";": "、"})
_LONGEST_KM: Final = Decimal(99_999)


@dataclass(frozen=True, slots=True)
class Draft:
    """`regulators` has the main one first; `row` is the place in what was handed in."""

    row: int
    kind: InstallationKind
    town: Unit
    regulators: list[Unit]
    texts: dict[str, str]
    days: dict[str, date | None]
    length_km: Decimal | None

    @property
    def code(self) -> str:
        return self.texts["code"]


class _Reading:
    """What is looked up once for a whole sheet: three queries."""

    def __init__(self, by: By, capability: str) -> None:
        self.by = by
        self.names = Names.now()
        self.reach = by.may.reach(capability)
        self.kinds = {name: kind for kind in installation_kinds() for name in (kind.label, kind.noun, kind.key)}

    def reaches(self, units: Iterable[Unit]) -> bool:
        return self.reach.all or any(unit.pk in self.reach.owners for unit in units)


def read_rows(
    by: By, rows: Iterable[Row], *, capability: str = "register.edit", instead_of: Installation | None = None
) -> tuple[list[Draft], list[Problem]]:
    """Drafts of the good rows and the problems of the others. Keys are those of LABELS; units are rows or names,
    `regulators` a list of them or names with 、 between. `instead_of` is the installation that is corrected."""
    reading = _Reading(by, capability)
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for place, row in enumerate(rows):
        draft, wrong = _read_one(reading, place, row)
        drafts += [draft] if draft is not None else []
        problems += wrong
    return _without_doubles(drafts, problems, instead_of)


def _read_one(reading: _Reading, place: int, row: Row) -> tuple[Draft | None, list[Problem]]:
    given = str(row.get("kind") or "").strip()
    kind = reading.kinds.get(given)
    if kind is None:
        known = "、".join(one.label for one in installation_kinds())
        return None, [Problem(place, "kind", f"没有“{given[:40]}”这类设施，请从下列种类中选择：{known}。")]
    wrong: list[Problem] = []
    texts = _texts(place, row, wrong)
    town = _town(reading, place, row, wrong)
    regulators = _regulators(reading, place, row, wrong)
    days = _days(reading, place, kind, row, wrong)
    length = _length(place, row, wrong)
    have = {"regulators": regulators, "length_km": length, **days, **texts}
    complained = {one.field for one in wrong}
    for name in kind.required:
        if not have[name] and name not in complained:
            wrong.append(Problem(place, name, f"{LABELS[name]}没有填写，{kind.label}须写明{LABELS[name]}。"))
    if town is not None and not wrong and not reading.reaches([town, *regulators]):
        message = f"您不能登记{town}的设施，请由该镇街（园区）或监管部门登记，或请区安委办统一登记。"
        wrong.append(Problem(place, "town", message))
    if wrong or town is None:
        return None, wrong
    return Draft(place, kind, town, regulators, texts, days, length), []


def _texts(place: int, row: Row, wrong: list[Problem]) -> dict[str, str]:
    texts = {name: str(row.get(name) or "").strip() for name in _TEXTS}
    for name in ("code", "name"):
        if not texts[name]:
            wrong.append(Problem(place, name, f"{LABELS[name]}没有填写，请填写。"))
    for name, text in texts.items():
        limit = Installation._meta.get_field(name).max_length or 0
        if len(text) > limit:
            wrong.append(Problem(place, name, f"{LABELS[name]}写了{len(text)}字，至多{limit}字，请删减。"))
    if bool(texts["source_system"]) != bool(texts["source_id"]):
        wrong.append(Problem(place, "source_id", "来源系统和来源编号须同时填写，或都不填。"))
    return texts


def _town(reading: _Reading, place: int, row: Row, wrong: list[Problem]) -> Unit | None:
    town = _unit(reading, place, "town", row.get("town"), wrong)
    if town is not None and not town.is_territory:
        wrong.append(Problem(place, "town", f"“{town}”不是镇、街道或园区，请填设施所在的镇街（园区）。"))
        return None
    return town


def _regulators(reading: _Reading, place: int, row: Row, wrong: list[Problem]) -> list[Unit]:
    given = row.get("regulators") or []
    if isinstance(given, str):
        given = [one for one in given.translate(_SEPARATORS).split("、") if one.strip()]
    found = [_unit(reading, place, "regulators", one, wrong) for one in given]
    return list({unit.pk: unit for unit in found if unit is not None}.values())


def _unit(reading: _Reading, place: int, name: str, given: Any, wrong: list[Problem]) -> Unit | None:
    if isinstance(given, Unit):
        return given
    if not str(given or "").strip():
        wrong.append(Problem(place, name, f"{LABELS[name]}没有填写，请填写规范简称或全称。"))
        return None
    try:
        return reading.names.find(str(given), LABELS[name])
    except ValueError as error:
        wrong.append(Problem(place, name, f"{error}。"))
        return None


def _days(
    reading: _Reading, place: int, kind: InstallationKind, row: Row, wrong: list[Problem]
) -> dict[str, date | None]:
    days: dict[str, date | None] = {}
    labels = LABELS | {"commissioned_on": kind.commissioned_label}
    for name in ("commissioned_on", "retired_on", "evaluated_on", "as_of"):
        days[name] = None
        if row.get(name) in (None, ""):
            continue
        try:
            days[name] = parse_day(row[name], labels[name])
        except ValueError as error:
            wrong.append(Problem(place, name, f"{error}。"))
            continue
        if days[name] > reading.by.today:
            today = in_words(reading.by.today)
            wrong.append(Problem(place, name, f"{labels[name]} {days[name]} 晚于今天（{today}），请核对年份。"))
    first = days["commissioned_on"]
    for name in ("retired_on", "evaluated_on"):
        if first and days[name] and days[name] < first:
            message = f"{labels[name]} {days[name]} 早于{labels['commissioned_on']} {first}，请核对。"
            wrong.append(Problem(place, name, message))
    return days


def _length(place: int, row: Row, wrong: list[Problem]) -> Decimal | None:
    given = row.get("length_km")
    if given in (None, ""):
        return None
    try:
        length = round(Decimal(str(given).strip().removesuffix("公里").removesuffix("km").strip()), 3)
    except InvalidOperation:
        length = Decimal("NaN")
    if not length.is_finite() or not 0 < length <= _LONGEST_KM:
        wrong.append(
            Problem(place, "length_km", f"长度 {str(given)[:20]} 不是有效数字，请填写大于 0 的公里数，如 11.6。")
        )
        return None
    return length


def _without_doubles(
    drafts: list[Draft], problems: list[Problem], instead_of: Installation | None
) -> tuple[list[Draft], list[Problem]]:
    standing = Installation.objects.valid().exclude(pk=instead_of.pk if instead_of is not None else None)
    codes = set(standing.filter(code__in=[one.code for one in drafts]).values_list("code", flat=True))
    wanted = [one.texts["source_id"] for one in drafts if one.texts["source_id"]]
    sources = set(standing.filter(source_id__in=wanted).values_list("source_system", "source_id"))
    good: list[Draft] = []
    for draft in drafts:
        source = (draft.texts["source_system"], draft.texts["source_id"])
        if draft.code in codes:
            message = f"台账里已有编号 {draft.code}，不再重复登记；内容有变的，请在那一条上更正。"
            problems.append(Problem(draft.row, "code", message))
        elif source[0] and source in sources:
            problems.append(Problem(draft.row, "source_id", f"{source[0]}的 {source[1]} 台账里已有，不再重复导入。"))
        else:
            codes.add(draft.code)
            sources.add(source)
            good.append(draft)
    return good, problems
