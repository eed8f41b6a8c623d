"""A unit that is named after the plan was handed down owes what lies ahead, not what nobody asked it for."""

from datetime import date

import pytest

from anwei.duties.actions import apply_proposals
from anwei.duties.models import Due
from anwei.duties.queries import proposals
from anwei.outbox.models import Notice
from anwei.plans.actions import NamingRow, name_units
from anwei.references import about

pytestmark = pytest.mark.django_db


def named(district, plan, day):
    office = district.by("office", day)
    name_units(office, plan, [NamingRow("4", "有关部门", [district.units["housing"]])], decided_on=office.today)
    apply_proposals(office, plan, [one.key for one in proposals(plan, office.today)])
    return Due.objects.filter(duty__unit__code="housing", duty__demand__measure__number="4")


def test_named_in_september_a_unit_is_not_overdue_for_june(district, small_plan):
    dues = named(district, small_plan, "2023-09-25")
    assert [due.label for due in dues] == ["2023年下半年"]
    assert all(due.deadline > date(2023, 9, 25) for due in dues)


def test_named_in_april_it_owes_both_half_years(district, small_plan):
    assert len(named(district, small_plan, "2023-04-03")) == 2


def test_named_when_every_day_is_over_it_still_owes_the_last_window(district, small_plan):
    assert [due.label for due in named(district, small_plan, "2023-12-28")] == ["2023年下半年"]


def test_who_signed_for_the_plan_before_is_told_of_what_comes_on_top(district, small_plan):
    before = Notice.objects.filter(to=about(district.units["housing"])).count()
    named(district, small_plan, "2023-09-25")
    newest = Notice.objects.filter(to=about(district.units["housing"])).order_by("-id")
    assert newest.count() == before + 1 and "新增任务" in newest[0].title
