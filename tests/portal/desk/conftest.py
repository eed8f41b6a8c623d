"""Browsers signed in as people of the cast, on the demonstration day."""

import pytest
from django.core.cache import cache
from django.test import Client

from anwei.activities.actions import record_activities

DAY = "2023-09-25"


@pytest.fixture(autouse=True)
def demonstration_day(monkeypatch):
    monkeypatch.setenv("ANWEI_TODAY", DAY)
    cache.clear()


@pytest.fixture
def browser(district):
    """browser("qingyu.clerk") is a signed-in client; browser(None) is nobody."""

    def open_as(who):
        client = Client()
        if who:
            client.force_login(district.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return open_as


@pytest.fixture
def study(district):
    """study("qingyu", "2023-09-20") enters a collective study on the day it was held."""

    def enter(code, day, entered=None, **more):
        row = {
            "kind": "collective_study",
            "happened_on": day,
            "topic": "学习重要论述",
            "host": "书记",
            "attendance": 23,
        }
        made, problems = record_activities(district.by(f"{code}.clerk", entered or day), [row | more])
        assert not problems, [str(one) for one in problems]
        return made[0]

    return enter
