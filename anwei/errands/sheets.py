"""Sheets to be collected, as values: the empty sheet's columns, the rows of a filled copy, and what is wrong with a cell.

A table is a list of rows of cells (text, number, day or None) as `books.sheets_in.read_table` gives it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from anwei.books.sheets_in import plain
from anwei.periods import parse_day

TEXT, NUMBER, DAY, SERIAL, UNIT = "text", "number", "day", "serial", "unit"
KINDS: Final = {TEXT: "文字", NUMBER: "数字", DAY: "日期", SERIAL: "序号（自动）", UNIT: "填报单位（自动）"}
AUTOMATIC: Final = (SERIAL, UNIT)
MOST_COLUMNS: Final = 60
MOST_ROWS: Final = 2000
LONGEST: Final = 2000  # characters of one cell
_HEAD_WITHIN: Final = 20
_FEWEST: Final = 2  # labels that make a head: one alone is a title
_SERIALS: Final = ("序号", "序", "no.", "no")
_UNITS: Final = ("填报单位", "报送单位", "上报单位")
_FOOT: Final = re.compile(
    r"(填报人|填表人|制表人|审核人|审签人|分管负责人|联系人|联系电话|填表说明|填报说明|备注[:：]|注[:：]|说明[:：])"
)
_DAY_WORDS: Final = re.compile(r"(日期|时间|时限)$")
_QUOTED: Final = 30

Cell = str | int | float | None
Row = list[Cell]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """`key` columns together name a row: the same twice in one unit is a mistake."""

    label: str
    kind: str = TEXT
    required: bool = False
    key: bool = False

    @property
    def automatic(self) -> bool:
        return self.kind in AUTOMATIC

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """`row` counts from 0; `column` is the place of the column, None for the row as a whole."""

    row: int
    column: int | None
    message: str


@dataclass(frozen=True, slots=True)
class EmptySheet:
    """What the office's sheet asks. `examples` are rows that stand below the head: they show what is meant."""

    above: list[str]
    columns: list[SheetColumn]
    examples: list[Row]


def read_empty(table: Sequence[Sequence[Any]]) -> tuple[EmptySheet | None, str]:
    """(sheet, "") or (None, message)."""
    found = _find_head(table)
    if found is None:
        return None, "没有找到表头：表头要在前20行内，至少两栏。请检查是不是空白表，或另存为 .xlsx 再上传。"
    at, labels, height = found
    if len(labels) > MOST_COLUMNS:
        return None, f"表头有{len(labels)}栏，最多{MOST_COLUMNS}栏，请拆成几张表。"
    twice = sorted({label for label in labels if labels.count(label) > 1})
    if twice:
        return None, f"表头里“{'”“'.join(twice)}”出现了两次，请改成不同的名称，合并时才分得清。"
    body = [[_value(cell) for cell in _fitted(row, len(labels))] for row in table[at + height :]]
    examples = [row for row in body if _has_content(row) and not _is_foot(row)][:_HEAD_WITHIN]
    columns = [_guess(label, [row[place] for row in examples]) for place, label in enumerate(labels)]
    above = [str(cell) for row in table[:at] for cell in row if cell is not None]
    return EmptySheet(above, columns, examples), ""


