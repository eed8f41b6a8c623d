"""The layout of official documents: sheet, fonts, lines, tables; words that XML can not hold do no harm."""

import io

import pytest
from docx import Document
from docx.shared import Mm, Pt

from anwei.papers.paper import Paper
from anwei.papers.sheets import A3_ACROSS, A4
from anwei.papers.tables import Cell, Column
from anwei.papers.words import Run


def opened(paper):
    return Document(io.BytesIO(paper.to_bytes()))


def test_an_official_document_has_the_margins_and_lines_of_the_standard():
    paper = Paper("通知")
    paper.title("关于开展检查的通知")
    paper.body("各镇（街道）：")
    found = opened(paper)
    section = found.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one / Mm(1)) for one in margins] == [37, 35, 28, 26]
    title, body = found.paragraphs
    assert title.runs[0].font.size == Pt(22) and "方正小标宋简体" in title._element.xml
    assert body.runs[0].font.size == Pt(16) and "仿宋_GB2312" in body._element.xml
    assert abs(body.paragraph_format.line_spacing - Pt(28.95)) < Pt(0.1)


def test_a_type_area_is_156_by_225_millimetres():
    assert (A4.inner_width, A4.height - A4.top - A4.bottom) == (156, 225)


def test_merged_cells_keep_the_grid_of_the_table():
    paper = Paper("表", A3_ACROSS)
    columns = [Column("甲", 1), Column("乙", 2), Column("丙", 1)]
    rows = [
        [Cell(["一"], rows=2), Cell(["二三"], columns=2), None],
        [None, "四", (Cell([(Run("五"), Run("六", small=True))]))],
    ]
    paper.table(columns, rows)
    table = opened(paper).tables[0]
    words = [[cell.text for cell in row.cells] for row in table.rows]
    assert words == [["甲", "乙", "丙"], ["一", "二三", "二三"], ["一", "四", "五六"]]
    assert table.rows[0]._tr.trPr.find("{*}tblHeader") is not None


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f", "\ufffe", "\ud800"])
def test_signs_that_xml_can_not_hold_are_left_out(sign):
    paper = Paper("表")
    paper.plain(f"前{sign}后　有空格")
    assert opened(paper).paragraphs[0].text == "前后　有空格"


def test_signatures_leave_room_to_write():
    paper = Paper("表", A3_ACROSS)
    paper.signatures(("李岗", "", ""))
    text = opened(paper).paragraphs[-1].text
    assert "制表人：李岗" in text and "审核人（分管负责人）：" in text and "联系电话：" in text
