"""Chapters, measures and lists told apart by where the clauses sit. The docstring is the data."""

from tests.plans.reader.reading import body, measures, plan


def numbers(found):
    return [(m["chapter"], m["number"]) for m in found]


def test_han_chapters_over_arabic_measures_that_count_on_across_chapters():
    """
    2024年东湖区安全生产工作要点
    一、压实责任
    1.修订清单。（牵头单位：区安委办，责任单位：各街道，完成时限：6月底前）
    2.开展访谈。（牵头单位：区安委办，责任单位：各街道，完成时限：年底前）
    二、专项整治
    3.整治燃气。（牵头单位：区住建局，责任单位：各街道，完成时限：10月）
    """
    found = measures(test_han_chapters_over_arabic_measures_that_count_on_across_chapters)
    assert numbers(found) == [("压实责任", "1"), ("压实责任", "2"), ("专项整治", "3")]
    assert [m["deadlines"] for m in found] == [["2024-06-30"], ["2024-12-31"], ["2024-10-31"]]


def test_the_same_sign_is_a_chapter_here_and_a_measure_there():
    """
    2024年防汛重点任务
    一、检修堤防。汛前完成隐患排查。（责任单位：县水利局，完成时限：4月底）
    二、储备物资。补足编织袋。（责任单位：县应急局，完成时限：5月底）
    （一）清点库存；
    （二）签订协议。
    三、开展演练。（责任单位：各乡镇，完成时限：5月底）
    """
    found = measures(test_the_same_sign_is_a_chapter_here_and_a_measure_there)
    assert numbers(found) == [("", "一"), ("", "二"), ("", "三")]
    assert "（二）签订协议" in found[1]["text"]


def test_bracketed_han_measures_below_han_chapters_with_points_inside():
    """
    北安市2025年消防工作要点
    一、健全责任体系
    （一）落实部门责任。
    1.制定权责清单；
    2.召开联席会议。
    （牵头单位：市消防救援支队，责任单位：市消委会成员单位，完成时限：11月底前）
    （二）压实单位责任。
    1.推行自查；
    2.公示承诺。
    （牵头单位：市消防救援支队，责任单位：各县区，完成时限：11月底前）
    """
    found = measures(test_bracketed_han_measures_below_han_chapters_with_points_inside)
    assert numbers(found) == [("健全责任体系", "一"), ("健全责任体系", "二")]
    assert [m["title"] for m in found] == ["落实部门责任", "压实单位责任"]


def test_three_levels_where_the_lowest_carries_the_clauses():
    """
    2024年安全生产治本攻坚任务安排
    一、主要任务
    （一）开展清零行动
    1、建立台账。责任单位：市应急局
    2、挂牌督办。责任单位：市安委办
    （二）开展科技行动
    1、建设平台。责任单位：市大数据局
    """
    found = measures(test_three_levels_where_the_lowest_carries_the_clauses)
    assert [(m["chapter_path"], m["number"]) for m in found] == [
        (["主要任务", "开展清零行动"], "1"),
        (["主要任务", "开展清零行动"], "2"),
        (["主要任务", "开展科技行动"], "1"),
    ]


def test_inline_lists_are_no_measures():
    """
    2024年应急管理工作要点
    一、防范风险
    1.治理地质灾害。一是加密巡查。二是落实避让。三是开展演练。（1）每村一次；（2）每镇一次。（区自然资源局负责）
    2.治理山洪灾害。①预警到户；②转移到人。（区水利局负责）
    """
    found = measures(test_inline_lists_are_no_measures)
    assert [m["number"] for m in found] == ["1", "2"]
    assert "（2）每镇一次" in found[0]["text"] and "②转移到人" in found[1]["text"]


def test_a_number_glued_to_a_date_is_a_number_and_a_date():
    """
    改革任务分工方案
    一、重点改革
    1.2017年10月底前完成机构挂牌。（市编办负责）
    2.12月底前完成人员划转。（市人社局负责）
    """
    found = measures(test_a_number_glued_to_a_date_is_a_number_and_a_date, year=2018)
    assert [(m["number"], m["deadlines"]) for m in found] == [("1", ["2017-10-31"]), ("2", ["2018-12-31"])]
    assert found[0]["title"] == "2017年10月底前完成机构挂牌"


def test_clauses_glued_to_the_next_number_or_heading():
    """
    2023年重点工作
    一、抓教育1.开展学习。（牵头单位：区安委办，完成时限：6月底前）2.开展宣讲。（牵头单位：区委宣传部，完成时限：9月底前）二、抓整治3.整治消防。（牵头单位：区消防大队，完成时限：12月底前）
    """
    found = measures(test_clauses_glued_to_the_next_number_or_heading)
    assert numbers(found) == [("抓教育", "1"), ("抓教育", "2"), ("抓整治", "3")]
    assert [m["lead"] for m in found] == [["区安委办"], ["区委宣传部"], ["区消防大队"]]


