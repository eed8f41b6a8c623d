import re
from datetime import date

import pytest

from anwei.activities.actions import record_activities
from anwei.duties.actions import ask_extension, decide_extension
from anwei.duties.models import Dispatch, Due, Duty, Waiver
from anwei.errands.actions import give
from anwei.errands.models import ErrandPart
from anwei.journal.models import Entry
from anwei.matters.models import concrete_matters
from anwei.outbox.models import Notice
from anwei.portal.desk.held import kind_of
from anwei.portal.desk.inbox import Desk
from anwei.portal.desk.items import LATER, OVERDUE, SOON, TODAY, Days
from anwei.portal.desk.sources import LAST, source_of
from anwei.references import about

pytestmark = pytest.mark.django_db


def titles(page):
    """The lines of a box, from top to bottom."""
    return re.findall(r'card-title"><a href="[^"]+">([^<]+)</a>', page)


def box(page, name):
    """The number of one of the five boxes."""
    return int(re.search(r'box-number">(\d+)\+?</span><span class="box-name">' + name, page)[1])


def test_the_first_screen_of_a_town_says_who_one_is_and_what_comes_first(browser, small_plan):
    page = browser("qingyu.clerk").get("/").text
    assert "青榆镇｜联络员" in page and "2023年9月25日" in page and "星期一" in page
    assert titles(page) == [
        "2023年上半年落实情况表（含2条）",  # overdue since 8 June
        "集体学习（2023年上半年）",  # overdue since 30 June
        "2023年下半年落实情况表（含2条）",  # 8 December
        "集体学习（2023年下半年）",  # 31 December
    ]
    assert "逾期109天" in page and "逾期2、3个工作日内0" in page
    assert box(page, "待办") == 4 and box(page, "待签收") == 1


def test_what_is_handed_down_is_signed_for_with_one_button(browser, small_plan, district):
    fire = browser("fire_brigade.clerk")
    assert box(fire.get("/").text, "待签收") == 2, "its own and that of the committee it acts for"
    answer = fire.post("/receipts", follow=True)
    assert "已签收2份" in answer.text and box(answer.text, "待签收") == 0
    assert set(Dispatch.objects.filter(holder=district.units["fire_brigade"]).values_list("state", flat=True)) == {
        "received"
    }
    assert Dispatch.objects.open().exists(), "nobody else's was touched"


def test_a_reader_without_the_right_cannot_sign_and_a_town_signs_nothing_of_others(browser, small_plan, district):
    theirs = Dispatch.objects.get(unit=district.units["tinglan"])
    browser("qingyu.clerk").post("/receipts", {"dispatch": theirs.pk})
    theirs.refresh_from_db()
    assert theirs.state == "sent"
    assert browser("outsider").post("/receipts").status_code in (403, 404)


def test_one_study_takes_its_line_off_the_list_and_shows_in_the_green_line(browser, small_plan, study):
    town = browser("qingyu.clerk")
    assert "台账里还没有计到本单位的活动" in town.get("/").text
    study("qingyu", "2023-09-20")
    page = town.get("/").text
    assert "集体学习（2023年下半年）" not in titles(page)
    assert "集体学习1次" in page and "共1件、1类" in page
    link = re.search(r'href="(/activities\?[^"]+)">集体学习1次', page)[1].replace("&amp;", "&")
    assert "共 1 条" in town.get(link).text, "the number opens its rows"
    assert "集体学习（2023年下半年）" in titles(town.get("/?box=done").text)


def test_report_dues_of_one_period_are_one_line_until_the_return_is_begun(browser, small_plan, district):
    page = browser("qingyu.clerk").get("/").text
    unit = district.units["qingyu"].pk
    assert f"/returns/start?plan={small_plan.pk}&amp;unit={unit}&amp;day=2023-01-01" in page
    assert "开展消防安全整治（" not in page, "no line for each measure"


