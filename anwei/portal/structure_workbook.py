"""The whole structure of a district as one workbook: five sheets that go out and come in with the same columns."""

import io
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import FileResponse
from python_calamine import CalamineWorkbook

from anwei.books.sheets_in import plain, read_sheet
from anwei.books.sheets_out import Sheet
from anwei.journal.by import By
from anwei.periods.parsing import parse_day
from anwei.units.directory import CompetenceRow, MemberRow
from anwei.units.models import Alias, Competence, Group, GroupKind, GroupMember, Kind, Secretariat, Sector, Unit
from anwei.units.rows import AliasList, GroupEntry, SecretariatEntry, SectorEntry, UnitEntry

UNITS, ALIASES, GROUPS, SECRETARIATS, COMPETENCES = "单位", "别名", "单位组", "办公室设置", "行业分工"
COLUMNS = {
    UNITS: ("代码", "机构序", "规范简称", "全称", "种类", "考核类别", "上级", "设党委（党组）", "管理体制", "备注", "设立日期", "撤并日期"),
    ALIASES: ("单位", "别名"),
    GROUPS: ("组代码", "组名称", "组种类", "所属机构", "成员", "自", "至"),
    SECRETARIATS: ("议事协调机构", "办公室所在单位", "自", "至", "依据"),
    COMPETENCES: ("行业领域", "叫法", "监管方式", "单位", "依据", "已核", "自", "至", "行业备注"),
}  # fmt: skip
_WIDTHS = {UNITS: (18, 8, 18, 34, 16, 10, 18, 10, 30, 30, 12, 12), ALIASES: (24, 40), GROUPS: (24, 28, 16, 18, 18, 12, 12),
           SECRETARIATS: (24, 20, 12, 12, 30), COMPETENCES: (18, 40, 12, 18, 50, 8, 12, 12, 30)}  # fmt: skip
_MODES = dict(Competence.MODES)
_YES = {"是", "有", "√", "1", "true", "已核"}


@dataclass(frozen=True, slots=True)
class Structure:
    """What a workbook says, in the order of its sheets. `places` gives the line in the sheet of each row."""

    units: list[UnitEntry]
    aliases: list[AliasList]
    groups: list[GroupEntry]
    members: list[MemberRow]
    secretariats: list[SecretariatEntry]
    sectors: list[SectorEntry]
    competences: list[CompetenceRow]
    places: dict[str, list[int]]


def export(by: By) -> FileResponse:
    """Everything that stands in the register, closed units included; ready to be changed and handed in again."""
    sheet = Sheet()
    times = Counter(Unit.objects.values_list("short", flat=True))

    def named(unit: Unit | None) -> str:
        return "" if unit is None else unit.short if times[unit.short] == 1 else unit.code

    for name, rows in _tables(named):
        page = sheet.page(name, _WIDTHS[name])
        page.freeze_panes(1, 0)
        for place, word in enumerate(COLUMNS[name]):
            page.write_string(0, place, word, sheet.head)
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                sheet.cell(page, number, place, value)
    return sheet.response(f"单位结构{by.today:%Y%m%d}.xlsx")


def _tables(named: Callable[[Unit | None], str]) -> Iterable[tuple[str, Iterable[tuple[Any, ...]]]]:
    units = Unit.objects.select_related("parent").official()
    yield UNITS, (
        (u.code, u.order, u.short, u.full, u.get_kind_display(), u.grade_class, named(u.parent), _yes(u.party_group),
         u.management, u.note, u.since, u.until)
        for u in units
    )  # fmt: skip
    yield ALIASES, ((named(a.unit), a.text) for a in Alias.objects.select_related("unit"))
    yield GROUPS, _group_rows(named)
    yield (
        SECRETARIATS,
        (
            (named(s.committee), named(s.host), s.since, s.until, s.basis)
            for s in Secretariat.objects.select_related("committee", "host")
        ),
    )
    sectors = {one.name: one for one in Sector.objects.all()}
    yield (
        COMPETENCES,
        (
            (
                c.sector,
                "、".join(sectors[c.sector].words),
                _MODES[c.mode],
                named(c.unit),
                c.basis,
                _yes(c.verified),
                c.since,
                c.until,
                sectors[c.sector].note,
            )
            for c in Competence.objects.select_related("unit").order_by("id")
        ),
    )


def _group_rows(named: Callable[[Unit | None], str]) -> Iterable[tuple[Any, ...]]:
    members: dict[int, list[GroupMember]] = {}
    for member in GroupMember.objects.select_related("unit").order_by("unit__order", "since"):
        members.setdefault(member.group_id, []).append(member)
    for group in Group.objects.select_related("body").order_by("id"):
        head = (group.key, group.name, group.get_kind_display(), named(group.body))
        if group.pk not in members:
            yield (*head, "", None, None)
        for member in members.get(group.pk, []):
            yield (*head, named(member.unit), member.since, member.until)


def _yes(value: bool) -> str:
    return "是" if value else "否"


def read_structure(data: bytes) -> tuple[Structure | None, list[str]]:
    """The workbook's rows, and lines that cannot be read (those are left out). None where it is no such workbook."""
    _, message = read_sheet(data, COLUMNS[UNITS])
    if message:
        return None, [message]
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        pages = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names if name in COLUMNS}
    except Exception:
        return None, ["这个表打不开，请用“导出”得到的表修改后再导入。"]
    if not pages:
        return None, [f"表里没有名为“{'”“'.join(COLUMNS)}”的工作表，请用“导出”得到的表修改后再导入。"]
    reader = _Reader()
    rows = {name: list(reader.rows(name, pages.get(name, []))) for name in COLUMNS}
    return _structure(rows, reader), reader.problems


