"""The cast with passwords, and a browser for each of them."""

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client

from anwei.units.models import Person, Setting
from tests.district import START, Cast

PASSWORD = "Linjiang-2023"
DAY = "2023-09-25"


def close_file(answer) -> None:
    """Closes the file of a download alone: closing the whole answer would take the test's transaction with it."""
    for close in answer._resource_closers:
        close()


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setenv("ANWEI_TODAY", DAY)
    cache.clear()


@pytest.fixture
def cast(district: Cast) -> Cast:
    """Everybody has the same password, changed on the day; a second factor is not asked for."""
    Person.objects.update(password=make_password(PASSWORD), password_changed_on="2023-09-20")
    for person in district.people.values():
        person.refresh_from_db()
    Setting.objects.create(key="sign_in.two_factor", value="off", since=START, reason="测试")
    return district


@pytest.fixture
def at_door(cast):
    """at_door("office") -> a client that has signed in; at_door() -> one that has not."""

    def come(who: str = "", password: str = PASSWORD) -> Client:
        client = Client()
        if who:
            answer = client.post("/sign-in", {"login": cast.people[who].username, "password": password})
            assert answer.status_code == 302, who
        return client

    return come