def test_a_unit_that_acts_for_a_committee_may_look_through_either_identity(browser, small_plan, district):
    fire = browser("fire_brigade.clerk")
    committee, own = district.units["sc_fire"].pk, district.units["fire_brigade"].pk
    everything = titles(fire.get("/").text)
    as_committee, as_itself = (titles(fire.get(f"/?unit={pk}").text) for pk in (committee, own))
    assert sorted(as_committee + as_itself) == sorted(everything)
    assert as_committee == ["2023年上半年落实情况表（含1条）", "2023年下半年落实情况表（含1条）"]
    assert "区消防安全专委会办公室" in fire.get("/").text
    assert titles(fire.get(f"/?unit={district.units['qingyu'].pk}").text) == everything, (
        "a stranger's number is ignored"
    )


def test_the_office_sees_what_waits_for_its_decision_and_who_has_not_signed(browser, small_plan, district):
    office = browser("office")
    page = office.get("/").text
    assert any("待点名（1项）：第4条“有关部门”" in title for title in titles(page))
    assert "签收 " in page and "0/8" in page and "未签收：" in page
    due = Due.objects.get(
        duty__unit=district.units["qingyu"], duty__demand__kind="count", window_start=date(2023, 7, 1)
    )
    asked = ask_extension(district.by("qingyu.clerk"), due, until=date(2024, 1, 20), reason="换届")
    wanted = "青榆镇申请延期至2024年1月20日"
    assert any(title.startswith(wanted) for title in titles(office.get("/").text))
    town = browser("qingyu.clerk")
    assert any(title.startswith(wanted) for title in titles(town.get("/?box=mine").text)), (
        "and the town sees whose move it is"
    )
    decide_extension(district.by("office"), asked, grant=True)
    assert not any(title.startswith(wanted) for title in titles(office.get("/").text))
    listed = town.get("/").text.split("本月到期")[0]
    assert "lamp-extended" in listed and "2024.1.20" in listed, "an extended due stays on the list with its new day"


def test_lines_stand_in_the_order_overdue_today_near_rest(small_plan):
    days = Days.of(date(2023, 9, 25))
    assert days.band(date(2023, 9, 24)) == OVERDUE
    assert days.band(date(2023, 9, 25)) == TODAY
    assert days.band(date(2023, 9, 28)) == SOON
    assert days.band(date(2023, 9, 30)) == SOON, "three working days are left, the holidays behind them are none"
    assert days.band(date(2023, 10, 7)) == LATER
    assert days.band(None) == LATER


def test_reading_a_notice_is_recorded_and_nobody_reads_for_others(browser, small_plan, district):
    mine = Notice.objects.get(to=about(district.units["qingyu"]))
    theirs = Notice.objects.get(to=about(district.units["tinglan"]))
    town = browser("qingyu.clerk")
    assert box(town.get("/").text, "待阅") == 1
    town.post("/notices/read", {"notice": theirs.pk})
    town.post(f"/notices/{theirs.pk}/open")
    theirs.refresh_from_db()
    assert theirs.read_at is None
    answer = town.post(f"/notices/{mine.pk}/open")
    mine.refresh_from_db()
    assert answer["Location"] == mine.url and mine.read_by == "联络员"
    assert box(town.get("/").text, "待阅") == 0
    assert Entry.objects.filter(act="notice.read", outcome="done", summary__contains=mine.title).exists()


def test_the_number_in_the_head_follows_every_act(browser, small_plan, study):
    town = browser("qingyu.clerk")

    def head():
        return int(re.search(r'待办<span class="badge-count">(\d+)', town.get("/help").text)[1])

    assert head() == 5, "four to do and one to sign"
    study("qingyu", "2023-09-20")
    assert head() == 4
    town.post("/receipts")
    assert head() == 3


def test_the_desk_asks_the_same_number_of_questions_however_much_there_is(
    browser, small_plan, district, django_assert_max_num_queries
):
    town = browser("qingyu.clerk")
    town.get("/")
    with django_assert_max_num_queries(80) as few:
        town.get("/")
    rows = [
        {"kind": "publicity", "happened_on": f"2023-09-{day:02}", "topic": f"宣讲{day}", "organiser": district.units["qingyu"]}
        for day in range(1, 25)
    ]  # fmt: skip
    record_activities(district.by("qingyu.clerk"), rows)
    for due in Due.objects.filter(
        duty__unit__code="qingyu", deadline__gt=date(2023, 9, 25), duty__demand__kind="count"
    ):
        ask_extension(district.by("qingyu.clerk"), due, until=date(2024, 1, 20), reason="换届")
    town.get("/")
    with django_assert_max_num_queries(80) as many:
        town.get("/")
    assert len(many) <= len(few) + 2, "a kind of matter that first occurs asks once for its beginners"


