"""The catalogue against the example plan, and against plans that speak otherwise."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from anwei.rulebook import (
    Override,
    demand_template,
    demand_templates,
    match_demands,
    parameter,
    report_demand,
    uncounted,
)

PLAN = (Path(__file__).parents[2] / "examples" / "key-points-2023.txt").read_text(encoding="utf-8")
MEASURES = {
    int(found[1]): (found[2], found[3])
    for found in re.finditer(r"^(\d+)\.([^。]+。)(.*?)(?=（牵头单位|^（牵头)", PLAN, re.M | re.S)
}


@dataclass
class Said:
    text: str
    at_least: int | None
    every: str | None
    object: str | None = None


CADENCES = {
    1: [Said("至少半年组织1次集体学习", 1, "half_year", "集体学习")],
    21: [Said("每季度至少公布1个案例", 1, "quarter", "案例")],
}
# measure: the demands of the catalogue with their 办结标志; every other measure goes into the return.
EXPECTED = {
    1: [("collective_study", "上、下半年各≥1次")],
    2: [("screening", "全年≥1次"), ("publicity", "全年≥1次")],
    4: [
        ("leader_talk", "全年≥1次"),
        ("risk_consultation_committee", "每季度≥1次"),
        ("risk_consultation_territory", "上、下半年各≥1次"),
    ],
    5: [("committee_meeting", "每季度≥1次"), ("quarterly_summary", "每季度≥1份"), ("joint_enforcement", "全年≥1次")],
    7: [("accident_investigation", "事故发生之日起60日内提交调查报告")],
    12: [("pipeline_evaluated", "名单内评估率100%")],
    21: [("typical_case", "每家每季度≥1个")],
    25: [("drill", "全年≥1次")],
    27: [("publicity", "全年≥1次")],
}


def matches_of(number: int):
    title, text = MEASURES[number]
    return match_demands(title, text, CADENCES.get(number, []), relative_days=60 if number == 7 else None)


def test_the_example_plan_has_its_27_measures():
    assert sorted(MEASURES) == list(range(1, 28))


@pytest.mark.parametrize("number", range(1, 28))
def test_each_measure_of_the_example_plan_gets_its_demands_or_the_return(number):
    found = [(match.template.id, match.finish) for match in matches_of(number)]
    assert found == EXPECTED.get(number, [("half_year_return", "报告1份")])


def test_the_reason_quotes_the_plan_and_the_span_marks_it():
    (study,) = matches_of(1)
    text = MEASURES[1][1]
    assert study.from_plan
    assert study.reason == "原文“至少半年组织1次集体学习”，即每半年至少1次"
    assert study.span is not None
    assert text[slice(*study.span)] == "至少半年组织1次集体学习"
    assert study.proof == "活动台账·集体学习（按学习当天计）"


def test_a_default_says_that_the_plan_names_no_rhythm_and_that_it_was_not_checked():
    meeting = matches_of(5)[0]
    assert not meeting.from_plan
    assert meeting.reason == "原文出现“工作例会”，频次未写明，按每季度至少1次建议（未核）"


def test_a_number_of_the_plan_wins_over_the_catalogue():
    (study,) = match_demands(
        "学习。", "每季度集体学习不少于2次。", [Said("每季度集体学习不少于2次", 2, "quarter", "集体学习")]
    )
    assert (study.at_least, study.every, study.finish) == (2, "quarter", "每季度≥2次")


def test_two_rhythms_for_one_thing_give_two_demands():
    found = match_demands(
        "演练。",
        "镇每年演练1次，企业每半年演练2次。",
        [Said("每年演练1次", 1, "year", "演练"), Said("每半年演练2次", 2, "half_year", "演练")],
    )
    assert [(match.template.id, match.every, match.at_least) for match in found] == [
        ("drill", "year", 1),
        ("drill", "half_year", 2),
    ]


def test_a_rhythm_that_is_no_window_leaves_the_default_and_says_so():
    (drill,) = match_demands("演练。", "每周组织开展应急演练。", [Said("每周组织开展应急演练", 1, "week", "应急演练")])
    assert drill.every == "year"
    assert "“每周组织开展应急演练”的周期不能按月、季、半年、年计" in drill.reason


def test_cadences_may_come_as_rows_of_json():
    row = {"text": "每月至少召开1次专题会议", "at_least": 1, "every": "month", "object": "专题会议", "span": [0, 11]}
    (meeting,) = match_demands("会议。", "每月至少召开1次专题会议。", [row])
    assert (meeting.template.id, meeting.finish) == ("safety_meeting", "每月≥1次")


def test_words_that_ask_for_a_rhythm_count_for_nothing_without_one():
    assert [m.template.id for m in match_demands("培训。", "加强安全培训和警示教育。", [])] == ["half_year_return"]
    found = match_demands("培训。", "每年培训2次。", [Said("每年培训2次", 2, "year", "培训")])
    assert [m.template.id for m in found] == ["training"]


def test_words_far_apart_do_not_make_a_phrase():
    text = "加强油气管道保护。开展风险评估。更新老旧设备。"
    assert [m.template.id for m in match_demands("能源。", text)] == ["half_year_return"]
    text = "对老旧管道开展评估。"
    assert [m.template.id for m in match_demands("能源。", text)] == ["pipeline_evaluated"]


def test_a_phrase_only_in_the_title_counts_but_has_no_place_in_the_text():
    (summary,) = match_demands("落实季度小结制度。", "按要求办理。")
    assert summary.template.id == "quarterly_summary"
    assert summary.span is None


def test_the_days_of_an_investigation_come_from_the_law_where_the_plan_is_silent():
    (clock,) = match_demands("狠抓事故调查。", "依法开展事故调查。")
    assert (clock.days, clock.from_plan) == (60, False)
    assert clock.reason == "原文出现“事故调查”，时限按生产安全事故报告和调查处理条例第二十九条为60日"
    (clock,) = match_demands("狠抓事故调查。", "依法开展事故调查。", relative_days=30)
    assert (clock.days, clock.from_plan, clock.finish) == (30, True, "事故发生之日起30日内提交调查报告")


def test_what_no_room_can_count_goes_into_the_return():
    title, text = MEASURES[12]
    found = match_demands(title, text, offered={"activity.collective_study"})
    assert [match.template.id for match in found] == ["half_year_return"]
    assert found[0].reason == "本条没有台账能数的事项，随落实情况表报送"


def test_a_districts_own_number_is_proposed_from_its_day_on():
    own = [Override("committee.meetings_per_quarter", 2, date(2023, 7, 1), "区里定")]
    before = match_demands("制度。", "落实工作例会。", on=date(2023, 3, 10), overrides=own)
    after = match_demands("制度。", "落实工作例会。", on=date(2023, 9, 25), overrides=own)
    assert [m.at_least for m in (before[0], after[0])] == [1, 2]


def test_a_plan_older_than_the_number_still_gets_a_proposal():
    assert parameter("committee.meetings_per_quarter").first_day > date(2021, 3, 1)
    (meeting,) = match_demands("制度。", "落实工作例会。", on=date(2021, 3, 1))
    assert meeting.at_least == 1


def test_cadences_that_nothing_can_count_are_listed_for_the_review():
    said = [Said("每月走访1户企业", 1, "month", "走访企业"), *CADENCES[21]]
    assert uncounted(said) == ["每月走访1户企业"]


def test_the_study_binds_every_unit_with_a_party_group_whatever_its_role():
    who = demand_template("collective_study").who
    assert who.binds("responsible", "town", True)
    assert who.binds("lead", "party_organ", True)
    assert not who.binds("lead", "committee_office", False)


def test_the_committees_rules_bind_special_committees_only():
    for key in ("committee_meeting", "quarterly_summary", "joint_enforcement"):
        who = demand_template(key).who
        assert who.binds("responsible", "special_committee", False)
        assert not who.binds("responsible", "town", True)


def test_a_published_case_binds_those_responsible_and_not_the_committees_that_lead():
    who = demand_template("typical_case").who
    assert who.binds("responsible", "department", True)
    assert who.binds("responsible", "vertical_body", True)
    assert not who.binds("lead", "special_committee", False)


def test_a_demand_is_as_verified_as_the_number_it_rests_on():
    assert demand_template("collective_study").verified
    assert not demand_template("typical_case").verified
    assert demand_template("accident_investigation").source.article == "第二十九条"
    assert report_demand() in demand_templates()
