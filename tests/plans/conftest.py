"""A small plan for the cast, and browsers signed in as people of the cast."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anwei.plans.actions import Head, import_plan, set_head
from anwei.plans.models import Assignment, Plan

DAY = "2023-09-25"
TEXT = """临江区2023年安全生产工作要点

一、压实安全生产责任
1.深入学习重要论述。将安全生产重要论述纳入党委（党组）理论学习中心组学习内容，至少半年组织1次集体学习。（牵头单位：区安委办，责任单位：安委会成员单位，各镇（街道），完成时限：6月、12月底前）
2.强化消防安全整治。紧盯高风险场所，持续整治突出隐患。（牵头单位：区消防安全专委会，责任单位：专委会成员单位、有关部门，完成时限：12月底前）
二、防范化解风险
3.强化燃气安全整治。督促餐饮场所依法安装可燃气体报警装置<并保障使用>。（牵头单位：住房建设局，责任单位：区应急局等有关部门，各镇（街道），完成时限：常态化）
4.完善应急预案。推进基层应急体系能力建设。（牵头单位：区应急局，责任单位：各镇（街道），完成时限：13月底前）
"""


@pytest.fixture(autouse=True)
def demonstration_day(request, monkeypatch):
    if "pure" not in request.keywords:
        monkeypatch.setenv("ANWEI_TODAY", DAY)


@pytest.fixture
def browser(district):
    """browser("office") is a signed-in client; browser(None) is nobody."""

    def open_as(who):
        client = Client()
        if who:
            client.force_login(district.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return open_as


@pytest.fixture
def office(browser):
    return browser("office")


@pytest.fixture
def draft(district) -> Plan:
    """The small plan imported, with its issue date."""
    by = district.by("office", "2023-03-10")
    plan = import_plan(by, text=TEXT, source_name="要点.txt")
    head = Head(plan.title, 2023, "临江区安全生产委员会", "临安委〔2023〕2号", by.today)
    return set_head(by, plan, plan.version, head)


def upload(name: str, data: bytes | str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)


def settle_names(office, plan, units):
    """Everything that is open, named in one go."""
    given = {"decided_on": "2023-03-17", "paper": "临安办〔2023〕5号"}
    for row in Assignment.objects.filter(measure__plan=plan, status__in=["to_be_named", "partly", "unknown"]):
        given[f"names-{row.pk}"] = units.get(row.reference, "")
    assert office.post(f"/plans/{plan.pk}/namings", given).status_code == 302


def head(office, plan):
    plan.refresh_from_db()
    given = {"version": plan.version, "title": plan.title, "year": "2023", "issued_on": "2023-03-10"}
    assert office.post(f"/plans/{plan.pk}/head", given | {"document_number": "临安委〔2023〕2号"}).status_code == 302


def import_text(office, text, **more):
    answer = office.post("/plans/import", {"file": upload("要点.txt", text), **more})
    return Plan.objects.get(pk=answer["Location"].split("/")[2])


@pytest.fixture
def adopted(office, district):
    plan = import_text(office, TEXT)
    head(office, plan)
    settle_names(office, plan, {"住房建设局": "区住建局", "有关部门": "区应急局", "等有关部门": "区消防救援大队"})
    assert office.post(f"/plans/{plan.pk}/adopt").status_code == 302
    plan.refresh_from_db()
    return plan
