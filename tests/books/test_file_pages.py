"""Attachments below a row's address: only where the row may be seen, always as a download."""

import pytest

from anwei.activities.actions import record_activities, void_activity
from anwei.files import store
from anwei.files.models import Attachment
from tests.activities.conftest import study
from tests.books.test_every_book import content
from tests.files.samples import picture, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(district):
    [made], _ = record_activities(district.by("qingyu.clerk"), [study()])
    return made


def test_a_photo_is_added_shown_and_downloaded(browser, activity):
    town, here = browser("qingyu.clerk"), f"/activities/{activity.pk}"
    answer = town.post(f"{here}/files", {"files": [upload("现场.jpg", picture()), upload("签到.txt", b"abc")]})
    assert answer["Location"] == f"{here}#files"
    page = town.get(here).text
    photo, text = Attachment.objects.of(activity)
    assert (
        f"{here}/files/{photo.pk}/picture" in page and "签到.txt" in page and "添加附件2件：现场.jpg、签到.txt" in page
    )
    original = town.get(f"{here}/files/{photo.pk}")
    assert content(original) == picture() and original["Content-Type"] == "image/jpeg"
    assert original["Content-Disposition"].startswith("attachment") and original["X-Content-Type-Options"] == "nosniff"
    shown = town.get(f"{here}/files/{photo.pk}/picture")
    assert shown["Content-Type"] == "image/jpeg" and content(shown).startswith(b"\xff\xd8")
    assert town.get(f"{here}/files/{text.pk}/picture").status_code == 404
    assert [one["name"] for one in town.get(f"{here}.json").json()["attachments"]] == ["现场.jpg", "签到.txt"]


def test_a_file_is_no_more_open_than_its_row(browser, activity, district):
    browser("qingyu.clerk").post(f"/activities/{activity.pk}/files", {"files": upload("现场.jpg", picture())})
    [photo] = Attachment.objects.of(activity)
    [other], _ = record_activities(district.by("tinglan.clerk"), [study()])
    for who in ("tinglan.clerk", "outsider"):
        for address in (f"/activities/{activity.pk}/files/{photo.pk}", f"/activities/{other.pk}/files/{photo.pk}"):
            assert browser(who).get(address).status_code == 404
            assert browser(who).get(f"{address}/picture").status_code == 404
        assert (
            browser(who).post(f"/activities/{activity.pk}/files", {"files": upload("a.txt", b"a")}).status_code == 404
        )
    assert Attachment.objects.count() == 1


def test_what_is_refused_is_said_on_the_page_and_the_rest_is_kept(browser, activity):
    town, here = browser("qingyu.clerk"), f"/activities/{activity.pk}"
    town.post(f"{here}/files", {"files": [upload("坏.jpg", b"MZ\0\0"), upload("好.txt", b"abc")]})
    page = town.get(here).text
    assert "“坏.jpg”的内容不是可以上传的种类" in page and "好.txt" in page
    nothing = town.post(f"{here}/files", {})
    assert nothing.status_code == 400 and "请选择要上传的附件" in nothing.text


def test_a_voided_row_takes_no_more_files(browser, activity, district):
    void_activity(district.by("qingyu.clerk"), activity, reason="重复")
    answer = browser("qingyu.clerk").post(f"/activities/{activity.pk}/files", {"files": upload("a.txt", b"a")})
    assert answer.status_code == 403 and "已经更正或作废，不能再加附件" in answer.text
    assert "添加附件" not in browser("qingyu.clerk").get(f"/activities/{activity.pk}").text.replace("不能再加附件", "")


def test_a_lost_original_is_a_clear_404(browser, activity):
    town, here = browser("qingyu.clerk"), f"/activities/{activity.pk}"
    town.post(f"{here}/files", {"files": upload("a.txt", b"abc")})
    [one] = Attachment.objects.of(activity)
    store.path_of(one.blob).unlink()
    assert town.get(f"{here}/files/{one.pk}").status_code == 404
