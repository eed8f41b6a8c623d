"""Text files in the encodings that offices use, and bytes that are no text."""

import pytest

from anwei.plans.sources import Unreadable, read_source
from tests.plans.sources.samples import plan_text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_every_usual_encoding_gives_the_same_text(encoding):
    text = plan_text().replace("－", "，")
    source = read_source("要点.txt", text.encode(encoding))
    assert (source.kind, source.text, source.problems) == ("txt", text, ())


def test_lines_of_windows_and_of_old_macintoshes_are_lines():
    assert read_source("a.txt", "甲\r\n乙\r丙\n".encode()).text == "甲\n乙\n丙\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_cut_within_a_sign_is_read_and_the_place_named(encoding):
    source = read_source("要点.txt", plan_text().rstrip().encode(encoding)[:-1])
    assert source.text.startswith("区2023年")
    assert "请对照原文改正" in source.problems[0]


def test_a_few_broken_signs_are_shown_with_what_stands_before_them():
    data = (plan_text() + "牵头单位：区应").encode() + b"\xff" + "急局".encode()
    source = read_source("要点.txt", data)
    assert "牵头单位：区应" in source.problems[0] and "\ufffd" in source.text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "是空的"),
        (b" \n\t\r\n ", "是空的"),
        (b"\xef\xbb\xbf\n", "是空的"),
        (bytes(range(256)) * 40, "乱码"),
        (b"\x7fELF\x02\x01\x01" + bytes(500) + b"\x90\x91" * 400, "乱码"),
    ],
)
def test_what_is_no_text_is_refused(data, said):
    with pytest.raises(Unreadable, match=said):
        read_source("要点.txt", data)
