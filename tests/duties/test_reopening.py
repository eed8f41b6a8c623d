"""«不涉及» rests on an empty register: refused while it holds anything, and over when the first object appears."""

import pytest

from anwei.duties.actions import adopt, confirm_waivers, record_shares
from anwei.duties.models import Duty, ShareDay, Waiver
from anwei.evidence.offers import kind_of
from anwei.journal.by import Refused
from anwei.outbox.models import Notice
from anwei.plans.actions import Head, import_plan, set_head
from anwei.references import about
from anwei.registers.actions import void_installation
from anwei.rulebook import demand_templates
from tests.duties.asking import duty, stands
from tests.plan import HANDED_DOWN, ISSUED, TITLE
from tests.registers.conftest import registered

pytestmark = pytest.mark.django_db
TEXT = f"""{TITLE}
一、整治突出问题
12.深化危险化学品安全整治。指导企业对运行超过20年的老旧油气长输管道开展排查评估。（牵头单位：区消防安全专委会；责任单位：区应急局，各镇（街道）；完成时限：12月底前）
"""
YOUNG = {"code": "GD-0002", "name": "新联成品油管道（青榆镇）", "town": "青榆镇", "regulators": "区应急局", "commissioned_on": "2016-06-01"}  # fmt: skip


@pytest.fixture(autouse=True)
def plan(district):
    office = district.by("office", ISSUED)
    plan = import_plan(office, text=TEXT, source_name="要点.txt")
    plan = set_head(office, plan, plan.version, Head(TITLE, 2023, "临江区安全生产委员会", "临安委〔2023〕2号", ISSUED))
    return adopt(district.by("office", HANDED_DOWN), plan)


def waive(district, code="qingyu", on="2023-04-10"):
    return confirm_waivers(district.by(f"{code}.reviewer", on), [duty(district, code, "12")], reason="辖区内没有")


def test_a_young_pipeline_asks_for_no_evaluation_and_still_concerns_its_town(district):
    registered(district.by("office", "2023-03-20"), **YOUNG)
    record_shares(district.system("2023-04-10"))
    assert stands(district, "qingyu", "12", "2023-04-10") == ["idle"]
    with pytest.raises(Refused, match="台账里有1个对象"):
        waive(district)
    assert waive(district, "tinglan")


def test_the_first_object_brings_the_duty_back_and_the_unit_is_told(district):
    [waiver] = waive(district)
    record_shares(district.system("2023-05-01"))
    assert stands(district, "qingyu", "12", "2023-05-01") == ["not_applicable"]
    registered(district.by("office", "2023-05-10"), **YOUNG)
    record_shares(district.system("2023-05-11"))
    waiver.refresh_from_db()
    assert (str(waiver.reopened_on), waiver.reopen_reason) == ("2023-05-11", "台账出现第一个对象")
    assert stands(district, "qingyu", "12", "2023-05-10") == ["not_applicable"]
    assert stands(district, "qingyu", "12", "2023-05-11") == ["idle"]
    told = Notice.objects.get(to=about(district.units["qingyu"]), kind="duty")
    assert "任务恢复：青榆镇" in told.title and told.url == duty(district, "qingyu", "12").get_absolute_url()


def test_an_old_object_is_owed_at_once(district):
    waive(district)
    registered(district.by("office", "2023-05-10"), **YOUNG | {"commissioned_on": "2001-06-01"})
    record_shares(district.system("2023-05-11"))
    assert stands(district, "qingyu", "12", "2023-05-11") == ["not_due"]


def test_a_second_tick_of_the_day_changes_nothing(district):
    waive(district)
    registered(district.by("office", "2023-05-10"), **YOUNG | {"commissioned_on": "2001-06-01"})
    assert record_shares(district.system("2023-05-11")) == 2  # the town and the regulator
    before = Notice.objects.count(), ShareDay.objects.count()
    assert record_shares(district.system("2023-05-11")) == 0
    assert (Notice.objects.count(), ShareDay.objects.count()) == before


def test_who_still_has_none_stays_waived(district):
    waive(district, "tinglan")
    registered(district.by("office", "2023-05-10"), **YOUNG)
    record_shares(district.system("2023-05-11"))
    assert Waiver.objects.get().reopened_on is None


def test_when_the_object_was_a_mistake_the_unit_confirms_anew_and_both_decisions_stand(district):
    waive(district)
    pipe = registered(district.by("office", "2023-05-10"), **YOUNG)
    record_shares(district.system("2023-05-11"))
    with pytest.raises(Refused, match="台账里有1个对象"):
        waive(district, on="2023-05-12")
    void_installation(district.by("office", "2023-05-12"), pipe, reason="管道在邻区")
    waive(district, on="2023-05-13")
    record_shares(district.system("2023-05-14"))
    assert stands(district, "qingyu", "12", "2023-05-14") == ["not_applicable"]
    assert Waiver.objects.filter(duty=duty(district, "qingyu", "12")).count() == 2


def test_a_duty_that_no_register_knows_stays_waived(district):
    town = Duty.objects.get(pk=duty(district, "qingyu", "12").pk)
    waive(district)
    town.demand.kind, town.demand.fact = "report", ""
    town.demand.save()
    registered(district.by("office", "2023-05-10"), **YOUNG)
    record_shares(district.system("2023-05-11"))
    assert Waiver.objects.get().reopened_on is None


def test_every_register_that_the_catalogue_names_is_offered():
    named = {one.objects for one in demand_templates() if one.objects}
    assert named == {"register.pipeline"} and {kind_of(key) for key in named} == {"coverage"}
