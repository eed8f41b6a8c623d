"""Sessions: how long they last, where they are, which post is held, a password that must change."""

import pytest
from django.test import Client

from anwei.journal.models import Entry
from anwei.units.models import Person, Post
from tests.portal.gate.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "Qingyu-neu-24"


def _age(client: Client, **seconds: int) -> None:
    """Makes a session older than it is."""
    session = client.session
    for name, by in seconds.items():
        session[name] -= by
    session.save()


def test_after_thirty_idle_minutes_the_session_is_over_and_the_door_says_why(at_door):
    client = at_door("office")
    _age(client, seen_at=29 * 60)
    assert client.get("/units").status_code == 200
    _age(client, seen_at=31 * 60)
    answer = client.get("/units", follow=True)
    assert "30分钟没有操作" in answer.content.decode()
    assert client.get("/units").status_code == 302
    assert Entry.objects.filter(summary__contains="30分钟没有操作").count() == 1


def test_twelve_hours_after_signing_in_it_is_over_however_busy(at_door):
    client = at_door("office")
    _age(client, signed_in_at=12 * 3600 + 5)
    answer = client.get("/units", follow=True)
    assert "已满12小时" in answer.content.decode()


def test_use_keeps_a_session_alive(at_door):
    client = at_door("office")
    for _ in range(3):
        _age(client, seen_at=20 * 60)
        assert client.get("/units").status_code == 200


def test_own_sessions_are_listed_and_the_others_can_be_ended(at_door):
    here, there = at_door("office"), at_door("office")
    assert here.get("/account").content.decode().count("127.0.0.1") == 2
    here.post("/account/sessions/end")
    assert there.get("/units").status_code == 302
    assert here.get("/units").status_code == 200


def test_who_must_change_the_password_gets_no_further_before(at_door, cast):
    Person.objects.filter(username="qingyu.clerk").update(must_change_password=True)
    client = at_door("qingyu.clerk")
    assert client.get("/units")["Location"] == "/account/password"
    assert client.get("/account")["Location"] == "/account/password"
    weak = {"old": PASSWORD, "new": "qingyu", "again": "qingyu"}
    answer = client.post("/account/password", weak)
    assert answer.status_code == 422 and "至少要10位" in answer.content.decode()
    answer = client.post("/account/password", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert answer["Location"] == "/"
    assert client.get("/units").status_code == 200, "the session goes on with the new password"
    assert Client().post("/sign-in", {"login": "qingyu.clerk", "password": PASSWORD}).status_code == 200
    assert Entry.objects.filter(act="password.change", outcome=Entry.DONE).count() == 1


def test_a_new_password_ends_the_sessions_elsewhere(at_door):
    here, there = at_door("office"), at_door("office")
    here.post("/account/password", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert there.get("/units").status_code == 302


def test_a_password_older_than_ninety_days_must_change(at_door):
    Person.objects.filter(username="office").update(password_changed_on="2023-06-01")
    assert at_door("office").get("/units")["Location"] == "/account/password"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"old": "wrong", "new": NEW, "again": NEW}, "原密码不对"),
        ({"old": PASSWORD, "new": NEW, "again": NEW + "x"}, "两遍新密码不一样"),
        ({"old": PASSWORD, "new": "alllowercase", "again": "alllowercase"}, "至少要3类"),
        ({"old": PASSWORD, "new": "Office-12345", "again": "Office-12345"}, "容易被猜到"),
        ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "最近5次"),
    ],
)
def test_a_bad_new_password_is_refused_with_the_rule(at_door, given, words):
    answer = at_door("office").post("/account/password", given)
    assert answer.status_code == 422 and words in answer.content.decode()


def test_an_old_password_does_not_come_back(at_door):
    client = at_door("office")
    client.post("/account/password", {"old": PASSWORD, "new": NEW, "again": NEW})
    answer = client.post("/account/password", {"old": NEW, "new": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 422 and "最近5次" in answer.content.decode()


def test_a_person_with_two_posts_acts_from_the_one_that_is_picked(at_door, cast):
    person = cast.people["housing.reviewer"]
    second = Post.objects.create(
        person=person, unit=cast.units["committee_office"], role="office_clerk", title="综合岗", since="2023-01-01"
    )
    client = at_door("housing.reviewer")
    client.post("/post", {"post": person.posts.exclude(pk=second.pk).get().pk})
    assert client.get("/settings").status_code == 403
    assert client.post("/post", {"post": second.pk, "next": "/units"})["Location"] == "/units"
    assert client.get("/settings").status_code == 200


def test_nobody_takes_the_post_of_another(at_door, cast):
    foreign = cast.people["office"].posts.get()
    assert at_door("qingyu.clerk").post("/post", {"post": foreign.pk}).status_code == 404


def test_large_letters_are_a_cookie_and_work_before_signing_in(at_door):
    client = at_door()
    answer = client.post("/large-type", {"large": "1", "next": "//elsewhere.example"})
    assert answer["Location"] == "/" and client.cookies["large"].value == "1"
    assert '<html lang="zh-CN" class="large">' in client.get("/sign-in").content.decode()
    client.post("/large-type", {"large": "0"})
    assert 'class="large"' not in client.get("/sign-in").content.decode()
