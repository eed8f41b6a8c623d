"""落实情况表 as workbooks: A4 across, heads repeated, sums as working formulas; texts never become formulas."""

from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from anwei.duties.papers_return import standing_words, until
from anwei.duties.return_district import DistrictTable
from anwei.duties.return_periods import STATES, Owing
from anwei.duties.return_rows import CALIBER, COLUMNS, ReturnTable
from anwei.journal.by import By

WIDTHS = (6, 20, 16, 20, 13, 46, 11, 22, 22, 8)
UNIT_HEADS = ("单位", "经办", "状态", "应报（条）", "已写（条）", "待审（条）", "已审定（条）", "退回补正（条）", "区内时限", "上报日期", "是否逾期", "填报人", "审核人", "联系电话")  # fmt: skip
UNIT_WIDTHS = (18, 18, 10, 10, 10, 10, 12, 14, 12, 12, 10, 12, 12, 16)
A4, FIRST = 9, 3
SIGNS_A_WIDTH, LINE_HEIGHT, TALLEST = 0.56, 12.0, 400.0


class Book:
    """A workbook with the house's looks."""

    def __init__(self) -> None:
        self.buffer = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self.buffer, options)
        base = {"border": 1, "valign": "top", "text_wrap": True, "font_name": "宋体", "font_size": 9}
        head = {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#EEF1F4"}
        self.title = self.book.add_format(
            {"bold": True, "font_size": 18, "align": "center", "font_name": "方正小标宋简体"}
        )
        self.note = self.book.add_format({"font_size": 10, "font_name": "宋体"})
        self.right = self.book.add_format({"font_size": 10, "font_name": "宋体", "align": "right"})
        self.head = self.book.add_format(base | head)
        self.group = self.book.add_format(base | {"bold": True, "bg_color": "#F6F7F9"})
        self.text = self.book.add_format(base)
        self.middle = self.book.add_format(base | {"align": "center"})
        self.sum = self.book.add_format(base | {"align": "center", "bold": True})
        self.day = self.book.add_format(base | {"align": "center", "num_format": "yyyy-mm-dd"})

    def page(self, name: str, title: str, left: str, right: str, heads: Any, widths: Any) -> Any:
        sheet = self.book.add_worksheet(name)
        last = len(heads) - 1
        sheet.merge_range(0, 0, 0, last, title, self.title)
        sheet.set_row(0, 30)
        sheet.write_string(1, 0, left, self.note)
        sheet.write_string(1, last, right, self.right)
        for place, (label, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.write_string(FIRST - 1, place, label, self.head)
            sheet.set_column(place, place, width)
        sheet.freeze_panes(FIRST, 2)
        sheet.repeat_rows(FIRST - 1)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C第 &P 页　共 &N 页")
        return sheet

    def row(self, sheet: Any, row: int, values: list[Any], middle: set[int], widths: Any) -> None:
        for place, value in enumerate(values):
            form = self.middle if place in middle else self.text
            if isinstance(value, int):
                sheet.write_number(row, place, value, self.middle)
            elif hasattr(value, "isoformat"):
                sheet.write_datetime(row, place, value, self.day)
            else:
                sheet.write_string(row, place, value or "", form)
        lines = max(_lines(str(value or ""), width) for value, width in zip(values, widths, strict=True))
        sheet.set_row(row, min(max(lines, 1) * LINE_HEIGHT + 4, TALLEST))

    def total(self, sheet: Any, row: int, column: int, first: int, value: int) -> None:
        span = f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(row - 1, column)}"
        sheet.write_formula(row, column, f"=SUM({span})", self.sum, value)

    def to_bytes(self) -> bytes:
        self.book.close()
        return self.buffer.getvalue()


def unit_workbook(table: ReturnTable, by: By) -> bytes:
    made = table.made
    book = Book()
    left = f"填报单位（盖章）：{made.unit.full}"
    sheet = book.page("落实情况表", table.title, left, until(table.as_of, table.on, by), COLUMNS, WIDTHS)
    end = _blocks(book, sheet, table.blocks, _unit_values)
    book.total(sheet, end, len(COLUMNS) - 1, FIRST, sum(line.proofs for line in table.lines))
    sheet.write_string(end, 0, "合计", book.sum)
    sheet.write_string(end + 1, 0, f"填报人：{made.filled_by}", book.note)
    sheet.write_string(end + 1, 3, f"审核人（分管负责人）：{made.checked_by}", book.note)
    sheet.write_string(end + 1, 5, f"联系电话：{made.phone}", book.note)
    sheet.write_string(end + 1, 8, "（盖章处）", book.note)
    sheet.write_string(end + 2, 0, f"★为汇总单位。口径：{CALIBER}", book.note)
    return book.to_bytes()


def district_workbook(table: DistrictTable, by: By, office: str) -> bytes:
    """Two sheets: the district's table, and who has reported; the figures of the second count its own rows."""
    book = Book()
    right = until(table.as_of, table.on, by)
    sheet = book.page("全区落实情况", table.title, f"填报单位（盖章）：{office}", right, COLUMNS, WIDTHS)
    end = _blocks(book, sheet, table.blocks, _district_values)
    book.total(sheet, end, len(COLUMNS) - 1, FIRST, sum(line.proofs for block in table.blocks for line in block.lines))
    sheet.write_string(end, 0, "合计", book.sum)
    sheet.write_string(end + 1, 0, f"制表人：{by.person_text}", book.note)
    sheet.write_string(end + 1, 3, "审核人（分管负责人）：", book.note)
    sheet.write_string(end + 1, 5, "联系电话：", book.note)
    sheet.write_string(end + 2, 0, f"附：{table.missing_words}", book.note)
    sheet.write_string(end + 3, 0, f"★为汇总单位。口径：{table.caliber}", book.note)
    _units(book, "各单位报送情况", f"{table.window.label}各单位报送情况", table.units, right, by)
    return book.to_bytes()


def units_workbook(title: str, rows: list[Owing], right: str, by: By) -> bytes:
    """Who has reported, of one period or of all that the filters leave."""
    book = Book()
    _units(book, "报送情况", title, rows, right, by)
    return book.to_bytes()


def _units(book: Book, name: str, title: str, rows: list[Owing], right: str, by: By) -> None:
    sheet = book.page(name, title, "按机构序排列", right, UNIT_HEADS, UNIT_WIDTHS)
    for place, one in enumerate(rows):
        book.row(sheet, FIRST + place, _unit_row(one, by), set(range(2, 14)), UNIT_WIDTHS)
    end = FIRST + len(rows)
    sheet.write_string(end, 0, "合计", book.sum)
    states = [STATES[one.state(by.today)] for one in rows]
    if rows:
        for column in range(3, 8):
            book.total(sheet, end, column, FIRST, sum(_numbers(one)[column - 3] for one in rows))
    for place, word in enumerate(dict.fromkeys(STATES.values())):
        span = f"$C${FIRST + 1}:$C${max(end, FIRST + 1)}"
        sheet.write_string(end + 2 + place, 0, f"{word}（家）", book.text)
        sheet.write_formula(end + 2 + place, 1, f'=COUNTIF({span},"{word}")', book.sum, states.count(word))


def _numbers(one: Owing) -> list[int]:
    counts = one.counts
    return [
        one.measures,
        counts.get("written", 0),
        counts.get("submitted", 0),
        counts.get("accepted", 0),
        counts.get("returned", 0),
    ]


def _unit_row(one: Owing, by: By) -> list[Any]:
    made = one.made
    return [
        one.unit.short,
        one.actor.short if one.actor.pk != one.unit.pk else "",
        STATES[one.state(by.today)],
        *_numbers(one),
        one.deadline or "未定日",
        made.handed_in_on if made and made.handed_in_on else "",
        "逾期" if one.late() or one.is_missing(by.today) else "",
        made.filled_by if made else "",
        made.checked_by if made else "",
        made.phone if made else "",
    ]


def _blocks(book: Book, sheet: Any, blocks: Any, values: Any) -> int:
    row = FIRST
    for block in blocks:
        if block.title:
            sheet.merge_range(row, 0, row, len(COLUMNS) - 1, block.title, book.group)
            row += 1
        for line in block.lines:
            book.row(sheet, row, values(line), {0, 4, 6}, WIDTHS)
            row += 1
    return row


def _shared(line: Any) -> list[Any]:
    entry = line.entry
    return [
        line.measure.number,
        line.measure.title,
        line.leads or "—",
        line.others or "—",
        "\n".join(filter(None, (entry.deadline, entry.days))),
    ]


def _unit_values(line: Any) -> list[Any]:
    told = "\n".join(filter(None, (line.facts, line.words)))
    return [*_shared(line), told, standing_words(line.standing), line.trouble, line.next_step, line.proofs]


def _district_values(line: Any) -> list[Any]:
    told = "\n".join(filter(None, (line.facts, line.words, line.note)))
    standing = "\n".join(filter(None, (standing_words(line.standing), line.progress)))
    return [*_shared(line), told, standing, line.trouble, line.next_step, line.proofs]


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column, about."""
    room = max(int(width * SIGNS_A_WIDTH), 1)
    return sum(max(-(-len(part) // room), 1) for part in text.split("\n"))
