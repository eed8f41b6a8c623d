"""Whole plans in the styles of different offices, provinces and years. The docstring is the data."""

import textwrap

from tests.plans.reader.reading import body, measures, plan, who


def test_a_state_council_style_division_of_work():
    """
    深化改革2023年重点任务分工方案
    一、推进简政放权
    （一）加快商事制度改革。（市场监管总局牵头，国务院办公厅、司法部及各地区按职责分工负责）
    （二）优化审批服务。
    1.压缩审批时间。2023年9月底前，出台指导意见。（国家发展改革委会同工业和信息化部、住房城乡建设部等部门负责）
    2.推广电子证照。（国务院办公厅、公安部负责，持续推进）
    """
    found = measures(test_a_state_council_style_division_of_work)
    assert [m["number"] for m in found] == ["一", "1", "2"]
    assert [who(m) for m in found] == [
        (["市场监管总局"], ["国务院办公厅", "司法部", "各地区"]),
        (["国家发展改革委"], ["工业和信息化部", "住房城乡建设部"]),
        ([], ["国务院办公厅", "公安部"]),
    ]
    assert (found[1]["deadlines"], found[1]["roles"][1]["open"], found[2]["ongoing"]) == (["2023-09-30"], True, True)


def test_a_winter_plan_that_runs_into_the_next_year():
    """
    高新区2023年冬春火灾防控工作方案
    一、重点任务
    （一）整治高层建筑。11月底前完成摸底，次年1月底前完成整改，2024年3月15日前完成“回头看”。（消防大队牵头，住建局、城管局等8个部门参加）
    （二）加强宣传。印发后10个工作日内制定计划。（区融媒体中心负责，各街道配合）
    二、工作步骤
    （一）部署阶段（11月10日前）。召开会议。
    （二）实施阶段（11月11日至2024年3月15日）。推进整治。
    """
    found = measures(test_a_winter_plan_that_runs_into_the_next_year)
    assert found[0]["deadlines"] == ["2023-11-30", "2024-01-31", "2024-03-15"]
    assert who(found[1]) == (["区融媒体中心"], ["各街道"])
    assert found[1]["relative"] == {"days": 10, "working": True, "from": "印发"}
    assert [m["deadlines"] for m in found[2:]] == [["2023-11-10"], ["2024-03-15"]]


def test_bare_months_in_a_plan_of_several_years_are_never_guessed():
    """
    江北区安全生产治本攻坚三年行动方案（2024—2026年）
    一、主要任务
    1. 2025年10月底前建成实训基地。责任单位：区人社局；完成时限：2025年10月底
    2. 完成轮训。责任单位：区应急局；完成时限：12月底前
    """
    found = plan(body(test_bare_months_in_a_plan_of_several_years_are_never_guessed))
    assert [m["deadlines"] for m in found["measures"]] == [["2025-10-31"], []]
    assert "跨多个年度" in found["problems"][0]["message"]


def test_fields_that_are_counted_as_points_belong_to_the_measure():
    """
    2024年“百日攻坚”行动任务清单
    1.研判风险
    （1）内容：形成清单
    （2）责任单位：县安委会各成员单位
    （3）完成时限：3月底前
    2.整治隐患
    （1）内容：挂牌督办
    （2）责任单位：县应急局、县住建局
    （3）完成时限：5月底前
    """
    found = measures(test_fields_that_are_counted_as_points_belong_to_the_measure)
    assert [(m["number"], m["responsible"], m["deadlines"]) for m in found] == [
        ("1", ["县安委会各成员单位"], ["2024-03-31"]),
        ("2", ["县应急局", "县住建局"], ["2024-05-31"]),
    ]


def test_a_clause_behind_a_chapter_heading_holds_for_its_points():
    """
    2024年安全生产重点工作责任清单
    一、党政领导责任
    【责任单位：区委办、区政府办】【完成时限：全年】
    1.区委常委会每季度至少研究1次安全生产工作。
    2.区政府常务会议每月研究安全生产工作。
    二、部门监管责任
    牵头单位：区安委办
    完成时间：长期
    1.修订权责清单。
    """
    found = measures(test_a_clause_behind_a_chapter_heading_holds_for_its_points)
    assert [(m["number"], m["lead"], m["responsible"]) for m in found] == [
        ("一", [], ["区委办", "区政府办"]),
        ("二", ["区安委办"], []),
    ]
    assert [c["every"] for c in found[0]["cadences"]] == ["quarter", "month"]


