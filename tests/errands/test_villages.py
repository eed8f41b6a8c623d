"""A town hands an errand on to its villages; they answer by a link and see nothing else."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from anwei.duties.models import Duty
from anwei.errands import actions, knocks
from anwei.errands.models import ErrandPart, VillageLink
from anwei.files.models import Attachment
from anwei.journal.models import Entry


def photo(name="现场.jpg"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#336699").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


@pytest.fixture
def handed_on(cast, browser):
    """青榆镇 has an errand of the office and hands it on to 榆西村 and 上塘村."""
    errand = actions.give(
        cast.by("office"), units=[cast.units["qingyu"]], text="排查液化气。", due_on=cast.by("office").today
    )
    part = errand.parts.get()
    data = {"text": "请各村排查液化气。", "units": [cast.units["yuxi"].pk, cast.units["shangtang"].pk], "pick": "today"}
    page = browser("qingyu.clerk").post(f"/errands/new?source=errands.errandpart:{part.pk}",
                                        data | {"source": f"errands.errandpart:{part.pk}"}, follow=True)  # fmt: skip
    assert "交办单〔1〕号已发出，主送榆西村、上塘村。" in page.content.decode()
    return part


def link_of(cast, code):
    return VillageLink.objects.get(part__unit=cast.units[code])


def test_a_village_signs_and_answers_by_its_link_and_the_town_sees_it_beside_its_own_answer(cast, browser, handed_on):
    link, phone = link_of(cast, "yuxi"), Client()
    page = phone.get(link.address).content.decode()
    assert "请各村排查液化气。" in page and "榆西村承办" in page
    assert "已签收" in phone.post(f"{link.address}/sign", follow=True).content.decode()
    done = phone.post(link.address, {"text": "排查12户，无隐患。", "files": [photo()]}, follow=True).content.decode()
    assert "反馈已收到" in done and "排查12户，无隐患。" in done
    file = Attachment.objects.get(about=f"errands.errandpart:{link.part_id}")
    picture = phone.get(f"{link.address}/files/{file.pk}/picture")
    assert picture["Content-Type"] == "image/jpeg" and b"".join(picture.streaming_content).startswith(b"\xff\xd8")
    town = browser("qingyu.clerk").get(f"/errands/parts/{handed_on.pk}").content.decode()
    assert town.count("榆西村：排查12户，无隐患。") == 1, "the first draft of the town's own answer"
    entry = Entry.objects.filter(act="errand.answer").first()
    assert entry.by_person == "榆西村（凭链接）" and entry.door == "public"
    assert not any(link.token in str(one) for one in Entry.objects.values_list("summary", "detail"))


def test_a_link_shows_only_its_errand_and_no_other_data(cast, handed_on):
    page = Client().get(link_of(cast, "yuxi").address)
    words = page.content.decode()
    assert "上塘村" not in words and "交办台账" not in words and "排查液化气。" in words
    assert page["Referrer-Policy"] == "no-referrer" and "no-store" in page["Cache-Control"]


def test_a_link_shows_no_more_to_somebody_who_is_signed_in(cast, browser, handed_on):
    words = browser("tinglan.clerk").get(link_of(cast, "yuxi").address).content.decode()
    assert "汀岚镇" not in words and "工作台" not in words


def test_files_of_another_village_are_not_reached_through_a_link(cast, handed_on):
    phone = Client()
    phone.post(link_of(cast, "shangtang").address, {"text": "无隐患。", "files": [photo()]})
    file = Attachment.objects.get()
    assert phone.get(f"{link_of(cast, 'yuxi').address}/files/{file.pk}").status_code == 404
    assert phone.get(f"{link_of(cast, 'yuxi').address}/errand/files/{file.pk}").status_code == 404


def test_a_link_ends_when_its_part_is_closed(cast, browser, handed_on):
    link, phone = link_of(cast, "yuxi"), Client()
    phone.post(link.address, {"text": "无隐患。"})
    browser("qingyu.reviewer").post(f"/errands/parts/{link.part_id}/close")
    gone = phone.get(link.address)
    assert gone.status_code == 404 and "链接已失效" in gone.content.decode() and "液化气" not in gone.content.decode()
    assert phone.post(link.address, {"text": "再答一次"}).status_code == 404


def test_a_renewed_link_ends_the_old_one(cast, browser, handed_on):
    old = link_of(cast, "yuxi").address
    browser("qingyu.clerk").post(f"/errands/parts/{link_of(cast, 'yuxi').part_id}/renew-link")
    new = link_of(cast, "yuxi").address
    assert new != old
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)


def test_guessing_links_is_answered_by_later_and_a_true_link_still_opens(cast, handed_on, monkeypatch):
    monkeypatch.setattr(knocks, "MISSES_AN_HOUR", 3)
    monkeypatch.setattr("anwei.errands.views.villages.MISSES_AN_HOUR", 3)
    codes = [Client().get(f"/e/guess{n}").status_code for n in range(5)]
    assert codes == [404, 404, 404, 429, 429]
    assert Client().get(link_of(cast, "yuxi").address).status_code == 200


def test_answers_by_one_link_are_limited(cast, browser, handed_on, monkeypatch):
    monkeypatch.setattr("anwei.errands.views.villages.ANSWERS_AN_HOUR", 1)
    link = link_of(cast, "yuxi")
    assert Client().post(link.address, {"text": "一"}).status_code == 302
    again = Client().post(link.address, {"text": "二"}, follow=True)
    assert "已经反馈过了" in again.content.decode()
    browser("qingyu.reviewer").post(f"/errands/parts/{link.part_id}/send-back", {"reason": "补照片"})
    page = Client().get(link.address).content.decode()
    assert "补照片" in page
    late = Client().post(link.address, {"text": "三"})
    assert late.status_code == 400 and "提交太频繁" in late.content.decode()


def test_the_sheet_of_links_and_the_code_are_the_giver_s_alone(cast, browser, handed_on):
    part = link_of(cast, "yuxi").part
    sheet = f"/errands/{part.errand_id}/links"
    town = browser("qingyu.clerk")
    assert link_of(cast, "yuxi").address in town.get(sheet).content.decode()
    code = town.get(f"/errands/parts/{part.pk}/code.svg")
    assert code["Content-Type"] == "image/svg+xml" and b"<path" in code.content
    for who in ("tinglan.clerk", "housing.clerk", "qingyu.head"):
        assert browser(who).get(sheet).status_code == 404, who
        assert browser(who).get(f"/errands/parts/{part.pk}/code.svg").status_code == 404, who


def test_a_town_gives_to_its_own_villages_only(cast, browser):
    data = {"text": "请排查。", "units": [cast.units["lanqian"].pk], "pick": "today"}
    page = browser("qingyu.clerk").post("/errands/new", data)
    assert page.status_code == 400 and "选择一个有效的选项" in page.content.decode()
    assert not ErrandPart.objects.exists()


def test_the_town_writes_down_what_a_village_said_by_telephone_and_another_closes_it(cast, browser, handed_on):
    part = link_of(cast, "yuxi").part
    reviewer = browser("qingyu.reviewer")
    reviewer.post(f"/errands/parts/{part.pk}/answer", {"text": "电话报：无隐患。"})
    part.refresh_from_db()
    assert part.answer == "（青榆镇代录）电话报：无隐患。"
    reviewer.post(f"/errands/parts/{part.pk}/close")
    part.refresh_from_db()
    assert part.state == "answered", "who wrote the answer down does not close it"


def test_a_duty_of_the_town_is_handed_on_with_its_words_and_its_deadline(cast, small_plan, browser):
    duty = Duty.objects.filter(unit=cast.units["qingyu"], demand__measure__number="1").first()
    address = f"/errands/new?source=duties.duty:{duty.pk}"
    page = browser("qingyu.clerk").get(address).content.decode()
    assert "转自" in page and "要点第1条" in page and 'value="2023-12-31"' in page and "老街村" in page
    data = {"text": "请各村组织学习。", "groups": ["below"], "pick": "today", "source": f"duties.duty:{duty.pk}"}
    browser("qingyu.clerk").post("/errands/new", data)
    errand = ErrandPart.objects.first().errand
    assert (errand.source_words, errand.source) == ("要点第1条", f"duties.duty:{duty.pk}")
    assert errand.to_words == "各村（社区）"


def test_a_duty_of_another_unit_is_no_source(cast, small_plan, browser):
    duty = Duty.objects.filter(unit=cast.units["tinglan"]).first()
    page = browser("qingyu.clerk").get(f"/errands/new?source=duties.duty:{duty.pk}").content.decode()
    assert "转自" not in page and "要点第" not in page.partition("<main")[2]
