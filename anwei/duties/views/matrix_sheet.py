"""The matrix as a workbook: A3 across, header rows repeated, shape and word in each cell, figures as working formulas."""

from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from anwei.duties.matrix import CALIBER, Line, Matrix
from anwei.journal.by import By
from anwei.periods import in_words

# The shape that stands for a standing on paper, the same as on screen (portal/templatetags/look.py; a test compares).
SHAPES = {
    "not_due": "○",
    "due_soon": "△",
    "submitted": "◇",
    "met": "●",
    "met_late": "◐",
    "overdue": "✕",
    "extended": "‖",
    "not_applicable": "—",
    "idle": "·",
    "unanchored": "？",
}
LEGEND = "○未到期　△临期　◇待审　●办结　◐逾期办结　✕逾期　‖延期中　—不涉及　·无事件　？未定日"
TINTS = {"overdue": "#F8D7DA", "due_soon": "#FFF3CD", "met": "#D6F0DC", "met_late": "#E3EFD3", "submitted": "#DCE9F7"}
A3, LEFT_COLUMNS = 8, 3


def workbook(pages: list[tuple[str, Matrix]], on: date, by: By) -> bytes:
    """One sheet a page (属地, 部门). Texts are written as texts, never as formulas."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = _formats(book)
    for label, matrix in pages:
        _sheet(book, formats, label, matrix, on, by)
    book.close()
    return buffer.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    base = {"border": 1, "valign": "vcenter", "text_wrap": True, "font_name": "宋体", "font_size": 9}
    made = {
        "title": book.add_format({"bold": True, "font_size": 18, "align": "center", "font_name": "宋体"}),
        "note": book.add_format({"font_size": 9, "font_name": "宋体"}),
        "head": book.add_format(base | {"bold": True, "align": "center", "bg_color": "#EEF1F4"}),
        "unit": book.add_format(base | {"bold": True, "align": "center", "rotation": 270, "bg_color": "#EEF1F4"}),
        "group": book.add_format(base | {"bold": True, "bg_color": "#F6F7F9"}),
        "text": book.add_format(base),
        "number": book.add_format(base | {"align": "center"}),
    }
    for key in SHAPES:
        tint = {"bg_color": TINTS[key]} if key in TINTS else {}
        made[key] = book.add_format(base | {"align": "center"} | tint)
    return made


def _sheet(book: Any, formats: dict[str, Any], label: str, matrix: Matrix, on: date, by: By) -> None:
    sheet = book.add_worksheet(label[:31].replace("（", " ").replace("）", "").replace("、", " "))
    last = LEFT_COLUMNS + len(matrix.units) + 2
    sheet.merge_range(0, 0, 0, max(last, 1), f"{matrix.plan.title}进展一览（{label}）", formats["title"])
    sheet.write_string(
        1, 0, f"截至 {in_words(on)}　制表：{by.unit_text} {by.person_text}　口径：{CALIBER}", formats["note"]
    )
    heads = ["重点任务", "牵头单位", "完成时限", *[unit.short for unit in matrix.units], "应办", "办结", "逾期"]
    for column, text in enumerate(heads):
        is_unit = LEFT_COLUMNS <= column < LEFT_COLUMNS + len(matrix.units)
        sheet.write_string(2, column, text, formats["unit" if is_unit else "head"])
    row = 3
    for block in matrix.blocks:
        sheet.merge_range(row, 0, row, last - 3, block.title, formats["group"])
        _sums(sheet, row, last, block.figures, formats["group"])
        row += 1
        for line in block.lines:
            _line(sheet, row, line, formats, last)
            row += 1
    _totals(sheet, row, matrix, formats)
    sheet.write_string(row + 4, 0, f"图例：{LEGEND}", formats["note"])
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 2, 12)
    sheet.set_column(LEFT_COLUMNS, last - 3, 6)
    sheet.set_row(2, 84)
    sheet.freeze_panes(3, LEFT_COLUMNS)
    sheet.repeat_rows(2)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页　共 &N 页")


def _line(sheet: Any, row: int, line: Line, formats: dict[str, Any], last: int) -> None:
    measure = line.measure
    sheet.write_string(row, 0, f"{measure.number} {measure.short}", formats["text"])
    sheet.write_string(row, 1, line.leads, formats["text"])
    sheet.write_string(row, 2, measure.deadline_text, formats["text"])
    for place, cell in enumerate(line.cells):
        words = (
            f"{SHAPES[cell.standing]}{cell.done}/{cell.due}"
            if cell and cell.due
            else SHAPES[cell.standing]
            if cell
            else ""
        )
        sheet.write_string(row, LEFT_COLUMNS + place, words, formats[cell.standing] if cell else formats["text"])
    _sums(sheet, row, last, line.figures, formats["number"])


def _sums(sheet: Any, row: int, last: int, figures: Any, form: Any) -> None:
    for offset, number in enumerate((figures.owed, figures.met, figures.overdue)):
        sheet.write_number(row, last - 2 + offset, number, form)


def _totals(sheet: Any, row: int, matrix: Matrix, formats: dict[str, Any]) -> None:
    for offset, (label, name) in enumerate((("应办", "owed"), ("办结", "met"), ("逾期", "overdue"))):
        sheet.write_string(row + offset, 0, label, formats["head"])
        sheet.write_blank(row + offset, 1, None, formats["head"])
        sheet.write_blank(row + offset, 2, None, formats["head"])
        for place, column in enumerate(matrix.columns):
            sheet.write_number(row + offset, LEFT_COLUMNS + place, getattr(column, name), formats["number"])
        for place in range(3):
            number = getattr(matrix.figures, name) if place == offset else None
            column = LEFT_COLUMNS + len(matrix.columns) + place
            if number is None:
                sheet.write_blank(row + offset, column, None, formats["number"])
            else:
                sheet.write_number(row + offset, column, number, formats["number"])
