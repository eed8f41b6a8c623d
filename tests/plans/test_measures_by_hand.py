"""A measure that the reader missed is added, one that is none is removed; a draft put aside frees what it replaced."""

import pytest

from tests.plans.conftest import TEXT, import_text

pytestmark = pytest.mark.django_db


def orders(plan):
    return [(one.order, one.number) for one in plan.measures.all()]


def test_a_missed_measure_is_put_in_its_place_and_tied_to_the_original(office, draft):
    second = draft.measures.get(number="2")
    words = "持续整治突出隐患。"
    given = {"version": draft.version, "number": "2之二", "title": "整治突出隐患", "text": words, "after": second.pk}
    answer = office.post(f"/plans/{draft.pk}/measures/add", given | {"chapter": second.chapter_id})
    made = draft.measures.get(number="2之二")
    assert answer["Location"] == f"/plans/{draft.pk}/measures/{made.pk}/edit"
    assert orders(draft) == [(1, "1"), (2, "2"), (3, "2之二"), (4, "3"), (5, "4")]
    assert draft.source_text[made.span_start : made.span_end] == words
    assert made.demands.count() >= 1 and "整治突出隐患" in office.get(f"/plans/{draft.pk}/review").text


def test_a_missed_measure_can_stand_first_and_may_stand_nowhere_in_the_original(office, draft):
    given = {"version": draft.version, "number": "0", "title": "总则", "text": "原文里没有的话。", "after": ""}
    assert office.post(f"/plans/{draft.pk}/measures/add", given).status_code == 302
    assert orders(draft)[:2] == [(1, "0"), (2, "1")]
    assert office.get(f"/plans/{draft.pk}/review").status_code == 200
    again = office.post(f"/plans/{draft.pk}/measures/add", given)
    assert again.status_code == 422 and "刚刚被别人改过" in again.text


def test_what_is_no_measure_is_removed_with_all_that_hangs_on_it(office, draft):
    measure = draft.measures.get(number="4")
    at = f"/plans/{draft.pk}/measures/{measure.pk}/remove"
    assert "删去第4条" in office.get(at).text
    assert "刚刚被别人改过" in office.post(at, {"version": "x"}, follow=True).text
    assert draft.measures.count() == 4
    office.post(at, {"version": draft.version})
    assert orders(draft) == [(1, "1"), (2, "2"), (3, "3")] and not draft.findings.exists()
    assert office.get(f"/plans/{draft.pk}/breakdown").status_code == 200


def test_a_new_version_put_aside_leaves_room_for_the_next(office, adopted):
    first = import_text(office, TEXT, replaces=adopted.pk)
    choices = office.get("/plans/import").text.split('name="replaces"')[1].split("</select>")[0]
    assert adopted.title not in choices
    office.post(f"/plans/{first.pk}/discard")
    second = import_text(office, TEXT, replaces=adopted.pk)
    assert second.replaces == adopted
