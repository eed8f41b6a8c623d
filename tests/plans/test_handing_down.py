"""From a file to duties through the doors: nothing reaches a unit before, and what was met stays met in a new version."""

import re

import pytest

from anwei.activities.actions import record_activities
from anwei.duties.models import Dispatch, Due, Duty
from anwei.outbox.models import Notice
from anwei.plans.models import Assignment, Plan
from tests.plans.conftest import TEXT, head, import_text, settle_names

pytestmark = pytest.mark.django_db


def test_a_plan_goes_from_the_file_to_the_units(office, browser, district):
    plan = import_text(office, TEXT)
    head(office, plan)
    page = office.get(f"/plans/{plan.pk}/adopt").text
    assert "还不能下达" in page and "1个称谓认不出" in page and "待点名（2项）" in page
    assert office.post(f"/plans/{plan.pk}/adopt").status_code == 409
    settle_names(office, plan, {"住房建设局": "区住建局", "有关部门": "区应急局"})
    assert not Duty.objects.exists() and not Dispatch.objects.exists() and not Notice.objects.exists()
    town = browser("qingyu.clerk")
    assert town.get(f"/plans/{plan.pk}").status_code == 404 and plan.title not in town.get("/plans").text

    page = office.get(f"/plans/{plan.pk}/adopt").text
    assert "还不能下达" not in page and "待点名（1项）" in page and "1处疑问没有处理" in page
    promised = int(re.search(r'任务</p><span class="figure-number">(\d+)', page)[1])
    answer = office.post(f"/plans/{plan.pk}/adopt", follow=True)
    assert "已下达" in answer.text
    plan.refresh_from_db()
    assert plan.state == Plan.ADOPTED and Duty.objects.count() == promised
    assert Dispatch.objects.filter(unit=district.units["qingyu"]).exists()
    assert town.get(f"/plans/{plan.pk}").status_code == 200


def test_what_is_named_after_handing_down_waits_for_one_more_click(office, district):
    plan = import_text(office, TEXT)
    head(office, plan)
    settle_names(office, plan, {"住房建设局": "区住建局", "有关部门": "区应急局"})
    office.post(f"/plans/{plan.pk}/adopt")
    mine = Duty.objects.filter(unit=district.units["party_office"], demand__measure__number="3")
    rest = Assignment.objects.get(measure__plan=plan, reference="等有关部门")
    given = {"decided_on": "2023-09-20", f"names-{rest.pk}": "区委办公室"}
    answer = office.post(f"/plans/{plan.pk}/namings", given)
    assert answer["Location"] == f"/plans/{plan.pk}/proposals" and not mine.exists()
    page = office.get(f"/plans/{plan.pk}/proposals").text
    assert "区委办公室" in page and "第3条" in page
    keys = re.findall(r'name="proposal" value="([^"]+)"', page)
    assert "没有勾选" in office.post(f"/plans/{plan.pk}/proposals", follow=True).text and not mine.exists()
    office.post(f"/plans/{plan.pk}/proposals", {"proposal": keys})
    assert mine.count() == 1
    assert "没有要调整的任务" in office.get(f"/plans/{plan.pk}/proposals").text


NEW = TEXT.replace("13月底前", "12月底前").replace(
    "1.深入学习", "1.完善值班制度。落实领导带班。（牵头单位：区应急局，责任单位：各镇（街道），完成时限：12月底前）\n2.深入学习"
).replace("2.强化消防", "3.强化消防").replace("3.强化燃气", "4.强化燃气").replace("4.完善应急", "5.完善应急")  # fmt: skip


def test_a_new_version_keeps_the_duties_that_were_met(office, browser, adopted, district):
    study = {"kind": "collective_study", "happened_on": "2023-06-08", "topic": "学习", "host": "书记", "attendance": 9}
    record_activities(district.by("qingyu.clerk"), [study])
    old = adopted.measures.get(number="1")
    before = set(Duty.objects.filter(series=old.series, until=None).values_list("pk", flat=True))
    page = browser("qingyu.clerk").get(f"/plans/{adopted.pk}/measures/{old.pk}").text
    assert ">1/2<" in page.split('id="units"')[1]

    plan = import_text(office, NEW, replaces=adopted.pk)
    head(office, plan)
    settle_names(office, plan, {"有关部门": "区应急局", "等有关部门": "区消防救援大队", "住房建设局": "区住建局"})
    page = office.get(f"/plans/{plan.pk}/adopt").text
    assert "与《" in page and "条号变了" in page and "作为新任务" in page
    new = plan.measures.get(title__contains="学习")
    assert re.search(rf'name="old-{new.pk}".*?value="{old.pk}" selected', page, re.S)

    pairs = {f"old-{m.pk}": value for m in plan.measures.all() if (value := chosen(page, m.pk))}
    assert office.post(f"/plans/{plan.pk}/adopt", pairs).status_code == 302
    adopted.refresh_from_db(), plan.refresh_from_db(), new.refresh_from_db()
    assert (adopted.state, plan.state, new.series_id) == (Plan.REPLACED, Plan.ADOPTED, old.series_id)
    assert set(Duty.objects.filter(series=new.series_id, until=None).values_list("pk", flat=True)) == before
    page = browser("qingyu.clerk").get(f"/plans/{plan.pk}/measures/{new.pk}").text
    assert ">1/2<" in page.split('id="units"')[1]
    assert Due.objects.filter(duty__series=new.series_id, duty__unit=district.units["qingyu"]).exists()
    assert "已被新版替代" in office.get(f"/plans/{adopted.pk}").text


def chosen(page, measure):
    """What the select of a new measure proposes."""
    select = page.split(f'name="old-{measure}"')[1].split("</select>")[0]
    hit = re.search(r'value="(\d+)" selected', select)
    return hit[1] if hit else ""


def test_two_new_measures_can_not_continue_the_same_old_one(office, adopted):
    plan = import_text(office, NEW, replaces=adopted.pk)
    head(office, plan)
    settle_names(office, plan, {"有关部门": "区应急局", "住房建设局": "区住建局"})
    old = adopted.measures.first()
    answer = office.post(f"/plans/{plan.pk}/adopt", {f"old-{m.pk}": old.pk for m in plan.measures.all()})
    assert answer.status_code == 409 and "两条新任务对应了同一条旧任务" in answer.text
    adopted.refresh_from_db()
    assert adopted.state == Plan.ADOPTED
