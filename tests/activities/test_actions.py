"""Recording, correcting and voiding, as the office and a town meet them."""

from datetime import date

import pytest

from anwei.activities.actions import correct_activity, record_activities, void_activity
from anwei.activities.models import Activity, Credit
from anwei.evidence.offers import acts
from anwei.journal.by import NotAllowed, Refused, Stale
from anwei.journal.models import Entry
from anwei.rulebook import activity_kinds
from anwei.units.models import Setting
from tests.activities.conftest import study

pytestmark = pytest.mark.django_db


def messages(problems):
    return "\n".join(one.message for one in problems)


def counted(kind, on, unit, first=date(2023, 1, 1)):
    """How often a unit's act of this kind counts, seen from a day."""
    [offer] = acts(f"activity.{kind}")
    return sum(times for _, _, times in offer.per_day(on, first, [unit.pk]))


@pytest.fixture
def town(district):
    return district.by("qingyu.clerk")


def test_a_town_records_a_study_for_itself_without_naming_its_unit(town, district):
    made, problems = record_activities(town, [study()])
    assert problems == [] and str(made[0].host) == "青榆镇"
    assert [str(unit) for unit in made[0].counted_units()] == ["青榆镇"]
    assert made[0].entered_by == "青榆镇｜联络员" and made[0].answers == {"host": "党委书记"}
    assert counted("collective_study", date(2023, 9, 25), district.units["qingyu"]) == 1


def test_a_joint_session_counts_once_for_each_unit_and_kind(district):
    row = study(organiser="区安委办", units="青榆镇、各镇街、区住建局", also="观看专题片、宣传活动")
    made, problems = record_activities(district.by("office"), [row])
    assert messages(problems) == ""
    credits = Credit.objects.filter(activity=made[0], counts=True)
    assert sorted(set(credits.values_list("unit__short", flat=True))) == sorted(["青榆镇", "汀岚镇", "区住建局"])
    assert credits.count() == 9
    for kind in ("collective_study", "screening", "publicity"):
        assert counted(kind, date(2023, 9, 25), district.units["qingyu"]) == 1


def test_a_host_that_only_organised_sees_the_activity_but_it_does_not_count_for_it(district):
    row = {
        "kind": "访谈", "happened_on": "2023-09-01", "organiser": "区应急局", "units": "青榆镇", "interviewer": "副区长",
        "interviewee": "青榆镇镇长", "weaknesses": "自建房", "demands": "月底前排查完",
    }  # fmt: skip
    made, problems = record_activities(district.by("office"), [row])
    assert messages(problems) == "" and str(made[0]) == "访谈：青榆镇镇长"
    assert counted("leader_talk", date(2023, 9, 25), district.units["qingyu"]) == 1
    assert counted("leader_talk", date(2023, 9, 25), district.units["emergency_bureau"]) == 0
    assert Activity.objects.seen_by(district.by("emergency_bureau.clerk")).count() == 1
    assert Activity.objects.seen_by(district.by("housing.clerk")).count() == 0


def test_the_host_of_a_committee_records_for_the_committee_that_it_acts_for(district):
    row = {"kind": "季度小结", "happened_on": "2023-09-20", "organiser": "区消防安全专委会", "summary": "会议2次"}
    made, problems = record_activities(district.by("fire_brigade.clerk"), [row])
    assert messages(problems) == "" and [str(unit) for unit in made[0].counted_units()] == ["区消防安全专委会"]
    _, problems = record_activities(district.by("housing.clerk"), [row | {"summary": "会议3次"}])
    assert "您不能以“区消防安全专委会”的名义录入" in messages(problems)