class _Reader:
    """Turns lines into values by column name; a line that cannot be read becomes a problem with its place."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def rows(self, name: str, table: list[list[Any]]) -> Iterable[tuple[int, dict[str, Any]]]:
        if not table:
            return
        heads = [plain(cell) for cell in table[0]]
        where = {word: heads.index(plain(word)) for word in COLUMNS[name] if plain(word) in heads}
        missing = [word for word in COLUMNS[name][:1] if word not in where]
        if missing:
            self.problems.append(f"工作表“{name}”第1行没有“{missing[0]}”这一列，这张表没有导入")
            return
        for number, line in enumerate(table[1:], 2):
            row = {word: _value(line[at]) for word, at in where.items() if at < len(line)}
            if any(value not in ("", None) for value in row.values()):
                yield number, row

    def make(
        self, name: str, rows: list[tuple[int, dict[str, Any]]], make: Callable[..., Any]
    ) -> tuple[list[Any], list[int]]:
        made, places = [], []
        for number, row in rows:
            try:
                made.append(make(row))
                places.append(number)
            except ValueError as error:
                self.problems.append(f"{name}第{number}行：{error}")
        return made, places


def _structure(rows: dict[str, list[tuple[int, dict[str, Any]]]], reader: _Reader) -> Structure:
    units, unit_places = reader.make(UNITS, rows[UNITS], _unit)
    secretariats, secretariat_places = reader.make(SECRETARIATS, rows[SECRETARIATS], _secretariat)
    competences, competence_places = reader.make(COMPETENCES, rows[COMPETENCES], _competence)
    with_member = [(number, row) for number, row in rows[GROUPS] if row.get("成员")]
    members, member_places = reader.make(GROUPS, with_member, _member)
    first = {_text(row, "组代码"): (number, row) for number, row in reversed(rows[GROUPS])}
    groups, group_places = reader.make(GROUPS, list(first.values())[::-1], _group)
    aliases: dict[str, list[str]] = {}
    alias_places: dict[str, int] = {}
    for number, row in rows[ALIASES]:
        unit = _text(row, "单位")
        aliases.setdefault(unit, []).append(_text(row, "别名"))
        alias_places.setdefault(unit, number)
    sectors = {_text(row, "行业领域"): _sector(row) for _, row in rows[COMPETENCES][::-1] if _text(row, "行业领域")}
    places = {
        "units": unit_places, "aliases": list(alias_places.values()), "groups": group_places, "members": member_places,
        "secretariats": secretariat_places, "competences": competence_places,
    }  # fmt: skip
    return Structure(
        units,
        [AliasList(unit, tuple(texts)) for unit, texts in aliases.items()],
        groups,
        members,
        secretariats,
        list(sectors.values())[::-1],
        competences,
        places,
    )


def _unit(row: dict[str, Any]) -> UnitEntry:
    order = _text(row, "机构序")
    if not order.isdecimal():
        raise ValueError(f"机构序「{order}」不是数字，请填1以上的整数")
    return UnitEntry(
        code=_text(row, "代码"), order=int(order), short=_text(row, "规范简称"), full=_text(row, "全称"),
        kind=_key(Kind.choices, _text(row, "种类")), parent=_text(row, "上级"),
        grade_class=_text(row, "考核类别") or "—", party_group=_text(row, "设党委（党组）").lower() in _YES,
        since=_day(row, "设立日期") or date.min, until=_day(row, "撤并日期"),
        management=_text(row, "管理体制"), note=_text(row, "备注"),
    )  # fmt: skip


def _group(row: dict[str, Any]) -> GroupEntry:
    kind = _key(GroupKind.choices, _text(row, "组种类")) or GroupKind.LIST
    return GroupEntry(_text(row, "组代码"), _text(row, "组名称"), _text(row, "所属机构"), kind)


def _member(row: dict[str, Any]) -> MemberRow:
    return MemberRow(_text(row, "组代码"), _text(row, "成员"), _needed_day(row, "自"), _day(row, "至"))


def _secretariat(row: dict[str, Any]) -> SecretariatEntry:
    return SecretariatEntry(
        _text(row, "议事协调机构"),
        _text(row, "办公室所在单位"),
        _needed_day(row, "自"),
        _day(row, "至"),
        _text(row, "依据"),
    )


def _sector(row: dict[str, Any]) -> SectorEntry:
    words = tuple(word.strip() for word in _text(row, "叫法").split("、") if word.strip())
    return SectorEntry(_text(row, "行业领域"), words, _text(row, "行业备注"))


def _competence(row: dict[str, Any]) -> CompetenceRow:
    return CompetenceRow(
        _text(row, "行业领域"), _text(row, "单位"), _key(Competence.MODES, _text(row, "监管方式")), _needed_day(row, "自"),
        _day(row, "至"), _text(row, "依据"), _text(row, "已核").lower() in _YES,
    )  # fmt: skip


def _key(choices: Iterable[tuple[str, Any]], word: str) -> str:
    """The key behind a word of a list; the word itself where there is none, so that the action can quote it."""
    return next((key for key, label in choices if word in (key, str(label))), word)


def _value(cell: Any) -> Any:
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell.strip() if isinstance(cell, str) else cell


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value)


def _day(row: dict[str, Any], name: str) -> date | None:
    value = row.get(name)
    return None if value in ("", None) else parse_day(value, name)


def _needed_day(row: dict[str, Any], name: str) -> date:
    day = _day(row, name)
    if day is None:
        raise ValueError(f"“{name}”是空的，请填日期")
    return day
