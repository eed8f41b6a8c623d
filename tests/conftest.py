"""What every test gets: its marks, and where a server or a browser is needed, that or a clear reason."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings

# Tests of plain values and of the code's shape: a second database has nothing to say about them.
PURE = ("periods/", "rulebook/", "plans/reader/", "plans/sources/", "test_house.py", "test_server_command.py")
# Whole tables and growth: worth their time in a full run, left out by script/test --quick.
SLOW = ("portal/gate/test_rights.py", "test_bench.py", "plans/reader/test_robust.py", "portal/test_openapi.py")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
pytest_plugins = ["tests.browsers", "tests.district", "tests.plan"]
HERE = Path(__file__).parent
ARTEFACTS = HERE.parent / "artefacts"


def in_ci() -> bool:
    """On a continuous-integration machine what cannot run is a failure."""
    return os.environ.get("CI", "").lower() in ("1", "true")


def on_postgres() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


def chromium() -> str | None:
    """The path of Debian's chromium or a relative of it."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items):
    for item in items:
        try:
            place = item.path.relative_to(HERE).as_posix()
        except ValueError:
            continue
        if place.startswith(PURE):
            item.add_marker("pure")
        if place.startswith(SLOW):
            item.add_marker("slow")
        if item.get_closest_marker("browser"):
            # One worker runs all of them: one browser, one server.
            item.add_marker(pytest.mark.xdist_group("browser"))


def pytest_runtest_setup(item):
    if item.get_closest_marker("browser") and chromium() is None:
        reason = "没有 chromium（Debian：apt install chromium）"
        if in_ci():
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    if item.get_closest_marker("postgres") and not on_postgres():
        pytest.skip("只在 PostgreSQL 上运行：python -m tests.servers python -m pytest …")


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Where pictures and reports are kept for the people who look at them; ignored by git."""
    ARTEFACTS.mkdir(exist_ok=True)
    return ARTEFACTS
