"""A plan draft as a task table workbook (任务分解表), A3 landscape. Imported only when a workbook is asked for."""

import io

import xlsxwriter

from anwei.plans.reader import MeasureDraft, PlanDraft, Problem
from anwei.portal.plan_table import ONGOING, days, units, with_headings

HEAD = ("序号", "重点任务", "具体内容", "牵头单位", "责任单位", "完成时限", "换算日期")
WIDTHS = (7, 26, 78, 26, 42, 18, 14)
A3 = 8
HEAD_ROW = 2
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.6, "bottom": 0.6}  # inches
LONGEST_CELL = 32_767  # Excel's own limit
LONGEST_ROW = 409  # points
LINE = 16  # points


def plan_workbook(draft: PlanDraft, problems: list[Problem]) -> bytes:
    """The xlsx file. Every cell is written as text: nothing of the document can become a formula or a link."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        _tasks(book, draft)
        if problems:
            _doubts(book, draft, problems)
    return made.getvalue()


def _tasks(book: xlsxwriter.Workbook, draft: PlanDraft) -> None:
    sheet = book.add_worksheet("任务分解表")
    look = {"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "vcenter", "border": 1}
    cell = book.add_format(look)
    middle = book.add_format({**look, "align": "center"})
    head = book.add_format({**look, "align": "center", "bold": True, "bg_color": "#E7EEF5"})
    chapter = book.add_format({**look, "bold": True, "bg_color": "#F4F4F4"})
    title = book.add_format(
        {"font_name": "宋体", "font_size": 18, "bold": True, "align": "center", "valign": "vcenter"}
    )
    note = book.add_format({"font_name": "宋体", "font_size": 10, "align": "right"})
    last = len(HEAD) - 1
    _merged(sheet, 0, last, draft.title, title)
    said = filter(None, (draft.issuer, draft.document_number, f"{draft.year}年度" if draft.year else None))
    _merged(sheet, 1, last, "　".join([*said, f"共 {len(draft.measures)} 条"]), note)
    sheet.set_row(0, 34)
    for at, (name, width) in enumerate(zip(HEAD, WIDTHS, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(HEAD_ROW, at, name, head)
    row = HEAD_ROW + 1
    for measure, headings in with_headings(draft):
        for _, heading in headings:
            _merged(sheet, row, last, heading, chapter)
            row += 1
        texts = _texts(measure)
        for at, text in enumerate(texts):
            sheet.write_string(row, at, text[:LONGEST_CELL], middle if at in (0, 5, 6) else cell)
        sheet.set_row(row, _height(texts))
        row += 1
    _page(sheet, row - 1, last)


def _texts(measure: MeasureDraft) -> tuple[str, ...]:
    body = measure.text.removeprefix(measure.title).lstrip("。：: ") if measure.title else measure.text
    deadline = measure.deadline_text or (ONGOING if measure.ongoing else "")
    return measure.number, measure.title, body, units(measure, True), units(measure, False), deadline, days(measure)


def _height(texts: tuple[str, ...]) -> int:
    """Row height for the longest cell, as no program but Excel fits rows itself. A Chinese sign takes two widths."""
    lines = [
        sum(1 + len(part) * 2 // width for part in text.split("\n")) for text, width in zip(texts, WIDTHS, strict=True)
    ]
    return min(LONGEST_ROW, LINE * max(lines) + 4)


def _merged(sheet: xlsxwriter.worksheet.Worksheet, row: int, last: int, text: str, form: object) -> None:
    sheet.merge_range(row, 0, row, last, "", form)
    sheet.write_string(row, 0, text[:LONGEST_CELL], form)


def _page(sheet: xlsxwriter.worksheet.Worksheet, bottom: int, last: int) -> None:
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_paper(A3)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(**MARGINS)
    sheet.set_footer("&C第 &P 页　共 &N 页")
    sheet.print_area(0, 0, bottom, last)


def _doubts(book: xlsxwriter.Workbook, draft: PlanDraft, problems: list[Problem]) -> None:
    sheet = book.add_worksheet("疑问")
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#E7EEF5"})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    for at, (name, width) in enumerate((("行", 6), ("原文", 60), ("疑问", 70))):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, name, head)
    for row, problem in enumerate(problems, 1):
        start, end = problem.span
        line = str(draft.source_text.count("\n", 0, start) + 1) if end else ""
        for at, text in enumerate((line, draft.source_text[start:end], problem.message)):
            sheet.write_string(row, at, text[:LONGEST_CELL], cell)
    sheet.freeze_panes(1, 0)
