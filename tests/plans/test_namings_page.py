"""点名单: the office says who is meant; the machine proposes and never decides."""

import pytest

from anwei.plans.models import Assignment

pytestmark = pytest.mark.django_db


def row(plan, text):
    return Assignment.objects.get(measure__plan=plan, reference=text)


def test_all_open_names_stand_on_one_page_with_their_count(office, draft):
    page = office.get(f"/plans/{draft.pk}/namings").text
    assert "待点名（3项）" in page and "“有关部门”" in page and "“等有关部门”" in page and "“住房建设局”" in page


def test_names_are_written_or_ticked_in_one_go(office, draft, district):
    vague, rest = row(draft, "有关部门"), row(draft, "等有关部门")
    given = {
        "decided_on": "2023-03-17",
        "paper": "临安办〔2023〕5号",
        f"names-{vague.pk}": "区应急局、各镇（街道）",
        f"units-{rest.pk}": [district.units["fire_brigade"].pk],
    }
    answer = office.post(f"/plans/{draft.pk}/namings", given)
    assert answer["Location"] == f"/plans/{draft.pk}/review"
    assert [one.unit.short for one in row(draft, "有关部门").resolved.all()] == ["区应急局", "青榆镇", "汀岚镇"]
    assert "临安办〔2023〕5号" in row(draft, "等有关部门").reason
    page = office.get(f"/plans/{draft.pk}/namings").text
    assert "待点名（1项）" in page and "已点名" in page


def test_a_name_that_nobody_knows_is_quoted_and_nothing_is_recorded(office, draft):
    vague, rest = row(draft, "有关部门"), row(draft, "等有关部门")
    given = {"decided_on": "2023-03-17", f"names-{vague.pk}": "区应急局", f"names-{rest.pk}": "区火星局"}
    answer = office.post(f"/plans/{draft.pk}/namings", given)
    assert answer.status_code == 422 and "认不出“区火星局”" in answer.text and 'value="区应急局"' in answer.text
    assert not draft.namings.exists()


def test_a_decision_of_tomorrow_is_refused(office, draft):
    given = {"decided_on": "2023-09-26", f"names-{row(draft, '有关部门').pk}": "区应急局"}
    answer = office.post(f"/plans/{draft.pk}/namings", given)
    assert answer.status_code == 422 and "在今天之后" in answer.text


def test_an_empty_list_asks_for_at_least_one(office, draft):
    answer = office.post(f"/plans/{draft.pk}/namings", {"decided_on": "2023-03-17"})
    assert answer.status_code == 422 and "一处也没有点名" in answer.text


def test_forged_unit_ids_name_nobody(office, draft):
    given = {"decided_on": "2023-03-17", f"units-{row(draft, '有关部门').pk}": ["999999", "abc", "-1", "9" * 40]}
    assert office.post(f"/plans/{draft.pk}/namings", given).status_code == 422
    assert not draft.namings.exists()


def test_a_decision_can_be_made_anew_and_the_later_one_holds(office, draft):
    vague = row(draft, "有关部门")
    at = f"/plans/{draft.pk}/namings"
    office.post(at, {"decided_on": "2023-03-17", f"names-{vague.pk}": "区应急局"})
    page = office.get(at).text
    assert f"{at}?again={vague.pk}" in page and f'name="names-{vague.pk}"' not in page
    assert f'name="names-{vague.pk}"' in office.get(f"{at}?again={vague.pk}&again=x").text
    office.post(f"{at}?again={vague.pk}", {"decided_on": "2023-04-03", f"names-{vague.pk}": "区委办公室"})
    assert [one.unit.short for one in row(draft, "有关部门").resolved.all()] == ["区委办公室"]
    assert office.get(at).text.count("重新点名") == 1
