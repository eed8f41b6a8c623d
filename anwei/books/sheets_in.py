"""Sheets in: a file that somebody filled becomes a heading and plain rows, whatever it calls itself."""

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from python_calamine import CalamineWorkbook

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_UNPACKED: Final = 200 * 1024 * 1024
MAX_ROWS: Final = 5000
MAX_COLUMNS: Final = 100
MAX_CELLS: Final = 5_000_000
_HEAD_WITHIN: Final = 20
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DELIMITERS: Final = (",", "\t", ";")
_PLACE: Final = re.compile(rb' r="([A-Z]{1,3})(\d{1,7})"')
_ORNAMENT: Final = ("(必填)", "(选填)", "*", ":")

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """`first` is the number that the first row has in the file, so that a message can name the line."""

    head: list[str]
    rows: list[list[Cell]]
    first: int


def plain(text: object) -> str:
    """A heading without width, blanks and ornament: how headings are compared."""
    found = "".join(unicodedata.normalize("NFKC", str(text or "")).split())
    for ornament in _ORNAMENT:
        found = found.removesuffix(ornament)
    return found.removeprefix("*")


def read_sheet(data: bytes, known: Iterable[str]) -> tuple[Sheet | None, str]:
    """(sheet, "") or (None, message). `known` are headings to find the head row by; titles above it are passed over."""
    table, message = read_table(data)
    return (None, message) if message else _with_head(table, {plain(one) for one in known})


def read_table(data: bytes) -> tuple[list[list[Cell]], str]:
    """(cells as they stand, "") of the first page that holds any, or ([], message). Formulas give their last value."""
    if len(data) > MAX_BYTES:
        return [], f"文件 {len(data) // 1024 // 1024} MB，至多 {MAX_BYTES // 1024 // 1024} MB，请拆成几份再导入。"
    if not data.strip():
        return [], "文件是空的，请重新选择。"
    return _read_workbook(data) if data.startswith((_ZIP, _OLE)) else _read_text(data)


def _read_workbook(data: bytes) -> tuple[list[list[Cell]], str]:
    broken = "这个表打不开，可能已损坏、加密或不是 Excel 表，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"
    if data.startswith(_ZIP):
        swollen = _swollen(data)
        if swollen is None:
            return [], broken
        if swollen:
            return [], "这个表解开后过大，或在很远的行列里还有格子，请删去空白行列和图片，另存后再导入。"
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            page = book.get_sheet_by_name(name)
            if page.total_height > MAX_ROWS + _HEAD_WITHIN + 1:
                return [], f"表里有 {page.total_height} 行，一次至多导入 {MAX_ROWS} 行，请拆成几份再导入。"
            table = [[_cell(value) for value in row[:MAX_COLUMNS]] for row in page.to_python(skip_empty_area=False)]
            if any(any(cell is not None for cell in row) for row in table):
                return table, ""
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # the reader's panics are no Exception; whatever it is, the file is what is wrong
        return [], broken
    return [], "表里没有内容，请填写后再导入。"


def _swollen(data: bytes) -> bool | None:
    """Whether the workbook unpacks beyond measure, or its cells lie so far apart that the table between would be;
    None where it is no workbook after all."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                return None
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                return True
            pages = [entry for entry in archive.infolist() if entry.filename.startswith("xl/worksheets/")]
            return any(_extent(archive.read(page)) > MAX_CELLS for page in pages)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return None


def _extent(page: bytes) -> int:
    """Cells of the rectangle that holds every cell of a page."""
    rows, widths = 1, 1
    for letters, digits in _PLACE.findall(page):
        rows = max(rows, int(digits))
        widths = max(widths, _column(letters))
    return rows * widths


def _column(letters: bytes) -> int:
    """A -> 1, Z -> 26, AA -> 27"""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _read_text(data: bytes) -> tuple[list[list[Cell]], str]:
    if b"\x00" in data:
        return [], "不是 Excel 或 CSV 表，请用模板填写后导入。"
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        return [], "认不出文件的文字编码，请在 Excel 或 WPS 里另存为 .xlsx 再导入。"
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    table: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(table) > MAX_ROWS + _HEAD_WITHIN:
                return [], f"表里超过 {MAX_ROWS} 行，请拆成几份再导入。"
            table.append([_cell(value) for value in row[:MAX_COLUMNS]])
    except csv.Error:
        return [], "CSV 表的引号或分隔不成对，请在 Excel 或 WPS 里另存为 .xlsx 再导入。"
    return table, ""


def _with_head(table: list[list[Cell]], known: set[str]) -> tuple[Sheet | None, str]:
    hits = [sum(plain(cell) in known for cell in row if cell is not None) for row in table[:_HEAD_WITHIN]]
    if not any(hits):
        hits = [sum(cell is not None for cell in row) for row in table[:_HEAD_WITHIN]]
    if not hits or not max(hits):
        return None, "表里没有内容，请填写后再导入。"
    at = hits.index(max(hits))
    width = max((place for place, cell in enumerate(table[at], 1) if cell is not None), default=0)
    head = [str(cell or "").strip() for cell in table[at][:width]]
    rows = [[*row[:width], *([None] * (width - len(row)))] for row in table[at + 1 :]]
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    if not rows:
        return None, "只有表头，没有要导入的行，请填写后再导入。"
    if len(rows) > MAX_ROWS:
        return None, f"表里有 {len(rows)} 行，一次至多导入 {MAX_ROWS} 行，请拆成几份再导入。"
    return Sheet(head, rows, at + 2), ""


def _cell(value: Any) -> Cell:
    """What a cell means: blank is nothing, 23.0 is 23, midnight is a day, text loses its outer blanks."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time(0) else value.isoformat(" ", "minutes")
    if isinstance(value, time | timedelta):
        return str(value)
    return value


def as_rows(sheet_rows: Sequence[Sequence[Any]], mapping: dict[str, int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """(place, row by field name) of every row that holds anything in the mapped columns."""
    for place, cells in enumerate(sheet_rows):
        row = {name: cells[column] for name, column in mapping.items() if cells[column] is not None}
        if row:
            yield place, row
