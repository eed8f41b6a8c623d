"""Deadlines on labels, in brackets and in running text; the year; what has no date."""

import pytest

from tests.plans.reader.reading import one, plan


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("6月、12月底前", ["2023-06-30", "2023-12-31"]),
        ("12月底前", ["2023-12-31"]),
        ("2月前", ["2023-02-28"]),
        ("9月", ["2023-09-30"]),
        ("十一月底前", ["2023-11-30"]),
        ("2023年6月30日前", ["2023-06-30"]),
        ("6月15日前", ["2023-06-15"]),
        ("第二季度", ["2023-06-30"]),
        ("三季度末", ["2023-09-30"]),
        ("上半年", ["2023-06-30"]),
        ("下半年", ["2023-12-31"]),
        ("年底", ["2023-12-31"]),
        ("年内", ["2023-12-31"]),
        ("全年", ["2023-12-31"]),
        ("2023年底", ["2023-12-31"]),
        ("2024年3月底前", ["2024-03-31"]),
        ("次年1月底前", ["2024-01-31"]),
        ("2025年12月31日前", ["2025-12-31"]),
        ("3月—4月", ["2023-04-30"]),
        ("3-10月", ["2023-10-31"]),
        ("2023年11月至2024年2月", ["2024-02-29"]),
        ("11月至次年2月", ["2024-02-29"]),
        ("6月1日至6月20日", ["2023-06-20"]),
        ("3、6、9、12月底前", ["2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31"]),
        ("6月和12月底前", ["2023-06-30", "2023-12-31"]),
        ("6月底前完成排查，12月底前完成整改", ["2023-06-30", "2023-12-31"]),
        ("2024年3月底前完成排查，6月底前完成整改", ["2024-03-31", "2024-06-30"]),
        ("2023-06-30", ["2023-06-30"]),
        ("2023/6/30 00:00:00", ["2023-06-30"]),
        ("2023.12.31", ["2023-12-31"]),
        ("２０２３年６月３０日前", ["2023-06-30"]),
        ("2023 年 6 月 30 日前", ["2023-06-30"]),
        ("二〇二三年六月三十日前", ["2023-06-30"]),
        ("常态化", []),
        ("事故发生60日内", []),
    ],
)
def test_a_label_gives_its_days(value, days):
    assert one(f"（责任单位：区应急局，完成时限：{value}）")["deadlines"] == days


@pytest.mark.parametrize("value", ["常态化", "长期坚持", "持续推进", "长期", "常态化推进", "贯穿全年"])
def test_ongoing_work_has_no_other_date(value):
    measure = one(f"（责任单位：区应急局，完成时限：{value}）")
    assert measure["ongoing"] is True
    assert measure["deadlines"] in ([], ["2023-12-31"])


def test_a_date_and_ongoing_stand_together():
    measure = one("（责任单位：区应急局，完成时限：6月底前，并长期坚持）")
    assert (measure["deadlines"], measure["ongoing"]) == (["2023-06-30"], True)


@pytest.mark.parametrize(
    ("value", "days", "working", "start"),
    [
        ("事故发生60日内", 60, False, "事故发生"),
        ("印发后10个工作日内", 10, True, "印发"),
        ("自方案印发之日起三十日内", 30, False, "方案印发"),
        ("事故发生之日起60日内", 60, False, "事故发生"),
        ("接到举报后2周内", 14, False, "接到举报"),
        ("15个工作日内", 15, True, None),
    ],
)
def test_a_period_runs_from_an_event(value, days, working, start):
    measure = one(f"（责任单位：区应急局，完成时限：{value}）")
    assert measure["relative"] == {"days": days, "working": working, "from": start}
    assert measure["relative_days"] == days
    assert measure["deadlines"] == []


def test_without_a_label_the_running_text_gives_the_days():
    measure = one("6月底前完成摸排，12月底前完成整改，每月25日前报送，截至2022年底已完成一批。（责任单位：区应急局）")
    assert measure["deadlines"] == ["2023-06-30", "2023-12-31"]


@pytest.mark.parametrize("value", ["2月30日前", "13月底前", "2023-02-30"])
def test_a_day_that_does_not_exist_is_reported_and_not_guessed(value):
    found = plan(f"2023年工作要点\n一、任务\n1.排查。（责任单位：区应急局，完成时限：{value}）")
    assert found["measures"][0]["deadlines"] == []
    assert "不是有效日期" in found["problems"][0]["message"]


def test_a_deadline_that_gives_no_day_is_reported():
    found = plan("2023年工作要点\n一、任务\n1.排查。（责任单位：区应急局，完成时限：汛期前）")
    assert "汛期前" in found["problems"][0]["message"]


PLAIN = "工作要点\n一、任务\n1.排查。（责任单位：区应急局，完成时限：6月底前）\n2.整改。（责任单位：区应急局，完成时限：年底前）"


def test_the_year_comes_from_the_title_the_number_or_the_caller():
    assert plan("2022年" + PLAIN)["year"] == 2022
    assert plan("二〇二二年度" + PLAIN)["measures"][0]["deadlines"] == ["2022-06-30"]
    assert plan("区安〔2021〕5号\n" + PLAIN)["measures"][0]["deadlines"] == ["2021-06-30"]
    assert plan(PLAIN, 2020)["measures"][1]["deadlines"] == ["2020-12-31"]


def test_without_a_year_there_are_no_dates_and_one_problem():
    found = plan(PLAIN)
    assert found["year"] is None
    assert [m["deadlines"] for m in found["measures"]] == [[], []]
    assert len([p for p in found["problems"] if "年份" in p["message"]]) == 1


def test_dates_with_their_own_year_need_none_from_the_plan():
    found = plan(PLAIN.replace("6月底前", "2024年6月底前").replace("年底前", "2025年3月31日前"))
    assert [m["deadlines"] for m in found["measures"]] == [["2024-06-30"], ["2025-03-31"]]
    assert found["problems"] == []
