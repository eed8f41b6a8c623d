"""Task tables that were flattened into text: columns by tabs or wide blanks, or one cell a line.

A head row with a label of duty (牵头单位, 责任单位 …) opens a table; its rows go into the script cell by cell. Lines with a
single cell are chapters (一、…) or the rest of a cell above.
"""

import re
from dataclasses import dataclass, field

from anwei.plans.reader.columns import beneath, cells, in_order
from anwei.plans.reader.labels import head_kind
from anwei.plans.reader.looks import ROW_NUMBER, looks_like
from anwei.plans.reader.numbering import read_sign
from anwei.plans.reader.script import Line, Row
from anwei.plans.reader.words import UNIT_TAIL

_NUMBER_HEAD = re.compile(r"^(?:序号|编号|项次|No\.?|NO\.?|条目|序列|项号)$")
_TASK_HEAD = re.compile(r"任务|工作|内容|措施|事项|举措|项目|目标|要求|要点|指标$")
_CHAPTER_HEAD = re.compile(
    r"^(?:类别|类型|板块|领域|分类|方面|一级任务|大类|任务类别|工作类别|项目类别|所属领域|章节|部分)$"
)
_OTHER_HEAD = re.compile(
    r"^(?:备注|进展|完成情况|工作进展|进度|联系人|联系电话|电话|来源|依据|说明|考核方式|成果形式|分值|状态)"
)
_END = re.compile(r"^(?:附件|注[：:]|备注[：:]|说明[：:]|联系人|联系电话|抄送|（此件|填表|制表)")
_HEADS_LIMIT = 14


@dataclass(slots=True)
class _Table:
    heads: list[str]
    kinds: list[str]
    tabbed: bool
    rows: list[Row] = field(default_factory=list)
    chapter: str = ""
    places: dict[int, int] = field(default_factory=dict)

    @property
    def number_at(self) -> int | None:
        return self.kinds.index("number") if "number" in self.kinds else None


def read_tables(lines: list[Line]) -> list[Line]:
    """The lines with every table row carrying its `row`; heads and continued lines are taken out."""
    result: list[Line] = []
    index = 0
    while index < len(lines):
        table = _head(lines[index])
        used = 1
        if table is None:
            table, used = _stacked_head(lines, index)
        if table is None:
            result.append(lines[index])
            index += 1
            continue
        stacked = used > 1
        index = (_stacked_rows if stacked else _rows)(lines, index + used, table, result)
    return result


def _kind(head: str) -> str | None:
    if _NUMBER_HEAD.match(head):
        return "number"
    if _CHAPTER_HEAD.match(head):
        return "chapter"
    if len(head) > 20:
        return None
    known = head_kind(head)
    if known:
        return known
    if _OTHER_HEAD.match(head):
        return "other"
    return "task" if len(head) <= 12 and _TASK_HEAD.search(head) else None


def _table(names: list[str], tabbed: bool) -> _Table | None:
    kinds = [_kind(name) for name in names]
    filled = [kind for kind, name in zip(kinds, names, strict=True) if name]
    if len(filled) < 3 or len(names) > _HEADS_LIMIT or None in filled or "role" not in filled:
        return None
    if "task" not in filled and "number" not in filled:
        return None
    return _Table(names, [kind or "other" for kind in kinds], tabbed)


def _head(line: Line) -> _Table | None:
    if not line.columns or len(line.tight) > 120:
        return None
    tabbed = "\t" in line.raw
    return _table([cell.tight for cell in cells(line, tabbed)], tabbed)


def _stacked_head(lines: list[Line], index: int) -> tuple[_Table | None, int]:
    """Heads one a line: 序号 / 重点任务 / 牵头单位 / 责任单位 / 完成时限."""
    names, used = [], 0
    for line in lines[index : index + 2 * _HEADS_LIMIT]:
        used += 1
        if not line.tight:
            continue
        if line.columns or len(line.tight) > 14 or _kind(line.tight) is None:
            used -= 1
            break
        names.append(line.tight)
    if len(names) < 3 or names[0] not in ("序号", "编号", "项次"):
        return None, 1
    return _table(names, False), used


def _rows(lines: list[Line], index: int, table: _Table, result: list[Line]) -> int:
    while index < len(lines):
        line = lines[index]
        if not line.tight:
            if index + 1 < len(lines) and not lines[index + 1].tight:
                result.append(line)
            index += 1
            continue
        parts = cells(line, table.tabbed)
        filled = [part for part in parts if part.tight]
        if re.fullmatch(r"[-—:：=+]+", line.tight) or [part.tight for part in parts] == table.heads:
            index += 1
        elif len(filled) >= 2:
            _add_row(line, parts, table, result)
            index += 1
        elif _is_chapter(line) or (not table.rows and len(line.tight) < 30):
            result.append(line)
            index += 1
        elif table.rows and not _END.match(line.tight) and _continues(line, table):
            index += 1
        else:
            return index
    return index


def _is_chapter(line: Line) -> bool:
    sign = read_sign(line.tight, 0)
    return bool(
        sign and sign.kind in ("han", "paren_han", "phase", "ordinal_部分", "ordinal_章") and len(line.tight) < 60
    )


def _continues(line: Line, table: _Table) -> bool:
    """A single piece below a row is the rest of one of its cells: of the units, or of the task."""
    row = table.rows[-1]
    text = line.tight
    if len(text) > 120 or re.search("年.*月.*日$", text):
        return False
    wanted = "role" if UNIT_TAIL.search(text.rstrip("、，。")) and "。" not in text else "task"
    for head, cell in reversed(row.cells):
        kind = head_kind(head) or "task"
        if kind == wanted and (wanted == "task" or cell.tight):
            _extend(cell, line)
            return True
    return False