def read_filled(
    table: Sequence[Sequence[Any]], columns: Sequence[SheetColumn], examples: Sequence[Row]
) -> tuple[list[Row], list[str]]:
    """(rows, remarks) of a unit's copy. Columns are found by their labels, in any order. ValueError with a message
    where the sheet is another one or too long; nothing is dropped without a remark."""
    found = _find_head(table, {plain(column.label) for column in columns})
    if found is None:
        raise ValueError("这个表里没有找到要填的表头，请用下载的空白表填写后再上传。")
    at, labels, height = found
    places = {plain(label): place for place, label in enumerate(labels)}
    missing = [one.label for one in columns if plain(one.label) not in places and not one.automatic]
    if missing:
        raise ValueError(f"这个表缺少“{'”“'.join(missing)}”栏，请用下载的空白表填写后再上传。")
    known = {plain(column.label) for column in columns}
    extra = [label for label in labels if plain(label) not in known]
    remarks = [f"“{label}”栏不在要填的表里，没有计入。" for label in extra]
    rows: list[Row] = []
    for number, raw in enumerate(table[at + height :], at + height + 1):
        cells = [_value(cell) for cell in _fitted(raw, len(labels))]
        if not _has_content(cells):
            continue
        if _is_foot(cells):
            remarks.append(f"第{number}行“{str(next(filter(None, cells)))[:_QUOTED]}”像是表尾，没有计入。")
            continue
        row = [
            None if column.automatic else cells[places[plain(column.label)]] if plain(column.label) in places else None
            for column in columns
        ]
        if not _has_content(row):
            continue
        if any(_same(row, example, columns) for example in examples):
            remarks.append(f"第{number}行和空白表里的例行一样，没有计入。")
            continue
        rows.append(row)
    if len(rows) > MOST_ROWS:
        raise ValueError(f"表里有{len(rows)}行，一个单位最多{MOST_ROWS}行，请拆分或联系区安委办。")
    return rows, remarks


def settle(columns: Sequence[SheetColumn], rows: Sequence[Row]) -> tuple[list[Row], list[CellProblem]]:
    """(rows with days as 年-月-日 and numbers as numbers, problems). A wrong cell stays as it was written."""
    settled: list[Row] = []
    problems: list[CellProblem] = []
    for at, row in enumerate(rows):
        cells: Row = []
        for place, column in enumerate(columns):
            value = None if column.automatic else row[place] if place < len(row) else None
            value, message = _settled(column, value)
            if message:
                problems.append(CellProblem(at, place, message))
            cells.append(value)
        settled.append(cells)
    return settled, problems + _doubles(columns, settled)


def _settled(column: SheetColumn, value: Cell) -> tuple[Cell, str]:
    if isinstance(value, str):
        value = value.strip() or None
    if value is None:
        return None, f"“{column.label}”没有填写，这一栏必填" if column.required and not column.automatic else ""
    if isinstance(value, str) and len(value) > LONGEST:
        return value, f"“{column.label}”有{len(value)}字，最多{LONGEST}字，请缩短"
    if column.kind == NUMBER:
        return _number(column, value)
    if column.kind == DAY:
        try:
            return parse_day(value if isinstance(value, str) else str(value), column.label).isoformat(), ""
        except ValueError as error:
            return value, str(error)
    return (value if isinstance(value, str) else _plain_number(value)), ""


def _number(column: SheetColumn, value: str | int | float) -> tuple[Cell, str]:
    if not isinstance(value, str):
        return value, ""
    text = unicodedata.normalize("NFKC", value).replace(",", "").replace(" ", "")
    if re.fullmatch(r"[+-]?\d{1,15}", text):
        return int(text), ""
    if re.fullmatch(r"[+-]?\d{1,15}\.\d{1,10}", text):
        return float(text), ""
    return value, f"“{column.label}”{_quote(value)}不是数字，请只填数字，没有的填 0"


def _doubles(columns: Sequence[SheetColumn], rows: Sequence[Row]) -> list[CellProblem]:
    places = [place for place, column in enumerate(columns) if column.key]
    if not places:
        return []
    first: dict[tuple[str, ...], int] = {}
    problems = []
    for at, row in enumerate(rows):
        key = tuple(plain(row[place]) for place in places)
        if not any(key):
            continue
        if key in first:
            named = "、".join(f"{columns[place].label}{_quote(row[place])}" for place in places)
            problems.append(CellProblem(at, places[0], f"与第{first[key] + 1}行重复：{named}，请留一行"))
        first.setdefault(key, at)
    return problems


