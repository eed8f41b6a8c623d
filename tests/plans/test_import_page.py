"""A file comes in: a draft and its original, or a clear message; never a 500."""

import io
import zipfile

import pytest

from anwei.plans import forms
from anwei.plans.models import Plan
from tests.plans.conftest import TEXT, upload

pytestmark = pytest.mark.django_db


def test_an_uploaded_text_becomes_a_draft_and_the_original_comes_back_as_it_was(office):
    answer = office.post("/plans/import", {"file": upload("要点.txt", TEXT)})
    plan = Plan.objects.get()
    assert answer["Location"] == f"/plans/{plan.pk}/review" and plan.state == Plan.DRAFT
    page = office.get(f"/plans/{plan.pk}/review").text
    assert "已读出4条任务" in page and "深入学习重要论述" in page
    assert b"".join(office.get(f"/plans/{plan.pk}/original").streaming_content) == TEXT.encode()


def test_pasted_text_is_read_as_well_and_has_no_original(office):
    office.post("/plans/import", {"text": TEXT, "year": "2023"})
    plan = Plan.objects.get()
    assert plan.measures.count() == 4
    assert office.get(f"/plans/{plan.pk}/original").status_code == 404


@pytest.mark.parametrize(("given", "words"), [({}, "请上传文件"), ({"text": TEXT, "file": "both"}, "请选一样")])
def test_nothing_or_both_is_asked_again(office, given, words):
    given = {key: upload("要点.txt", TEXT) if value == "both" else value for key, value in given.items()}
    answer = office.post("/plans/import", given)
    assert answer.status_code == 422 and words in answer.text and not Plan.objects.exists()


def test_a_text_that_is_no_plan_is_refused_in_words_and_the_paste_is_kept(office):
    answer = office.post("/plans/import", {"text": "今天天气很好。\n明天也很好。"})
    assert answer.status_code == 422 and "读不成工作要点" in answer.text and "今天天气很好" in answer.text


def test_a_file_over_the_cap_is_refused_by_name_and_size(office, monkeypatch):
    monkeypatch.setattr(forms, "MAX_BYTES", 100)
    answer = office.post("/plans/import", {"file": upload("大文件.txt", TEXT)})
    assert answer.status_code == 422 and "大文件.txt" in answer.text and "超过" in answer.text


def archive(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", text)
    return buffer.getvalue()


HOSTILE = {
    "空.txt": b"",
    "乱码.txt": bytes(range(256)) * 20,
    "坏.docx": b"PK\x03\x04 this is no archive",
    "半个.docx": archive(word__document="<w:document><w:body><w:p>")[:-40],
    "空心.docx": archive(word__document="<not-word/>"),
    "坏.xlsx": archive(xl__workbook="<workbook/>"),
    "坏.pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog>>\nstartxref\n99999\n%%EOF",
    "程序.exe": b"MZ\x90\x00" + b"\x00" * 300,
    "图片.png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 64,
    "旧.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_or_foreign_file_gets_a_message_that_names_it(office, name):
    answer = office.post("/plans/import", {"file": upload(name, HOSTILE[name])})
    assert answer.status_code == 422 and not Plan.objects.exists()
    assert name in answer.text


def test_cells_that_are_formulas_stay_words_and_marks_of_the_page_stay_text(office):
    table = "序号,工作任务,牵头单位,责任单位,完成时限\n1,=cmd|' /C calc'!A0,区应急局,各镇（街道）,12月底前\n2,<script>alert(1)</script>整治,区住建局,区应急局,6月底前\n"
    answer = office.post(
        "/plans/import", {"file": upload("任务表.csv", "2023年安全生产工作任务分解表\n" + table), "year": "2023"}
    )
    if answer.status_code == 302:
        page = office.get(answer["Location"]).text
        assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    else:
        assert answer.status_code == 422


def test_a_parent_plan_is_kept_apart_and_can_not_be_handed_down(office, district):
    office.post("/plans/import", {"text": TEXT, "outside": "on"})
    plan = Plan.objects.get()
    assert plan.outside and "上级文件" in office.get("/plans").text
    assert "上级文件，不下达" in office.get(f"/plans/{plan.pk}/review").text
    answer = office.post(f"/plans/{plan.pk}/adopt")
    assert answer.status_code == 409 and "上级文件" in answer.text
    plan.refresh_from_db()
    assert plan.state == Plan.DRAFT
