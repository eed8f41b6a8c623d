"""The finding beside the text: each doubt at its place; what a person corrects there holds."""

import re

import pytest

from anwei.plans.actions import NamingRow, name_units
from anwei.plans.models import Assignment, Plan
from anwei.plans.reviewing import review_of
from anwei.units.models import Alias

pytestmark = pytest.mark.django_db


def review(client, plan):
    return client.get(f"/plans/{plan.pk}/review").text


def reference(plan, text):
    return Assignment.objects.get(measure__plan=plan, reference=text)


def marked(page):
    """What is marked as doubtful in the original, mark by mark."""
    left = page.split("data-split-left>")[1].split("data-split-right")[0]
    return [re.sub("<[^>]+>", "", words) for words in re.findall(r'<mark class="doubt[^>]*>(.*?)</mark>', left, re.S)]


def test_every_doubt_is_marked_at_its_place_in_the_original(office, draft):
    doubts = marked(review(office, draft))
    assert "有关部门" in doubts and "住房建设局" in doubts and "等有关部门" in doubts
    assert "完成时限：13月底前" in "".join(doubts)


def test_every_finding_and_open_name_has_an_anchor_in_the_text_that_the_card_points_to(office, draft):
    page = review(office, draft)
    wanted = [f"doubt-{one.pk}" for one in draft.findings.all()]
    wanted += [f"name-{row.pk}" for row in Assignment.objects.filter(measure__plan=draft).exclude(status="named")]
    assert len(wanted) >= 4
    for anchor in wanted:
        assert page.count(f'id="{anchor}"') == 1 and f'href="#{anchor}"' in page


def test_the_original_is_shown_whole_and_its_signs_are_no_markup(office, draft):
    page = review(office, draft)
    assert "&lt;并保障使用&gt;" in page and "<并保障使用>" not in page
    assert "".join(piece.text for piece in review_of(draft, draft.issued_on).text) == draft.source_text


def test_the_review_takes_a_fixed_number_of_queries(office, draft, django_assert_max_num_queries):
    office.get("/plans")
    with django_assert_max_num_queries(60):
        review(office, draft)


def test_an_unknown_name_becomes_another_name_by_one_click(office, draft, district):
    row = reference(draft, "住房建设局")
    assert f"/plans/{draft.pk}/references/{row.pk}/accept" in review(office, draft)
    unit = district.units["housing"]
    answer = office.post(f"/plans/{draft.pk}/references/{row.pk}/accept", {"unit": unit.pk, "as": "alias"})
    assert answer["Location"] == f"/plans/{draft.pk}/review#m-{row.measure_id}"
    row.refresh_from_db()
    assert row.status == Assignment.NAMED and [one.unit for one in row.resolved.all()] == [unit]
    assert Alias.objects.filter(unit=unit, text="住房建设局").exists()


def test_an_unknown_name_can_be_settled_for_this_measure_alone(office, draft, district):
    row = reference(draft, "住房建设局")
    unit = district.units["housing"]
    office.post(f"/plans/{draft.pk}/references/{row.pk}/accept", {"unit": unit.pk, "as": "naming"})
    row.refresh_from_db()
    assert row.status == Assignment.NAMED and draft.namings.get().phrase == "住房建设局"
    assert not Alias.objects.filter(text="住房建设局").exists()


def test_a_finding_is_settled_with_words_and_stays_readable(office, draft):
    finding = draft.findings.get()
    empty = office.post(f"/plans/{draft.pk}/findings/{finding.pk}/settle", {"words": " "}, follow=True)
    assert "请写明怎样处理" in empty.text
    office.post(f"/plans/{draft.pk}/findings/{finding.pk}/settle", {"words": "已按12月底改正"})
    finding.refresh_from_db()
    assert finding.settled == "已按12月底改正" and finding.settled_by == "副主任"
    assert "已按12月底改正" in review(office, draft)


def test_a_measure_is_corrected_by_hand_and_its_names_are_read_anew(office, draft, district):
    measure = draft.measures.get(number="4")
    form = {
        "version": draft.version, "title": "完善应急预案", "short": "应急预案", "text": measure.text,
        "deadline_text": "11月底前", "deadlines": "2023-11-30", "role_0": "区应急局\n区住建局", "role_1": "青榆镇",
    }  # fmt: skip
    answer = office.post(f"/plans/{draft.pk}/measures/{measure.pk}/edit", form)
    assert answer.status_code == 302
    measure.refresh_from_db()
    assert measure.deadlines == ["2023-11-30"] and measure.short == "应急预案"
    units = [(row.lead, one.unit.short) for row in measure.assignments.all() for one in row.resolved.all()]
    assert units == [(True, "区应急局"), (True, "区住建局"), (False, "青榆镇")]
    assert measure.gatherer == district.units["emergency_bureau"]


