"""Content decides, not the ending; each kind of wrong file has its own message with a way out."""

import io
import zipfile

import pytest

from anwei.plans.sources import Limits, Unreadable, read_source
from tests.plans.sources.samples import docx_of, docx_table, package, pdf_of, plan_text, printed, xlsx_table

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def ole(stream: str) -> bytes:
    return OLE + (stream + "\0").encode("utf-16-le") + bytes(600)


@pytest.mark.parametrize(
    ("data", "said", "way_out"),
    [
        (ole("EncryptedPackage"), "设有打开密码", "取消密码"),
        (ole("PowerPoint Document"), "演示文稿", "文档"),
        (ole("Something"), "旧格式", "另存为 .docx"),
        (package({"ppt/presentation.xml": "<a/>"}), "演示文稿", "文档"),
        (package({"OFD.xml": "<a/>", "Doc_0/Document.xml": "<a/>"}), "OFD", "PDF"),
        (package({"要点.docx": docx_of(["甲"])}), "压缩包", "解压"),
        (b"PK\x05\x06" + bytes(18), "空的压缩包", "文档本身"),
        (b"PK\x03\x04" + bytes(200), "没有传完整", "另存"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "图片", "文字识别"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "图片", "文字识别"),
        (b"Rar!\x1a\x07" + bytes(50), "压缩包", "解压"),
        ("<html><table>要点</table></html>".encode(), "网页", "另存为 .docx"),
        (b'<?xml version="1.0"?><w:wordDocument/>', "XML", "另存为 .docx"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "单个文件网页", "另存为 .docx"),
        (b"\0" * 100, "空的", "重新保存"),
    ],
)
def test_each_wrong_file_is_told_what_it_is_and_what_to_do(data, said, way_out):
    with pytest.raises(Unreadable) as caught:
        read_source("要点.docx", data)
    message = str(caught.value)
    assert message.startswith("文件「要点.docx」") and said in message and way_out in message.split("请", 1)[1]


@pytest.mark.parametrize(
    ("name", "make", "kind"),
    [
        ("要点.txt", lambda: docx_of(["甲"]), "docx"),
        ("要点.docx", lambda: printed(["甲" * 80]), "pdf"),
        ("要点.pdf", lambda: plan_text().encode(), "txt"),
        ("要点.doc", xlsx_table, "xlsx"),
        ("要点.xlsx", docx_table, "docx"),
    ],
)
def test_a_wrong_ending_is_read_by_content_and_said(name, make, kind):
    source = read_source(name, make())
    assert source.kind == kind
    assert any("与后缀" in said and name in said for said in source.problems)


@pytest.mark.parametrize("name", ["要点", "要点.docx", "新建文件.v2", "要点.DOCX", ""])
def test_a_right_or_unknown_ending_is_not_worth_a_word(name):
    assert read_source(name, docx_of(["甲"])).problems == ()


def test_a_file_over_the_limit_is_refused_before_it_is_looked_at():
    with pytest.raises(Unreadable, match=r"有 2\.0 MB，超过 1 MB"):
        read_source("要点.docx", b"PK" * 1024 * 1024, Limits(upload=1024 * 1024))


def test_a_zip_bomb_is_refused_from_its_directory():
    with pytest.raises(Unreadable, match="解压后过大"):
        read_source("要点.docx", package({"word/document.xml": b"\0" * (30 * 1024 * 1024)}))


def test_a_zip_of_too_many_parts_is_refused():
    data = package({f"word/{at}.xml": "" for at in range(60)})
    with pytest.raises(Unreadable, match="60 个部件"):
        read_source("要点.docx", data, Limits(entries=50))


def test_a_directory_that_lies_about_a_part_is_caught_while_reading():
    data = bytearray(package({"word/document.xml": b"<a>" + b"x" * 5000 + b"</a>"}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as given:
        size = given.getinfo("word/document.xml").file_size
    place = data.rindex(b"PK\x01\x02") + 24
    assert int.from_bytes(data[place : place + 4], "little") == size
    data[place : place + 4] = (10).to_bytes(4, "little")
    with pytest.raises(Unreadable, match="已损坏"):
        read_source("要点.docx", bytes(data))


def test_a_part_over_the_limit_is_refused():
    with pytest.raises(Unreadable, match=r"部件 word/document\.xml 超过"):
        read_source("要点.docx", docx_of(["甲" * 2000]), Limits(part=1024))


def test_a_pdf_over_the_page_limit_is_refused():
    with pytest.raises(Unreadable, match="有 3 页，超过 2 页"):
        read_source("要点.pdf", pdf_of([[(60, 90, "甲")]] * 3), Limits(pages=2))