def _extend(cell: Line, more: Line) -> None:
    cell.gaps.append((len(cell.tight), 3))
    cell.gaps.extend((index + len(cell.tight), kind) for index, kind in more.gaps)
    cell.tight += more.tight
    cell.kept += more.kept
    cell.at.extend(more.at)


def _add_row(line: Line, parts: list[Line], table: _Table, result: list[Line]) -> None:
    number_at = table.number_at
    wrapped = _wrapped(line, parts, table)
    if wrapped is not None:
        _merge_into(table.rows[-1], wrapped, table)
        return
    placed = _place(parts, table)
    number = placed.get(number_at) if number_at is not None else None
    above = table.rows[-1] if table.rows else None
    tasks = [placed[i] for i, kind in enumerate(table.kinds) if kind == "task" and i in placed and placed[i].tight]
    numbered = number is not None and bool(number.tight)
    if above and not numbered and (not tasks or (number_at is not None and _incomplete(above))):
        _merge_into(above, placed, table)
        return
    for index, kind in enumerate(table.kinds):
        if kind == "chapter" and index in placed and placed[index].tight:
            table.chapter = placed[index].tight
    fields = [
        (table.heads[i], placed[i])
        for i, kind in enumerate(table.kinds)
        if kind in ("task", "role", "deadline") and i in placed
    ]
    row = Row(number, fields, table.chapter)
    table.rows.append(row)
    table.places = {} if table.tabbed or not numbered else in_order(placed, line)
    line.row = row
    result.append(line)


def _wrapped(line: Line, parts: list[Line], table: _Table) -> dict[int, Line] | None:
    """The rest of a numbered row's cells on the next line: no number, under the cells of the row, and not one for each."""
    filled = [part for part in parts if part.tight]
    if not table.places or not table.rows or len(filled) >= len(table.places) - 1:
        return None
    placed = beneath(table.places, filled, line)
    return None if placed is None or table.number_at in placed else placed


def _merge_into(row: Row, placed: dict[int, Line], table: _Table) -> None:
    """A row with neither number nor task goes on with the cells of the row above."""
    cells_by_head = dict(row.cells)
    for index, line in placed.items():
        head = table.heads[index]
        cell = cells_by_head.get(head)
        if cell is not None and line.tight:
            _extend(cell, line)
        elif line.tight and table.kinds[index] in ("task", "role", "deadline"):
            row.cells.append((head, line))


def _incomplete(row: Row) -> bool:
    """Has the row no unit and no date yet? Then its task was wrapped, and the rest follows."""
    return not any(line.tight and head_kind(head) for head, line in row.cells)


def _place(parts: list[Line], table: _Table) -> dict[int, Line]:
    """Which cell stands under which head; where blank columns were lost, by what the cells look like."""
    if len(parts) == len(table.heads) or (table.tabbed and len(parts) > 1):
        return dict(enumerate(parts[: len(table.heads)]))
    return _by_looks(parts, table)


def _by_looks(parts: list[Line], table: _Table) -> dict[int, Line]:
    placed: dict[int, Line] = {}
    free = {
        kind: [i for i, k in enumerate(table.kinds) if k == kind]
        for kind in ("number", "task", "role", "deadline", "other")
    }
    for position, part in enumerate(part for part in parts if part.tight):
        kind = looks_like(part.tight, position, bool(placed))
        order = {
            "number": ["number"],
            "deadline": ["deadline", "role"],
            "role": ["role", "task"],
            "task": ["task", "role"],
        }[kind]
        for name in (*order, "other"):
            if free[name]:
                placed[free[name].pop(0)] = part
                break
    return placed


def _stacked_rows(lines: list[Line], index: int, table: _Table, result: list[Line]) -> int:
    """Rows one cell a line: a bare number opens a row, its cells follow in the order of the heads."""
    while index < len(lines):
        line = lines[index]
        if not line.tight or _is_chapter(line):
            result.append(line)
            index += 1
        elif ROW_NUMBER.match(line.tight) and not line.columns:
            last = index + 1
            parts: list[Line] = []
            while last < len(lines) and not _ends_row(lines[last], len(parts), table):
                if lines[last].tight:
                    parts.append(lines[last].part(lines[last].start, lines[last].start + len(lines[last].raw)))
                last += 1
            whole = [line.part(line.start, line.start + len(line.raw)), *parts]
            _add_row(line, whole if len(whole) <= len(table.heads) else _squeeze(whole, table), table, result)
            index = last
        else:
            return index
    return index


def _ends_row(line: Line, count: int, table: _Table) -> bool:
    return (
        bool(ROW_NUMBER.match(line.tight))
        or (count > 0 and _is_chapter(line))
        or bool(_END.match(line.tight))
        or count > 4 * len(table.heads)
    )


def _squeeze(parts: list[Line], table: _Table) -> list[Line]:
    """More lines than columns: neighbours that look alike are one cell that was wrapped."""
    joined: list[Line] = []
    for part in parts:
        kind = looks_like(part.tight, len(joined), bool(joined))
        if (len(joined) > 1 and kind == looks_like(joined[-1].tight, 1, True) == "task") or (
            len(joined) > 2 and joined[-1].tight[-1] in "、，" and kind == "role"
        ):
            _extend(joined[-1], part)
        else:
            joined.append(part)
    return joined
