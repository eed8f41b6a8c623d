"""The style page in a real browser: allowed by the strict CSP, accessible, not wider than a phone, right on paper."""

import mimetypes
import re
from urllib.parse import urlsplit

import pdfplumber
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from anwei.portal.style_page import DAY, MOMENT, examples

pytestmark = pytest.mark.browser

AXE = settings.BASE.parent.parent / "tests" / "vendor" / "axe.min.js"
CSP = "; ".join(f"{name} {' '.join(values)}" for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items())
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
# Points to the inch and millimetres to the inch: what a PDF says, what paper is called by.
A4_WIDTH, A3_WIDTH = round(210 / 25.4 * 72), round(420 / 25.4 * 72)
NAVIGATION = [
    {"title": "工作台", "url": "/", "icon": "inbox", "count": 7},
    {"title": "工作要点", "url": "/plans", "icon": "list-check", "active": True, "section": "要点"},
    {"title": "进展一览", "url": "/matrix", "icon": "table"},
]


@pytest.fixture(scope="module")
def style_page() -> str:
    site = {"district": "临江区", "today": DAY, "now": MOMENT, "demo": True, "nav": NAVIGATION, "search_url": "/search"}
    return render_to_string(
        "portal/styleguide.html", {**examples(), "site": {**site, "identity": "青榆镇｜联络员", "inbox_count": 7}}
    )


@pytest.fixture
def opened(chrome, style_page):
    """Opens the style page as a server with our policy would send it: opened(viewport, **more) -> (page, complaints)."""
    contexts = []

    def answer(route):
        path = urlsplit(route.request.url).path
        if path == "/style":
            headers = {"Content-Security-Policy": CSP}
            return route.fulfill(body=style_page, content_type="text/html; charset=utf-8", headers=headers)
        file = finders.find(path.removeprefix(settings.STATIC_URL))
        if file is None:
            return route.fulfill(status=404, body="")
        return route.fulfill(path=file, content_type=mimetypes.guess_type(path)[0])

    def open_page(viewport, **more):
        context = chrome.new_context(viewport=viewport, locale="zh-CN", **more)
        contexts.append(context)
        page = context.new_page()
        complaints = []
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.route("**/*", answer)
        page.goto("http://anwei.test/style")
        if more.get("java_script_enabled", True):
            page.wait_for_selector("[data-chart-state=drawn] svg")
        return page, complaints

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_breaks_the_policy_and_nothing_is_wider_than_the_screen(opened, artefacts, viewport):
    page, complaints = opened(viewport)
    page.screenshot(path=artefacts / f"style-{viewport['width']}.png", full_page=True)
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_serious(opened, viewport):
    page, _ = opened(viewport, bypass_csp=True)
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(one["impact"], one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_the_navigation_opens_and_closes_on_a_phone_without_javascript(opened):
    page, _ = opened(PHONE, java_script_enabled=False)
    assert not page.locator("#side").is_visible()
    page.click(".side-open")
    assert page.locator("#side").is_visible()
    page.click(".side-close")
    assert not page.locator("#side").is_visible()


def test_without_javascript_the_figures_of_a_chart_stand_as_a_table(opened):
    page, _ = opened(DESK, java_script_enabled=False)
    assert page.locator("noscript table").count() == 0 or page.locator("noscript table").first.is_visible()
    assert page.get_by_role("table", name="各章办结、逾期办结、逾期的项数（数据表）").first.is_visible()


def test_a_question_is_asked_before_an_act_and_no_leaves_all_as_it_was(opened):
    page, _ = opened(DESK)
    page.click("text=退回（先问）")
    assert page.locator("#confirm").is_visible()
    assert "确定退回吗" in page.locator("#confirm").inner_text()
    page.click("#confirm >> text=取消")
    assert not page.locator("#confirm").is_visible()
    assert page.url.endswith("/style")


def test_the_definition_of_a_figure_opens_and_escape_closes_it(opened):
    page, _ = opened(DESK)
    page.click(".figure >> nth=2 >> summary")
    assert page.get_by_text("到期应办中已办结（含逾期办结）÷到期应办").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_text("到期应办中已办结（含逾期办结）÷到期应办").is_visible()


def test_paper_is_a4_upright_with_page_numbers_and_the_matrix_a3_across(opened, tmp_path):
    page, _ = opened(DESK)
    page.pdf(path=tmp_path / "style.pdf", prefer_css_page_size=True)
    with pdfplumber.open(tmp_path / "style.pdf") as paper:
        widths = [round(sheet.width) for sheet in paper.pages]
        words = [sheet.extract_text() for sheet in paper.pages]
    assert widths[0] == A4_WIDTH and A3_WIDTH in widths
    # Chromium's PDF gives some characters as radicals that only look the same (页, 青): left open with a dot.
    assert re.search(rf"第 1 . 共 {len(widths)} .", words[0])
    assert re.search("打印：.榆镇｜联络员", words[-1])
    assert not any(sign in text for text in words for sign in ("转村社区", "导出", "清除", "http", "复制本项"))
