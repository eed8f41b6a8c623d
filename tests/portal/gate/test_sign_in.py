"""The door: who gets in, who does not, and what is written down about it."""

import pytest
from axes.models import AccessAttempt
from django.test import Client

from anwei.journal.models import Entry
from anwei.units.actions import set_setting, unlock_person
from tests.portal.gate.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def test_without_signing_in_every_page_leads_to_the_door_and_back(at_door):
    client = at_door()
    answer = client.get("/units?kind=town")
    assert answer.status_code == 302 and answer["Location"] == "/sign-in?next=%2Funits%3Fkind%3Dtown"
    answer = client.post("/sign-in", {"login": "office", "password": PASSWORD, "next": "/units?kind=town"})
    assert answer["Location"] == "/units?kind=town"


def test_the_way_back_never_leads_to_another_host(cast):
    answer = Client().post("/sign-in", {"login": "office", "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_htmx_is_sent_to_the_door_as_a_whole_page_and_machines_get_401(at_door):
    answer = at_door().get("/units", headers={"HX-Request": "true"})
    assert answer.status_code == 200 and answer["HX-Redirect"] == "/sign-in?next=%2Funits"
    assert at_door().get("/units.json").status_code == 401


@pytest.mark.parametrize("path", ["/healthz", "/sign-in"])
def test_few_pages_are_open(at_door, path):
    assert at_door().get(path).status_code == 200


def test_nobody_can_sign_up(at_door):
    assert at_door().get("/sign-up").status_code == 302
    assert at_door("office").get("/account/signup").status_code == 404


def test_a_wrong_password_says_so_in_chinese_and_stands_in_the_journal_without_the_password(cast):
    answer = Client().post("/sign-in", {"login": "office", "password": "Geheim-12345"})
    assert answer.status_code == 200 and "登录名或密码不对" in answer.content.decode()
    entry = Entry.objects.get()
    assert entry.outcome == Entry.REFUSED and "office" in entry.summary
    assert entry.subjects.count() == 1
    assert "Geheim" not in str(Entry.objects.values())


def test_a_password_typed_into_the_name_field_is_not_written_down(cast):
    Client().post("/sign-in", {"login": "Geheim-12345", "password": "x"})
    entry = Entry.objects.get()
    assert "Geheim" not in entry.summary and "没有这个登录名" in entry.summary


def test_coming_and_going_are_recorded_with_the_address(at_door, cast):
    client = at_door("qingyu.clerk")
    assert client.post("/sign-out")["Location"] == "/sign-in"
    assert client.get("/units").status_code == 302
    out, come = Entry.objects.order_by("-id")[:2]
    assert "退出：qingyu.clerk" in out.summary and "127.0.0.1" in come.summary
    assert come.by_person == str(cast.people["qingyu.clerk"])


def test_signing_out_needs_a_form(at_door):
    client = at_door("office")
    assert client.get("/sign-out").status_code == 405
    assert client.get("/units").status_code == 200


def test_after_five_failures_the_right_password_does_not_help_until_somebody_unlocks(cast):
    client = Client()
    for attempt in range(5):
        answer = client.post("/sign-in", {"login": "qingyu.clerk", "password": f"wrong-{attempt}"})
    assert answer.status_code == 429 and "锁定30分钟" in answer.content.decode()
    right = {"login": "Qingyu.Clerk", "password": PASSWORD}
    assert Client().post("/sign-in", right).status_code == 429, "another browser, another spelling"
    assert Entry.objects.filter(outcome=Entry.REFUSED).count() == 5, "attempts on a locked name do not fill the journal"
    unlock_person(cast.by("office"), cast.people["qingyu.clerk"])
    assert Client().post("/sign-in", {"login": "qingyu.clerk", "password": PASSWORD}).status_code == 302


def test_the_number_of_failures_is_the_districts_own(cast):
    cast_setting(cast, "sign_in.max_failures", "3")
    for _ in range(3):
        answer = Client().post("/sign-in", {"login": "office", "password": "no"})
    assert answer.status_code == 429


def test_a_good_sign_in_forgets_the_failures_before_it(cast):
    for _ in range(2):
        for _ in range(4):
            Client().post("/sign-in", {"login": "office", "password": "no"})
        assert Client().post("/sign-in", {"login": "office", "password": PASSWORD}).status_code == 302
    assert AccessAttempt.objects.count() == 0


def test_a_deactivated_person_stays_outside_and_open_sessions_end(at_door, cast):
    client = at_door("qingyu.clerk")
    assert client.get("/units").status_code == 200
    cast.people["qingyu.clerk"].is_active = False
    cast.people["qingyu.clerk"].save()
    assert client.get("/units").status_code == 302
    answer = Client().post("/sign-in", {"login": "qingyu.clerk", "password": PASSWORD}, follow=True)
    assert "停用" in answer.content.decode()


def test_somebody_without_a_post_sees_one_page_that_says_so(at_door):
    client = at_door("outsider")
    answer = client.get("/")
    assert answer.status_code == 403 and "没有在任的岗位" in answer.content.decode()
    assert client.get("/units").status_code == 404


def cast_setting(cast, key, value):
    set_setting(cast.by("office"), key, value, since=cast.by("office").today, reason="测试")
