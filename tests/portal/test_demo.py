"""The demonstration district: whoever holds the printed names gets in."""

from datetime import date

import pytest
from django.test import Client

from anwei.portal.demo.build import ACCOUNTS, DEMO_DATE, PASSWORD, the_district
from anwei.portal.demo.players import moment
from anwei.units.rights import by_system

pytestmark = pytest.mark.django_db


def test_every_printed_name_opens_the_demonstration_on_its_date_without_a_new_password(monkeypatch):
    the_district(by_system(moment(date(2023, 1, 3)), "command"))
    monkeypatch.setenv("ANWEI_TODAY", DEMO_DATE.isoformat())
    for name, _ in ACCOUNTS:
        client = Client()
        client.post("/sign-in", {"login": name, "password": PASSWORD})
        page = client.get("/")
        assert page.status_code == (403 if name == "9999-1" else 200), (name, page.headers.get("Location"))
