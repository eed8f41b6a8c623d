"""Where clauses stand, how they are labelled, and the verbs that tell who leads."""

import pytest

from tests.plans.reader.reading import measures, one, who


@pytest.mark.parametrize(
    "clause",
    [
        "（牵头单位：区应急局，责任单位：区公安局、区住建局，完成时限：6月底前）",
        "（牵头单位:区应急局;责任单位:区公安局,区住建局;完成时限:6月底前)",
        "\n（牵头单位：区应急局，责任单位：区公安局、区住建局，完成时限：6月底前）",
        "牵头单位：区应急局；责任单位：区公安局、区住建局；完成时限：6月底前。",
        "牵头单位 区应急局 责任单位 区公安局 区住建局 完成时限 6月底前",
        "\n牵头单位：区应急局\n责任单位：区公安局、区住建局\n完成时限：6月底前",
        "\n牵头单位\n区应急局\n责任单位\n区公安局、区住建局\n完成时限\n6月底前",
        "【牵头单位：区应急局】【责任单位：区公安局、区住建局】【完成时限：6月底前】",
        "（完成时限：6月底前；责任单位：区公安局、区住建局；牵头单位：区应急局）",
        "（ 牵头 单位：区应 急局， 责任 单位：区公安局、 区住建局， 完成 时限：６ 月底前 ）",
        "（区应急局牵头，区公安局、区住建局配合，6月底前完成）",
        "\n由区应急局牵头，区公安局、区住建局配合，6月底前完成。",
        "（区应急局负责，区公安局、区住建局配合，2023年6月30日前完成）",
        "（区应急局牵头负责，区公安局和区住建局按职责分工负责；6月底前）",
        "（区应急局会同区公安局、区住建局负责，6月底前完成）",
        "（责任单位：区应急局（牵头）、区公安局、区住建局；时限要求：6月底前）",
        "（主办单位：区应急局，协办单位：区公安局及区住建局，完成时间：上半年）",
    ],
)
def test_one_clause_in_many_shapes(clause):
    measure = one(clause)
    assert who(measure) == (["区应急局"], ["区公安局", "区住建局"])
    assert measure["deadlines"] == ["2023-06-30"]
    assert measure["text"].startswith("落实措施。抓好各项工作。") and "单位" not in measure["text"]


@pytest.mark.parametrize(
    ("clause", "lead", "responsible"),
    [
        ("（甲县应急局负责）", [], ["甲县应急局"]),
        ("（县应急局、县公安局按职责分工负责）", [], ["县应急局", "县公安局"]),
        ("（县应急局牵头，各有关单位分工负责）", ["县应急局"], ["各有关单位"]),
        ("（县应急局牵头，县公安局负责）", ["县应急局"], ["县公安局"]),
        ("（市应急局、市公安局共同牵头，市教育局参与）", ["市应急局", "市公安局"], ["市教育局"]),
        (
            "（国家发展改革委牵头，工业和信息化部、财政部等按职责分工负责）",
            ["国家发展改革委"],
            ["工业和信息化部", "财政部"],
        ),
        ("（市级各有关部门及各县（市、区）政府按职责分工负责）", [], ["市级各有关部门", "各县（市、区）政府"]),
        ("（应急管理部会同住房城乡建设部等有关部门负责）", ["应急管理部"], ["住房城乡建设部"]),
        ("（区应急局牵头，会同区公安局、区教育局落实）", ["区应急局"], ["区公安局", "区教育局"]),
    ],
)
def test_verbs_tell_who_leads(clause, lead, responsible):
    assert who(one(clause)) == (lead, responsible)


def test_labels_are_kept_as_found_and_persons_are_no_units():
    measure = one(
        "牵头领导：王强 责任领导：李明、赵四海 牵头单位：区应急局 配合单位：区公安局 参加单位：各街道 时限要求：全年"
    )
    assert [role["role"] for role in measure["roles"]] == ["牵头领导", "责任领导", "牵头单位", "配合单位", "参加单位"]
    assert measure["roles"][1]["units"] == ["李明", "赵四海"]
    assert who(measure) == (["区应急局"], ["区公安局", "各街道"])


def test_a_subject_that_opens_the_sentence_acts_where_nothing_else_names_anybody():
    """
    2023年安全生产工作要点
    一、抓校园
    1.整治校车。区教体局要逐车建档。
    2.整治食堂。区市场监管局会同区教体局开展检查，区卫健委配合。
    3.开展宣传。各单位要广泛宣传。
    """
    found = measures(test_a_subject_that_opens_the_sentence_acts_where_nothing_else_names_anybody)
    assert [who(m) for m in found] == [
        ([], ["区教体局"]),
        (["区市场监管局"], ["区教体局", "区卫健委"]),
        ([], []),
    ]


def test_a_subject_is_not_asked_where_there_is_a_clause():
    assert who(one("区教体局要逐校检查。（牵头单位：区应急局）")) == (["区应急局"], [])


def test_the_first_named_leads_where_the_document_says_so():
    """
    2020年政府工作报告重点工作责任分解
    责任分解中，列第一位的责任单位为牵头单位。
    一、扩大投资
    1.推进项目。责任单位：市发改委、市财政局
    """
    found = measures(test_the_first_named_leads_where_the_document_says_so)
    assert who(found[0]) == (["市发改委"], ["市财政局"])


def test_words_that_only_look_like_labels_name_nobody():
    measure = one("各责任单位要压实责任，牵头单位要统筹推进。实行企业负责、政府监管。（专人负责）")
    assert measure["roles"] == []


def test_beside_one_who_leads_who_is_responsible_does_not_lead_and_partners_are_named_once():
    measure = one("（区应急局牵头，区住建局、区公安局按职责分工负责，区城管局配合；完成时限：6月底前）")
    assert [(role["lead"], role["units"]) for role in measure["roles"]] == [
        (True, ["区应急局"]),
        (False, ["区住建局", "区公安局"]),
        (False, ["区城管局"]),
    ]
