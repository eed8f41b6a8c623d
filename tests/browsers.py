"""Browsers signed in as people of the cast (tests/district.py), and the day on which a room's tests happen."""

import os

import pytest
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.conftest import chromium

DAY = "2023-09-25"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-domain-reliability", "--disable-sync", "--no-first-run", "--disable-dev-shm-usage"]  # fmt: skip


@pytest.fixture(scope="session")
def chrome():
    """Debian's Chromium, one for all tests of a worker: Playwright keeps one loop a thread, and Django would refuse to
    touch its database beside it without being told that this is no server."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield running
        running.close()


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
