from datetime import date

import pytest

from anwei.accidents.actions import (
    extend,
    hand_up,
    name_units,
    ratify,
    record_accidents,
    resume,
    submit_report,
    suspend,
    update_casualties,
    void_accident,
)
from anwei.accidents.models import Accident
from anwei.journal.by import NotAllowed, Refused, Stale
from anwei.journal.models import Entry
from tests.accidents.conftest import collapse, forklift, furniture, recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(district):
    return district.by("office")


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "事故名称没有填写"),
        ({"title": "长" * 121}, "事故名称写了121字，至多120字"),
        ({"regime": "天灾"}, "没有“天灾”这类事故"),
        ({"happened_on": "2023-02-30"}, "发生日期 2023-02-30 不是有效日期"),
        ({"happened_on": "2023-09-26"}, "发生日期 2023-09-26 晚于今天"),
        ({"happened_on": "2007-05-31"}, "早于现行规定施行之日"),
        ({"happened_at": "25:00"}, "发生时刻 25:00 不是有效时刻"),
        ({"happened_at": "早上"}, "发生时刻 早上 不是有效时刻"),
        ({"town": "某镇"}, "属地「某镇」不在单位表内"),
        ({"town": ""}, "属地没有填写"),
        ({"town": "区应急局"}, "“区应急局”不是镇、街道或园区"),
        ({"units": "某局"}, "「某局」不在单位表内"),
        ({"units": ""}, "须填写参加调查的单位"),
        ({"deaths": "一"}, "死亡人数 一 不是有效数字"),
        ({"deaths": "-1"}, "死亡人数 -1 不是有效数字"),
        ({"named_grade": "很大"}, "没有“很大”这一等级"),
        ({"deaths": 3, "named_grade": "一般"}, "按伤亡和损失已是较大事故，不能认定为一般"),
        ({"deaths": 3, "district_investigates": "是"}, "较大生产安全事故由设区市级组织调查"),
        ({"regime": "火灾事故"}, "火灾事故须写明“是”或“否”"),
        ({"district_investigates": "也许"}, "本区调查 也许"),
    ],
)
def test_a_bad_row_comes_back_with_its_value_and_the_rule(office, changes, words):
    made, problems = record_accidents(office, [collapse(), furniture(**changes)])
    assert len(made) == 1 and {one.row for one in problems} == {1}
    assert words in "".join(one.message for one in problems)


def test_numbers_follow_each_other_within_a_year_and_are_not_given_again(office):
    first = recorded(office, furniture())
    second = recorded(office, collapse())
    void_accident(office, second, reason="试")
    made, _ = record_accidents(office, [collapse(), forklift(number="临事故7号"), furniture(title="另一起")])
    assert [first.number, second.number] == ["2023-001", "2023-002"]
    assert [one.number for one in made] == ["2023-003", "临事故7号", "2023-004"]


def test_the_same_accident_is_not_entered_twice(office):
    recorded(office, furniture(number="甲1"))
    _, problems = record_accidents(office, [furniture(), collapse(number="甲1")])
    assert [one.message[:4] for one in problems] == ["台账里已"] * 2


def test_a_grade_may_be_determined_higher_than_the_toll_and_stays_there(office):
    """特种设备的附加判据：锅炉爆炸无人伤亡也是较大"""
    accident = recorded(office, forklift(named_grade="较大", deaths=0))
    assert (accident.grade, accident.investigating_body) == ("larger", "省级市场监管部门")
    update_casualties(office, accident, day=day("2023-03-25"), deaths=1, injuries=0)
    assert accident.grade == "larger"


def test_a_fire_is_the_districts_when_it_is_said_so(office):
    fire = recorded(office, furniture(regime="火灾事故", district_investigates="是"))
    assert fire.district_investigates and fire.investigating_body == ""


@pytest.mark.parametrize(
    ("on", "row", "refused"),
    [
        ("2023-06-22", collapse(), ""),  # the thirtieth day
        ("2023-06-23", collapse(), "已过补报期限：生产安全事故伤亡人数自事发之日起30日内"),
        ("2023-05-30", collapse(regime="道路交通事故", district_investigates="否"), ""),
        ("2023-05-31", collapse(regime="道路交通事故", district_investigates="否"), "自事发之日起7日内"),
        ("2023-05-22", collapse(), "早于事故发生日期"),
        ("2023-09-26", collapse(), "晚于今天"),
    ],
)
def test_the_toll_changes_the_grade_within_thirty_days_or_seven_and_no_longer(office, on, row, refused):
    accident = recorded(office, row)
    if refused:
        with pytest.raises(Refused, match=refused):
            update_casualties(office, accident, day=day(on), deaths=3, injuries=2)
    else:
        assert update_casualties(office, accident, day=day(on), deaths=3, injuries=2).grade == "larger"


