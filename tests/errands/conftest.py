"""The cast of the house, with a clerk of the office who may not sign and with more villages."""

import pytest
from django.test import Client

from anwei.units.models import Person, Post, Unit
from tests.district import START, Cast

TODAY = "2023-09-25"


@pytest.fixture
def cast(district: Cast, monkeypatch) -> Cast:
    monkeypatch.setenv("ANWEI_TODAY", TODAY)
    for order, (code, short, town) in enumerate(
        [("yuxi", "榆西村", "qingyu"), ("shangtang", "上塘村", "qingyu"), ("lanqian", "岚前村", "tinglan")], 20
    ):
        district.units[code] = Unit.objects.create(
            code=code, short=short, full=short, kind="village", order=order, parent=district.units[town], since=START
        )
    district.units["shop"] = Unit.objects.create(
        code="shop", short="塔影广场", full="塔影广场", kind="establishment", order=90,
        parent=district.units["qingyu"], since=START,
    )  # fmt: skip
    for name, code, role, title in [
        ("office.clerk", "committee_office", "office_clerk", "综合岗"),
        ("qingyu.head", "qingyu", "unit_head", "主要负责人"),
        ("inspector", "housing", "inspector", "执法员"),
    ]:
        person = Person.objects.create(username=name, name=title, must_change_password=False, password_changed_on=START)
        Post.objects.create(person=person, unit=district.units[code], role=role, title=title, since=START)
        district.people[name] = person
    return district


@pytest.fixture
def browser(cast):
    """browser("office") is a signed-in client; browser(None) is nobody."""

    def open_as(who):
        client = Client()
        if who:
            client.force_login(cast.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return open_as
