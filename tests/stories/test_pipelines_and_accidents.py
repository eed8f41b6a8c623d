"""Measures 7 and 12 of the example plan: a clock and a coverage, proven by the ledgers alone; nobody reports them."""

from datetime import date

import pytest

from anwei.accidents.actions import hand_up, record_accidents, resume, submit_report, suspend
from anwei.duties.actions import adopt, confirm_waivers, record_shares
from anwei.duties.models import Duty
from anwei.duties.standings import standings
from anwei.evidence.offers import shares
from anwei.journal.by import Refused
from anwei.plans.actions import Head, import_plan, set_head
from anwei.plans.models import Demand
from anwei.registers.actions import record_evaluation, register_installations, void_installation
from tests.accidents.conftest import collapse, furniture
from tests.plan import HANDED_DOWN, ISSUED, TITLE
from tests.registers.conftest import pipeline

pytestmark = pytest.mark.django_db
TEXT = f"""{TITLE}
一、压实安全责任
7.依法严肃事故调查处理。严格事故调查，坚持“四不放过”，事故发生之日起60日内提交调查报告。（牵头单位：区安委会；责任单位：区应急局，区住建局；完成时限：常态化推进）
二、整治突出问题
12.深化危险化学品安全整治。指导企业对运行超过20年的老旧油气长输管道开展排查评估。（牵头单位：区消防安全专委会；责任单位：区应急局，各镇（街道）；完成时限：12月底前）
"""


@pytest.fixture
def plan(district):
    office = district.by("office", ISSUED)
    draft = import_plan(office, text=TEXT, source_name="要点.txt")
    draft = set_head(
        office, draft, draft.version, Head(TITLE, 2023, "临江区安全生产委员会", "临安委〔2023〕2号", ISSUED)
    )
    return adopt(district.by("office", HANDED_DOWN), draft)


def standing(plan, kind, on):
    """unit -> the standings of its dues of this kind, as of a day."""
    duties = Duty.objects.filter(plan=plan, demand__kind=kind)
    units = {duty.unit_id: duty.unit.short for duty in duties.select_related("unit")}
    found = {}
    for row in standings(duties, date.fromisoformat(on)).rows():
        found.setdefault(units[row.unit_id], []).append(row.standing)
    return found


def ticks(district, *days):
    for day in days:
        record_shares(district.system(day))


def test_a_pipeline_turns_its_units_on_the_day_after_twenty_years_and_back_when_it_is_evaluated(district, plan):
    made, _ = register_installations(district.by("office", "2023-03-20"), [pipeline(regulators="区应急局")])
    ticks(district, "2023-03-20", "2023-09-17", "2023-09-18", "2023-09-19")
    nothing = {"区应急局": ["idle"], "青榆镇": ["idle"], "汀岚镇": ["idle"]}
    assert standing(plan, Demand.COVERAGE, "2023-09-17") == standing(plan, Demand.COVERAGE, "2023-09-18") == nothing
    listed = {"区应急局": ["not_due"], "青榆镇": ["idle"], "汀岚镇": ["not_due"]}
    assert standing(plan, Demand.COVERAGE, "2023-09-19") == listed
    record_evaluation(district.by("tinglan.clerk", "2023-09-25"), made[0], day=date(2023, 9, 22))
    ticks(district, "2023-09-25")
    assert standing(plan, Demand.COVERAGE, "2023-09-25") == {
        "区应急局": ["met"],
        "青榆镇": ["idle"],
        "汀岚镇": ["met"],
    }
    assert standing(plan, Demand.COVERAGE, "2023-09-19") == listed  # the day itself stays as it was
    assert standing(plan, Demand.COVERAGE, "2023-09-17") == nothing


def test_a_pipeline_that_nobody_evaluates_is_overdue_in_january_and_a_voided_one_is_not(district, plan):
    made, _ = register_installations(district.by("office", "2023-03-20"), [pipeline(regulators="区应急局")])
    ticks(district, "2023-09-19")
    assert standing(plan, Demand.COVERAGE, "2024-01-02")["汀岚镇"] == ["overdue"]
    void_installation(district.by("office", "2024-01-03"), made[0], reason="管道在邻区")
    ticks(district, "2024-01-03")
    assert standing(plan, Demand.COVERAGE, "2024-01-03")["汀岚镇"] == ["idle"]
    assert standing(plan, Demand.COVERAGE, "2024-01-02")["汀岚镇"] == ["overdue"]


def test_who_has_no_pipeline_at_all_confirms_not_applicable_and_who_has_an_old_one_cannot(district, plan):
    register_installations(district.by("office", "2023-03-20"), [pipeline(regulators="区应急局")])
    [any_pipeline] = shares("register.pipeline")
    objects = any_pipeline.per_unit(date(2023, 9, 25))
    duties = {duty.unit.code: duty for duty in Duty.objects.filter(plan=plan, demand__kind=Demand.COVERAGE)}
    proposed = {code for code, duty in duties.items() if duty.unit_id not in objects}
    assert proposed == {"qingyu"}
    confirm_waivers(district.by("qingyu.reviewer", "2023-09-20"), [duties["qingyu"]], reason="辖区内没有油气长输管道")
    assert standing(plan, Demand.COVERAGE, "2023-09-25")["青榆镇"] == ["not_applicable"]
    with pytest.raises(Refused, match="台账里有1个对象"):
        confirm_waivers(district.by("tinglan.reviewer", "2023-09-20"), [duties["tinglan"]], reason="没有")


def test_the_investigation_of_the_furniture_maker_runs_stands_still_and_ends_in_time(district, plan):
    [accident], _ = record_accidents(district.by("office", "2023-02-14"), [furniture()])
    suspend(district.by("office", "2023-02-20"), accident, day=date(2023, 2, 20))
    resume(district.by("office", "2023-03-10"), accident, day=date(2023, 3, 10))
    both = {"区应急局": ["not_due"], "区住建局": ["not_due"]}
    assert standing(plan, Demand.CLOCK, "2023-03-17") == both
    assert set(standing(plan, Demand.CLOCK, "2023-05-04")["区应急局"]) == {"overdue"}  # 3 May was the last day
    submit_report(district.by("office", "2023-04-28"), accident, day=date(2023, 4, 28))
    assert set(standing(plan, Demand.CLOCK, "2023-05-04")["区应急局"]) == {"met"}
    assert set(standing(plan, Demand.CLOCK, "2023-04-27")["区应急局"]) <= {"not_due", "due_soon"}


def test_an_accident_that_goes_to_the_city_leaves_the_district_without_an_event(district, plan):
    assert standing(plan, Demand.CLOCK, "2023-05-22") == {"区应急局": ["idle"], "区住建局": ["idle"]}
    [accident], _ = record_accidents(district.by("office", "2023-05-23"), [collapse()])
    assert standing(plan, Demand.CLOCK, "2023-06-11")["区住建局"] == ["not_due"]
    hand_up(district.by("office", "2023-06-12"), accident, to="市人民政府", day=date(2023, 6, 12), reason="升为较大")
    assert standing(plan, Demand.CLOCK, "2023-06-12") == {"区应急局": ["idle"], "区住建局": ["idle"]}
    assert standing(plan, Demand.CLOCK, "2023-06-11")["区住建局"] == ["not_due"]