def test_a_notice_whose_sentences_say_who_acts():
    """
    关于做好2025年春节期间安全防范工作的紧急通知
    各乡镇人民政府、市安委会有关成员单位：
    现就有关事项通知如下：
    一、严防火灾。市消防救援大队要牵头开展检查，市住建局、市商务局要配合，1月25日前完成。
    二、严防道路事故。市公安局、市交通运输局要加强管控。
    临川市安全生产委员会办公室
    2025年1月10日
    """
    found = plan(body(test_a_notice_whose_sentences_say_who_acts))
    assert found["issuer"] == "临川市安全生产委员会办公室"
    assert [who(m) for m in found["measures"]] == [
        (["市消防救援大队"], ["市住建局", "市商务局"]),
        ([], ["市公安局", "市交通运输局"]),
    ]
    assert found["measures"][0]["deadlines"] == ["2025-01-25"]


TABBED = """2024年青山区安全生产重点任务分解表
序号\t重点任务\t牵头单位\t责任单位\t完成时限
一、压实责任
1\t开展专题学习，每半年至少1次。\t区安委办\t区委组织部、各镇街\t6月、12月底前
2\t修订职责清单\t区委编办\t\t2024年9月30日
二、专项整治
3\t打非治违\t区应急局 公安分局\t各镇街等部门\t长期
"""


def test_a_table_flattened_with_tabs_keeps_its_blank_columns():
    found = plan(TABBED)["measures"]
    assert [(m["chapter"], m["number"]) for m in found] == [("压实责任", "1"), ("压实责任", "2"), ("专项整治", "3")]
    assert [who(m) for m in found] == [
        (["区安委办"], ["区委组织部", "各镇街"]),
        (["区委编办"], []),
        (["区应急局", "公安分局"], ["各镇街"]),
    ]
    assert [m["deadlines"] for m in found] == [["2024-06-30", "2024-12-31"], ["2024-09-30"], []]
    assert found[2]["ongoing"] is True


def test_a_table_flattened_cell_by_cell():
    cells = TABBED.replace("\t\t", "\t").replace("区委编办\t", "区委编办\t各镇\t").replace("\t", "\n")
    assert [(m["number"], *who(m)) for m in plan(cells)["measures"]] == [
        ("1", ["区安委办"], ["区委组织部", "各镇街"]),
        ("2", ["区委编办"], ["各镇"]),
        ("3", ["区应急局", "公安分局"], ["各镇街"]),
    ]


def test_a_table_flattened_with_blanks_and_wrapped_rows():
    text = textwrap.dedent("""\
        省安委会2024年工作要点责任分工
        序号    工作要点    省级责任单位    时限
        （一）强化党政领导责任
        1    推动党政领导干部履职    省委组织部、省安委办    12月
        2    开展督导    省安委办牵头，省公安厅、省应急厅配合    每季度
        （二）强化企业主体责任
        3    开展双重预防机制建设，
        年底前规上企业全覆盖    省应急厅、省工信厅    年底
        """)
    found = plan(text)["measures"]
    assert [(m["chapter"], m["number"], *who(m)) for m in found] == [
        ("强化党政领导责任", "1", [], ["省委组织部", "省安委办"]),
        ("强化党政领导责任", "2", ["省安委办"], ["省公安厅", "省应急厅"]),
        ("强化企业主体责任", "3", [], ["省应急厅", "省工信厅"]),
    ]
    assert found[2]["title"] == "开展双重预防机制建设，年底前规上企业全覆盖"
    assert found[2]["deadlines"] == ["2024-12-31"]


def test_text_from_a_pdf_with_indents_wraps_and_page_numbers():
    text = textwrap.dedent("""\
        2024年度安全生产工作任务清单
            1.开展动态清零行动。建立台账，逐项销
        号。牵头单位：县安委办；责任单位：各乡镇、县安委会成
        员单位；完成时限：2024年12月底前。
            2.推进“一张图”建设。牵头单位：县应急局；责任单位：县大数据局、县自然
                      — 2 —
        资源局；完成时限：2024年6月底前。
        """)
    found = plan(text)["measures"]
    assert [who(m) for m in found] == [
        (["县安委办"], ["各乡镇", "县安委会成员单位"]),
        (["县应急局"], ["县大数据局", "县自然资源局"]),
    ]