BAD = [
    ({"kind": "茶话会"}, "没有“茶话会”这类活动，请从下列种类中选择：集体学习"),
    ({"kind": ""}, "没有“”这类活动"),
    ({"happened_on": "2023-02-30"}, "学习日期 2023-02-30 不是有效日期，请按 年-月-日 填写"),
    ({"happened_on": ""}, "学习日期没有填写"),
    ({"happened_on": "2023-09-26"}, "学习日期 2023-09-26 不能晚于今天（2023年9月25日）"),
    ({"happened_on": "1999-12-31"}, "学习日期 1999-12-31 不能早于 2000年1月1日"),
    ({"attendance": ""}, "参加人数没有填写，集体学习须写明参加人数。"),
    ({"attendance": 0}, "参加人数 0 不是有效数字，请填写 1 至"),
    ({"attendance": "二十三"}, "参加人数 二十三 不是有效数字"),
    ({"attendance": 2.5}, "参加人数 2.5 不是有效数字"),
    ({"topic": "长" * 201}, "主题写了201字，至多200字"),
    ({"summary": "长" * 301}, "内容摘要写了301字，至多300字"),
    ({"organiser": "某某局"}, "主办单位：没有找到单位“某某局”"),
    ({"organiser": "汀岚镇"}, "您不能以“汀岚镇”的名义录入活动"),
    ({"units": "青榆镇、汀岚镇"}, "您不能替汀岚镇录入"),
    ({"units": "老街村"}, "老街村不在“集体学习”计入的单位范围内"),
    ({"also": "应急演练"}, "一场“集体学习”不能同时算作“应急演练”"),
    (
        {"kind": "典型案例公布", "facts": "一", "basis": "二", "outcome": "三", "url": "javascript:alert(1)"},
        "不是有效网址",
    ),
    ({"kind": "应急演练", "drill_type": "随便练"}, "演练形式 随便练 不在可选之列，请选：桌面演练、实战演练、双盲演练"),
]


@pytest.mark.parametrize(("change", "message"), BAD)
def test_what_is_wrong_with_a_row_is_said_with_its_value_and_what_to_do(town, change, message):
    made, problems = record_activities(town, [study(**change)])
    assert made == [] and message in messages(problems)
    assert not Activity.objects.exists()


def test_today_and_the_first_day_of_the_book_are_good_days(town):
    made, problems = record_activities(town, [study(happened_on="2023-09-25"), study(happened_on="2000-01-01")])
    assert len(made) == 2 and problems == []


def test_a_kind_that_one_unit_holds_takes_no_second(district):
    case = {
        "kind": "典型案例公布", "happened_on": "2023-09-01", "topic": "案例一", "facts": "一", "basis": "二", "outcome": "三",
        "organiser": "区住建局", "units": "区住建局、区应急局",
    }  # fmt: skip
    made, problems = record_activities(district.by("office"), [case])
    assert made == [] and "一次只计入一家单位，现填了2家，请每家录一条" in messages(problems)


def test_good_rows_are_taken_beside_bad_ones_and_one_entry_names_them_all(town):
    rows = [study(), study(happened_on="x"), study(topic="另一场")]
    made, problems = record_activities(town, rows)
    assert len(made) == 2 and [one.row for one in problems] == [1]
    entry = Entry.objects.get(act="activity.record")
    assert entry.subjects.count() == 3  # two activities and the unit on which the right was asked
    assert entry.detail == {"entered": 2, "refused": 1, "files": []}


def test_the_same_activity_is_not_recorded_twice_neither_later_nor_in_one_sheet(town):
    made, problems = record_activities(town, [study(), study()])
    assert len(made) == 1 and "本次已有青榆镇2023年6月8日的集体学习" in messages(problems)
    made, problems = record_activities(town, [study()])
    assert made == [] and "台账里已有青榆镇2023年6月8日的集体学习" in messages(problems)


@pytest.mark.parametrize(("day", "late"), [("2023-09-15", False), ("2023-09-14", True)])
def test_an_entry_after_ten_days_is_marked_late(town, day, late):
    made, _ = record_activities(town, [study(happened_on=day)])
    assert made[0].late is late


def test_the_district_may_set_its_own_days_for_late(town):
    Setting.objects.create(key="activity.late_after_days", value=3, since=date(2023, 1, 1), reason="本区规定")
    made, _ = record_activities(town, [study(happened_on="2023-09-21"), study(happened_on="2023-09-22")])
    assert [one.late for one in made] == [True, False]


