"""任务分解表 as a paper: A3 across, heads on every page, the chapter and the measure in merged cells."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from anwei.duties.breakdown import COLUMNS, Breakdown, Chapter, Entry, Name, Row
from anwei.journal.by import By
from anwei.papers.paper import Paper
from anwei.papers.sheets import A3_ACROSS
from anwei.papers.tables import Cell, Column
from anwei.papers.words import Line, Run

# 重点任务 is two columns on paper: the chapter, and the measure's first sentence.
WIDTHS = (12, 18, 30, 92, 27, 30, 36, 78, 25, 32)


def paper(found: Breakdown, by: By, office: str) -> bytes:
    made = Paper(found.title, A3_ACROSS)
    made.title(found.title)
    made.sides(f"填报单位（盖章）：{office}", f"截至 {moment(by)}", found.plan.document_number)
    labels = [COLUMNS[0], COLUMNS[1], "", *COLUMNS[2:]]
    columns = [Column(label, width) for label, width in zip(labels, WIDTHS, strict=True)]
    head: list[Cell | str | None] = [COLUMNS[0], Cell([COLUMNS[1]], columns=2), None, *COLUMNS[2:]]
    rows = [row for chapter in found.chapters for row in _chapter(chapter)]
    made.table(columns, rows, head=[head], size=9)
    made.signatures((by.person_text, "", ""))
    return made.to_bytes()


def moment(by: By) -> str:
    """2023年9月25日9时00分"""
    local = timezone.localtime(by.at)
    return f"{local.year}年{local.month}月{local.day}日{local.hour}时{local.minute:02d}分"


def _chapter(chapter: Chapter) -> Iterable[list[Cell | str | None]]:
    first: Cell | None = Cell([chapter.title], rows=chapter.height, align="center", bold=True)
    for entry in chapter.entries:
        for place, row in enumerate(entry.rows):
            yield _row(first, entry, row, place == 0)
            first = None


def _row(chapter: Cell | None, entry: Entry, row: Row, first: bool) -> list[Cell | str | None]:
    height = len(entry.rows)
    rest: list[Any] = [None] * 4
    title = None
    if first:
        title = Cell([entry.measure.title], rows=height, bold=True)
        days = [entry.deadline, *([entry.days] if entry.days else [])]
        rest = [
            Cell(_names(entry.leads), rows=height),
            Cell(_names(entry.others), rows=height),
            Cell(days, rows=height, align="center"),
            Cell([Run(note, small=True) for note in entry.notes], rows=height),
        ]
    proof = row.proof if row.verified else f"{row.proof}（未核）"
    return [
        Cell([row.number], align="center"),
        chapter,
        title,
        row.content,
        Cell([row.finish], align="center"),
        proof,
        *rest,
    ]


def _names(names: list[Name]) -> list[Line]:
    lines: list[Line] = []
    for name in names:
        small = (Run(f"　{name.small}", small=True),) if name.small else ()
        lines.append((Run(name.words, bold=name.open), *small))
    return lines or ["—"]
