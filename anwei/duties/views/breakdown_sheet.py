"""任务分解表 as a workbook: A3 across, merged chapters and measures, heads repeated; texts never become formulas."""

from io import BytesIO
from typing import Any

import xlsxwriter

from anwei.duties.breakdown import COLUMNS, Breakdown, Entry, Name, Row
from anwei.duties.views.breakdown_paper import moment
from anwei.journal.by import By

WIDTHS = (6, 11, 17, 46, 14, 16, 19, 46, 13, 17)
A3 = 8
FIRST_ROW = 4
# About so many Chinese characters stand in one unit of column width at nine points; a row is so many points a line.
SIGNS_A_WIDTH, LINE_HEIGHT, TALLEST = 0.56, 12.0, 400.0


def workbook(found: Breakdown, by: By, office: str) -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = _formats(book)
    sheet = book.add_worksheet("任务分解表")
    _head(sheet, formats, found, by, office)
    row = FIRST_ROW
    for chapter in found.chapters:
        _merged(sheet, row, row + chapter.height - 1, 1, chapter.title, formats["head"])
        for entry in chapter.entries:
            _entry(sheet, row, entry, formats)
            row += len(entry.rows)
    sheet.write_string(row + 1, 0, f"制表人：{by.person_text}", formats["note"])
    sheet.write_string(row + 1, 3, "审核人（分管负责人）：", formats["note"])
    sheet.write_string(row + 1, 7, "联系电话：", formats["note"])
    _page(sheet)
    book.close()
    return buffer.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    base = {"border": 1, "valign": "top", "text_wrap": True, "font_name": "宋体", "font_size": 9}
    return {
        "title": book.add_format({"bold": True, "font_size": 20, "align": "center", "font_name": "方正小标宋简体"}),
        "note": book.add_format({"font_size": 10, "font_name": "宋体"}),
        "right": book.add_format({"font_size": 10, "font_name": "宋体", "align": "right"}),
        "head": book.add_format(base | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#EEF1F4"}),
        "text": book.add_format(base),
        "bold": book.add_format(base | {"bold": True}),
        "middle": book.add_format(base | {"align": "center"}),
        "small": book.add_format({"font_name": "宋体", "font_size": 7.5, "font_color": "#444444"}),
        "plain": book.add_format({"font_name": "宋体", "font_size": 9}),
    }


def _head(sheet: Any, formats: dict[str, Any], found: Breakdown, by: By, office: str) -> None:
    last = len(WIDTHS) - 1
    sheet.merge_range(0, 0, 0, last, found.title, formats["title"])
    sheet.set_row(0, 32)
    sheet.write_string(1, 0, f"填报单位（盖章）：{office}", formats["note"])
    sheet.write_string(1, last, f"截至 {moment(by)}", formats["right"])
    sheet.write_string(2, 0, f"{found.plan.document_number}　★为汇总单位", formats["note"])
    sheet.write_string(3, 0, COLUMNS[0], formats["head"])
    sheet.merge_range(3, 1, 3, 2, COLUMNS[1], formats["head"])
    for place, label in enumerate(COLUMNS[2:], 3):
        sheet.write_string(3, place, label, formats["head"])


def _entry(sheet: Any, first: int, entry: Entry, formats: dict[str, Any]) -> None:
    last = first + len(entry.rows) - 1
    deadline = "\n".join(filter(None, (entry.deadline, entry.days)))
    _merged(sheet, first, last, 2, entry.measure.title, formats["bold"])
    _names(sheet, first, last, 6, entry.leads, formats)
    _names(sheet, first, last, 7, entry.others, formats)
    _merged(sheet, first, last, 8, deadline, formats["middle"])
    _merged(sheet, first, last, 9, "\n".join(entry.notes), formats["text"])
    wanted = max(_lines(_words(names), width) for names, width in ((entry.leads, WIDTHS[6]), (entry.others, WIDTHS[7])))
    wanted = max(wanted, _lines("\n".join(entry.notes), WIDTHS[9]), _lines(entry.measure.title, WIDTHS[2]))
    for place, row in enumerate(entry.rows):
        _row(sheet, first + place, row, formats, wanted / len(entry.rows))


def _row(sheet: Any, place: int, row: Row, formats: dict[str, Any], least: float) -> None:
    proof = row.proof if row.verified else f"{row.proof}（未核）"
    sheet.write_string(place, 0, row.number, formats["middle"])
    sheet.write_string(place, 3, row.content, formats["text"])
    sheet.write_string(place, 4, row.finish, formats["middle"])
    sheet.write_string(place, 5, proof, formats["text"])
    lines = max(least, _lines(row.content, WIDTHS[3]), _lines(row.finish, WIDTHS[4]), _lines(proof, WIDTHS[5]))
    sheet.set_row(place, min(max(lines, 1) * LINE_HEIGHT + 4, TALLEST))


def _names(sheet: Any, first: int, last: int, column: int, names: list[Name], formats: dict[str, Any]) -> None:
    """Names in normal size, the units that a collective name means in small letters behind it."""
    _merged(sheet, first, last, column, _words(names) or "—", formats["text"])
    parts: list[Any] = []
    for place, name in enumerate(names):
        parts += [formats["plain"], f"{chr(10) if place else ''}{name.words}"]
        parts += [formats["small"], f"　{name.small}"] if name.small else []
    if len(parts) > 2:
        sheet.write_rich_string(first, column, *parts, formats["text"])


def _words(names: list[Name]) -> str:
    return "\n".join(f"{name.words}　{name.small}" if name.small else name.words for name in names)


def _merged(sheet: Any, first: int, last: int, column: int, text: str, form: Any) -> None:
    if last > first:
        sheet.merge_range(first, column, last, column, text, form)
    else:
        sheet.write_string(first, column, text, form)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column, about."""
    room = max(int(width * SIGNS_A_WIDTH), 1)
    return sum(max(-(-len(part) // room), 1) for part in text.split("\n"))


def _page(sheet: Any) -> None:
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(FIRST_ROW, 3)
    sheet.repeat_rows(FIRST_ROW - 1)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页　共 &N 页")
