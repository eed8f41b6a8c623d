import re
from datetime import date

import pytest

from anwei.activities.actions import record_activities, void_activity
from anwei.duties.matrix import CALIBER
from anwei.evidence.offers import offered
from anwei.plans.models import Measure
from anwei.portal.desk.dashboard import DRAWN_KEYS, month_ends, red_list, seen_table
from anwei.portal.desk.months import due_days

pytestmark = pytest.mark.django_db


def figure(page, name):
    return re.search(name + r"：</span>([\d.%—]+)", page)[1]


def total(page):
    """How many rows the list behind a figure has."""
    found = re.search(r"共 (\d+) 项", page)
    return int(found[1]) if found else 0


def test_each_figure_opens_exactly_its_rows(browser, small_plan, study):
    study("qingyu", "2023-06-08")
    office = browser("office")
    page = office.get("/dashboard").text
    for name in ("到期应办", "逾期", "临期"):
        link = re.search(r'figure-number" href="([^"]+)"><span class="visually-hidden">' + name, page)[1]
        assert total(office.get(link.replace("&amp;", "&")).text) == int(figure(page, name)), name
    assert CALIBER in page


def test_a_day_in_the_past_is_not_changed_by_what_was_entered_later(browser, small_plan, study, district):
    office = browser("office")
    before = figure(office.get("/dashboard?on=2023-06-30").text, "逾期")
    study("qingyu", "2023-06-08", entered="2023-09-25")
    assert figure(office.get("/dashboard?on=2023-06-30").text, "逾期") == before
    done = study("tinglan", "2023-08-01")
    now = figure(office.get("/dashboard").text, "到期应办")
    void_activity(district.by("tinglan.clerk"), done, reason="录错了")
    assert figure(office.get("/dashboard").text, "到期应办") == now
    assert "回看" in office.get("/dashboard?on=2023-06-30").text


def test_a_town_sees_its_own_figures_alone(browser, small_plan, district):
    town, office = browser("qingyu.clerk"), browser("office")
    assert int(figure(town.get("/dashboard").text, "应办事项")) == 6
    assert int(figure(office.get("/dashboard").text, "应办事项")) > 6
    assert "汀岚镇" not in town.get("/dashboard").text
    assert browser("outsider").get("/dashboard/chapters.json").status_code in (403, 404)


def test_the_chapter_chart_adds_up_to_what_is_owed_and_its_pieces_open_rows(browser, small_plan, study):
    study("qingyu", "2023-06-08")
    office = browser("office")
    option = office.get("/dashboard/chapters.json").json()
    assert option["yAxis"]["data"] == ["严格执法检查", "压实安全责任"], "the first chapter stands at the top"
    pieces = [item for series in option["series"] for item in series["data"]]
    assert sum(item["value"] for item in pieces) == int(figure(office.get("/dashboard").text, "应办事项"))
    for item in [item for item in pieces if item["value"]]:
        assert total(office.get(item["url"]).text) == item["value"]
    assert len(option["series"]) == len(DRAWN_KEYS)


def test_the_trend_replays_month_ends_since_the_plan_was_handed_down(small_plan, study, district):
    study("qingyu", "2023-06-08")
    ends = month_ends(district.by("office"), small_plan, date(2023, 9, 25))
    assert [one.day.month for one in ends] == [3, 4, 5, 6, 7, 8, 9] and ends[-1].day == date(2023, 9, 25)
    june = next(one for one in ends if one.day == date(2023, 6, 30))
    assert june.figures.done == 1
    assert ends[0].figures.due == 2, "the first quarter's cases"


def test_the_overdue_list_is_one_of_things_by_their_day_and_no_ranking(small_plan, district):
    rows = red_list(seen_table(district.by("office"), small_plan, date(2023, 9, 25)))
    assert [row.deadline for row in rows] == sorted(row.deadline for row in rows)
    assert all(row.standing == "overdue" for row in rows)


