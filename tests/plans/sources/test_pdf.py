"""PDF: paragraphs come together again, page furniture leaves, tables are tables."""

import pytest

from anwei.plans.sources import Unreadable, read_source
from anwei.plans.sources.pdf_lines import Line, cell_text
from tests.plans.sources.samples import pdf_of, plan_text, printed


def given_lines() -> list[str]:
    return [line for line in plan_text().split("\n") if line]


@pytest.mark.parametrize("columns", [28, 38])
def test_wrapped_lines_become_paragraphs_over_page_breaks(columns):
    source = read_source("要点.pdf", printed(given_lines(), columns=columns, rows=22, head="临江区安全生产委员会文件"))
    assert source.kind == "pdf" and source.problems == ()
    assert source.text.split("\n") == given_lines()


@pytest.mark.parametrize("sign", ["— {} —", "- {} -", "{}", "第 {} 页", "第{}页 共9页", "{}/9", "·{}·"])
def test_page_numbers_leave_in_every_dress(sign):
    pages = [[(60, 200, f"第{at}件事情的说明。"), (280, 800, sign.format(at))] for at in (1, 2, 3)]
    text = read_source("要点.pdf", pdf_of(pages)).text
    assert text.split("\n") == ["第1件事情的说明。", "第2件事情的说明。", "第3件事情的说明。"]


def test_a_page_number_on_a_single_page_leaves_and_a_number_in_the_text_stays():
    pages = [[(60, 100, "共有事项的说明如下。" * 3), (84, 400, "27"), (280, 810, "1")]]
    assert read_source("要点.pdf", pdf_of(pages)).text.split("\n") == ["共有事项的说明如下。" * 3, "27"]


def test_a_repeated_heading_inside_the_page_stays():
    pages = [[(60, 100, f"甲{at}"), (60, 200, f"乙{at}"), (60, 300, "工作要求"), (60, 400, f"丙{at}"), (60, 500, f"丁{at}")] for at in "一二"]  # fmt: skip
    assert read_source("要点.pdf", pdf_of(pages)).text.count("工作要求") == 2


def test_a_scan_is_told_that_it_holds_only_pictures():
    with pytest.raises(Unreadable, match="没有文字"):
        read_source("扫描.pdf", pdf_of([[]]))


@pytest.mark.parametrize("cut", [10, 300, 2000])
def test_a_torn_pdf_gives_its_text_or_a_message(cut):
    data = printed(given_lines())[:-cut]
    try:
        assert "安全生产" in read_source("要点.pdf", data).text
    except Unreadable as refused:
        assert "「要点.pdf」" in str(refused)


def test_a_pdf_with_a_password_says_so():
    encrypt = (
        "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
        f"/O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<{'43' * 16}> <{'43' * 16}>] "
    )
    with pytest.raises(Unreadable, match="打开密码"):
        read_source("要点.pdf", pdf_of([[(60, 90, "甲")]], trailer=encrypt))


def test_something_that_only_begins_like_a_pdf_is_broken():
    with pytest.raises(Unreadable, match="已损坏"):
        read_source("要点.pdf", b"%PDF-1.7\n" + b"nothing of a pdf " * 20)


def test_a_task_table_without_rules_is_said_to_be_unsure():
    rows = [["序号", "重点任务", "牵头单位", "完成时限"], ["1", "学习", "甲局", "6月底前"]]
    page = [
        (60 + 110 * column, 100 + 20 * row, cell) for row, cells in enumerate(rows) for column, cell in enumerate(cells)
    ]
    source = read_source("表.pdf", pdf_of([page]))
    assert any("没有框线" in said for said in source.problems)


@pytest.mark.parametrize(
    ("lines", "width", "text"),
    [
        (["区委宣传", "部、区委组", "织部"], 5.3, "区委宣传部、区委组织部"),  # 、 may not begin a line
        (["区应急局", "区教体局"], 12, "区应急局\n区教体局"),
        (["区应急局"], 12, "区应急局"),
        ([], 12, ""),
    ],
)
def test_a_cell_tells_wrapped_names_from_names_on_lines_of_their_own(lines, width, text):
    made = [Line(line, 5, 5 + 10 * len(line), 12 * at, 12 * at + 10) for at, line in enumerate(lines)]
    assert cell_text(made, 0, 10 + 10 * width) == text
