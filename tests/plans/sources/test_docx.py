"""Word documents: what a person sees on the page comes out, in reading order."""

import pytest

from anwei.plans.sources import Unreadable, read_source
from tests.plans.sources.samples import docx_of, docx_table, docx_xml, package, paragraph, plan_rows, plan_text

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def text_of(body: str, **parts: str) -> str:
    return read_source("要点.docx", docx_xml(body, **parts)).text


def abstract(number: int, *levels: tuple[str, str], extra: str = "") -> str:
    made = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{extra}</w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{made}</w:abstractNum>'


def numbered(text: str, level: int = 0, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


NUM = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def test_paragraphs_become_lines():
    lines = plan_text().split("\n")
    source = read_source("要点.docx", docx_of(lines))
    assert source.kind == "docx"
    assert source.text == "\n".join(lines)
    assert source.problems == ()


def test_automatic_numbers_are_printed_as_word_prints_them():
    numbering = (
        abstract(0, ("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))
        + NUM
    )
    body = "".join(
        numbered(text, level)
        for text, level in (
            ("思想", 0),
            ("学习", 1),
            ("集体学习", 2),
            ("宣传", 2),
            ("责任", 1),
            ("集体", 2),
            ("整治", 0),
            ("交通", 1),
        )
    )
    assert text_of(body, numbering=numbering).split("\n") == [
        "一、思想", "（一）学习", "1.集体学习", "2.宣传", "（二）责任", "1.集体", "二、整治", "（一）交通",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "text", "count", "last"),
    [
        ("chineseCounting", "第%1章", 12, "第十二章 "),
        ("decimal", "(%1)", 3, "(3)"),
        ("decimalEnclosedCircle", "%1", 3, "③ "),
        ("chineseLegalSimplified", "%1、", 10, "壹拾、"),
        ("upperRoman", "%1.", 9, "IX."),
        ("lowerLetter", "%1)", 27, "aa)"),
        ("decimalFullWidth", "%1．", 10, "１０．"),
        ("ideographTraditional", "%1、", 3, "丙、"),
        ("chineseCountingThousand", "%1、", 21, "二十一、"),
        ("bullet", "●", 2, ""),
        ("none", "", 2, ""),
        ("someFutureFormat", "%1、", 2, "2、"),
    ],
)
def test_each_number_format_has_its_signs(form, text, count, last):
    body = "".join(numbered("事项") for _ in range(count))
    assert text_of(body, numbering=abstract(0, (form, text)) + NUM).split("\n")[-1] == last + "事项"


def test_a_number_before_a_date_stays_apart_from_it():
    assert (
        text_of(numbered("2017年10月底前完成"), numbering=abstract(0, ("decimal", "%1.")) + NUM)
        == "1. 2017年10月底前完成"
    )


def test_a_second_list_may_start_again_or_continue():
    numbering = (
        abstract(0, ("decimal", "%1."))
        + NUM
        + '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        + '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = numbered("甲") + numbered("乙") + numbered("丙", number=2) + numbered("丁", number=3)
    assert text_of(body, numbering=numbering).split("\n") == ["1.甲", "2.乙", "1.丙", "2.丁"]


def test_numbers_count_on_over_a_chapter_when_the_level_says_so():
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlRestart w:val="0"/><w:lvlText w:val="%2."/></w:lvl>'
        "</w:abstractNum>"
    ) + NUM
    body = numbered("章") + numbered("甲", 1) + numbered("章") + numbered("乙", 1)
    assert text_of(body, numbering=numbering).split("\n") == ["一、章", "1.甲", "二、章", "2.乙"]


def test_a_heading_style_brings_its_number_also_through_the_style_it_is_based_on():
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="H1"/><w:lvlText w:val="第%1部分"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="H2"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>'
        "</w:abstractNum>"
    ) + NUM
    styles = (
        '<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="H2"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Mine"><w:basedOn w:val="H1"/></w:style>'
    )
    body = (
        paragraph("思想", '<w:pStyle w:val="Mine"/>')
        + paragraph("学习", '<w:pStyle w:val="H2"/>')
        + paragraph("不编号", '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert text_of(body, numbering=numbering, styles=styles).split("\n") == ["第一部分 思想", "1.1 学习", "不编号"]


def test_styles_based_on_each_other_in_a_circle_end():
    styles = (
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    assert text_of(paragraph("甲", '<w:pStyle w:val="A"/>'), styles=styles) == "甲"


def test_tracked_deletions_are_gone_and_insertions_stay():
    body = (
        "<w:p><w:r><w:t>完成时限：</w:t></w:r><w:del><w:r><w:delText>6月</w:delText></w:r><w:r><w:t>6月</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>12月</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>底前</w:t></w:r></w:moveTo></w:p>"
    )
    assert text_of(body) == "完成时限：12月底前"


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    body = paragraph("牵头单位：", "<w:rPr><w:del/></w:rPr>") + paragraph("区应急局")
    assert text_of(body) == "牵头单位：区应急局"


def test_tabs_breaks_hyphens_links_and_fields_are_text():
    body = (
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/></w:r>"
        "<w:hyperlink><w:r><w:t>丁</w:t></w:r></w:hyperlink>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2023</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:sdt><w:sdtContent><w:r><w:t>戊</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    assert text_of(body) == "甲\t乙\n丙-丁2023戊"


def test_hidden_text_and_footnote_marks_are_left_out():
    body = (
        "<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>乙</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    )
    assert text_of(body) == "甲乙"


def test_headers_footers_and_footnotes_are_not_in_the_text():
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{STRICT}"><w:body><w:p><w:r><w:t>正文</w:t></w:r></w:p></w:body></w:document>',
        "word/header1.xml": "<x>页眉</x>",
        "word/footnotes.xml": "<x>脚注</x>",
    }
    assert read_source("要点.docx", package(parts)).text == "正文"


def test_the_table_of_contents_does_not_double_the_headings():
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>一、思想引领 1</w:t></w:r></w:p>'
        '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>' + paragraph("一、思想引领")
    )
    assert text_of(body).split() == ["一、思想引领"]


def test_a_field_that_never_ends_swallows_nothing():
    body = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' + paragraph("一、思想引领")
    assert text_of(body).split() == ["一、思想引领"]


def test_a_text_box_is_read_once_although_word_stores_it_twice():
    box = "<w:txbxContent><w:p><w:r><w:t>内部文件</w:t></w:r></w:p></w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>标题</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert text_of(body).split("\n") == ["标题", "内部文件"]


def test_a_document_in_the_strict_namespace_is_read_as_well():
    data = docx_xml(numbered("思想"), numbering=abstract(0, ("chineseCounting", "%1、")) + NUM, namespace=STRICT)
    assert read_source("要点.docx", data).text == "一、思想"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_another_table_comes_row_by_row_between_its_paragraphs():
    table = f"<w:tbl><w:tr>{cell('姓名')}{cell('电话')}</w:tr><w:tr>{cell('某某')}{cell('123')}</w:tr></w:tbl>"
    source = read_source("要点.docx", docx_xml(paragraph("前") + table + paragraph("后")))
    assert source.text.split("\n") == ["前", "姓名\t电话", "某某\t123", "后"]
    assert source.tables == ((("姓名", "电话"), ("某某", "123")),)


def test_a_task_table_reads_as_the_labelled_text_of_a_plan():
    source = read_source("分解表.docx", docx_table())
    text = source.text.split("\n")
    assert text[:2] == ["区2023年安全生产工作要点", "一、坚持思想引领，进一步统筹发展和安全"]
    for _, number, title, body, lead, units, due in plan_rows():
        line = next(each for each in text if each.startswith(f"{number}."))
        assert line == f"{number}.{title}。{body}（牵头单位：{lead}，责任单位：{units}，完成时限：{due}）"


def test_cells_merged_downwards_hold_for_every_row_and_automatic_numbers_count_in_cells():
    head = "".join(cell(name) for name in ("序号", "重点任务", "责任单位", "完成时限"))
    first, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    number = f"<w:tc>{numbered('')}</w:tc>"
    table = (
        f"<w:tbl><w:tr>{head}</w:tr>"
        f"<w:tr>{number}{cell('学习')}{cell('区应急局', first)}{cell('6月', first)}</w:tr>"
        f"<w:tr>{number}{cell('宣传')}{cell('', more)}{cell('', more)}</w:tr></w:tbl>"
    )
    assert text_of(table, numbering=abstract(0, ("decimal", "%1")) + NUM).split("\n") == [
        "1.学习。（责任单位：区应急局，完成时限：6月）",
        "2.宣传。（责任单位：区应急局，完成时限：6月）",
    ]


def test_an_embedded_second_document_is_said_to_be_missing():
    source = read_source("要点.docx", docx_xml(paragraph("正文") + "<w:altChunk/>"))
    assert "没有读入" in source.problems[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (package({"word/document.xml": "<w:document"}), "不是完整的 XML"),
        (package({"word/styles.xml": "<a/>"}), "缺少正文部件"),
        (docx_xml(""), "里没有文字"),
        (docx_of(["甲"])[:-40], "没有传完整"),
        (
            package({"word/document.xml": '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>'}),
            "文档类型声明",
        ),
    ],
)
def test_each_fault_has_its_own_message(data, said):
    with pytest.raises(Unreadable, match=said) as caught:
        read_source("要点.docx", data)
    assert str(caught.value).startswith("文件「要点.docx」") and "请" in str(caught.value)


def test_nesting_without_end_is_refused_not_followed():
    body = "<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000
    with pytest.raises(Unreadable, match="「要点"):
        read_source("要点.docx", docx_xml(body))
