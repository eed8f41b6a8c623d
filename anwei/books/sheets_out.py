"""Sheets out: what is on screen, the empty sheet to fill, and the rows that came back.

Every text is written as text: nothing a person typed becomes a formula, a link or a number.
"""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from typing import IO, Any, Final

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone

from anwei.books.book import Book, Importer
from anwei.books.columns import Column
from anwei.books.listing import Listing
from anwei.journal.by import By
from anwei.periods import in_words

SHEET: Final = "台账"
GUIDE: Final = "填写说明"
CHOICES: Final = "选项"
MOST_ROWS: Final = 200_000
_CELL: Final = 32_000
_CHUNK: Final = 2000
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


class Sheet:
    """A workbook written row by row into a temporary file, never held in memory."""

    def __init__(self) -> None:
        self.file: IO[bytes] = tempfile.TemporaryFile(prefix="anwei-sheet-")  # noqa: SIM115  # closed by the response
        self.book = xlsxwriter.Workbook(self.file, dict(_OPTIONS))
        self.title = self.book.add_format({"bold": True, "font_size": 16})
        self.quiet = self.book.add_format({"font_color": "#475260"})
        look = {"border": 1, "border_color": "#dfe4ea", "valign": "top", "text_wrap": True}
        self.head = self.book.add_format({**look, "bold": True, "bg_color": "#e9eef5"})
        self.must = self.book.add_format({**look, "bold": True, "bg_color": "#fff6dc"})
        self.text = self.book.add_format(look)
        self.day = self.book.add_format({**look, "num_format": "yyyy-mm-dd"})

    def page(self, name: str, widths: Sequence[int]) -> Any:
        page = self.book.add_worksheet(name)
        for place, width in enumerate(widths):
            page.set_column(place, place, width)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.set_footer("&C第 &P 页　共 &N 页")
        return page

    def cell(self, page: Any, row: int, place: int, value: Any) -> None:
        if isinstance(value, date):
            page.write_datetime(row, place, value, self.day)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            page.write_number(row, place, value, self.text)
        else:
            page.write_string(row, place, shortened(value), self.text)

    def response(self, name: str) -> FileResponse:
        """The finished file as a download."""
        self.book.close()
        self.file.seek(0)
        return FileResponse(self.file, as_attachment=True, filename=name, content_type=_TYPE)


def export(listing: Listing, by: By) -> FileResponse:
    """All rows of the filters: title, 口径, filters in words, as-of time, who exported. The columns of the screen come
    first and are what is printed; what only the detail page shows follows."""
    book = listing.book
    columns = sheet_columns(book)
    sheet = Sheet()
    page = sheet.page(SHEET, [column.width for column in columns])
    page.write_string(0, 0, book.title, sheet.title)
    page.write_string(1, 0, f"口径：{book.caliber}", sheet.quiet)
    words = "；".join(words for words, _ in listing.in_words) or "无"
    page.write_string(2, 0, f"筛选：{words}　{listing.count_words}", sheet.quiet)
    page.write_string(3, 0, f"截至：{_moment(by)}　导出人：{_who(by)}", sheet.quiet)
    head = 4
    page.repeat_rows(head)
    page.freeze_panes(head + 1, 1)
    for place, column in enumerate(columns):
        page.write_string(head, place, column.label, sheet.head)
    number = head
    for number, row in enumerate(listing.selected[:MOST_ROWS].iterator(chunk_size=_CHUNK), head + 1):
        for place, column in enumerate(columns):
            sheet.cell(page, number, place, column.cell(row))
    page.print_area(0, 0, number, max(sum(column.in_list for column in columns), 1) - 1)
    return sheet.response(f"{book.title}{by.today:%Y%m%d}.xlsx")


def sheet_columns(book: Book) -> list[Column]:
    return sorted((column for column in book.columns if column.in_sheet), key=lambda column: not column.in_list)


def template(importer: Importer, title: str, by: By) -> FileResponse:
    """The empty sheet: headings (needed ones in yellow), dropdown lists, one page that explains each column."""
    sheet = Sheet()
    page = sheet.page(SHEET, [field.width for field in importer.fields])
    page.freeze_panes(1, 0)
    for place, field in enumerate(importer.fields):
        page.write_string(0, place, field.label, sheet.must if field.required else sheet.head)
    choices = {place: list(field.choices(by)) for place, field in enumerate(importer.fields) if field.choices}
    for number, (place, words) in enumerate(choices.items()):
        letter = _letter(number)
        source = f"='{CHOICES}'!${letter}$1:${letter}${max(len(words), 1)}"
        page.data_validation(
            1, place, 5000, place,
            {"validate": "list", "source": source, "error_title": "请从下拉中选", "error_message": "这一列只能从下拉列表中选择。"},
        )  # fmt: skip
    _guide(sheet, importer, title)
    lists = sheet.page(CHOICES, [24] * len(choices))
    lists.hide()
    for row in range(max(map(len, choices.values()), default=0)):
        for number, words in enumerate(choices.values()):
            if row < len(words):
                lists.write_string(row, number, words[row], sheet.text)
    return sheet.response(f"{title}导入模板.xlsx")


def _guide(sheet: Sheet, importer: Importer, title: str) -> None:
    page = sheet.page(GUIDE, [18, 8, 60, 30])
    page.write_string(0, 0, f"{title}：{GUIDE}", sheet.title)
    page.write_string(1, 0, importer.note, sheet.quiet)
    for place, word in enumerate(("栏目", "必填", "说明", "例")):
        page.write_string(2, place, word, sheet.head)
    for row, field in enumerate(importer.fields, 3):
        for place, word in enumerate((field.label, "是" if field.required else "", field.help, field.example)):
            page.write_string(row, place, word, sheet.text)


def returned(head: Sequence[str], rows: Iterable[tuple[Sequence[Any], str]], name: str) -> FileResponse:
    """Rows that were not taken, as they came, with the reason in the last column: correct here and hand in again."""
    sheet = Sheet()
    page = sheet.page(SHEET, [*([16] * len(head)), 60])
    page.freeze_panes(1, 0)
    for place, word in enumerate([*head, REASON]):
        page.write_string(0, place, shortened(word), sheet.head)
    for number, (cells, reason) in enumerate(rows, 1):
        for place, value in enumerate(cells):
            sheet.cell(page, number, place, value)
        page.write_string(number, len(head), shortened(reason), sheet.must)
    return sheet.response(name)


REASON: Final = "没有导入的原因"


def shortened(value: Any) -> str:
    """Text that fits into a cell; Excel takes no more than 32,767 characters."""
    text = "" if value is None else str(value)
    return text if len(text) <= _CELL else text[:_CELL] + "…（过长，已截断）"


def _moment(by: By) -> str:
    at = timezone.localtime(by.at)
    return f"{in_words(at.date())}{at.hour}时{at.minute:02d}分"


def _who(by: By) -> str:
    return "｜".join(filter(None, (by.unit_text, by.person_text)))


def _letter(number: int) -> str:
    return chr(ord("A") + number)
