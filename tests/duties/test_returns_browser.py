"""The return in a real browser: rows saved one by one, nothing wider than a phone, accessible, A4 across on paper."""

import contextvars
import mimetypes
from urllib.parse import urlsplit

import pdfplumber
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from anwei.duties.models import Part

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

AXE = settings.BASE.parent.parent / "tests" / "vendor" / "axe.min.js"
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
A4_LONG = round(297 / 25.4 * 72)
HOST = "http://localhost"


@pytest.fixture
def opened(chrome, browse):
    """opened(who, day, viewport) -> (page, complaints): every request is answered by the product itself, in this test."""
    contexts = []

    def open_as(who, day, viewport, **more):
        client = browse(who, day)
        here = (
            contextvars.copy_context()
        )  # Playwright answers in another context, with a database connection of its own

        def answer(route):
            asked = route.request
            place = urlsplit(asked.url)
            if place.path.startswith(settings.STATIC_URL):
                file = finders.find(place.path.removeprefix(settings.STATIC_URL))
                return route.fulfill(path=file, content_type=mimetypes.guess_type(place.path)[0])
            address = place.path + (f"?{place.query}" if place.query else "")
            kind = asked.headers.get("content-type", "text/plain")
            said = {"HX-Request": "true"} if "hx-request" in asked.headers else {}
            body = asked.post_data_buffer or b""
            back = here.run(client.generic, asked.method, address, body, content_type=kind, headers=said)
            return route.fulfill(status=back.status_code, headers=dict(back.items()), body=back.getvalue())

        context = chrome.new_context(viewport=viewport, locale="zh-CN", **more)
        contexts.append(context)
        page, complaints = context.new_page(), []
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.route("**/*", answer)
        return page, complaints

    yield open_as
    for context in contexts:
        context.close()


def test_a_row_is_saved_where_it_stands_and_the_count_follows(opened, reporting, artefacts):
    made = reporting.draft("qingyu")
    first = made.parts.first()
    page, complaints = opened("qingyu.clerk", "2023-06-05", DESK)
    page.goto(f"{HOST}/returns/{made.pk}")
    page.fill(f"#words-{first.pk}", "字" * 151)
    assert page.locator(f"#words-{first.pk}_count").inner_text() == "151／150字"
    page.click(f"#part-{first.pk} >> text=保存本条")
    page.wait_for_selector(".note-error >> text=最多150字，请删减1字")
    page.fill(f"#words-{first.pk}", "清理楼道充电72处。")
    page.click(f"#part-{first.pk} >> text=保存本条")
    page.wait_for_selector(f"#part-{first.pk} >> text=已保存")
    assert page.locator("#written").inner_text() == "已写 1／2 条"
    assert Part.objects.get(pk=first.pk).words == "清理楼道充电72处。"
    page.screenshot(path=artefacts / "return-desk.png", full_page=True)
    assert complaints == []


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_of_returns_is_wider_than_the_screen_or_hard_to_reach(opened, reporting, artefacts, viewport):
    made = reporting.draft("tinglan")
    reporting.handed_in("qingyu")
    reporting.handed_in("sc_fire", host="fire_brigade")
    visits = [
        ("tinglan.clerk", "/returns"),
        ("tinglan.clerk", f"/returns/{made.pk}"),
        ("tinglan.clerk", f"/parts/{made.parts.first().pk}"),
        ("fire_brigade.reviewer", "/returns/incoming"),
        ("office", "/returns"),
        ("office", "/returns/district"),
    ]
    wrong = []
    for place, (who, url) in enumerate(visits):
        page, complaints = opened(who, "2023-06-12", viewport, bypass_csp=True)
        page.goto(HOST + url)
        page.screenshot(path=artefacts / f"returns-{place}-{viewport['width']}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], url
        page.add_script_tag(path=AXE)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        wrong += [(url, one["id"], one["nodes"][0]["html"]) for one in found]
        wrong += complaints
    assert wrong == []


def test_the_paper_is_a4_across_with_the_foot_and_without_boxes_or_buttons(opened, reporting, tmp_path):
    made = reporting.written("qingyu", words="已部署落实到村。")
    page, _ = opened("qingyu.clerk", "2023-06-05", DESK)
    page.goto(f"{HOST}/returns/{made.pk}")
    page.pdf(path=tmp_path / "return.pdf", prefer_css_page_size=True)
    with pdfplumber.open(tmp_path / "return.pdf") as paper:
        assert {round(sheet.width) for sheet in paper.pages} == {A4_LONG}
        words = "".join(sheet.extract_text() for sheet in paper.pages)
    assert "已部署落实到村。" in words and "（盖章处）" in words and "联系电话" in words
    assert not any(sign in words for sign in ("保存本条", "提交审核", "导出", "附佐证", "http"))
