"""Registering and changing units."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Value
from django.db.models.functions import Concat

from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused, Stale
from anwei.units.directory import UnitRow
from anwei.units.models import Alias, Kind, Unit
from anwei.units.rows import ALWAYS, Bad, Names

GRADE_CLASSES = ("甲", "乙一", "乙二", "丙", "丁", "随", "—")
# Not in the official order: many, and known below their town only.
BELOW = (Kind.VILLAGE, Kind.ESTABLISHMENT)
_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
_COLUMNS = (
    "order", "short", "full", "kind", "grade_class", "party_group", "management", "note", "since", "until",
)  # fmt: skip
_LABELS = {name: str(Unit._meta.get_field(name).verbose_name) for name in (*_COLUMNS, "parent")}
_CHUNK = 500


@act("unit.edit")
def register_units(by: By, rows: Iterable[UnitRow]) -> tuple[list[Unit], list[Bad]]:
    """Makes and changes units, known by `code`; those that are as written stay untouched and are not in the answer.

    A row's `parent` is a code or a name of a unit that stands already or in the same rows.
    """
    rows = list(rows)
    before = {unit.code: unit for unit in Unit.objects.all()}
    good, problems = _checked(rows, before)
    made = []
    for row in good:
        unit = before.get(row.code) or Unit(code=row.code or _new_code(before))
        before[unit.code] = unit
        changed = _put(unit, row)
        if changed or unit.pk is None:
            made.append((unit, changed))
    _write(made)
    parents = _parents(good, before)
    known = {id(unit) for unit, _ in made}
    made += [(unit, []) for unit in parents if id(unit) not in known]
    say(f"登记或修改单位 {len(made)} 个", about_rows=[unit for unit, _ in made])
    if len(made) <= 20:
        say(changes={unit.code: changed for unit, changed in made if changed})
    return [unit for unit, _ in made], problems


@act("unit.edit", subject="unit")
def change_unit(by: By, unit: Unit, *, version: int, row: UnitRow) -> Unit:
    """Writes the whole row if nobody changed the unit since `version` was read. Raises Stale, Refused."""
    before = {other.code: other for other in Unit.objects.all()}
    good, problems = _checked([row], before)
    if problems:
        raise Refused("；".join(str(one) for one in problems))
    now = before[unit.code]
    parent = Names(before.values()).find(good[0].parent, "上级") if good[0].parent else None
    changed = _put(now, good[0])
    if (now.parent_id or None) != (parent.pk if parent else None):
        changed.append(["parent", str(now.parent or ""), str(parent or "")])
    columns: dict[str, Any] = {name: getattr(now, name) for name in _COLUMNS}
    won = Unit.objects.filter(pk=unit.pk, version=version).update(**columns, parent=parent, version=version + 1)
    if not won:
        raise Stale("您填写期间，别人已经修改了这个单位。请对照下面的差别，核对后再保存。")
    words = "，".join(f"{_LABELS[name]} {old or '（空）'} → {new or '（空）'}" for name, old, new in changed)
    unit.refresh_from_db()
    say(f"修改单位 {unit}：{words or '没有改动'}", changes=changed)
    return unit


def _checked(rows: list[UnitRow], before: dict[str, Unit]) -> tuple[list[UnitRow], list[Bad]]:
    """The rows that can be written, and what is wrong with the others. Checks a row against the others and the table."""
    good, problems = [], []
    names = _names_after(rows, before)
    seen: set[str] = set()
    for place, row in enumerate(rows, 1):
        wrong = [*_wrong_in_itself(row, before), *_wrong_among(row, names, seen)]
        seen.add(row.code)
        if wrong:
            problems += [Bad(place, row.short or row.code, message) for message in wrong]
        else:
            good.append(row)
    kept, more = _with_parents(rows, good, before)
    return kept, problems + more


def _wrong_in_itself(row: UnitRow, before: dict[str, Unit]) -> Iterator[str]:
    if row.code and row.code not in before and not _CODE.fullmatch(row.code):
        yield f"代码「{row.code}」不合规则，请用小写英文字母开头，只含字母、数字和下划线，或留空由系统编"
    for label, text, longest in (("规范简称", row.short, 60), ("全称", row.full, 120)):
        if not text.strip():
            yield f"单位「{row.short or row.full or row.code}」缺{label}，请补填"
        elif len(text) > longest:
            yield f"{label}「{text[:20]}…」有{len(text)}字，最多{longest}字，请缩短"
    if row.kind not in Kind.values:
        yield f"{row.short}的种类「{row.kind}」不认得，请从这些里选：{'、'.join(str(kind.label) for kind in Kind)}"
    if row.grade_class not in GRADE_CLASSES:
        yield f"{row.short}的类别「{row.grade_class}」不认得，请从这些里选：{'、'.join(GRADE_CLASSES)}"
    if not 0 < row.order < 10_000_000:
        yield f"{row.short}的机构序「{row.order}」不是1至9999999之间的数，请改正"
    if row.until is not None and row.until <= _since(row):
        yield f"{row.short}的撤并日期 {row.until} 不晚于设立日期 {_since(row)}，请改正"
    for label, text, longest in (
        ("管理体制", getattr(row, "management", ""), 200),
        ("备注", getattr(row, "note", ""), 300),
    ):
        if len(text) > longest:
            yield f"{row.short}的{label}有{len(text)}字，最多{longest}字，请缩短"


def _names_after(rows: list[UnitRow], before: dict[str, Unit]) -> dict[str, set[str]]:
    """Name -> codes that would have it once all rows are written; places of the official order as «机构序 7»."""
    after: dict[str, tuple[str, str, str, int, bool]] = {
        unit.code: (unit.short, unit.full, unit.kind, unit.order, unit.until is None) for unit in before.values()
    }
    for place, row in enumerate(rows, 1):
        after[row.code or f"+{place}"] = (row.short, row.full, row.kind, row.order, row.until is None)
    names: dict[str, set[str]] = {}
    for code, (short, full, kind, order, stands) in after.items():
        names.setdefault(f"全称 {full}", set()).add(code)
        if kind not in BELOW and stands:
            names.setdefault(f"简称 {short}", set()).add(code)
            names.setdefault(f"机构序 {order}", set()).add(code)
    for code, text in Alias.objects.exclude(unit__kind__in=BELOW).values_list("unit__code", "text"):
        names.setdefault(f"简称 {text}", set()).add(code)
    return names


def _wrong_among(row: UnitRow, names: dict[str, set[str]], seen: set[str]) -> Iterator[str]:
    if row.code and row.code in seen:
        yield f"代码「{row.code}」在表里写了两次，请删去一行"
    if len(names[f"全称 {row.full}"]) > 1:
        yield f"全称「{row.full}」已有别的单位在用，请核对是否重复登记"
    if row.kind in BELOW or row.until is not None:
        return
    if len(names[f"简称 {row.short}"]) > 1:
        yield f"「{row.short}」已是别的单位的简称或别名，一个写法只能指一个单位，请改用另一个简称"
    if len(names[f"机构序 {row.order}"]) > 1:
        yield f"机构序「{row.order}」已有别的单位在用，请给{row.short}另编序号"


def _with_parents(rows: list[UnitRow], good: list[UnitRow], before: dict[str, Unit]) -> tuple[list[UnitRow], list[Bad]]:
    """Leaves out rows whose parent is not there or goes round in a circle."""
    parents = {unit.code: unit.parent.code if unit.parent else "" for unit in _with_parent(before)}
    called: dict[str, set[str]] = {}
    for code, *texts in [
        *((unit.code, unit.code, unit.short, unit.full) for unit in before.values()),
        *((row.code, row.code, row.short, row.full) for row in good if row.code),
    ]:
        for text in texts:
            called.setdefault(text, set()).add(code)
    for row in good:
        if row.code:
            parents[row.code] = next(iter(called.get(row.parent, {""})), "")
    kept, problems = [], []
    for row in good:
        wrong = _wrong_parent(row, called, parents)
        if wrong:
            problems.append(Bad(rows.index(row) + 1, row.short, wrong))
        else:
            kept.append(row)
    return kept, problems


def _wrong_parent(row: UnitRow, called: dict[str, set[str]], parents: dict[str, str]) -> str:
    if not row.parent:
        return ""
    found = {row.parent} if row.parent in parents else called.get(row.parent, set())
    if not found:
        return f"{row.short}的上级「{row.parent}」不在单位表内，请先登记上级或改正"
    if len(found) > 1:
        return f"{row.short}的上级「{row.parent}」对应几个单位，请改填代码"
    above, seen = next(iter(found)), {row.code}
    while above:
        if above in seen and row.code:
            return f"{row.short}的上级绕了一圈又回到自己，请改正上级"
        seen.add(above)
        above = parents.get(above, "")
    return ""


def _with_parent(before: dict[str, Unit]) -> list[Unit]:
    by_id = {unit.pk: unit for unit in before.values()}
    for unit in before.values():
        if unit.parent_id:
            unit.parent = by_id[unit.parent_id]
    return list(before.values())


def _put(unit: Unit, row: UnitRow) -> list[list[str]]:
    """Sets the columns of a unit; answers what changed as [name, old, new]."""
    changed = []
    for name in _COLUMNS:
        new = _since(row) if name == "since" else getattr(row, name, "")
        old = getattr(unit, name)
        if old != new:
            changed.append([name, _text(old), _text(new)])
            setattr(unit, name, new)
    return changed if unit.pk else []


def _since(row: UnitRow) -> date:
    return row.since if row.since > date.min else ALWAYS


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def _new_code(before: dict[str, Unit]) -> str:
    number = len(before) + 1
    while f"unit_{number}" in before:
        number += 1
    return f"unit_{number}"


def _write(made: list[tuple[Unit, list[list[str]]]]) -> None:
    new = [unit for unit, _ in made if unit.pk is None]
    old = [unit for unit, _ in made if unit.pk is not None]
    Unit.objects.bulk_create(new, batch_size=_CHUNK)
    # Two units may exchange their names: both step aside first, the code is theirs alone.
    renamed = [unit.pk for unit, changed in made if any(name == "full" for name, _, _ in changed)]
    Unit.objects.filter(pk__in=renamed).update(full=Concat(Value("~"), "code"))
    for unit in old:
        unit.version += 1
    Unit.objects.bulk_update(old, [*_COLUMNS, "version"], batch_size=_CHUNK)


def _parents(rows: list[UnitRow], units: dict[str, Unit]) -> list[Unit]:
    """Sets the parents once every unit has its key; answers the units whose parent changed."""
    names = Names(units.values())
    by_full = {unit.full: unit for unit in units.values()}
    moved = []
    for row in rows:
        unit = units[row.code] if row.code else by_full[row.full]
        parent = names.find(row.parent, "上级") if row.parent else None
        if (parent.pk if parent else None) != unit.parent_id:
            unit.parent = parent
            moved.append(unit)
    Unit.objects.bulk_update(moved, ["parent"], batch_size=_CHUNK)
    return moved