def _find_head(table: Sequence[Sequence[Any]], known: set[str] | None = None) -> tuple[int, list[str], int] | None:
    """(place, labels, height) of the head: the first row with the most labels, of those that are known if any is."""
    best: tuple[int, int, list[str], int] | None = None
    for at, row in enumerate(table[:_HEAD_WITHIN]):
        if not all(cell is None or isinstance(cell, str) for cell in row):
            continue
        labels, height = _labels(table, at)
        full = [label for label in labels if label]
        hits = len({plain(label) for label in full} & known) if known is not None else len(full)
        if hits >= min(_FEWEST, len(known) if known else _FEWEST) and (best is None or hits > best[0]):
            best = (hits, at, labels, height)
    if best is None:
        return None
    _, at, labels, height = best
    while labels and not labels[-1]:
        labels.pop()
    return at, [label or f"第{place}栏" for place, label in enumerate(labels, 1)], height


def _labels(table: Sequence[Sequence[Any]], at: int) -> tuple[list[str], int]:
    """The labels of a row, or of a head of two rows: a group above, its parts below it («隐患·数量»)."""
    upper = [_label(cell) for cell in table[at]]
    if at + 1 >= len(table):
        return upper, 1
    below = [_label(cell) if isinstance(cell, str) else "" for cell in _fitted(table[at + 1], len(upper))]
    solid = all(cell is None or isinstance(cell, str) for cell in table[at + 1])
    parts = [place for place, word in enumerate(below) if word]
    under = [place for place in parts if not upper[place]]
    if not solid or not under or not upper[0] or below[0]:
        return upper, 1
    groups: list[str] = []
    for place, word in enumerate(upper):
        opens = word and place + 1 < len(upper) and not upper[place + 1] and below[place]
        group = word if opens else (groups[-1] if groups and not word and below[place] else "")
        groups.append(group)
    if any(not groups[place] for place in parts):
        return upper, 1
    joined = [
        f"{groups[place]}·{below[place]}" if groups[place] and below[place] else word
        for place, word in enumerate(upper)
    ]
    return joined, 2


def _guess(label: str, examples: Sequence[Cell]) -> SheetColumn:
    """The kind of a column: by its label where that says it, else by what stands below it."""
    word = plain(label).lower()
    if word in _SERIALS:
        return SheetColumn(label, SERIAL)
    if word in _UNITS:
        return SheetColumn(label, UNIT)
    given = [cell for cell in examples if cell is not None]
    if given and all(_is_day(cell) for cell in given):
        return SheetColumn(label, DAY)
    if given and all(isinstance(cell, int | float) for cell in given):
        return SheetColumn(label, NUMBER)
    if not given and _DAY_WORDS.search(word):
        return SheetColumn(label, DAY)
    return SheetColumn(label, TEXT)


def _is_day(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return False
    try:
        parse_day(cell)
    except ValueError:
        return False
    return True


def _same(row: Row, example: Row, columns: Sequence[SheetColumn]) -> bool:
    return [plain(cell) for cell in row] == [
        "" if column.automatic else plain(cell) for cell, column in zip(example, columns, strict=True)
    ]


def _is_foot(row: Sequence[Cell]) -> bool:
    filled = [cell for cell in row if cell is not None]
    return (
        bool(filled) and isinstance(filled[0], str) and bool(_FOOT.match(filled[0].replace(" ", "").replace("　", "")))
    )


def _has_content(row: Sequence[Any]) -> bool:
    return any(cell is not None for cell in row)


def _fitted(row: Sequence[Any], width: int) -> list[Any]:
    return [*row[:width], *([None] * (width - len(row)))]


def _value(cell: Any) -> Cell:
    return cell.isoformat() if isinstance(cell, date) else cell


def _label(cell: Any) -> str:
    return "".join(str(cell).split()) if cell is not None else ""


def _plain_number(value: int | float) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _quote(value: object) -> str:
    text = " ".join(str(value).split())
    return f"「{text if len(text) <= _QUOTED else text[:_QUOTED] + '…'}」"
