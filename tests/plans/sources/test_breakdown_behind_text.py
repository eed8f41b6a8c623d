"""A plan that carries its own breakdown table is read once; a plan that is only a table is read from the table."""

import io

from docx import Document

from anwei.plans.reader import read_plan
from anwei.plans.sources import read_source

HEAD = ["序号", "重点任务", "牵头单位", "责任单位", "完成时限"]
MEASURES = [
    (str(n), f"开展第{n}类整治", "区应急局", "区住建局、区交通运输局", f"{n + 5}月底前") for n in range(1, 6)
]  # fmt: skip


def document(*, text: bool, tables: int) -> bytes:
    paper = Document()
    paper.add_paragraph("某区2023年安全生产工作要点")
    if text:
        paper.add_paragraph("一、重点整治")
        for number, title, lead, others, day in MEASURES:
            paper.add_paragraph(f"{number}.{title}。（牵头单位：{lead}，责任单位：{others}，完成时限：{day}）")
        paper.add_paragraph("附件：任务分解表")
    share = len(MEASURES) // max(tables, 1)
    for place in range(tables):
        rows = MEASURES[place * share :] if place == tables - 1 else MEASURES[place * share : (place + 1) * share]
        table = paper.add_table(rows=1, cols=len(HEAD))
        for cell, word in zip(table.rows[0].cells, HEAD, strict=True):
            cell.text = word
        for row in rows:
            for cell, word in zip(table.add_row().cells, row, strict=True):
                cell.text = word
        paper.add_paragraph("")
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def numbers(data: bytes) -> list[tuple[str, tuple[str, ...]]]:
    draft, _ = read_plan(read_source("要点.docx", data).text)
    return [(measure.number, measure.lead) for measure in draft.measures]


WANTED = [(str(n), ("区应急局",)) for n in range(1, 6)]


def test_text_with_its_breakdown_table_gives_every_measure_once():
    assert numbers(document(text=True, tables=1)) == WANTED


def test_a_table_alone_is_the_plan():
    assert numbers(document(text=False, tables=1)) == WANTED


def test_a_plan_in_two_tables_is_read_from_both():
    assert numbers(document(text=False, tables=2)) == WANTED
