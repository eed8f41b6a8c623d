from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from anwei.accidents.actions import resume, submit_report, suspend
from anwei.accidents.models import Accident
from tests.accidents.conftest import collapse, forklift, furniture, recorded

pytestmark = pytest.mark.django_db


def given(district, row, **changes):
    """What a browser sends from the record form."""
    town = next(unit.pk for unit in district.units.values() if unit.short == row["town"])
    return row | {"regime": "production", "town": town} | changes


def step(client, accident, key, **values):
    accident.refresh_from_db()
    return client.post(f"/accidents/{accident.pk}/{key}", {"version": accident.version} | values)


def test_the_furniture_maker_through_the_forms_to_the_three_parts_of_the_clock(browser, district):
    office = browser("office")
    assert "特种设备事故" in office.get("/accidents/record").text
    answer = office.post("/accidents/record", given(district, furniture()))
    accident = Accident.objects.get()
    assert answer["Location"] == f"/accidents/{accident.pk}"
    page = office.get(answer["Location"]).text
    assert "一般事故" in page and "逾期163日" in page and "lamp-overdue" in page
    step(office, accident, "suspend", day="2023-02-20", reason="技术鉴定")
    page = office.get(f"/accidents/{accident.pk}").text
    assert "停止计算中" in page and "技术鉴定结束" in page and f"{accident.pk}/report" not in page
    step(office, accident, "resume", day="2023-03-10")
    step(office, accident, "report", day="2023-04-28")
    assert step(office, accident, "ratify", day="2023-05-10").status_code == 302
    page = office.get(f"/accidents/{accident.pk}").text
    for words in ("2023年2月14日", "18日不计入", "2023年5月3日", "2023年4月28日", "提前5日提交", "2023年5月10日"):
        assert words in page
    assert "已批复" in office.get("/accidents").text and "lamp-overdue" not in page


def test_the_collapse_is_regraded_the_page_asks_to_hand_it_up_and_then_counts_no_time(browser, district):
    office, accident = browser("office"), recorded(district.by("office", "2023-05-23"), collapse())
    step(office, accident, "casualties", day="2023-06-12", deaths="3", injuries="2", words="1名伤者死亡")
    page = office.get(f"/accidents/{accident.pk}").text
    assert "现为较大事故，应由设区市级组织调查" in page and "1名伤者死亡" in page
    step(office, accident, "hand-up", to="市人民政府", day="2023-06-12", reason="升为较大")
    page = office.get(f"/accidents/{accident.pk}").text
    assert "由市人民政府组织调查，2023年6月12日移交" in page and "应提交" not in page
    assert "上级调查" in office.get("/accidents?state=above").text


def test_a_refused_step_says_why_above_the_form_and_a_stale_one_too(browser, district):
    office, accident = browser("office"), recorded(district.by("office"), furniture())
    page = step(office, accident, "extend", days="61", approved_by="区政府", day="2023-04-01", reason="取证")
    assert page.status_code == 200 and "合计至多延长60日（生产安全事故报告和调查处理条例第二十九条）" in page.text
    assert "有效日期" in step(office, accident, "report", day="2023-02-30").text
    page = office.post(f"/accidents/{accident.pk}/report", {"version": accident.version - 1, "day": "2023-04-10"})
    assert "刚刚被别人改过" in page.text
    assert "「某局」不在单位表内" in step(office, accident, "units", units="某局", reason="改").text
    assert step(office, accident, "units", units="区应急局，区消防救援大队", reason="改").status_code == 302
    assert [unit.short for unit in Accident.objects.get().parties()] == ["区应急局", "区消防救援大队"]


def test_a_bad_accident_stays_in_the_form(browser, district):
    office = browser("office")
    page = office.post("/accidents/record", given(district, furniture(), happened_on="2023-02-30", happened_at="25:61"))
    assert "发生日期 2023-02-30 不是有效日期" in page.text
    page = office.post("/accidents/record", given(district, furniture(), happened_at="25:61", units=""))
    assert "发生时刻 25:61 不是有效时刻" in page.text and not Accident.objects.exists()


def test_units_with_a_part_read_it_and_no_others(browser, district):
    accident = recorded(district.by("office"), furniture())
    addresses = ["", *(f"/{key}" for key in ("casualties", "suspend", "hand-up", "void"))]
    for who in ("qingyu.clerk", "housing.clerk"):
        assert browser(who).get(f"/accidents/{accident.pk}").status_code == 200
        assert browser(who).get(f"/accidents/{accident.pk}/suspend").status_code in (403, 404)
    for address in addresses:
        assert browser("tinglan.clerk").get(f"/accidents/{accident.pk}{address}").status_code in (403, 404)
        assert browser("outsider").get(f"/accidents/{accident.pk}{address}").status_code in (403, 404)
        assert browser(None).get(f"/accidents/{accident.pk}{address}")["Location"].startswith("/sign-in")
    assert "机械伤害" not in browser("tinglan.clerk").get("/accidents").text
    assert browser("qingyu.clerk").get("/accidents/record").status_code in (403, 404)


def test_a_step_that_is_not_open_does_not_exist(browser, district):
    office, accident = browser("office"), recorded(district.by("office"), forklift())
    for key in ("suspend", "resume", "extend", "report", "ratify", "hand-up", "no-such"):
        assert office.get(f"/accidents/{accident.pk}/{key}").status_code == 404
    step(office, accident, "void", reason="重复登记")
    assert "自当日起不再计入" in office.get(f"/accidents/{accident.pk}").text
    assert office.get(f"/accidents/{accident.pk}/casualties").status_code == 404
    assert "没有符合条件的事故" in office.get("/accidents").text
    assert "叉车" in office.get("/accidents?all=on&state=voided").text


def test_the_states_of_the_filter_are_those_of_the_list(browser, district):
    by, office = district.by("office"), browser("office")
    recorded(by, furniture(title="调查中的一起"))
    reported = recorded(by, furniture(title="待批复的一起"))
    suspend(by, reported, day=date(2023, 2, 20))
    resume(by, reported, day=date(2023, 3, 10))
    submit_report(by, reported, day=date(2023, 4, 28))
    recorded(by, forklift(title="上级的一起"))
    for state in ("open", "submitted", "ratified", "above", "voided"):
        rows = office.get(f"/accidents.json?state={state}&all=on").json()["results"]
        assert [row["state"]["key"] for row in rows] == ([state] if state not in ("ratified", "voided") else [])


def test_the_report_is_attached_and_only_who_may_see_the_accident_reads_it(browser, district):
    accident = recorded(district.by("office"), furniture())
    office = browser("office")
    file = SimpleUploadedFile("调查报告.txt", "调查报告正文".encode(), content_type="text/plain")
    assert office.post(f"/accidents/{accident.pk}/files", {"files": file}).status_code == 302
    assert "调查报告.txt" in office.get(f"/accidents/{accident.pk}").text
