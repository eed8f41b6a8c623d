"""Browsers on chosen days, and a town whose half-yearly return has come as far as a test needs."""

from dataclasses import dataclass

import pytest
from django.test import Client

from anwei.duties.actions import fill_part, hand_in, start_return, submit_for_check
from anwei.duties.models import Part, Return

PHONE = "0791-86001234"


@pytest.fixture
def browse(district, monkeypatch):
    """browse("qingyu.clerk", "2023-06-05") is that person's browser on that day; browse(None) is nobody's."""

    def open_as(who, day="2023-06-05"):
        monkeypatch.setenv("ANWEI_TODAY", day)
        client = Client()
        if who:
            client.force_login(district.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return open_as


@dataclass
class Reporting:
    """Steps of a return by the people of the unit that acts; `host` where that is not the unit itself."""

    district: object
    plan: object

    def draft(self, code, day="2023-06-05", host=None) -> Return:
        clerk = self.district.by(f"{host or code}.clerk", day)
        return start_return(clerk, self.district.units[code], plan=self.plan, day=clerk.today)

    def written(self, code, day="2023-06-05", host=None, words="已部署落实。") -> Return:
        made = self.draft(code, day, host)
        clerk = self.district.by(f"{host or code}.clerk", day)
        for part in made.parts.all():
            fill_part(clerk, part, part.version, words=words, trouble="人手少。", next_step="继续抓。")
        return made

    def checking(self, code, day="2023-06-05", host=None) -> Return:
        made = self.written(code, day, host)
        return submit_for_check(self.district.by(f"{host or code}.clerk", day), made, phone=PHONE)

    def handed_in(self, code, day="2023-06-07", host=None) -> Return:
        made = self.checking(code, day, host)
        return hand_in(self.district.by(f"{host or code}.reviewer", day), made)

    def part(self, code, number) -> Part:
        return Part.objects.get(of_return__unit=self.district.units[code], measure__number=number)


@pytest.fixture
def reporting(district, small_plan):
    return Reporting(district, small_plan)
