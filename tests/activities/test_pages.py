import pytest

from anwei.activities.actions import record_activities
from anwei.activities.models import Activity
from tests.activities.conftest import study

pytestmark = pytest.mark.django_db


def test_a_town_records_a_study_in_one_form_and_sees_it_in_the_list(browser, district):
    town = browser("qingyu.clerk")
    assert "集体学习" in town.get("/activities/record").text
    form = town.get("/activities/record?kind=collective_study").text
    assert "学习日期" in form and "片名" not in form
    given = {
        "happened_on": "2023-09-20",
        "topic": "学习重要论述",
        "host": "书记",
        "attendance": "23",
        "organiser": district.units["qingyu"].pk,
        "units": [district.units["qingyu"].pk],
        "also": ["screening", "publicity"],
    }
    answer = town.post("/activities/record?kind=collective_study", given)
    made = Activity.objects.get()
    assert answer["Location"] == f"/activities/{made.pk}"
    assert sorted(made.credits.values_list("kind", flat=True)) == ["collective_study", "publicity", "screening"]
    detail = town.get(f"/activities/{made.pk}").text
    assert "已录入" in detail and "录入活动" in detail and "2023年9月20日" in detail
    page = town.get("/activities").text
    assert "学习重要论述" in page and "共 1 条" in page


def test_an_outsider_sees_no_activity_and_nobody_is_sent_to_sign_in(browser, district):
    made, _ = record_activities(district.by("qingyu.clerk"), [study()])
    for address in ("/activities", f"/activities/{made[0].pk}", "/activities/record"):
        assert browser("outsider").get(address).status_code == 404
        assert browser(None).get(address)["Location"].startswith("/sign-in")
    for suffix in ("correct", "void"):
        assert browser("outsider").get(f"/activities/{made[0].pk}/{suffix}").status_code == 404
        assert browser("tinglan.clerk").get(f"/activities/{made[0].pk}/{suffix}").status_code == 404
    assert browser("tinglan.clerk").get(f"/activities/{made[0].pk}").status_code == 404
    assert browser("tinglan.clerk").get(f"/activities/{2**70}").status_code == 404
