"""A deadline that runs from an event stands open until the office says when the event happened."""

from datetime import date

import pytest

from anwei.duties.actions import adopt, anchor
from anwei.duties.models import Due
from anwei.journal.by import NotAllowed, Refused
from anwei.journal.models import Entry
from anwei.plans.actions import Head, import_plan, set_head
from anwei.plans.models import Measure, Plan
from tests.duties.asking import stands
from tests.plan import HANDED_DOWN, ISSUED, TITLE

pytestmark = pytest.mark.django_db
TEXT = f"""{TITLE}
一、压实安全责任
1.抓好督查整改。对督查反馈的问题建立清单、逐项整改。（牵头单位：区应急局；责任单位：各镇（街道）；完成时限：市级督查反馈后5个工作日内）
2.制定工作方案。各单位结合实际制定工作方案。（牵头单位：区应急局；责任单位：各镇（街道）；完成时限：印发后10个工作日内）
"""


@pytest.fixture
def plan(district) -> Plan:
    office = district.by("office", ISSUED)
    plan = import_plan(office, text=TEXT, source_name="要点.txt")
    plan = set_head(office, plan, plan.version, Head(TITLE, 2023, "临江区安全生产委员会", "临安委〔2023〕2号", ISSUED))
    return adopt(district.by("office", HANDED_DOWN), plan)


def measure(plan, number="1") -> Measure:
    return plan.measures.get(number=number)


def test_without_the_event_there_is_no_day_and_nobody_is_overdue(district, plan):
    assert stands(district, "qingyu", "1", "2023-12-30") == ["unanchored"]


def test_the_event_sets_the_day_for_all_units_by_working_days(district, plan):
    # 28 April, then free until 3 May; 4, 5 and Saturday the 6th are worked, the fifth day is Monday the 8th.
    assert anchor(district.by("office", "2023-04-28"), measure(plan), happened_on=date(2023, 4, 27)) == date(2023, 5, 8)
    for unit in ("emergency_bureau", "qingyu", "tinglan"):
        assert stands(district, unit, "1", "2023-05-08") == ["due_soon"]
        assert stands(district, unit, "1", "2023-05-09") == ["overdue"]
    assert Entry.objects.filter(act="plan.adopt", summary__contains="起算日 2023-04-27").exists()


def test_ten_working_days_after_issue_end_in_march_so_one_return_says_it(district, plan):
    days = Due.objects.filter(duty__demand__measure__number="2").values_list("deadline", flat=True)
    assert set(days) == {date(2023, 6, 8)}  # the return of the first half; the second owes nothing of it
    assert stands(district, "qingyu", "2", "2023-06-08") == ["due_soon"]
    assert stands(district, "qingyu", "2", "2023-06-09") == ["overdue"]


def test_an_event_that_has_not_happened_yet_sets_no_day(district, plan):
    with pytest.raises(Refused, match="在今天之后"):
        anchor(district.by("office", "2023-04-27"), measure(plan), happened_on=date(2023, 4, 28))
    assert anchor(district.by("office", "2023-04-28"), measure(plan), happened_on=date(2023, 4, 28))


def test_a_measure_that_waits_for_nothing_cannot_be_anchored(district, plan):
    with pytest.raises(Refused, match="没有等着定起算日"):
        anchor(district.by("office", "2023-04-28"), measure(plan, "2"), happened_on=date(2023, 4, 27))


def test_only_who_hands_plans_down_says_when_it_happened(district, plan):
    with pytest.raises(NotAllowed):
        anchor(district.by("qingyu.reviewer", "2023-04-28"), measure(plan), happened_on=date(2023, 4, 27))
