"""The collected sheet as one workbook: rows of all units in the official order, who is in and who is missing, doubles.

Every text is written as text: nothing that a unit typed becomes a formula, a link or a number.
"""

import io
from datetime import date
from typing import Any, Final

import xlsxwriter
from django.utils import timezone

from anwei.books.sheets_in import plain
from anwei.books.sheets_out import shortened
from anwei.errands.models import Collection, Copy, Filling
from anwei.errands.sheets import DAY, SERIAL, UNIT, Row, SheetColumn
from anwei.periods import in_words

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_WIDTH: Final = 16


class _Book:
    def __init__(self) -> None:
        self.out = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.out, dict(_OPTIONS))
        look = {"border": 1, "border_color": "#999999", "valign": "top", "text_wrap": True}
        self.title = self.book.add_format({"bold": True, "font_size": 16, "align": "center"})
        self.quiet = self.book.add_format({"font_color": "#475260"})
        self.head = self.book.add_format({**look, "bold": True, "bg_color": "#e9eef5"})
        self.text = self.book.add_format(look)
        self.day = self.book.add_format({**look, "num_format": "yyyy-mm-dd"})

    def page(self, name: str, title: str, under: str, labels: list[str]) -> Any:
        page = self.book.add_worksheet(name)
        page.set_column(0, max(len(labels) - 1, 0), _WIDTH)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.set_footer("&C第 &P 页　共 &N 页")
        if len(labels) > 1:
            page.merge_range(0, 0, 0, len(labels) - 1, shortened(title), self.title)
        else:
            page.write_string(0, 0, shortened(title), self.title)
        page.write_string(1, 0, under, self.quiet)
        for place, label in enumerate(labels):
            page.write_string(2, place, shortened(label), self.head)
        page.repeat_rows(2)
        page.freeze_panes(3, 1)
        return page

    def cell(self, page: Any, row: int, place: int, value: Any, kind: str = "") -> None:
        if kind == DAY and isinstance(value, str) and (day := _day(value)):
            page.write_datetime(row, place, day, self.day)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            page.write_number(row, place, value, self.text)
        else:
            page.write_string(row, place, shortened(value), self.text)

    def done(self) -> bytes:
        self.book.close()
        return self.out.getvalue()


def merged(collection: Collection, at: Any) -> bytes:
    """Sheets 汇总, 报送情况 and, where there are any, 重复."""
    columns = collection.sheet_columns()
    fillings = list(collection.fillings.official())
    taken = _handed_in(fillings)
    book = _Book()
    moment = timezone.localtime(at)
    under = (
        f"截至 {in_words(moment.date())}{moment.hour}时{moment.minute:02d}分　已报{len(taken)}家，应报{len(fillings)}家"
    )
    lines = [(one.unit.short, row) for one in fillings for row in taken.get(one.pk, [])]
    page = book.page("汇总", collection.title, under, ["单位", *(column.label for column in columns)])
    for number, (unit, row) in enumerate(lines, 1):
        book.cell(page, number + 2, 0, unit)
        for place, column in enumerate(columns):
            automatic = {SERIAL: number, UNIT: unit}
            value = automatic.get(column.kind, row[place] if place < len(row) else None)
            book.cell(page, number + 2, place + 1, value, column.kind)
    _who_is_in(book, fillings, under)
    _doubles(book, columns, lines)
    return book.done()


def own_sheet(filling: Filling, rows: list[Row]) -> bytes:
    """One unit's rows as a sheet of its own, that can be filled on and uploaded again."""
    columns = filling.collection.sheet_columns()
    book = _Book()
    page = book.page("填报", filling.collection.title, f"填报单位：{filling.unit.full}", [one.label for one in columns])
    for number, row in enumerate(rows, 1):
        for place, column in enumerate(columns):
            automatic = {SERIAL: number, UNIT: filling.unit.short}
            value = automatic.get(column.kind, row[place] if place < len(row) else None)
            book.cell(page, number + 2, place, value, column.kind)
    return book.done()


def _handed_in(fillings: list[Filling]) -> dict[int, list[Row]]:
    """filling id -> the rows last handed in, of those that are in."""
    wanted = [one.pk for one in fillings if one.is_in]
    rows: dict[int, list[Row]] = {}
    for copy in Copy.objects.filter(filling_id__in=wanted, reason=Copy.HANDED_IN).order_by("id"):
        rows[copy.filling_id] = copy.rows
    return rows


def _who_is_in(book: _Book, fillings: list[Filling], under: str) -> None:
    page = book.page("报送情况", "报送情况", under, ["单位", "状态", "行数", "报送时间", "是否逾期", "报送人"])
    for at, one in enumerate(fillings, 3):
        moment = timezone.localtime(one.handed_in_at) if one.is_in and one.handed_in_at else None
        when = f"{in_words(moment.date())}{moment.hour}时{moment.minute:02d}分" if moment else ""
        state = "零报告" if one.is_in and one.nothing else one.state_label
        late = "逾期报送" if one.is_late else ""
        values = (one.unit.short, state, one.row_count if one.is_in else "", when, late, one.handed_in_by)
        for place, value in enumerate(values):
            book.cell(page, at, place, value)


def _doubles(book: _Book, columns: list[SheetColumn], lines: list[tuple[str, Row]]) -> None:
    """Rows of different units with the same key: for the office to look at, nothing is taken out."""
    places = [place for place, column in enumerate(columns) if column.key]
    found: dict[tuple[str, ...], list[tuple[int, str, Row]]] = {}
    for number, (unit, row) in enumerate(lines, 1):
        key = tuple(plain(row[place]) for place in places)
        if any(key):
            found.setdefault(key, []).append((number, unit, row))
    doubled = [group for group in found.values() if len(group) > 1]
    if not places or not doubled:
        return
    labels = ["汇总第几条", "单位", *(columns[place].label for place in places)]
    page = book.page("重复", "几家单位报了同一项，请核对", "只提示，汇总里没有删", labels)
    at = 3
    for group in doubled:
        for number, unit, row in group:
            for place, value in enumerate([number, unit, *(row[one] for one in places)]):
                book.cell(page, at, place, value)
            at += 1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