def test_a_date_that_does_not_exist_is_quoted_with_the_rule(office, draft):
    measure = draft.measures.get(number="4")
    form = {"version": draft.version, "title": "题", "text": "文", "deadlines": "2023-02-30"}
    answer = office.post(f"/plans/{draft.pk}/measures/{measure.pk}/edit", form)
    assert answer.status_code == 422 and "换算日期 2023-02-30 不是有效日期，请按 年-月-日 填写" in answer.text


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(office, draft):
    measure = draft.measures.get(number="4")
    form = {"version": draft.version, "title": "先改的", "text": "文"}
    assert office.post(f"/plans/{draft.pk}/measures/{measure.pk}/edit", form).status_code == 302
    answer = office.post(f"/plans/{draft.pk}/measures/{measure.pk}/edit", form | {"title": "后改的"})
    assert answer.status_code == 422 and "刚刚被别人改过" in answer.text
    measure.refresh_from_db()
    assert measure.title == "先改的"


def test_the_numbers_of_a_demand_change_and_a_wrong_number_is_quoted(office, draft):
    measure = draft.measures.get(number="1")
    count, report = measure.demands.all()
    at = f"/plans/{draft.pk}/measures/{measure.pk}/demands"
    form = {
        f"d{count.pk}-chosen": "on", f"d{count.pk}-at_least": "2", f"d{count.pk}-every": "half_year",
        f"d{count.pk}-finish": "上、下半年各≥2次", f"d{count.pk}-sentence": count.sentence,
        f"d{report.pk}-every": "half_year", f"d{report.pk}-finish": "报告1份", f"d{report.pk}-sentence": "其余各项",
    }  # fmt: skip
    wrong = office.post(at, form | {f"d{count.pk}-at_least": "零"})
    assert wrong.status_code == 422 and "至少 零 不是有效数字" in wrong.text
    assert office.post(at, form).status_code == 302
    count.refresh_from_db(), report.refresh_from_db()
    assert (count.at_least, count.finish, count.chosen, report.chosen) == (2, "上、下半年各≥2次", True, False)


def test_a_measure_can_not_be_left_without_any_demand(office, draft):
    measure = draft.measures.get(number="4")
    demand = measure.demands.get()
    form = {f"d{demand.pk}-every": "half_year", f"d{demand.pk}-finish": "报告1份", f"d{demand.pk}-sentence": "全部"}
    answer = office.post(f"/plans/{draft.pk}/measures/{measure.pk}/demands", form, follow=True)
    assert "没有一项办结要求" in answer.text
    demand.refresh_from_db()
    assert demand.chosen


def test_the_head_is_corrected_and_its_wrong_values_are_quoted(office, draft):
    at = f"/plans/{draft.pk}/head"
    form = {"version": draft.version, "title": "新标题", "year": "2023", "issued_on": "2023年3月12日"}
    assert "印发日期 三月 不是有效日期" in office.post(at, form | {"issued_on": "三月"}).text
    assert office.post(at, form).status_code == 302
    draft.refresh_from_db()
    assert (draft.title, str(draft.issued_on)) == ("新标题", "2023-03-12")


def test_units_without_a_task_and_measures_without_a_unit_are_listed(office, draft, district):
    Assignment.objects.filter(measure__number="4", measure__plan=draft).delete()
    Assignment.objects.filter(measure__plan=draft, reference__startswith="各镇").delete()
    page = review(office, draft)
    assert "没有任何单位的条" in page and "第4条" in page
    assert "没有任务的单位" in page and "青榆镇、汀岚镇（2家）" in page


def test_a_discarded_draft_is_gone_from_the_list_and_from_its_address(office, draft):
    assert "弃用草稿" in office.get(f"/plans/{draft.pk}/discard").text
    office.post(f"/plans/{draft.pk}/discard")
    draft.refresh_from_db()
    assert draft.state == Plan.DISCARDED
    assert office.get(f"/plans/{draft.pk}/review").status_code == 404
    assert draft.title not in re.sub('<div class="note.*?</div>', "", office.get("/plans").text)


def test_measures_are_linked_to_those_of_the_parent_plan(office, draft, district):
    by = district.by("office", "2023-03-10")
    office.post("/plans/import", {"text": draft.source_text.replace("临江区", "某市"), "outside": "on"})
    parent = Plan.objects.get(outside=True)
    head = {
        "version": draft.version,
        "title": draft.title,
        "year": "2023",
        "issued_on": "2023-03-10",
        "parent": parent.pk,
    }
    office.post(f"/plans/{draft.pk}/head", head)
    page = office.get(f"/plans/{draft.pk}/parents").text
    above = parent.measures.get(number="2")
    assert re.search(rf'value="{above.pk}" selected', page)
    mine = draft.measures.get(number="2")
    office.post(f"/plans/{draft.pk}/parents", {f"parent-{mine.pk}": above.pk})
    mine.refresh_from_db()
    assert mine.parent_measure == above
    name_units(by, draft, [NamingRow("2", "有关部门", [district.units["emergency_bureau"]])], decided_on=by.today)
    assert "上级对应条" in review(office, draft)
    assert office.get(f"/plans/{parent.pk}/measures/{above.pk}").status_code == 200
    assert "以它为上级要点，不能弃用" in office.post(f"/plans/{parent.pk}/discard", follow=True).text
    parent.refresh_from_db()
    assert parent.state == Plan.DRAFT
