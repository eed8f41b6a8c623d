"""The second factor: asked for by role, bound at the first sign-in, counted like a password when wrong."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from anwei.units.models import Setting
from tests.portal.gate.conftest import PASSWORD

pytestmark = pytest.mark.django_db
BIND = "/account/two-factor/activate"


@pytest.fixture
def required(cast):
    Setting.objects.filter(key="sign_in.two_factor").delete()
    return cast


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def bind(client: Client) -> tuple[str, list[str]]:
    """Binds a second factor as a person would: secret from the page, code from the telephone. (secret, codes)"""
    page = client.get(BIND).content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)[1]
    answer = client.post(BIND, {"code": code_for(secret)})
    assert answer["Location"] == "/account/recovery-codes"
    return secret, re.findall(r"<code>(\d{8})</code>", client.get("/account/recovery-codes").content.decode())


def test_a_head_of_office_binds_a_second_factor_before_anything_else(required, at_door):
    client = at_door("office.head")
    assert client.get("/units")["Location"] == BIND
    secret, codes = bind(client)
    assert len(codes) == 10
    assert client.get("/units").status_code == 200
    assert secret not in str(Authenticator.objects.values()), "the secret lies encrypted in the database"


def test_a_clerk_needs_none_and_may_bind_one(required, at_door):
    client = at_door("qingyu.clerk")
    assert client.get("/units").status_code == 200
    bind(client)
    assert client.get("/account").status_code == 200


def test_the_demonstration_lets_everybody_in_without(cast, at_door):
    assert at_door("office.head").get("/units").status_code == 200


def test_the_qr_code_needs_nothing_that_the_policy_forbids(required, at_door):
    answer = at_door("office.head").get(BIND)
    page = answer.content.decode()
    assert 'src="data:image/svg+xml;base64,' in page and "img-src 'self' data:" in answer["Content-Security-Policy"]
    assert "style=" not in page and "<script>" not in page


def test_the_next_time_the_code_is_asked_for_and_a_used_one_does_not_open_twice(required, at_door):
    secret, _ = bind(at_door("office.head"))
    cache.clear()
    client = Client()
    answer = client.post("/sign-in", {"login": "office.head", "password": PASSWORD})
    assert answer["Location"] == "/sign-in/code"
    assert client.get("/units").status_code == 302, "the password alone opens nothing"
    code = code_for(secret)
    assert client.post("/sign-in/code", {"code": code}).status_code == 302
    assert client.get("/units").status_code == 200
    other = Client()
    other.post("/sign-in", {"login": "office.head", "password": PASSWORD})
    assert other.post("/sign-in/code", {"code": code}).status_code == 200


def test_wrong_codes_lock_the_name_like_wrong_passwords(required, at_door):
    bind(at_door("office.head"))
    client = Client()
    client.post("/sign-in", {"login": "office.head", "password": PASSWORD})
    for _ in range(4):
        answer = client.post("/sign-in/code", {"code": "000000"})
        assert answer.status_code == 200 and "口令不对" in answer.content.decode()
    assert client.post("/sign-in/code", {"code": "000000"}).status_code == 429
    assert Client().post("/sign-in", {"login": "office.head", "password": PASSWORD}).status_code == 429


def test_a_recovery_code_opens_once(required, at_door):
    _, codes = bind(at_door("office.head"))
    for expected in (302, 200):
        client = Client()
        client.post("/sign-in", {"login": "office.head", "password": PASSWORD})
        assert client.post("/sign-in/code", {"code": codes[0]}).status_code == expected


def test_who_needs_one_cannot_release_it_but_an_administrator_can_reset(required, at_door, cast):
    client = at_door("office.head")
    bind(client)
    answer = client.get("/account/two-factor/deactivate")
    assert "不能解除" in answer.content.decode()
    client.post("/account/two-factor/deactivate")
    person = cast.people["office.head"]
    assert Authenticator.objects.filter(user=person).exists()


def test_resetting_with_the_box_ticked_releases_the_lost_telephone(required, at_door, cast):
    bind(at_door("qingyu.clerk"))
    person = cast.people["qingyu.clerk"]
    answer = at_door("office").post(f"/people/{person.pk}/reset-password", {"second_factor": "on"})
    assert answer.status_code == 200
    assert not Authenticator.objects.filter(user=person).exists()


def test_later_in_the_session_the_password_is_asked_for_again_before_the_factor_changes(required, at_door):
    client = at_door("qingyu.clerk")
    bind(client)
    session = client.session
    session["signed_in_at"] -= 3600
    session.save()
    answer = client.get("/account/two-factor/deactivate")
    assert answer["Location"].startswith("/account/confirm")
    page = client.get(answer["Location"]).content.decode()
    assert "再输一次密码" in page
    place = answer["Location"].partition("?next=")[2].replace("%2F", "/")
    answer = client.post("/account/confirm", {"password": PASSWORD, "next": place})
    assert answer["Location"] == place
    assert "要解除动态口令吗" in client.get(place).content.decode()
    client.post(place)
    assert not Authenticator.objects.exists()
