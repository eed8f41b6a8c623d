"""A real server and a real browser: pages opened as people of the cast, with what the browser complains about."""

import importlib
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import connection

from anwei.duties.actions import adopt
from anwei.units.models import Person
from tests.district import build
from tests.plan import HANDED_DOWN, draft_plan

append_only = importlib.import_module("anwei.journal.migrations.0002_append_only")
PASSWORD = "Linjiang-2023"
AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


@pytest.fixture
def day(monkeypatch):
    monkeypatch.setenv("ANWEI_TODAY", "2023-09-25")
    cache.clear()


class Visit:
    """One window; `complaints` are errors of the console and refusals of the content security policy."""

    def __init__(self, context, server, artefacts):
        self.page, self.server, self.artefacts = context.new_page(), server, artefacts
        self.complaints: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, said):
        if said.type == "error" or "Content Security Policy" in said.text:
            self.complaints.append(said.text)

    def go(self, path):
        self.page.goto(self.server.url + path)

    def sign_in(self, name):
        self.go("/sign-in")
        self.page.fill("[name=login]", name)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main form button[type=submit]")
        self.page.wait_for_url(self.server.url + "/")

    def look(self, name):
        """A picture, and what must hold of every page: nothing wider than the screen, nothing serious for axe."""
        width = self.page.viewport_size["width"]
        self.page.screenshot(path=self.artefacts / f"{name}-{width}.png", full_page=True)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width, name
        return self

    def axe(self):
        self.page.evaluate(AXE)
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        serious = [one for one in found if one["impact"] in ("serious", "critical")]
        assert [(one["id"], one["nodes"][0]["html"]) for one in serious] == []


@pytest.fixture
def people(day, transactional_db):
    """The cast with a plan in force, committed, so that the server sees it; everybody has one password."""
    cast = build()
    Person.objects.update(password=make_password(PASSWORD), password_changed_on="2023-09-20")
    cast.plan = adopt(cast.by("office", HANDED_DOWN), draft_plan(cast))
    yield cast
    with connection.cursor() as cursor:
        # The journal refuses to be emptied, and Django empties all tables behind such a test.
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        append_only.drop_triggers(None, editor)
        for table in ("journal_subject", "journal_seal", "journal_entry"):
            cursor.execute(f"DELETE FROM {table}")
        append_only.add_triggers(None, editor)


@pytest.fixture
def visit(chrome, people, live_server, artefacts):
    """visit(PHONE, java_script_enabled=False) -> a fresh window of nobody."""
    contexts = []

    def open_window(viewport, **more):
        context = chrome.new_context(viewport=viewport, locale="zh-CN", accept_downloads=True, **more)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visit(context, live_server, artefacts)

    yield open_window
    for context in contexts:
        context.close()
