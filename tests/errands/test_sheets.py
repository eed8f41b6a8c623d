"""Empty sheets as offices make them, and the copies that come back."""

from datetime import date

import pytest

from anwei.errands.sheets import CellProblem, SheetColumn, read_empty, read_filled, settle

PLAIN = [
    ["附件1", None, None, None],
    ["液化气使用场所排查表", None, None, None],
    ["填报单位：", None, None, "年 月 日"],
    ["序号", "场所名称", "钢瓶数", "检查日期"],
    [1, "例：某饭店", 4, date(2023, 9, 20)],
    [None, None, None, None],
    ["填报人：", None, "审核人：", None],
]
TWO_ROWS = [
    ["隐患统计表", None, None, None, None],
    ["序号", "单位", "隐患", None, "备注"],
    [None, None, "排查数", "整改数", None],
]


def columns_of(table):
    sheet, message = read_empty(table)
    assert sheet is not None, message
    return sheet


def test_the_head_stands_below_titles_and_kinds_are_guessed_from_label_and_example():
    sheet = columns_of(PLAIN)
    assert [(one.label, one.kind) for one in sheet.columns] == [
        ("序号", "serial"), ("场所名称", "text"), ("钢瓶数", "number"), ("检查日期", "day"),
    ]  # fmt: skip
    assert sheet.examples == [[1, "例：某饭店", 4, "2023-09-20"]], "the foot is no example"
    assert "附件1" in sheet.above


def test_a_head_of_two_rows_names_group_and_part():
    assert [one.label for one in columns_of(TWO_ROWS).columns] == ["序号", "单位", "隐患·排查数", "隐患·整改数", "备注"]


@pytest.mark.parametrize(
    ("table", "word"),
    [
        ([], "没有找到表头"),
        ([["只有标题", None, None]], "没有找到表头"),
        ([["名称", "数量", "名称"]], "“名称”出现了两次"),
        ([[f"栏{n}" for n in range(61)]], "最多60栏"),
        ([[1, 2, 3], [4, 5, 6]], "没有找到表头"),
    ],
)
def test_what_is_no_sheet_is_said_in_words(table, word):
    sheet, message = read_empty(table)
    assert sheet is None and word in message


def test_a_filled_copy_is_read_by_labels_in_any_order_and_what_is_left_out_is_said():
    sheet = columns_of(PLAIN)
    copy = [
        ["检查日期", "场所名称", "钢瓶数", "多出来的"],
        ["2023年9月21日", "甲饭店", "3", "x"],
        [date(2023, 9, 20), "例：某饭店", 4, None],
        ["填报人：张", None, None, None],
    ]
    rows, remarks = read_filled(copy, sheet.columns, sheet.examples)
    assert rows == [[None, "甲饭店", "3", "2023年9月21日"]]
    assert remarks == [
        "“多出来的”栏不在要填的表里，没有计入。",
        "第3行和空白表里的例行一样，没有计入。",
        "第4行“填报人：张”像是表尾，没有计入。",
    ]
    assert settle(sheet.columns, rows) == ([[None, "甲饭店", 3, "2023-09-21"]], [])


def test_a_copy_of_another_sheet_is_refused_with_the_columns_it_lacks():
    sheet = columns_of(PLAIN)
    with pytest.raises(ValueError, match="缺少“钢瓶数”“检查日期”栏"):
        read_filled([["场所名称", "序号"], ["甲", 1]], sheet.columns, [])
    with pytest.raises(ValueError, match="没有找到要填的表头"):
        read_filled([["姓名", "电话"], ["甲", 1]], sheet.columns, [])


def test_a_wrong_cell_is_quoted_and_stays_as_it_was_written():
    columns = [SheetColumn("名称", required=True, key=True), SheetColumn("数量", "number"), SheetColumn("日期", "day")]
    rows, problems = settle(
        columns, [["甲", "约30", "2023-02-30"], [None, "１，２００", "20230901"], ["甲", 1.5, None]]
    )
    assert rows == [["甲", "约30", "2023-02-30"], [None, 1200, "2023-09-01"], ["甲", 1.5, None]]
    assert problems == [
        CellProblem(0, 1, "“数量”「约30」不是数字，请只填数字，没有的填 0"),
        CellProblem(0, 2, "日期 2023-02-30 不是有效日期，请按 年-月-日 填写"),
        CellProblem(1, 0, "“名称”没有填写，这一栏必填"),
        CellProblem(2, 0, "与第1行重复：名称「甲」，请留一行"),
    ]


def test_a_text_column_keeps_figures_as_they_were_written():
    assert settle([SheetColumn("电话")], [[13800000000], ["007"], ["=1+1"]])[0] == [["13800000000"], ["007"], ["=1+1"]]
