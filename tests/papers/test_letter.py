"""An official letter: its parts in their order and places, and nothing that a name or a stray sign could break."""

import io

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from anwei.papers.letter import Letter
from anwei.papers.tables import Column

OFFICE = "临江区安全生产委员会办公室"
RED = RGBColor(0xC8, 0x10, 0x10)
COLUMNS = (Column("签收单位", 60, "center"), Column("签收人", 40, "center"), Column("签收时间", 56, "center"))


def letter(
    issuer=OFFICE, names=("名单.xlsx", "样表.docx"), date="2023年9月25日", row=("", "", ""), text="请逐户登记。"
):
    made = Letter(issuer, "关于排查液化气的通知")
    made.draft_mark("草稿　未签发")
    made.red_head()
    made.number_line("临安办〔2023〕1号", "签发：主任")
    made.title("关于排查液化气的通知")
    made.addressee("青榆镇")
    made.body(text)
    made.point("办结时限：", "2023年10月1日。")
    made.attachments(names)
    made.signature(date)
    made.receipt("回　执", COLUMNS, row)
    return Document(io.BytesIO(made.to_bytes()))


def line(paper, words):
    return next(one for one in paper.paragraphs if words in one.text)


def right_end(paragraph):
    return round((paragraph.paragraph_format.right_indent or 0) / Pt(1))


def test_a_letter_reads_from_draft_mark_to_receipt():
    paper = letter()
    assert [one.text for one in paper.paragraphs] == [
        "草稿　未签发",
        OFFICE,
        "临安办〔2023〕1号\t签发：主任",
        "关于排查液化气的通知",
        "青榆镇：",
        "请逐户登记。",
        "办结时限：2023年10月1日。",
        "附件：1. 名单.xlsx",
        "2. 样表.docx",
        OFFICE,
        "2023年9月25日",
        "回　执",
    ]
    assert [cell.text for cell in paper.tables[0].rows[0].cells] == ["签收单位", "签收人", "签收时间"]
    assert (paper.core_properties.title, paper.core_properties.author) == ("关于排查液化气的通知", OFFICE)


def test_mark_head_and_rule_are_red_and_the_text_is_not():
    paper = letter()
    mark, head, number = paper.paragraphs[:3]
    assert mark.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert [one.runs[0].font.color.rgb for one in (mark, head)] == [RED, RED]
    rule = number._p.pPr.find("{*}pBdr/{*}bottom")
    assert "C81010" in rule.attrib.values() and "single" in rule.attrib.values()
    assert line(paper, "请逐户登记").runs[0].font.color.rgb is None


def test_who_signs_stands_at_the_right_end_of_the_number_s_line():
    stop = line(letter(), "签发：").paragraph_format.tab_stops[0]
    assert round(stop.position / Mm(1)) == 156


@pytest.mark.parametrize(
    "issuer", ["区安委办", OFFICE, "临江区道路交通消防建筑施工与危险化学品安全生产专业委员会联合办公室"]
)
def test_a_head_of_any_length_stays_on_one_line(issuer):
    size = line(letter(issuer), issuer).runs[0].font.size
    assert size <= Pt(44) and size * len(issuer) <= Mm(156)


def test_the_lead_words_of_a_point_stand_out():
    lead, rest = line(letter(), "办结时限").runs
    assert (lead.text, lead.font.name) == ("办结时限：", "黑体")
    assert rest.font.name == "仿宋_GB2312"
    assert line(letter(), "办结时限").paragraph_format.first_line_indent > 0


def test_one_attachment_has_no_number_and_none_has_no_line():
    assert line(letter(names=["名单.xlsx"]), "附件").text == "附件：名单.xlsx"
    assert not any("附件" in one.text for one in letter(names=[]).paragraphs)


def test_names_of_attachments_begin_below_one_another():
    first, second = (line(letter(), name).paragraph_format for name in ("名单", "样表"))
    assert first.left_indent == second.left_indent
    # 「附件：」 is three characters of 15.75 points.
    assert round((second.first_line_indent - first.first_line_indent) / Pt(1)) == round(3 * 15.75)


def test_the_unit_stands_centred_above_the_date_and_never_beyond_the_margin():
    paper = letter()
    unit, day = paper.paragraphs[-3:-1]
    middle = (
        right_end(day) + 15.75 * 7.5 / 2
    )  # seven figures and three characters, 6.5, and the same margin on each side
    assert right_end(day) == round(4 * 15.75)
    assert abs(right_end(unit) + 15.75 * len(OFFICE) / 2 - middle) < 15.75
    long = letter("临江区道路交通消防建筑施工与危险化学品安全生产专业委员会").paragraphs[-3]
    assert right_end(long) == 0


def test_a_seal_of_42_millimetres_covers_neither_text_nor_receipt():
    paper = letter()
    unit, day, receipt = paper.paragraphs[-3:]
    above = unit.paragraph_format.space_before + unit.paragraph_format.line_spacing
    below = receipt.paragraph_format.space_before + day.paragraph_format.line_spacing
    assert round(above / Mm(1)) == round(below / Mm(1)) == 21


def test_the_signature_never_stands_on_a_page_without_text():
    lines = letter().paragraphs
    assert lines[-4].paragraph_format.keep_with_next and lines[-3].paragraph_format.keep_with_next


def test_a_receipt_hangs_below_a_dashed_line_in_one_piece_with_room_to_write():
    paper = letter(row=("临江区青榆镇人民政府", "联络员", "2023年9月25日9时00分"))
    edge = paper.paragraphs[-1]._p.pPr.find("{*}pBdr/{*}top")
    assert "dashed" in edge.attrib.values()
    head, row = paper.tables[0].rows
    assert [cell.text for cell in row.cells] == ["临江区青榆镇人民政府", "联络员", "2023年9月25日9时00分"]
    assert round(row.height / Mm(1)) == 10
    kept = [paper.paragraphs[-1], *(cell.paragraphs[0] for cell in head.cells)]
    assert all(one.paragraph_format.keep_with_next for one in kept)


def test_the_foot_counts_the_page_between_two_dashes():
    foot = letter().sections[0].footer.paragraphs[0]
    assert foot.text == "— 1 —" and "PAGE" in foot._p.xml


def test_stray_signs_and_endless_titles_do_not_break_a_letter():
    made = Letter("区\x00安委办", "题\x01" + "长" * 300)
    made.red_head()
    made.title("题\x01目")
    made.attachments(["名\x1f单.xlsx"])
    made.signature("2023\x0b年")
    made.receipt("回\ufffe执", COLUMNS, ("青\ud800榆镇", "", ""))
    paper = Document(io.BytesIO(made.to_bytes()))
    assert [one.text for one in paper.paragraphs] == [
        "区安委办",
        "题目",
        "附件：名单.xlsx",
        "区安委办",
        "2023年",
        "回执",
    ]
    assert paper.tables[0].rows[1].cells[0].text == "青榆镇"
    assert paper.core_properties.title.startswith("题长") and len(paper.core_properties.title) == 255
