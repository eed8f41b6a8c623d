"""An activity as a sheet row, and browsers signed in as people of the cast."""

import pytest
from django.test import Client

DAY = "2023-09-25"


@pytest.fixture(autouse=True)
def demonstration_day(monkeypatch):
    monkeypatch.setenv("ANWEI_TODAY", DAY)


@pytest.fixture
def browser(district):
    """browser("qingyu.clerk") is a signed-in client; browser(None) is nobody."""

    def open_as(who):
        client = Client()
        if who:
            client.force_login(district.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return open_as


def study(**changes):
    """A collective study of 8 June with everything that it asks."""
    row = {
        "kind": "collective_study",
        "happened_on": "2023-06-08",
        "topic": "学习贯彻安全生产重要论述",
        "host": "党委书记",
        "attendance": 23,
    }
    return row | changes
