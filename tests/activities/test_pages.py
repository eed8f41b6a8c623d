import pytest

from anwei.activities.actions import record_activities
from anwei.activities.models import Activity
from anwei.units.models import Unit
from tests.activities.conftest import study
from tests.files.samples import picture, upload

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


@pytest.fixture
def made(district):
    [activity], _ = record_activities(district.by("qingyu.clerk"), [study(place="二楼", summary="读原文")])
    return activity


def form_of(activity, **changes):
    """What a browser sends back of an unchanged correction form."""
    row = {
        "happened_on": activity.happened_on.isoformat(),
        "topic": activity.topic,
        "host": activity.answers["host"],
        "attendance": activity.attendance,
        "place": activity.place,
        "summary": activity.summary,
        "organiser": activity.host_id,
        "units": [activity.host_id],
        "reason": "日期录错",
    }
    return row | changes


def test_the_correction_form_starts_from_what_stands_and_leads_to_the_successor(browser, made):
    town = browser("qingyu.clerk")
    page = town.get(f"/activities/{made.pk}/correct").text
    assert 'value="2023-06-08"' in page and 'value="二楼"' in page and "读原文" in page
    answer = town.post(f"/activities/{made.pk}/correct", form_of(made, happened_on="2023-06-09"))
    successor = Activity.objects.get(corrects=made)
    assert answer["Location"] == f"/activities/{successor.pk}"
    assert (successor.place, successor.answers, successor.happened_on.day) == ("二楼", {"host": "党委书记"}, 9)
    assert "看更正前" in town.get(f"/activities/{successor.pk}").text
    old = town.get(f"/activities/{made.pk}").text
    assert "已于2023年9月25日更正" in old and "看更正后" in old and ">作废<" not in old
    assert "共 1 条" in town.get("/activities").text and "共 2 条" in town.get("/activities?all=on").text


def test_the_second_of_two_corrections_is_led_to_what_stands_now(browser, made):
    town = browser("qingyu.clerk")
    town.post(f"/activities/{made.pk}/correct", form_of(made, happened_on="2023-06-09"))
    answer = town.post(f"/activities/{made.pk}/correct", form_of(made, happened_on="2023-06-10"))
    successor = Activity.objects.get(corrects=made)
    assert answer["Location"] == f"/activities/{successor.pk}" and Activity.objects.count() == 2
    assert "刚才的填写没有保存" in town.get(answer["Location"]).text


def test_a_bad_value_stands_at_its_field_and_what_was_written_stays(browser, district):
    town = browser("qingyu.clerk")
    given = {"happened_on": "2023-02-30", "topic": "学习", "host": "书记", "attendance": "0", "units": ["999999"]}
    page = town.post("/activities/record?kind=collective_study", given).text
    assert "学习日期 2023-02-30 不是有效日期，请按 年-月-日 填写" in page and 'value="学习"' in page
    assert "有 " in page and "处需要改正" in page and not Activity.objects.exists()
    again = given | {
        "happened_on": "2023-09-01",
        "units": [district.units["qingyu"].pk],
        "organiser": district.units["qingyu"].pk,
    }
    assert "参加人数 0 不是有效数字" in town.post("/activities/record?kind=collective_study", again).text


def test_a_forged_unit_in_the_form_is_refused(browser, district):
    other = district.units["tinglan"].pk
    given = {
        "happened_on": "2023-09-01",
        "topic": "学习",
        "host": "书记",
        "attendance": "5",
        "organiser": other,
        "units": [other],
    }
    page = browser("qingyu.clerk").post("/activities/record?kind=collective_study", given)
    assert page.status_code == 200 and "处需要改正" in page.text and not Activity.objects.exists()


