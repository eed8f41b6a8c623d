"""A deadline that runs from an event gets its day on the measure's page."""

import re
from datetime import date

import pytest

from anwei.duties.actions import adopt
from anwei.duties.models import Due
from anwei.plans.actions import Head, import_plan, set_head

pytestmark = pytest.mark.django_db
TEXT = """临江区2023年节前安全防范工作方案
一、压实责任
1.整改市级督查反馈问题。对市级督查反馈的问题逐项整改，整改情况报区安委办。（牵头单位：区安委办；责任单位：区住建局、青榆镇；完成时限：市级督查反馈后5个工作日内）
2.开展节前检查。对重点场所逐一检查。（牵头单位：区应急局；责任单位：青榆镇；完成时限：12月底前）
"""


@pytest.fixture
def plan(district):
    office = district.by("office", "2023-09-18")
    made = import_plan(office, text=TEXT, source_name="方案.txt")
    head = Head(made.title, 2023, "区安委办", "临安办〔2023〕18号", date(2023, 9, 18))
    return adopt(office, set_head(office, made, made.version, head))


def page_of(plan, number):
    return f"/plans/{plan.pk}/measures/{plan.measures.get(number=number).pk}"


def deadlines(plan, number):
    dues = Due.objects.filter(duty__demand__measure=plan.measures.get(number=number))
    return set(dues.values_list("deadline", flat=True))


def test_the_office_enters_the_day_on_the_measures_page_and_every_unit_gets_its_deadline(browse, plan):
    office = browse("office", "2023-09-25")
    place = page_of(plan, "1")
    assert "起算日" in office.get(place).text and deadlines(plan, "1") == {None}
    answer = office.post(f"{place}/anchor", {"happened_on": "2023-09-20"}, follow=True).text
    assert "时限 2023年9月27日" in answer
    assert deadlines(plan, "1") == {date(2023, 9, 27)}


def test_a_wrong_day_is_entered_again(browse, plan):
    office = browse("office", "2023-09-25")
    for day in ("2023-09-11", "2023-09-20"):
        office.post(f"{page_of(plan, '1')}/anchor", {"happened_on": day})
    assert deadlines(plan, "1") == {date(2023, 9, 27)}


@pytest.mark.parametrize("day", ["2023-09-31", "", "昨天", "2023-09-26", "2022-09-20"])
def test_a_day_that_cannot_be_is_refused_with_its_words(browse, plan, day):
    answer = browse("office", "2023-09-25").post(f"{page_of(plan, '1')}/anchor", {"happened_on": day}, follow=True)
    assert answer.status_code == 200 and "起算日" in re.sub("<main.*", "", answer.text) + answer.text
    assert "起算日已定" not in answer.text and deadlines(plan, "1") == {None}


def test_a_town_neither_sees_the_form_nor_may_set_the_day(browse, plan):
    town, place = browse("qingyu.clerk", "2023-09-25"), page_of(plan, "1")
    assert f"{place}/anchor" not in town.get(place).text
    town.post(f"{place}/anchor", {"happened_on": "2023-09-20"})
    assert deadlines(plan, "1") == {None}


def test_a_measure_with_a_date_of_its_own_has_no_such_form(browse, plan):
    office, place = browse("office", "2023-09-25"), page_of(plan, "2")
    assert f"{place}/anchor" not in office.get(place).text
    answer = office.post(f"{place}/anchor", {"happened_on": "2023-09-20"}, follow=True).text
    assert "没有等着定起算日" in answer
