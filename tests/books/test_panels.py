"""Higher rooms add to a lower room's page without the lower room knowing them."""

import pytest

from anwei.activities.actions import record_activities
from anwei.books import panels
from anwei.books.panels import Panel
from tests.activities.conftest import study

pytestmark = pytest.mark.django_db


def test_a_panel_of_a_higher_room_stands_on_the_page_of_a_lower_one(browser, district, monkeypatch):
    monkeypatch.setattr(panels, "_makers", {})
    panels.register("activities.activity", lambda by, row: Panel("这次活动计入", "parts/empty.html", {}, first=True))
    panels.register("activities.activity", lambda by, row: None)
    panels.register("units.unit", lambda by, row: Panel("别处的", "parts/empty.html"))
    [made], _ = record_activities(district.by("qingyu.clerk"), [study()])
    page = browser("qingyu.clerk").get(f"/activities/{made.pk}").text
    assert page.index("这次活动计入") < page.index("基本情况") and "别处的" not in page