def test_a_person_without_the_right_is_refused_and_that_is_recorded(district):
    with pytest.raises(NotAllowed, match="录入活动"):
        record_activities(district.by("outsider"), [study()])
    assert Entry.objects.get().outcome == Entry.REFUSED


def test_a_correction_changes_today_and_not_what_the_day_itself_gave(district):
    unit = district.units["qingyu"]
    [first], _ = record_activities(district.by("qingyu.clerk", "2023-06-09"), [study()])
    by = district.by("qingyu.clerk", "2023-09-20")
    changes = {"happened_on": "2023-07-08", "topic": "学习重要论述"}
    second = correct_activity(by, first, changes=changes, reason="日期录错")
    first.refresh_from_db()
    assert (first.voided_on, second.corrects_id, second.entered_on) == (date(2023, 9, 20), first.pk, date(2023, 9, 20))
    june = (date(2023, 1, 1), date(2023, 6, 30))
    [offer] = acts("activity.collective_study")
    assert offer.between(date(2023, 9, 19), unit.pk, *june).count() == 1
    assert offer.between(date(2023, 9, 20), unit.pk, *june).count() == 0
    assert (
        counted("collective_study", date(2023, 9, 19), unit)
        == counted("collective_study", date(2023, 9, 20), unit)
        == 1
    )
    entry = Entry.objects.of(second).get()
    assert "日期由“2023年6月8日”改为“2023年7月8日”" in entry.summary and "理由：日期录错" in entry.summary
    assert Entry.objects.of(first).count() == 2


def test_a_correction_does_not_make_late_what_was_entered_in_time(district):
    [first], _ = record_activities(district.by("qingyu.clerk", "2023-06-09"), [study()])
    second = correct_activity(district.by("qingyu.clerk"), first, changes={"place": "二楼"}, reason="补地点")
    third = correct_activity(district.by("qingyu.clerk"), second, changes={"place": "三楼"}, reason="又错")
    assert not second.late and not third.late


def test_of_two_corrections_the_second_meets_the_first(town):
    [first], _ = record_activities(town, [study()])
    held = Activity.objects.get(pk=first.pk)
    correct_activity(town, first, changes={"attendance": 24}, reason="人数")
    with pytest.raises(Stale, match="刚刚被别人更正或作废"):
        correct_activity(town, held, changes={"attendance": 25}, reason="人数")
    assert Activity.objects.valid().get().attendance == 24


def test_a_bad_correction_changes_nothing(town):
    [first], _ = record_activities(town, [study()])
    with pytest.raises(Refused, match="参加人数 0 不是有效数字"):
        correct_activity(town, first, changes={"attendance": 0}, reason="人数")
    with pytest.raises(Refused, match="须写明理由"):
        correct_activity(town, first, changes={"attendance": 5}, reason=" ")
    assert Activity.objects.valid().get().attendance == 23


def test_a_voided_activity_counts_until_yesterday_and_may_be_recorded_anew(district):
    unit = district.units["qingyu"]
    [first], _ = record_activities(district.by("qingyu.clerk", "2023-06-09"), [study()])
    void_activity(district.by("qingyu.clerk", "2023-09-20"), first, reason="重复")
    assert counted("collective_study", date(2023, 9, 19), unit) == 1
    assert counted("collective_study", date(2023, 9, 20), unit) == 0
    assert first.state_word == "已作废"
    made, problems = record_activities(district.by("qingyu.clerk"), [study()])
    assert len(made) == 1 and problems == []


def test_nobody_corrects_what_another_unit_holds_or_another_system_keeps(district, town):
    [first], _ = record_activities(town, [study()])
    with pytest.raises(NotAllowed):
        correct_activity(district.by("tinglan.clerk"), first, changes={}, reason="试")
    Activity.objects.filter(pk=first.pk).update(source_system="学习平台")
    first.refresh_from_db()
    with pytest.raises(Refused, match="来自学习平台"):
        void_activity(town, first, reason="试")


def test_every_kind_of_the_rulebook_is_offered_to_be_counted():
    for kind in activity_kinds():
        assert [offer.label for offer in acts(kind.fact)] == [kind.label]
