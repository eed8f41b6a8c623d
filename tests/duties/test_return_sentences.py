from datetime import date

import pytest

from anwei.activities.actions import correct_activity, record_activities
from anwei.duties.return_desk import Gathering, gather_words
from anwei.duties.return_district import told_of_district
from anwei.duties.sentences import sentences
from anwei.periods import window_of
from anwei.plans.models import Measure

pytestmark = pytest.mark.django_db
FIRST_HALF = window_of(date(2023, 1, 1), "half_year")


def study(day="2023-06-08", **more):
    row = {"kind": "collective_study", "happened_on": day, "topic": f"学习{day}", "host": "书记", "attendance": 23}
    return row | more


def said(unit, plan, number, on):
    series = Measure.objects.get(plan=plan, number=number).series_id
    return sentences(unit.pk, [series], FIRST_HALF, date.fromisoformat(on)).get(series, "")


def test_one_study_is_told_with_its_day_and_how_many_came(district, small_plan):
    record_activities(district.by("qingyu.clerk", "2023-06-09"), [study()])
    town = district.units["qingyu"]
    assert said(town, small_plan, "1", "2023-06-25") == "截至6月25日，组织集体学习1次（6月8日，参加23人）。"
    assert said(town, small_plan, "1", "2023-06-08") == ""  # entered a day later
    assert said(district.units["tinglan"], small_plan, "1", "2023-06-25") == ""


def test_of_many_the_first_three_are_named(district, small_plan):
    by = district.by("qingyu.clerk", "2023-06-20")
    record_activities(by, [study(f"2023-06-0{day}") for day in (1, 2, 5, 6)])
    words = said(district.units["qingyu"], small_plan, "1", "2023-06-20")
    assert words == "截至6月20日，组织集体学习4次（6月1日，参加23人；6月2日，参加23人；6月5日，参加23人等）。"


def test_what_was_entered_after_the_period_counts_for_it_but_what_happened_later_does_not(district, small_plan):
    record_activities(district.by("qingyu.clerk", "2023-07-10"), [study("2023-06-28"), study("2023-07-04")])
    town = district.units["qingyu"]
    assert said(town, small_plan, "1", "2023-06-30") == ""
    assert said(town, small_plan, "1", "2023-07-12") == "截至6月30日，组织集体学习1次（6月28日，参加23人）。"


def test_a_correction_changes_todays_sentence_and_not_the_one_of_then(district, small_plan):
    [held], _ = record_activities(district.by("qingyu.clerk", "2023-06-09"), [study()])
    correct_activity(district.by("qingyu.clerk", "2023-06-20"), held, changes={"attendance": 25}, reason="漏记")
    town = district.units["qingyu"]
    assert "参加25人" in said(town, small_plan, "1", "2023-06-20")
    assert "6月8日" in said(town, small_plan, "1", "2023-06-19")


def test_a_case_is_counted_in_its_own_words(district, small_plan):
    case = {"kind": "typical_case", "happened_on": "2023-05-10", "topic": "某企业案", "offender": "某企业", "facts": "未整改",
            "basis": "安全生产法", "outcome": "罚款", "warning": "引以为戒", "url": "https://www.example.gov.cn/1"}  # fmt: skip
    made, problems = record_activities(district.by("housing.clerk", "2023-05-11"), [case])
    assert made and not problems
    assert said(district.units["housing"], small_plan, "3", "2023-06-01") == "截至6月1日，公布典型案例1个（5月10日）。"


def test_the_district_counts_a_joint_study_once_for_each_unit(district, small_plan):
    units = [district.units["qingyu"], district.units["tinglan"]]
    record_activities(district.by("office", "2023-06-09"), [study(units=units, organiser=units[0])])
    series = Measure.objects.get(plan=small_plan, number="1").series_id
    assert told_of_district(small_plan, FIRST_HALF, date(2023, 6, 10))[series] == (["2家单位组织集体学习2次"], 2)


def test_the_words_to_begin_a_summary_with_never_exceed_what_may_be_written(district, small_plan):
    one = Gathering(Measure.objects.get(plan=small_plan, number="2"))
    one.owed, one.states = {1, 2, 3}, {1: "accepted", 2: "submitted"}
    missing = [district.units["tinglan"]]
    full = gather_words(one, missing, ["2家单位组织应急演练2次"], 150)
    assert full == "3家责任单位中2家已报送，1家已审定，缺报1家（汀岚镇）；2家单位组织应急演练2次。"
    assert gather_words(one, missing, ["很长的事实" * 60], 150) == "3家责任单位中2家已报送，1家已审定，缺报1家。"
    assert gather_words(one, [], [], 150).endswith("无缺报。")
