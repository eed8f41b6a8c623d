"""Who may open what: every address of the room and of what follows it, for everybody of the cast."""

import pytest

from anwei.plans.models import Assignment

pytestmark = pytest.mark.django_db

LISTS = ("/plans", "/plans.json")
OFFICE_ONLY = ("/plans/import",)
DRAFT = ("", "/review", "/head", "/namings", "/parents", "/discard", "/original", "/adopt", "/proposals", "/breakdown",
         "/breakdown.xlsx", "/breakdown.docx", ".json")  # fmt: skip
DEEP = ("/measures/{m}", "/measures/{m}/edit", "/measures/{m}/demands", "/measures/{m}/remove", "/measures/add")


def addresses(plan):
    measure = plan.measures.first().pk
    return [f"/plans/{plan.pk}{part.format(m=measure)}" for part in (*DRAFT, *DEEP)]


def test_nobody_is_sent_to_sign_in_and_machines_get_401(browser, draft):
    for address in [*LISTS, *OFFICE_ONLY, *addresses(draft)]:
        answer = browser(None).get(address)
        if address.endswith(".json"):
            assert answer.status_code == 401, address
        else:
            assert answer.status_code == 302 and answer["Location"].startswith("/sign-in"), address


@pytest.mark.parametrize("who", ["outsider", "qingyu.clerk", "qingyu.reviewer", "party_office.clerk"])
def test_a_draft_does_not_exist_for_anybody_but_the_office(browser, draft, who):
    for address in addresses(draft):
        assert browser(who).get(address).status_code in (403, 404), address
    if who != "outsider":
        page = browser(who).get("/plans")
        assert page.status_code == 200 and draft.title not in page.text


def test_the_moves_of_a_draft_are_refused_to_a_town(browser, draft):
    town = browser("qingyu.clerk")
    reference = Assignment.objects.filter(measure__plan=draft).first()
    finding = draft.findings.first()
    before = (draft.version, draft.state)
    for part in ("/head", "/discard", "/adopt", "/namings", "/parents", f"/findings/{finding.pk}/settle", f"/references/{reference.pk}/accept"):  # fmt: skip
        assert town.post(f"/plans/{draft.pk}{part}", {"words": "x"}).status_code in (403, 404), part
    assert town.post("/plans/import", {"text": "x"}).status_code == 403
    draft.refresh_from_db()
    assert (draft.version, draft.state) == before


@pytest.mark.parametrize("pk", [0, 999999, 2**70])
def test_forged_ids_do_not_exist(office, draft, pk):
    for part in (*DRAFT, "/measures/1", "/measures/1/edit"):
        assert office.get(f"/plans/{pk}{part}").status_code == 404, part
    for part in (f"/measures/{pk}", f"/measures/{pk}/edit", f"/measures/{pk}/demands"):
        assert office.get(f"/plans/{draft.pk}{part}").status_code == 404, part
    assert office.post(f"/plans/{draft.pk}/findings/{pk}/settle").status_code == 404
    assert office.post(f"/plans/{draft.pk}/references/{pk}/accept").status_code == 404


def test_a_forged_unit_can_not_be_accepted(office, draft):
    reference = Assignment.objects.get(measure__plan=draft, reference="住房建设局")
    for unit in ("", "abc", "999999", "9" * 40):
        at = f"/plans/{draft.pk}/references/{reference.pk}/accept"
        assert office.post(at, {"unit": unit, "as": "alias"}).status_code == 404


def test_a_machine_lists_the_plans_that_its_person_may_see(browser, draft):
    assert [row["title"] for row in browser("office").get("/plans.json").json()["rows"]] == [draft.title]
    assert browser("qingyu.clerk").get("/plans.json").json()["rows"] == []
    assert browser("outsider").get("/plans.json").status_code in (403, 404)
