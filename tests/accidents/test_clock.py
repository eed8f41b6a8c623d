from datetime import date

import pytest

from anwei.accidents.clock import Clock, Span, parts

HAPPENED = date(2023, 2, 14)
APPRAISAL = Span(date(2023, 2, 20), date(2023, 3, 10))


def said(clock, on):
    return {
        part.name: (part.day, "；".join(part.words), part.standing) for part in parts(clock, date.fromisoformat(on))
    }


def test_sixty_days_and_eighteen_of_appraisal():
    """发生 2月14日；60日到 4月15日；鉴定 18日 扣除，到 5月3日；4月28日提交；5月10日批复（到 5月13日）"""
    assert Clock(HAPPENED).ends == date(2023, 4, 15)
    clock = Clock(HAPPENED, (APPRAISAL,), submitted=date(2023, 4, 28), ratified=date(2023, 5, 10))
    assert clock.ends == date(2023, 5, 3) and clock.ratification_ends == date(2023, 5, 13)
    drawn = said(clock, "2023-09-25")
    assert drawn["发生"][0] == "2023年2月14日" and "60日，至2023年4月15日" in drawn["发生"][1]
    assert drawn["扣除"][0] == "18日" and "2023年2月20日至2023年3月10日，18日不计入" in drawn["扣除"][1]
    assert drawn["应提交"] == ("2023年5月3日", "比原期限推后18日", "")
    assert drawn["实际"] == ("2023年4月28日", "提前5日提交", "met")
    assert drawn["批复"][0] == "2023年5月10日" and drawn["批复"][2] == "met"


@pytest.mark.parametrize(
    ("on", "words", "standing"),
    [("2023-04-14", "还剩1日", "not_due"), ("2023-04-15", "今天到期", "not_due"), ("2023-04-16", "逾期1日", "overdue")],
)
def test_without_a_report_the_days_are_counted_down_and_up(on, words, standing):
    assert said(Clock(HAPPENED), on)["实际"] == ("未提交", words, standing)


@pytest.mark.parametrize(
    ("day", "words", "standing"),
    [("2023-04-15", "当日提交", "met"), ("2023-04-16", "逾期1日提交", "met_late")],
)
def test_a_report_on_the_last_day_is_in_time_and_one_later_is_not(day, words, standing):
    drawn = said(Clock(HAPPENED, submitted=date.fromisoformat(day)), "2023-09-25")
    assert drawn["实际"][1:] == (words, standing)


def test_while_the_appraisal_lasts_nothing_is_overdue():
    drawn = said(Clock(HAPPENED, (Span(date(2023, 2, 20), None),)), "2023-09-25")
    assert drawn["应提交"][0] == "停止计算中" and drawn["实际"] == ("未提交", "停止计算，不算逾期", "not_due")
    assert "2023年2月20日起，尚未结束" in drawn["扣除"][1]


def test_an_extension_adds_its_days():
    clock = Clock(HAPPENED, extended=30)
    assert clock.ends == date(2023, 5, 15) and "经批准延长30日" in said(clock, "2023-03-01")["扣除"][1]


@pytest.mark.parametrize(
    ("grade", "ratified", "on", "standing"),
    [
        ("general", None, "2023-05-13", "not_due"),
        ("general", None, "2023-05-14", "overdue"),
        ("general", "2023-05-13", "2023-09-25", "met"),
        ("general", "2023-05-14", "2023-09-25", "met_late"),
        ("extraordinary", "2023-05-28", "2023-09-25", "met"),
        ("extraordinary", "2023-05-29", "2023-09-25", "met_late"),
    ],
)
def test_ratification_has_fifteen_days_and_thirty_for_the_highest_grade(grade, ratified, on, standing):
    ratified = ratified and date.fromisoformat(ratified)
    clock = Clock(HAPPENED, submitted=date(2023, 4, 28), ratified=ratified, grade=grade)
    assert said(clock, on)["批复"][2] == standing
