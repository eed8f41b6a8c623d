"""What is let in, what is kept, and what is said about it."""

import io

import pytest
from PIL import Image

from anwei.files import store
from anwei.files.models import Attachment, Blob
from tests.files.samples import archive, docx, picture, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(district):
    return district.by("qingyu.clerk")


@pytest.fixture
def row(district):
    """Any row may hold files."""
    return district.units["qingyu"]


GOOD = [
    ("现场.jpg", picture(), "image/jpeg"),
    ("截图.png", picture("PNG"), "image/png"),
    ("照片.webp", picture("WEBP"), "image/webp"),
    ("纪要.pdf", b"%PDF-1.7\n...", "application/pdf"),
    ("纪要.docx", docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("资料.zip", archive(a=b"x"), "application/zip"),
    ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "application/x-ole-storage"),
    ("录像.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 50, "video/mp4"),
    ("说明.txt", "签到：二十三人".encode("gb18030"), "text/plain"),
]


@pytest.mark.parametrize(("name", "data", "content_type"), GOOD, ids=[name for name, *_ in GOOD])
def test_usual_files_are_kept_as_they_came(by, row, name, data, content_type):
    made, problems, warnings = store.keep(by, row, [upload(name, data)])
    assert (problems, warnings) == ([], []) and made[0].name == name
    assert made[0].blob.content_type == content_type
    assert store.path_of(made[0].blob).read_bytes() == data


BAD = [
    ("病毒.exe", b"MZ\x90\0" + b"\0" * 100, "不是可以上传的种类"),
    ("现场.jpg", b"MZ\x90\0" + b"\0" * 100, "不是可以上传的种类"),
    ("网页.html", b"<script>alert(1)</script>", "与文件名的结尾不符"),
    ("纪要.docx", picture(), "内容是照片（jpg），与文件名的结尾不符"),
    ("无名", picture(), "与文件名的结尾不符"),
    ("空.jpg", b"", "是空文件"),
    ("坏.jpg", picture(size=(400, 300))[:500], "不是完好的图片"),
    ("坏.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "不是完好的图片"),
    ("坏.docx", docx()[:60], "已损坏"),
    ("炸弹.zip", archive(a=b"\0" * 50_000_000), "解开后过大"),
]


@pytest.mark.parametrize(("name", "data", "words"), BAD, ids=[name for name, *_ in BAD])
def test_what_is_not_let_in_is_named_with_what_to_do_and_leaves_nothing(by, row, name, data, words):
    made, problems, _ = store.keep(by, row, [upload(name, data)])
    assert made == [] and len(problems) == 1 and words in problems[0] and name in problems[0]
    assert not Blob.objects.exists() and not Attachment.objects.exists()


def test_a_form_hears_the_same_complaint_before_anything_is_kept(by, row):
    file = upload("坏.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    assert "不是完好的图片" in store.check(file)
    good = upload("现场.jpg", picture())
    assert store.check(good) == "" and good.read() == picture()
    assert not Blob.objects.exists()


def test_a_file_over_the_limit_is_refused(by, row, monkeypatch):
    monkeypatch.setattr(store, "MAX_BYTES", 1000)
    made, problems, _ = store.keep(by, row, [upload("大.txt", b"a" * 1001), upload("小.txt", b"a" * 1000)])
    assert [one.name for one in made] == ["小.txt"] and "“大.txt”超过" in problems[0]


def test_a_picture_of_too_many_points_is_refused_before_it_is_drawn(by, row):
    bomb = picture("PNG", size=(9000, 9000))
    assert len(bomb) < store.MAX_BYTES
    made, problems, _ = store.keep(by, row, [upload("巨幅.png", bomb)])
    assert made == [] and "9000×9000 过大" in problems[0]


def test_what_is_shown_holds_no_place_and_stands_upright(by, row):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "相机".encode().decode("latin-1")
    made, _, _ = store.keep(by, row, [upload("手机.jpg", picture(size=(400, 300), exif=exif))])
    with Image.open(store.picture_of(made[0].blob)) as shown:
        assert shown.size == (300, 400) and not shown.getexif()
    assert made[0].blob.width == 400


def test_a_large_picture_is_shown_small_and_kept_large(by, row):
    made, _, _ = store.keep(by, row, [upload("大图.jpg", picture(size=(4000, 3000)))])
    with Image.open(store.picture_of(made[0].blob)) as shown:
        assert max(shown.size) <= 1600
    with Image.open(io.BytesIO(store.path_of(made[0].blob).read_bytes())) as kept:
        assert kept.size == (4000, 3000)


def test_the_same_photo_used_by_two_villages_is_kept_once_and_noticed(by, district):
    first, other = district.units["qingyu"], district.units["old_street"]
    store.keep(by, first, [upload("甲村.jpg", picture())])
    made, problems, warnings = store.keep(by, other, [upload("乙村.jpg", picture())])
    assert len(made) == 1 and problems == [] and Blob.objects.count() == 1
    assert warnings == [
        "“乙村.jpg”与2023年9月25日上传到另一条记录的附件是同一个文件，请确认没有传错；确属同一次活动的，不必处理。"
    ]
    _, problems, warnings = store.keep(by, first, [upload("又一次.jpg", picture())])
    assert problems == ["“又一次.jpg”这一条里已经有了，不用再传。"] and warnings == []


def test_files_carried_to_a_corrected_row_are_no_second_use(by, district):
    old, new, third = district.units["qingyu"], district.units["tinglan"], district.units["housing"]
    store.keep(by, old, [upload("现场.jpg", picture())])
    store.carry_over(by, old, new)
    assert Attachment.objects.of(new).get().name == "现场.jpg"
    Attachment.objects.of(old).get()
    _, _, warnings = store.keep(by, third, [upload("现场.jpg", picture())])
    assert len(warnings) == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [("C:\\照片\\现场.jpg", "现场.jpg"), ("../../etc/passwd", "passwd"), ("a\r\nb.txt", "ab.txt"), ("", "未命名")],
)
def test_names_lose_folders_and_control_characters(given, kept):
    assert store.plain_name(given) == kept


def test_a_long_name_keeps_its_ending():
    assert (
        store.plain_name("长" * 300 + ".docx").endswith("长.docx")
        and len(store.plain_name("长" * 300 + ".docx")) <= 120
    )
