"""Task tables: columns in any order, merged cells, rows that are parts, chapters or remarks."""

import datetime
import io

import pytest
import xlsxwriter

from anwei.plans.sources import Limits, Unreadable, read_source
from tests.plans.sources.samples import csv_table, package, plan_rows, sheet_of, xlsx_table

HEAD = ["序号", "重点任务", "具体内容", "牵头单位", "责任单位", "完成时限"]


def lines(rows: list[list], merges: tuple = ()) -> list[str]:
    return read_source("分解表.xlsx", sheet_of(rows, merges)).text.split("\n")


@pytest.mark.parametrize("make", [xlsx_table, csv_table, lambda: csv_table("utf-8-sig")])
def test_all_measures_of_the_example_come_back_with_their_chapters(make):
    text = read_source("分解表", make()).text.split("\n")
    assert [line for line in text if line[1:2] == "、"] == list(dict.fromkeys(row[0] for row in plan_rows()))
    for _, number, title, body, lead, units, due in plan_rows():
        assert f"{number}.{title}。{body}（牵头单位：{lead}，责任单位：{units}，完成时限：{due}）" in text


def test_columns_may_stand_in_any_order_and_other_columns_are_named_as_unread():
    rows = [
        ["完成时间", "责任部门", "备注", "工作任务", "牵头领导", "编号"],
        ["6月底前", "区教体局", "略", "学习", "张某", 1],
    ]
    source = read_source("表.xlsx", sheet_of(rows))
    assert source.text == "1.学习。（完成时限：6月底前，责任部门：区教体局，牵头领导：张某）"
    assert any("“备注”列" in said for said in source.problems)


def test_a_head_in_two_rows_is_one_head():
    rows = [
        ["序号", "任务", "责任分工", "", "时限"],
        ["", "", "牵头单位", "配合单位", ""],
        [1, "学习", "甲局", "乙局", "6月"],
    ]
    merges = ((0, 0, 1, 0, "序号"), (0, 1, 1, 1, "任务"), (0, 2, 0, 3, "责任分工"), (0, 4, 1, 4, "时限"))
    assert lines(rows, merges) == ["1.学习。（牵头单位：甲局，配合单位：乙局，完成时限：6月）"]


def test_merged_units_hold_for_every_row_below():
    rows = [HEAD, [1, "学习", "甲事", "", "", "6月"], [2, "宣传", "乙事", "", "", "年底"]]
    merged = lines(rows, ((1, 3, 2, 3, "区安委办"), (1, 4, 2, 4, "区教体局")))
    assert merged == [
        "1.学习。甲事（牵头单位：区安委办，责任单位：区教体局，完成时限：6月）",
        "2.宣传。乙事（牵头单位：区安委办，责任单位：区教体局，完成时限：年底）",
    ]


def test_rows_of_one_number_are_parts_of_one_measure_each_with_its_own_units():
    rows = [
        HEAD,
        ["12-1", "化工", "甲事。", "甲局", "", "6月"],
        ["12-2", "", "乙事", "乙局", "", "年底"],
        ["13", "消防", "", "丙局", "", ""],
    ]
    assert lines(rows, ((1, 1, 2, 1, "化工"),)) == [
        "12.化工。甲事。（牵头单位：甲局，完成时限：6月）乙事（牵头单位：乙局，完成时限：年底）",
        "13.消防。（牵头单位：丙局）",
    ]


def test_parts_with_the_same_units_share_one_clause():
    rows = [HEAD, [1, "学习", "甲事", "", "", ""], ["", "", "乙事", "", "", ""]]
    merged = lines(rows, ((1, 0, 2, 0, 1), (1, 1, 2, 1, "学习"), (1, 3, 2, 3, "甲局"), (1, 5, 2, 5, "6月")))
    assert merged == ["1.学习。甲事；乙事（牵头单位：甲局，完成时限：6月）"]


def test_a_heading_merged_over_several_numbers_is_their_chapter():
    rows = [HEAD, [1, "", "甲事", "甲局", "", ""], [2, "", "乙事", "乙局", "", ""], [3, "检查", "丙事", "丙局", "", ""]]
    assert lines(rows, ((1, 1, 2, 1, "宣传教育"),)) == [
        "一、宣传教育", "1.甲事（牵头单位：甲局）", "2.乙事（牵头单位：乙局）", "3.检查。丙事（牵头单位：丙局）",
    ]  # fmt: skip


def test_rows_of_one_cell_are_chapters_and_remarks_and_sums_are_not():
    rows = [
        ["2023年要点"], HEAD, ["一、思想", "", "", "", "", ""], [1, "学习", "", "甲局", "", ""], ["二", "责任"],
        [2, "考核", "", "乙局", "", ""], ["合计", "", "", "", "", ""], ["注：以上时限均为2023年。"],
    ]  # fmt: skip
    assert lines(rows) == [
        "2023年要点", "一、思想", "1.学习。（牵头单位：甲局）", "二、责任", "2.考核。（牵头单位：乙局）", "注：以上时限均为2023年。",
    ]  # fmt: skip


