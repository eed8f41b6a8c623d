"""A town's clerk in a real browser, on a desk and on a phone: what was held is entered once and seen to count."""

import pytest

from anwei.activities.models import Activity
from anwei.duties.models import Duty, Return
from anwei.files.models import Attachment
from tests.browser.conftest import DESK, PHONE
from tests.files.samples import picture

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])


def record_a_study(page):
    page.fill("[name=happened_on]", "2023-09-20")
    page.fill("[name=topic]", "学习重要论述")
    page.fill("[name=host]", "党委书记")
    page.fill("[name=attendance]", "23")
    page.set_input_files(
        "[name=files]", {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(640, 480))}
    )
    page.click("main form button[type=submit]")


@SIZES
def test_a_study_with_a_photo_is_entered_and_seen_to_count(visit, people, viewport):
    town = visit(viewport)
    town.sign_in("qingyu.clerk")
    assert "集体学习（2023年下半年）" in town.page.inner_text("main")
    town.look("inbox").axe()
    town.go("/activities/record?kind=collective_study")
    town.look("record").axe()
    record_a_study(town.page)
    town.page.wait_for_url("**/activities/*")
    assert "已录入" in town.page.inner_text("main") and Attachment.objects.count() == 1
    town.look("activity").axe()
    duty = Duty.objects.get(unit=people.units["qingyu"], demand__kind="count")
    town.go(f"/duties/{duty.pk}")
    assert "学习重要论述" in town.page.inner_text("main")
    town.look("duty").axe()
    for path, name in (
        ("/matrix", "matrix"),
        ("/matrix?on=2023-06-15&standing=not_due", "matrix-then"),
        ("/dashboard", "dashboard"),
        ("/plans", "plans"),
    ):
        town.go(path)
        town.look(name).axe()
    town.go("/")
    assert "集体学习（2023年下半年）" not in town.page.inner_text("main")
    assert town.complaints == []


@SIZES
def test_the_half_yearly_return_is_typed_and_kept(visit, people, viewport):
    town, unit = visit(viewport), people.units["qingyu"]
    town.sign_in("qingyu.clerk")
    town.go(f"/returns/start?plan={people.plan.pk}&unit={unit.pk}&day=2023-09-01")
    town.page.click("main form button[type=submit]")
    made = Return.objects.get()
    town.page.wait_for_url(f"**/returns/{made.pk}")
    part = made.parts.order_by("measure__order").first()
    town.page.fill(f"[name=words-{part.pk}]", "清理楼道充电72处。")
    town.page.click(f"#part-{part.pk} >> text=保存本条")
    town.page.get_by_text("已写 1／2 条").first.wait_for()
    part.refresh_from_db()
    assert part.words == "清理楼道充电72处。"
    town.look("return").axe()
    assert town.complaints == []


def test_without_javascript_a_study_and_a_row_of_the_return_are_kept(visit, people):
    town, unit = visit(PHONE, java_script_enabled=False), people.units["qingyu"]
    town.sign_in("qingyu.clerk")
    town.go("/activities/record?kind=collective_study")
    record_a_study(town.page)
    town.page.wait_for_url("**/activities/*")
    assert Activity.objects.get().topic == "学习重要论述"
    town.go(f"/returns/start?plan={people.plan.pk}&unit={unit.pk}&day=2023-09-01")
    town.page.click("main form button[type=submit]")
    made = Return.objects.get()
    part = made.parts.order_by("measure__order").first()
    town.page.fill(f"[name=words-{part.pk}]", "清理楼道充电72处。")
    town.page.locator(f"button[name=save][value='{part.pk}'], form button[type=submit]:has-text('保存')").first.click()
    town.page.wait_for_load_state()
    part.refresh_from_db()
    assert part.words == "清理楼道充电72处。"


def test_signing_out_closes_the_door(visit, people):
    town = visit(DESK)
    town.sign_in("qingyu.clerk")
    town.page.locator("form[action='/sign-out'] button").first.evaluate("button => button.form.requestSubmit()")
    town.page.wait_for_url("**/sign-in*")
    town.go("/matrix")
    assert "/sign-in" in town.page.url