def test_phases_as_measures_are_due_on_their_last_day():
    """
    2023年打非治违专项行动方案
    第一阶段：动员部署（2023年3月—4月）。制定方案。（牵头单位：区安委办）
    第二阶段：集中整治（5月—10月）。全面排查。（牵头单位：区应急局）
    第三阶段：总结提升（11月1日—12月20日）。总结经验。（牵头单位：区安委办）
    """
    found = measures(test_phases_as_measures_are_due_on_their_last_day)
    assert [m["number"] for m in found] == ["第一阶段", "第二阶段", "第三阶段"]
    assert [m["deadlines"] for m in found] == [["2023-04-30"], ["2023-10-31"], ["2023-12-20"]]
    assert [p["deadline"] for m in found for p in m["phases"]] == ["2023-04-30", "2023-10-31", "2023-12-20"]


def test_measures_inside_a_dated_phase_and_deadlines_that_name_one():
    """
    2023年自建房整治工作方案
    一、任务
    （一）排查。责任单位：各镇；完成时限：第一阶段
    （二）整改。责任单位：各镇；完成时限：集中整治阶段
    二、步骤
    （一）全面排查阶段（2023年4月—6月）。
    （二）集中整治阶段（2023年7月—11月）。
    """
    found = measures(test_measures_inside_a_dated_phase_and_deadlines_that_name_one)
    assert [m["deadlines"] for m in found[:2]] == [["2023-06-30"], ["2023-11-30"]]


def test_several_clauses_in_one_measure():
    """
    2023年安全生产工作要点
    一、抓整治
    1.整治交通。农村公路设护栏。（区交通运输局负责）整治货车超载。（公安分局牵头，区城管局配合）
    2.整治消防。（区消防大队负责）
    """
    found = measures(test_several_clauses_in_one_measure)
    assert [m["number"] for m in found] == ["1", "2"]
    assert found[0]["lead"] == ["公安分局"]
    assert found[0]["responsible"] == ["区交通运输局", "区城管局"]


def test_chapters_of_principles_a_notice_and_an_annex_list_yield_nothing():
    """
    青云区安委会文件
    青安发〔2024〕8号
    关于印发《青云区2024年安全生产工作要点》的通知
    各镇人民政府、街道办事处，区安委会各成员单位：
    现将《青云区2024年安全生产工作要点》印发给你们，请认真贯彻执行。
    一、高度重视。各单位要加强领导。
    二、按时报送。每季度末报送情况。
    青云区安全生产委员会
    2024年2月1日
    青云区2024年安全生产工作要点
    一、总体要求
    （一）指导思想。坚持以人民为中心。
    二、重点任务
    （二）整治燃气。责任单位：区住建局；完成时限：10月底前
    三、工作要求
    （三）加强领导。各单位要担当作为。
    附件：1.任务分解表
    2.联络员名单
    联系人：张三，联系电话：0100-1234567
    """
    found = plan(body(test_chapters_of_principles_a_notice_and_an_annex_list_yield_nothing))
    assert [(m["chapter"], m["number"]) for m in found["measures"]] == [("重点任务", "二")]
    assert found["measures"][0]["text"] == "整治燃气。"
    assert (found["title"], found["year"]) == ("青云区2024年安全生产工作要点", 2024)
    assert (found["document_number"], found["issuer"]) == ("青安发〔2024〕8号", "青云区安全生产委员会")


def test_a_measure_without_clause_stays_a_measure_and_is_reported():
    """
    2024年安全生产工作要点
    一、抓责任
    1.修订清单。（牵头单位：区安委办）
    2.开展考核。年底前完成。
    3.召开例会。（牵头单位：区安委办）
    """
    found = plan(body(test_a_measure_without_clause_stays_a_measure_and_is_reported))
    second = found["measures"][1]
    assert (second["number"], second["lead"], second["responsible"]) == ("2", [], [])
    assert [p["message"][:6] for p in found["problems"]] == ["第2条没有写"]
    assert found["problems"][0]["span"] == second["span"]


def test_points_with_clauses_of_their_own_inside_one_paragraph_stay_one_measure():
    """
    2024年安全生产工作要点
    一、深化治理
    （一）燃气。（县住建局牵头，县商务局配合）
    （二）矿山。1.严格准入。（县自然资源局负责）2.严格监管。（县应急局、县公安局负责）
    （三）工贸。（县应急局牵头，县经信局配合）
    """
    found = measures(test_points_with_clauses_of_their_own_inside_one_paragraph_stay_one_measure)
    assert [m["number"] for m in found] == ["一", "二", "三"]
    assert found[1]["responsible"] == ["县自然资源局", "县应急局", "县公安局"]


def test_measures_counted_in_words_where_nothing_else_counts():
    """
    平阳镇2024年安全生产工作计划
    为做好全镇安全生产工作，制定如下计划：
    一是压实责任。由镇应急办负责，3月底前完成。
    二是加强宣传。镇文化站负责，全年开展宣传不少于6场。
    """
    found = measures(test_measures_counted_in_words_where_nothing_else_counts)
    assert [(m["number"], m["responsible"]) for m in found] == [("一", ["镇应急办"]), ("二", ["镇文化站"])]
    assert found[0]["deadlines"] == ["2024-03-31"]
