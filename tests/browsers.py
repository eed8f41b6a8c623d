"""Browsers signed in as people of the cast (tests/district.py), and the day on which a room's tests happen."""

import pytest
from django.test import Client

DAY = "2023-09-25"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def demonstration_day(monkeypatch):
    monkeypatch.setenv("ANWEI_TODAY", DAY)


@pytest.fixture
def browser(district):
    """browser("qingyu.clerk") is a signed-in client; browser(None) is nobody."""

    def open_as(who):
        client = Client()
        if who:
            client.force_login(district.people[who], backend=BACKEND)
        return client

    return open_as