def test_each_toll_is_kept_and_the_journal_says_what_it_means(office):
    accident = recorded(office, collapse())
    update_casualties(office, accident, day=day("2023-06-12"), deaths=3, injuries=2, words="1名伤者死亡")
    assert [(one.deaths, one.grade) for one in accident.tolls.all()] == [(2, "general"), (3, "larger")]
    summary = Entry.objects.of(accident).first().summary
    assert "等级由一般改为较大" in summary and "应由设区市级组织调查" in summary
    with pytest.raises(Refused, match="没有变化"):
        update_casualties(office, accident, day=day("2023-06-12"), deaths=3, injuries=2)
    with pytest.raises(Refused, match="早于已登记的 2023-06-12"):
        update_casualties(office, accident, day=day("2023-06-11"), deaths=4, injuries=1)


def test_an_appraisal_begins_and_ends_in_order(office):
    accident = recorded(office, furniture())
    with pytest.raises(Refused, match="没有正在进行"):
        resume(office, accident, day=day("2023-03-10"))
    with pytest.raises(Refused, match="早于事故发生日期"):
        suspend(office, accident, day=day("2023-02-13"))
    with pytest.raises(Refused, match="期限届满以后"):
        suspend(office, accident, day=day("2023-04-16"))
    suspend(office, accident, day=day("2023-02-20"))
    with pytest.raises(Refused, match="还没有结束"):
        suspend(office, accident, day=day("2023-02-21"))
    with pytest.raises(Refused, match="还没有结束"):
        submit_report(office, accident, day=day("2023-04-01"))
    with pytest.raises(Refused, match="不晚于开始日期"):
        resume(office, accident, day=day("2023-02-20"))
    resume(office, accident, day=day("2023-03-10"))
    with pytest.raises(Refused, match="不能重叠"):
        suspend(office, accident, day=day("2023-03-09"))
    suspend(office, accident, day=day("2023-05-03"))  # the last day, as the eighteen days have moved it


@pytest.mark.parametrize(
    ("days", "on", "words"),
    [
        (60, "2023-04-15", ""),
        (61, "2023-04-15", "合计至多延长60日"),
        (0, "2023-04-15", "延长0日不合规定"),
        (30, "2023-04-16", "期限届满以后不能再延长"),
        (30, "2023-09-26", "晚于今天"),
        (30, "2023-02-13", "早于事故发生日期"),
    ],
)
def test_an_extension_needs_its_day_in_time_and_stays_below_the_cap(office, days, on, words):
    accident = recorded(office, furniture())
    given = {"days": days, "approved_by": "区政府", "day": day(on), "reason": "取证"}
    if not words:
        extend(office, accident, **given)
        with pytest.raises(Refused, match="已延长60日"):
            extend(office, accident, **given | {"days": 1})
        return
    with pytest.raises(Refused, match=words):
        extend(office, accident, **given)


def test_report_and_ratification_come_in_order_and_once(office):
    accident = recorded(office, furniture())
    with pytest.raises(Refused, match="还没有提交"):
        ratify(office, accident, day=day("2023-05-10"))
    submit_report(office, accident, day=day("2023-04-28"))
    assert "逾期13日" in Entry.objects.of(accident).first().summary
    with pytest.raises(Refused, match="已于 2023-04-28 提交"):
        submit_report(office, accident, day=day("2023-04-29"))
    with pytest.raises(Refused, match="早于报告提交日期"):
        ratify(office, accident, day=day("2023-04-27"))
    ratify(office, accident, day=day("2023-04-28"))
    with pytest.raises(Refused, match="已经批复"):
        ratify(office, accident, day=day("2023-05-10"))
    with pytest.raises(Refused, match="不能再移交"):
        hand_up(office, accident, to="市政府", day=day("2023-05-10"), reason="提级")
    with pytest.raises(Refused, match="不再变动"):
        name_units(office, accident, units=[], reason="改")


def test_what_a_higher_level_investigates_has_no_clock_to_move(office):
    accident = recorded(office, forklift())
    with pytest.raises(Refused, match="由设区市市场监管部门组织调查"):
        suspend(office, accident, day=day("2023-03-25"))
    with pytest.raises(Refused, match="由设区市市场监管部门组织调查"):
        hand_up(office, accident, to="市政府", day=day("2023-03-25"), reason="提级")


def test_of_two_who_change_one_accident_the_second_is_told(office):
    accident = recorded(office, furniture())
    read_before = Accident.objects.get(pk=accident.pk)
    suspend(office, accident, day=day("2023-02-20"))
    with pytest.raises(Stale, match="刚刚被别人改过"):
        name_units(office, read_before, units=accident.units_of("town"), reason="改")


def test_only_the_office_records(district):
    accident = recorded(district.by("office"), furniture())
    for who in ("qingyu.clerk", "emergency_bureau.reviewer", "outsider"):
        with pytest.raises(NotAllowed):
            record_accidents(district.by(who), [collapse()])
        with pytest.raises(NotAllowed):
            submit_report(district.by(who), accident, day=day("2023-04-28"))


def test_an_investigation_of_the_district_keeps_at_least_one_unit(district, office):
    accident = recorded(office, furniture())
    with pytest.raises(Refused, match="不能一家都没有"):
        name_units(office, accident, units=[], reason="改")
    same = [district.units["housing"], district.units["emergency_bureau"]]
    with pytest.raises(Refused, match="没有变化"):
        name_units(office, accident, units=same, reason="改")
