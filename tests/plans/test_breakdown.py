"""任务分解表: the nine columns of the office, the same on screen, in the workbook and on paper."""

import io
import re

import pytest
from docx import Document
from docx.shared import Mm
from python_calamine import CalamineWorkbook

from anwei.duties.actions import confirm_waivers
from anwei.duties.breakdown import COLUMNS, breakdown_of
from anwei.duties.models import Duty

pytestmark = pytest.mark.django_db


def entries(plan):
    return {e.measure.number: e for chapter in breakdown_of(plan).chapters for e in chapter.entries}


def test_a_measure_with_several_demands_is_numbered_one_by_one(adopted):
    rows = entries(adopted)["1"].rows
    assert [row.number for row in rows] == ["1-1", "1-2"] and rows[0].finish == "上、下半年各≥1次"
    assert "至少半年组织1次集体学习" in rows[0].content
    assert [row.number for row in entries(adopted)["4"].rows] == ["4"]


def test_the_gathering_lead_has_a_star_and_a_committee_says_who_acts(adopted):
    assert [name.words for name in entries(adopted)["1"].leads] == ["★区安委办"]
    assert [name.words for name in entries(adopted)["2"].leads] == ["★区消防安全专委会（区消防救援大队）"]


def test_a_collective_name_lists_who_it_is_here(adopted):
    members, towns = entries(adopted)["1"].others
    assert members.small == "区委办公室、区应急局、区住建局、区消防救援大队（共4家）"
    assert (towns.text, towns.small) == ("各镇（街道）", "青榆镇、汀岚镇（共2家）")


def test_no_cell_says_a_vague_word_that_was_named_and_the_note_says_by_which_paper(adopted):
    entry = entries(adopted)["2"]
    assert entry.others[-1].text == "区应急局" and "点名：安委办3月17日确定（临安办〔2023〕5号）" in entry.notes


def test_what_is_not_named_yet_says_so(draft):
    assert [name.text for name in entries(draft)["2"].others if name.open] == ["待点名（1项）"]


def test_deadlines_stand_as_written_and_as_meant(adopted):
    found = entries(adopted)
    assert (found["1"].deadline, found["1"].days) == ("6月、12月底前", "6.30、12.31")
    assert (found["3"].deadline, found["3"].days) == ("常态化", "12.31")


def test_units_that_it_does_not_concern_stand_in_the_notes(adopted, district):
    town = district.by("tinglan.clerk", "2023-09-25")
    mine = list(Duty.objects.filter(unit=district.units["tinglan"], demand__measure__number="3"))
    confirm_waivers(town, mine, reason="辖区没有使用燃气的餐饮场所")
    assert "不涉及：汀岚镇（1家）" in entries(adopted)["3"].notes


def test_the_page_has_the_columns_in_the_order_of_the_office(office, adopted):
    page = office.get(f"/plans/{adopted.pk}/breakdown").text
    heads = re.findall(r"<th scope=\"col\"[^>]*>([^<]+)</th>", page)
    assert tuple(heads) == COLUMNS
    assert "填报单位（盖章）" in page and "审核人（分管负责人）" in page and "任务分解表" in page


def test_the_workbook_says_the_same_and_holds_no_formula(office, adopted):
    adopted.measures.filter(number="4").update(title="=1+1")
    data = office.get(f"/plans/{adopted.pk}/breakdown.xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [text for text in rows[3] if text] == list(COLUMNS)
    words = "\n".join(str(cell) for row in rows for cell in row)
    assert "★区安委办" in words and "青榆镇、汀岚镇（共2家）" in words and "1-2" in words and "=1+1" in words


def test_the_paper_is_a3_across_with_a_repeated_head_and_merged_chapters(office, adopted):
    data = office.get(f"/plans/{adopted.pk}/breakdown.docx").content
    document = Document(io.BytesIO(data))
    section = document.sections[0]
    assert abs(section.page_width - Mm(420)) < Mm(1) and abs(section.page_height - Mm(297)) < Mm(1)
    xml = document.element.xml
    assert "w:tblHeader" in xml and 'w:vMerge w:val="restart"' in xml and "w:cantSplit" in xml
    words = "\n".join(cell.text for row in document.tables[0].rows for cell in row.cells)
    assert "★区安委办" in words and "安委会成员单位" in words and "6.30、12.31" in words
    assert any("制表人：副主任" in paragraph.text for paragraph in document.paragraphs)
    assert "NUMPAGES" in section.footer._element.xml
