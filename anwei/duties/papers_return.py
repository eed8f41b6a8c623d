"""落实情况表 as papers: the unit's and the district's, A4 across, the head on each page."""

from collections.abc import Sequence
from datetime import date

from anwei.duties.return_district import DistrictLine, DistrictTable
from anwei.duties.return_rows import CALIBER, COLUMNS, Line, ReturnTable
from anwei.duties.views.breakdown_paper import moment
from anwei.duties.views.matrix_sheet import SHAPES
from anwei.journal.by import By
from anwei.papers.paper import Paper
from anwei.papers.sheets import A4_ACROSS
from anwei.papers.tables import Cell, Column
from anwei.periods import in_words

WIDTHS = (9, 27, 22, 22, 19, 68, 16, 29, 29, 11)
WORDS = {
    "not_due": "未到期",
    "due_soon": "临期",
    "submitted": "待审",
    "met": "办结",
    "met_late": "逾期办结",
    "overdue": "逾期",
    "extended": "延期中",
    "not_applicable": "不涉及",
    "idle": "无事件",
    "unanchored": "未定日",
}
Rows = list[Sequence[Cell | str | None]]


def unit_paper(table: ReturnTable, by: By) -> bytes:
    """The unit's table with the foot that is signed and stamped."""
    made = table.made
    acting = f"（{made.holder.short}代办）" if made.holder_id != made.unit_id else ""
    paper = Paper(table.title, A4_ACROSS)
    paper.title(table.title)
    paper.sides(f"填报单位（盖章）：{made.unit.full}{acting}", until(table.as_of, table.on, by))
    rows: Rows = []
    for block in table.blocks:
        rows += _group(block.title)
        rows += [_unit_row(line) for line in block.lines]
    paper.table(_columns(), rows, size=8)
    _keep_groups(paper)
    paper.signatures((made.filled_by, made.checked_by, made.phone))
    paper.sides("", "（盖章处）")
    paper.plain(f"★为汇总单位。口径：{CALIBER}", size=8)
    return paper.to_bytes()


def district_paper(table: DistrictTable, by: By, office: str) -> bytes:
    """The whole district's table for the city's office, with the list of those who have not reported."""
    paper = Paper(table.title, A4_ACROSS)
    paper.title(table.title)
    paper.sides(f"填报单位（盖章）：{office}", until(table.as_of, table.on, by), table.plan.document_number)
    rows: Rows = []
    for block in table.blocks:
        rows += _group(block.title)
        rows += [_district_row(line) for line in block.lines]
    paper.table(_columns(), rows, size=8)
    _keep_groups(paper)
    paper.signatures((by.person_text, "", ""))
    paper.plain(f"附：{table.missing_words}", size=10.5)
    paper.plain(f"★为汇总单位。口径：{table.caliber}", size=8)
    return paper.to_bytes()


def until(as_of: date, on: date, by: By) -> str:
    """「台账截至2023年6月8日　进度截至2023年9月25日9时00分」."""
    now = moment(by) if on == by.today else in_words(on)
    return f"台账截至{in_words(as_of)}　进度截至{now}"


def standing_words(key: str) -> str:
    return f"{SHAPES[key]}{WORDS[key]}" if key else "—"


def _columns() -> list[Column]:
    middle = {0, 4, 6, 9}
    return [
        Column(label, width, "center" if place in middle else "left")
        for place, (label, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True))
    ]


def _group(title: str) -> Rows:
    return (
        [[Cell([title], columns=len(COLUMNS), bold=True, align="left"), *[None] * (len(COLUMNS) - 1)]] if title else []
    )


def _keep_groups(paper: Paper) -> None:
    """A chapter's heading never stands alone at the foot of a page."""
    table = paper.document.tables[-1]
    for row in table._tbl.tr_lst:
        if len(row.tc_lst) == 1:
            for paragraph in row.tc_lst[0].p_lst:
                paragraph.get_or_add_pPr().get_or_add_keepNext()


def _days(line: Line | DistrictLine) -> Cell:
    return Cell(list(filter(None, (line.entry.deadline, line.entry.days))), align="center")


def _unit_row(line: Line) -> list[Cell | str | None]:
    return [
        line.measure.number, line.measure.title, line.leads or "—", line.others or "—", _days(line),
        Cell(list(filter(None, (line.facts, *line.words.split("\n")))) or ["—"]),
        standing_words(line.standing), _text(line.trouble), _text(line.next_step), str(line.proofs),
    ]  # fmt: skip


def _district_row(line: DistrictLine) -> list[Cell | str | None]:
    return [
        line.measure.number, line.measure.title, line.leads or "—", line.others or "—", _days(line),
        Cell(list(filter(None, (line.facts, *line.words.split("\n"), line.note))) or ["—"]),
        Cell([standing_words(line.standing), line.progress], align="center"),
        _text(line.trouble), _text(line.next_step), str(line.proofs),
    ]  # fmt: skip


def _text(text: str) -> Cell:
    return Cell(text.split("\n"))