def test_files_go_in_with_the_form_and_a_bad_one_stops_it(browser, district):
    unit = district.units["qingyu"].pk
    given = {
        "happened_on": "2023-09-01",
        "topic": "学习",
        "host": "书记",
        "attendance": "5",
        "organiser": unit,
        "units": [unit],
    }
    town = browser("qingyu.clerk")
    bad = town.post("/activities/record?kind=collective_study", given | {"files": upload("坏.jpg", b"MZ\0\0")}).text
    assert "“坏.jpg”的内容不是可以上传的种类" in bad and not Activity.objects.exists()
    files = [upload("现场.jpg", picture()), upload("签到表.txt", b"abc")]
    answer = town.post("/activities/record?kind=collective_study", given | {"files": files})
    page = town.get(answer["Location"]).text
    assert "现场.jpg" in page and "签到表.txt" in page and "同一个文件" not in page
    again = given | {"topic": "又一场", "files": upload("另一场.jpg", picture())}
    page = town.get(town.post("/activities/record?kind=collective_study", again)["Location"]).text
    assert "“另一场.jpg”与2023年9月25日上传到另一条记录的附件是同一个文件，请确认没有传错" in page


def test_the_office_credits_all_towns_with_one_tick(browser, district):
    office = browser("office")
    page = office.get("/activities/record?kind=publicity").text
    assert "各镇街" in page and "各专委会" in page
    given = {
        "happened_on": "2023-09-01",
        "topic": "宣传日",
        "organiser": district.units["committee_office"].pk,
        "together": ["towns"],
    }
    office.post("/activities/record?kind=publicity", given)
    assert [str(unit) for unit in Activity.objects.get().counted_units()] == ["青榆镇", "汀岚镇"]
    assert "各镇街" not in browser("qingyu.clerk").get("/activities/record?kind=publicity").text


def test_a_void_asks_for_its_reason(browser, made):
    town = browser("qingyu.clerk")
    assert "作废这条活动？" in town.get(f"/activities/{made.pk}/void").text
    assert town.post(f"/activities/{made.pk}/void", {"reason": ""}).status_code == 200
    assert Activity.objects.valid().exists()
    town.post(f"/activities/{made.pk}/void", {"reason": "重复录入"})
    assert "理由：重复录入" in town.get(f"/activities/{made.pk}").text


def test_the_list_filters_by_kind_unit_and_days_and_says_so(browser, district):
    rows = [
        study(also="宣传活动"),
        study(kind="training", topic="培训班", happened_on="2023-07-01", organiser="老街村"),
    ]
    _made, problems = record_activities(district.by("qingyu.clerk"), rows)
    assert problems == []
    town = browser("qingyu.clerk")
    for query, count in (
        ({"kind": "publicity"}, 1),
        ({"kind": "training"}, 1),
        ({"unit": district.units["old_street"].pk}, 1),
        ({"happened_on_from": "2023-06-08", "happened_on_to": "2023-06-30"}, 1),
        ({"happened_on_from": "2023-06-08"}, 2),
        ({"q": "培训 班"}, 1),
    ):
        assert f"共 {count} 条" in town.get("/activities", query).text, query
    page = town.get("/activities", {"kind": "training", "happened_on_from": "2023-06-01"}).text
    assert "种类：培训" in page and "日期自 2023.6.1" in page
    bad = town.get("/activities", {"happened_on_from": "2023-02-30"})
    assert bad.status_code == 200 and "日期自 2023-02-30 不是有效日期" in bad.text
    for suffix in (".json", ".xlsx"):
        assert town.get(f"/activities{suffix}", {"happened_on_from": "2023-02-30"}).status_code == 400
    foreign = town.get("/activities.json", {"unit": district.units["tinglan"].pk})
    assert foreign.status_code == 400


def test_htmx_gets_only_the_rows(browser, made):
    part = browser("qingyu.clerk").get("/activities", headers={"HX-Request": "true", "HX-Target": "book-rows"}).text
    assert 'id="book-rows"' in part and "<html" not in part


def test_units_of_one_name_are_told_apart_by_who_may_be_meant(district):
    twin = Unit.objects.create(
        code="old_street_2", order=99, short="老街村", full="汀岚镇老街村", kind="village", parent=district.units["tinglan"],
        since=district.units["old_street"].since,
    )  # fmt: skip
    row = study(kind="training", organiser="老街村")
    [mine], _ = record_activities(district.by("qingyu.clerk"), [row])
    assert mine.host == district.units["old_street"]
    [theirs], _ = record_activities(district.by("tinglan.clerk"), [row])
    assert theirs.host == twin
    made, problems = record_activities(district.by("office"), [row | {"topic": "另一班"}])
    assert made == [] and "叫“老街村”的单位有2家，请写全称，如“青榆镇老街村”" in problems[0].message