def test_chapters_without_numbers_are_counted():
    rows = [
        ["工作类别", *HEAD],
        ["思想", 1, "学习", "", "甲局", "", ""],
        ["", 2, "宣传", "", "甲局", "", ""],
        ["责任", 3, "考核", "", "甲局", "", ""],
    ]
    text = lines(rows)
    assert text[0] == "一、思想" and text[3] == "二、责任" and len(text) == 5


def test_a_head_printed_again_on_each_page_is_skipped():
    rows = [HEAD, [1, "学习", "", "甲局", "", ""], HEAD, [2, "宣传", "", "甲局", "", ""]]
    assert lines(rows) == ["1.学习。（牵头单位：甲局）", "2.宣传。（牵头单位：甲局）"]


def test_units_one_a_line_are_parted_and_a_name_in_brackets_is_not():
    rows = [HEAD, [1, "学习", "", "甲局\n乙局", "各镇（街\n道）\n物流园、\n新城管理局", ""]]
    assert lines(rows) == ["1.学习。（牵头单位：甲局、乙局，责任单位：各镇（街道）、物流园、新城管理局）"]


def test_a_stray_bracket_in_a_cell_does_not_end_the_clause():
    rows = [HEAD, [1, "学习", "", "甲局）", "各镇（街道", "6月"]]
    assert lines(rows) == ["1.学习。（牵头单位：甲局，责任单位：各镇（街道），完成时限：6月）"]


def test_content_that_repeats_the_title_says_it_once():
    assert lines([HEAD, [1, "学习论述", "学习论述。每季度一次。", "甲局", "", ""]]) == [
        "1.学习论述。每季度一次。（牵头单位：甲局）"
    ]


def test_a_row_without_number_is_counted_and_said():
    source = read_source(
        "表.xlsx", sheet_of([HEAD, [1, "学习", "", "甲局", "", ""], ["", "宣传", "乙事", "乙局", "", ""]])
    )
    assert source.text.split("\n")[1] == "2.宣传。乙事（牵头单位：乙局）"
    assert any("第3行“宣传”没有序号" in said for said in source.problems)


def test_a_formula_gives_its_stored_result_and_a_date_is_written_out():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_formula(1, 0, "=ROW()-1", None, 1)
        sheet.write_formula(1, 1, '=CONCATENATE("学","习")', None, "学习")
        sheet.write_string(1, 3, "=甲局")
        sheet.write_datetime(1, 5, datetime.date(2023, 6, 30), book.add_format({"num_format": "yyyy-mm-dd"}))
    source = read_source("表.xlsx", made.getvalue())
    assert source.text == "1.学习。（牵头单位：=甲局，完成时限：2023年6月30日）"


def test_a_broken_formula_is_named_with_its_row():
    source = read_source("表.xlsx", sheet_of([HEAD, [1, "学习", "", "#REF!", "", ""]]))
    assert any("第2行有公式错误“#REF!”" in said for said in source.problems)


def test_a_sheet_without_head_and_a_hidden_sheet_are_named_as_left_out():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        tasks = book.add_worksheet("2023年安全生产工作要点")
        tasks.write_row(0, 0, HEAD)
        tasks.write_row(1, 0, [1, "学习", "", "甲局", "", ""])
        book.add_worksheet("通讯录").write_row(0, 0, ["姓名", "电话"])
        secret = book.add_worksheet("旧表")
        secret.write_row(0, 0, HEAD)
        secret.hide()
    source = read_source("表.xlsx", made.getvalue())
    assert source.text.split("\n") == ["2023年安全生产工作要点", "1.学习。（牵头单位：甲局）"]
    assert any("“旧表”是隐藏的" in said for said in source.problems)
    assert any("“通讯录”里没有找到" in said for said in source.problems)


def test_a_workbook_that_is_no_task_table_says_which_columns_are_needed():
    with pytest.raises(Unreadable, match=r"没有找到任务表的表头.*牵头单位"):
        read_source("名单.xlsx", sheet_of([["姓名", "电话"], ["甲", "1"]]))


def test_too_many_rows_are_refused_with_the_figure():
    with pytest.raises(Unreadable, match="30 行 6 列，超过 20 行"):
        read_source("表.xlsx", sheet_of([HEAD] * 30), Limits(rows=20))


def test_a_sheet_that_claims_endless_cells_is_refused_and_the_service_lives_on():
    cells = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>序号</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>末</t></is></c></row>'
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    data = package({
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    })  # fmt: skip
    with pytest.raises(Unreadable, match="「表"):
        read_source("表.xlsx", data, Limits(memory=1024**3))


def test_prose_with_commas_is_no_csv():
    text = "序号,这是一段话\n重点任务,牵头单位,完成时限都在正文里\n没有表\n" * 3
    assert read_source("要点.txt", text.encode()).kind == "txt"
