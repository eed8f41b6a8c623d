"""The plan in force and its measures, as the office, a town and a machine see them."""

import re

import pytest

pytestmark = pytest.mark.django_db


def without_legend(page):
    return page.split('class="legend"')[0]


def test_the_office_sees_chapters_measures_units_deadlines_and_standing(office, adopted):
    page = office.get(f"/plans/{adopted.pk}").text
    for words in (
        "压实安全生产责任",
        "深入学习重要论述",
        "★区安委办",
        "安委会成员单位",
        "（共4家）",
        "6月、12月底前",
        "6.30、12.31",
    ):
        assert words in page, words
    assert "lamp-overdue" in without_legend(page) and re.search(r"\d+/\d+家办结", page)
    assert "有关部门</div>" not in page


def test_a_town_sees_the_whole_plan_but_only_its_own_standing(browser, adopted, district):
    page = browser("qingyu.clerk").get(f"/plans/{adopted.pk}").text
    assert "本单位进展" in page and "家办结" not in page
    measure = adopted.measures.get(number="1")
    page = browser("qingyu.clerk").get(f"/plans/{adopted.pk}/measures/{measure.pk}").text
    listed = page.split('id="units"')[1]
    assert "青榆镇" in listed and "汀岚镇" not in listed.split("办理记录")[0]


def test_a_measure_shows_its_words_reasons_demands_and_units(office, adopted):
    measure = adopted.measures.get(number="2")
    page = office.get(f"/plans/{adopted.pk}/measures/{measure.pk}").text
    for words in (
        "紧盯高风险场所",
        "区消防安全专委会",
        "区消防救援大队代办",
        "临安办〔2023〕5号",
        "报告1份",
        "第1条",
        "第3条",
    ):
        assert words in page, words
    assert "强化燃气" not in page.split("</article>")[0].split("单位和理由")[1]


def test_the_plan_as_of_an_earlier_day(office, adopted):
    assert "lamp-" not in without_legend(office.get(f"/plans/{adopted.pk}?on=2023-03-11").text)
    assert "不是有效日期" in office.get(f"/plans/{adopted.pk}?on=2023-02-30").text


def test_a_machine_gets_measures_roles_units_and_demands(office, adopted):
    found = office.get(f"/plans/{adopted.pk}.json").json()
    first = found["measures"][0]
    assert [one["number"] for one in found["measures"]] == ["1", "2", "3", "4"]
    assert first["roles"][0]["references"][0]["units"] == [{"code": "committee_office", "short": "区安委办"}]
    assert first["demands"][0]["finish"] == "上、下半年各≥1次" and first["deadlines"] == ["2023-06-30", "2023-12-31"]


def test_an_outsider_finds_no_plan_in_force_either(browser, adopted):
    measure = adopted.measures.first().pk
    for part in ("", ".json", "/breakdown", "/breakdown.xlsx", "/breakdown.docx", f"/measures/{measure}", "/original"):
        assert browser("outsider").get(f"/plans/{adopted.pk}{part}").status_code in (403, 404), part


def test_the_page_takes_a_fixed_number_of_queries(office, adopted, django_assert_max_num_queries):
    office.get("/plans")
    with django_assert_max_num_queries(70):
        office.get(f"/plans/{adopted.pk}")
