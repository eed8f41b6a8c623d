"""交办单 as Word: what stands on it, a draft says so, a unit's copy carries its receipt."""

import io

from docx import Document

from anwei.errands import actions


def words_of(content: bytes) -> str:
    paper = Document(io.BytesIO(content))
    lines = [line.text for line in paper.paragraphs]
    lines += [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def give(cast, who="office", **more):
    by = cast.by(who)
    values = {"units": [cast.units["qingyu"], cast.units["housing"]], "text": "请排查液化气使用场所。\n逐户登记。"}
    return actions.give(by, **(values | {"due_on": by.today, "contact": "综合岗　0790-1234567"} | more))


def test_the_paper_says_who_gives_what_to_whom_until_when(cast, browser):
    errand = give(cast)
    answer = browser("office").get(f"/errands/{errand.pk}/paper.docx")
    words = words_of(answer.content)
    for expected in (
        "临江区安全生产委员会办公室",
        "交办单〔2023〕1号",
        "签发：副主任",
        "区住建局、青榆镇：",
        "逐户登记。",
        "办结时限：2023年9月25日。",
        "2023年9月25日",
        "回　执",
    ):
        assert expected in words, expected
    assert "草稿" not in words
    assert "filename*=utf-8''" in answer["Content-Disposition"]


def test_a_draft_says_that_it_is_one_and_has_no_number(cast, browser):
    errand = give(cast, "office.clerk")
    words = words_of(browser("office.clerk").get(f"/errands/{errand.pk}/paper.docx").content)
    assert "草稿　未签发" in words and "交办单〔　　〕　号" in words and "　　年　月　日" in words


def test_a_unit_s_copy_carries_its_receipt(cast, browser):
    part = give(cast).parts.get(unit=cast.units["qingyu"])
    actions.sign_part(cast.by("qingyu.clerk"), part=part)
    words = words_of(browser("qingyu.clerk").get(f"/errands/parts/{part.pk}/paper.docx").content)
    assert "临江区青榆镇人民政府" in words and "2023年9月25日9时00分" in words and "区住建局" not in words


def test_the_number_of_the_document_system_takes_the_place_of_ours(cast, browser):
    errand = give(cast)
    browser("office").post(f"/errands/{errand.pk}/number", {"number": "临安办字〔2023〕12号"})
    assert "临安办字〔2023〕12号" in words_of(browser("office").get(f"/errands/{errand.pk}/paper.docx").content)


def test_characters_that_xml_cannot_hold_do_not_break_the_paper(cast, browser):
    errand = give(cast, text="甲\x01乙\x0b丙")
    assert "甲乙丙" in words_of(browser("office").get(f"/errands/{errand.pk}/paper.docx").content).replace("\n", "")