def test_a_kind_of_unit_opens_its_own_rows(browser, small_plan):
    office = browser("office")
    page = office.get("/dashboard").text
    link, number = re.search(r'href="([^"]+kind=town&amp;standing=overdue)">(\d+)</a>', page).groups()
    listed = office.get(link.replace("&amp;", "&")).text
    assert total(listed) == int(number) and "区住建局" not in re.sub(
        r"<select.*?</select>", "", listed, flags=re.DOTALL
    )


def test_the_calendar_counts_what_its_days_open(browser, small_plan, district):
    town = browser("qingyu.clerk")
    page = town.get("/calendar?month=2023-12&scope=own").text
    found = re.findall(r'<a href="([^"]+day=2023-12-\d\d)">.*?(\d+)项任务到期', page)
    assert [(link[-2:], number) for link, number in found] == [("08", "2"), ("31", "1")]
    for link, number in found:
        assert total(town.get(link.replace("&amp;", "&")).text) == int(number)
    assert "2023年12月到期日历" in page and "第1条" in page


@pytest.mark.parametrize("text", ["2023-13", "2023", "九月", "99999-01", "2023-02-30"])
def test_a_month_that_is_none_gives_words_and_this_month(browser, small_plan, text):
    page = browser("qingyu.clerk").get("/calendar", {"month": text}).text
    assert "不是有效月份" in page and "2023年9月到期日历" in page


def test_what_is_waived_is_no_point_of_the_calendar(small_plan, district):
    table = seen_table(district.by("qingyu.clerk"), small_plan, date(2023, 9, 25))
    days = due_days(table, date(2023, 12, 1), date(2023, 12, 31))
    assert {day: found.count for day, found in days.items()} == {date(2023, 12, 8): 2, date(2023, 12, 31): 1}


def test_definitions_name_every_fact_that_a_ledger_offers(browser, district):
    page = browser("qingyu.clerk").get("/calibers").text
    assert "FactLine" not in page
    assert all(label in page for label in offered().values())
    assert CALIBER in page and "离时限不超过10个工作日" in page


def test_search_finds_words_of_two_characters_and_only_what_one_may_see(browser, small_plan, study):
    mine = study("qingyu", "2023-06-08")
    town = browser("qingyu.clerk")
    page = town.get("/search?q=学习").text
    assert "第1条" in page and mine.get_absolute_url() in page
    measure = Measure.objects.get(number="3")
    assert f"/plans/{small_plan.pk}/measures/{measure.pk}" in town.get("/search?q=3").text
    theirs = browser("tinglan.clerk").get("/search?q=学习").text
    assert mine.get_absolute_url() not in theirs and "青榆镇：" not in theirs
    assert "没有找到" in town.get("/search?q=核电站").text
    assert "没有找到" in town.get("/search", {"q": "学习 核电站"}).text, "every word must be there"
    assert town.get("/search", {"q": "%' OR 1=1 --" * 50}).status_code == 200


def test_an_activitys_page_shows_which_tasks_it_counts_for(browser, small_plan, study, district):
    made = study("qingyu", "2023-06-08")
    page = browser("qingyu.clerk").get(made.get_absolute_url()).text
    assert "这次活动计入1项任务" in page and "2023年上半年" in page and "1/1" in page
    row = {"kind": "collective_study", "happened_on": "2023-09-11", "topic": "联合学习", "host": "书记", "attendance": 60,
           "organiser": district.units["committee_office"], "units": [district.units["qingyu"], district.units["tinglan"]]}  # fmt: skip
    [joint], _ = record_activities(district.by("office"), [row])
    assert "这次活动计入2项任务" in browser("office").get(joint.get_absolute_url()).text
    own = browser("tinglan.clerk").get(joint.get_absolute_url()).text
    assert "这次活动计入1项任务" in own, "another unit's duties are not shown"
    void_activity(district.by("office"), joint, reason="录错了")
    assert "没有任务按这类活动计次" in browser("office").get(joint.get_absolute_url()).text
