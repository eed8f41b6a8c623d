"""One plan from its text to the matrix, as everybody meets it in the browser: no action is called but through a page."""

import pytest
from django.core.cache import cache
from django.test import Client

from anwei.activities.models import Activity
from anwei.duties.models import Due, Duty, Extension
from anwei.plans.models import Plan
from tests.plan import TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def browse(district, monkeypatch):
    def open_as(who, day):
        monkeypatch.setenv("ANWEI_TODAY", day)
        cache.clear()
        client = Client()
        client.force_login(district.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return open_as


def cell(client, on, unit="青榆镇", measure="1"):
    cells = client.get(f"/matrix.json?on={on}").json()["cells"]
    return next(one for one in cells if (one["unit"], one["measure"]) == (unit, measure))


def test_a_plan_is_imported_handed_down_worked_off_and_corrected(browse, district):
    office = browse("office", "2023-03-17")
    office.post("/plans/import", {"text": TEXT})
    plan = Plan.objects.get()
    assert "有关部门" in office.get(f"/plans/{plan.pk}/review").text
    head = {"title": plan.title, "year": 2023, "issuer": "临江区安全生产委员会", "document_number": "临安委〔2023〕2号"}
    office.post(f"/plans/{plan.pk}/head", head | {"issued_on": "2023-03-10", "version": plan.version})
    assert not Duty.objects.exists(), "nothing reaches a unit before adoption"
    assert "已下达" in office.post(f"/plans/{plan.pk}/adopt", follow=True).text

    town = browse("qingyu.clerk", "2023-06-20")
    assert "已签收" in town.post("/receipts", follow=True).text
    assert cell(town, "2023-06-20")["standing"] in ("not_due", "due_soon")
    study = {"happened_on": "2023-06-08", "topic": "学习重要论述", "host": "书记", "attendance": "23"}
    study |= {"organiser": district.units["qingyu"].pk, "units": [district.units["qingyu"].pk], "also": ["publicity"]}
    town.post("/activities/record?kind=collective_study", study)
    assert Activity.objects.get().topic == "学习重要论述"
    assert cell(town, "2023-06-20")["done"] == 1

    due = Due.objects.get(duty__unit=district.units["qingyu"], duty__demand__kind="count", window_start="2023-07-01")
    town = browse("qingyu.clerk", "2023-09-25")
    town.post(f"/dues/{due.pk}/extension", {"until": "2024-01-20", "reason": "换届"})
    asked = Extension.objects.get()
    browse("office", "2023-09-25").post(f"/extensions/{asked.pk}/decide", {"verdict": "grant", "words": "同意"})
    listed = town.get(f"/duties.json?unit={district.units['qingyu'].pk}").json()["rows"]
    assert [one["deadline"] for one in listed if one["standing"] == "extended"] in (["2024-01-20"], [])
    assert "延期" in town.get(f"/duties/{due.duty_id}").text

    activity = Activity.objects.get()
    town.post(f"/activities/{activity.pk}/correct", study | {"happened_on": "2023-07-08", "reason": "日期录错"})
    assert Activity.objects.count() == 2
    assert cell(town, "2023-09-25")["standing"] == "overdue", "the first half-year has no study any more"
    assert cell(town, "2023-08-31")["standing"] in ("met", "not_due"), "what stood at the end of August still stands"
