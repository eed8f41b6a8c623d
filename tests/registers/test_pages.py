from datetime import date

import pytest

from anwei.registers.actions import record_evaluation, register_installations
from anwei.registers.models import Evaluation, Installation
from tests.registers.conftest import pipeline, registered

pytestmark = pytest.mark.django_db


def given(**changes):
    """What a browser sends from the record form."""
    row = {name: value for name, value in pipeline().items() if name not in ("kind", "town")}
    return row | changes


def test_a_town_registers_a_pipeline_sees_the_red_lamp_and_enters_the_evaluation(browser, district):
    town = browser("tinglan.clerk")
    assert "投运日期" in town.get("/installations/record").text
    answer = town.post("/installations/record", given(town=district.units["tinglan"].pk))
    row = Installation.objects.get()
    assert answer["Location"] == f"/installations/{row.pk}"
    page = town.get(answer["Location"]).text
    assert "2023年9月18日满20年，自2023年9月19日起列入“超过20年未评估”" in page and "未核" in page
    listed = town.get("/installations").text
    assert "超过年限未评估" in listed and "lamp-overdue" in listed and "共 1 条" in listed
    answer = town.post(
        f"/installations/{row.pk}/evaluate",
        {"day": "2023-09-20", "organisation": "某检测院", "conclusion": "可继续使用", "valid_until": ""},
    )
    assert answer.status_code == 302
    page = town.get(f"/installations/{row.pk}").text
    assert "某检测院" in page and "起列入" not in page
    assert "超过年限已评估" in town.get("/installations").text


def test_bad_input_stands_at_its_field_and_nothing_is_made(browser, district):
    town = browser("tinglan.clerk")
    page = town.post("/installations/record", given(town=district.units["tinglan"].pk, commissioned_on="2023-02-30"))
    assert "投运日期 2023-02-30 不是有效日期" in page.text
    page = town.post("/installations/record", given(town=district.units["tinglan"].pk, regulators="某局"))
    assert "监管部门「某局」不在单位表内" in page.text
    page = town.post("/installations/record", given(town=district.units["qingyu"].pk, regulators="区应急局"))
    assert "您不能登记青榆镇的设施" in page.text
    assert not Installation.objects.exists()


def test_a_correction_by_form_and_the_second_of_two_is_told(browser, district):
    row = registered(district.by("office"))
    office = browser("office")
    form = office.get(f"/installations/{row.pk}/correct").text
    assert "区应急局、区住建局" in form and 'value="7.4"' in form
    values = given(town=district.units["tinglan"].pk, length_km="11.6", reason="复测", version="1")
    assert office.post(f"/installations/{row.pk}/correct", values).status_code == 302
    again = office.post(f"/installations/{row.pk}/correct", values | {"length_km": "12"})
    assert "刚刚被别人改过" in again.text
    row.refresh_from_db()
    assert str(row.length_km) == "11.600"


def test_voiding_asks_for_a_reason_and_leaves_the_row_for_the_record(browser, district):
    row = registered(district.by("office"))
    office = browser("office")
    assert "停止使用的不要作废" in office.get(f"/installations/{row.pk}/void").text
    assert office.post(f"/installations/{row.pk}/void", {"reason": ""}).status_code == 200
    assert office.post(f"/installations/{row.pk}/void", {"reason": "重复"}).status_code == 302
    assert "没有符合条件的设施" in office.get("/installations").text
    assert "岚线" in office.get("/installations?all=on").text
    assert "自当日起不再计入" in office.get(f"/installations/{row.pk}").text
    assert office.get(f"/installations/{row.pk}/correct").status_code == 404


def test_an_evaluation_is_voided_from_the_page(browser, district):
    row = registered(district.by("office"))
    one = record_evaluation(district.by("office"), row, day=date(2023, 9, 1))
    office = browser("office")
    address = f"/installations/{row.pk}/evaluations/{one.pk}/void"
    assert address in office.get(f"/installations/{row.pk}").text
    assert office.post(address, {"reason": "评的是另一条"}).status_code == 302
    assert Evaluation.objects.valid().count() == 0
    assert office.get(address).status_code == 404


def test_who_is_not_concerned_sees_nothing(browser, district):
    row = registered(district.by("office"))
    moves = ("correct", "evaluate", "void")
    addresses = [f"/installations/{row.pk}", *(f"/installations/{row.pk}/{move}" for move in moves)]
    for address in addresses:
        assert browser("qingyu.clerk").get(address).status_code == 404
        assert browser("outsider").get(address).status_code in (403, 404)
        assert browser(None).get(address)["Location"].startswith("/sign-in")
    assert "岚线" not in browser("qingyu.clerk").get("/installations").text
    for who in ("tinglan.clerk", "housing.clerk"):
        assert "岚线" in browser(who).get("/installations").text
    assert browser("office").get(f"/installations/{2**70}").status_code == 404
    assert browser("office").get("/installations/record?kind=volcano").status_code == 404


def test_the_list_filters_by_state_on_page_and_as_json(browser, district):
    registered(district.by("office"))
    registered(district.by("office"), code="GD-0002", name="新线", commissioned_on="2016-05-01")
    office = browser("office")
    data = office.get("/installations.json?state=unevaluated").json()
    assert [one["code"] for one in data["results"]] == ["GD-0001"]
    assert data["results"][0]["state"] == {"key": "unevaluated", "name": "超过年限未评估"}
    assert "新线" in office.get("/installations?sort=-code&commissioned_on_from=2010-01-01").text


def test_the_list_costs_the_same_queries_for_few_and_many(browser, district, django_assert_max_num_queries):
    rows = [pipeline(code=f"GD-{number}", name=f"管道{number}") for number in range(40)]
    register_installations(district.by("office"), rows)
    office = browser("office")
    office.get("/installations")
    with django_assert_max_num_queries(16):
        assert "共 40 条" in office.get("/installations").text
