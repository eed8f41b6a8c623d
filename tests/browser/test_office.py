"""The office imports the example plan in a real browser and finds it read beside its text."""

from pathlib import Path

import pytest

from tests.browser.conftest import DESK

pytestmark = pytest.mark.browser
PLAN = Path(__file__).parents[2] / "examples" / "key-points-2023.txt"


def test_the_example_plan_is_imported_and_opens_for_review(visit, people):
    office = visit(DESK)
    office.sign_in("office")
    office.look("office-inbox").axe()
    office.go("/plans/import")
    office.page.set_input_files("[name=file]", PLAN)
    office.page.click("main form button[type=submit]")
    office.page.wait_for_url("**/review")
    assert "已读出27条任务" in office.page.inner_text("main")
    office.look("review").axe()
    assert office.complaints == []