def test_a_signed_in_outsider_and_nobody_meet_no_desk(browser, small_plan):
    for address in ("/", "/notices", "/waivers", "/dashboard", "/calendar", "/search?q=学习", "/calibers", "/help"):
        assert browser("outsider").get(address).status_code in (403, 404), address
        assert browser(None).get(address)["Location"].startswith("/sign-in"), address


def test_an_empty_district_says_what_to_do(browser, district):
    page = browser("qingyu.clerk").get("/").text
    assert "还没有任务" in page and "先把已经办过的活动录进台账" in page
    for name in ("to_sign", "to_read", "done", "mine"):
        assert 'class="empty"' in browser("qingyu.clerk").get(f"/?box={name}").text


def test_every_kind_of_matter_has_its_rank_and_its_source_tells_the_truth():
    for model in concrete_matters():
        source = source_of(kind_of(model))
        assert source.rank != LAST, f"{kind_of(model)} is not in sources.yaml"
        assert source.hidden <= model.flow.states.keys() and source.turns.keys() <= model.flow.states.keys()
        assert source.merge is None or source.merge.state in model.flow.states
        str(model.objects.select_related(*source.related).query)  # an unknown path would raise


def test_duties_are_waived_in_a_batch_with_one_reason(browser, small_plan, district):
    town = browser("qingyu.clerk")
    page = town.get("/waivers?kind=report").text
    mine = list(Duty.objects.filter(unit=district.units["qingyu"], demand__kind="report").values_list("pk", flat=True))
    assert all(f'value="{pk}"' in page for pk in mine)
    assert "请写明不涉及的理由" in town.post("/waivers", {"duty": mine, "reason": " "}, follow=True).text
    assert not Waiver.objects.exists()
    answer = town.post("/waivers", {"duty": mine, "reason": "辖区内没有这类场所"}, follow=True)
    assert "已确认2项不涉及" in answer.text
    assert not any("落实情况表" in title for title in titles(town.get("/").text))


def test_nobody_waives_a_lead_or_another_units_duty(browser, small_plan, district):
    lead = Duty.objects.get(unit=district.units["emergency_bureau"], demand__measure__number="4", lead=True)
    bureau = browser("emergency_bureau.clerk")
    assert f'value="{lead.pk}"' not in bureau.get("/waivers").text
    bureau.post("/waivers", {"duty": lead.pk, "reason": "没有"})
    browser("qingyu.clerk").post(
        "/waivers", {"duty": Duty.objects.filter(unit=district.units["tinglan"])[0].pk, "reason": "没有"}
    )
    assert not Waiver.objects.exists()


def test_a_committee_without_any_post_still_has_a_desk_through_its_host(small_plan, district):
    desk = Desk.of(district.by("fire_brigade.clerk"))
    assert {unit.code for unit in desk.units} == {"fire_brigade", "sc_fire"}
    assert any("代区消防安全专委会" in item.turn or "区消防安全专委会" in item.note for item in desk.to_do)


def test_an_errand_is_signed_for_with_the_rest_and_then_stands_in_the_list_by_its_day(browser, small_plan, district):
    errand = give(
        district.by("office"), units=[district.units["qingyu"]], text="报送国庆值班表", due_on=date(2023, 9, 27)
    )
    town = browser("qingyu.clerk")
    assert box(town.get("/").text, "待签收") == 2
    town.post("/receipts")
    assert ErrandPart.objects.get(errand=errand).state == "doing"
    page = town.get("/").text
    assert "3个工作日内1" in page and titles(page).index("报送国庆值班表") == 2, "behind what is overdue"


def test_the_number_of_what_is_done_is_the_number_of_its_lines(browser, small_plan, study):
    town = browser("qingyu.clerk")
    study("qingyu", "2023-06-08")
    town.post("/receipts")
    page = town.get("/?box=done").text
    assert box(page, "已办") == len(titles(page)) == 2
