"""Whatever is handed in as a sheet: read, or refused with words."""

import datetime
import io

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anwei.books import sheets_in
from anwei.books.book import SheetField
from anwei.books.matching import chosen, match
from anwei.books.sheets_in import as_rows, read_sheet
from tests.files.samples import archive, docx, picture

KNOWN = ["种类", "日期", "参加人数"]


def workbook(rows, **options):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for place, row in enumerate(rows, options.get("first", 0)):
            page.write_row(place, 0, row)
        for cell, formula in options.get("formulas", {}).items():
            page.write_formula(cell, formula)
    return out.getvalue()


def test_the_heading_is_found_below_titles_and_lines_are_counted_as_in_the_file():
    data = workbook(
        [["活动台账"], ["口径：…"], ["种类", "日期（必填）", "参加人数"], ["培训", "2023-06-08", 23.0], ["", "", ""]]
    )
    sheet, problem = read_sheet(data, KNOWN)
    assert problem == "" and sheet.head == ["种类", "日期（必填）", "参加人数"]
    assert sheet.rows == [["培训", "2023-06-08", 23]] and sheet.first == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_tables_of_usual_encodings_and_delimiters_are_read(encoding, delimiter):
    lines = [["种类", "日期", "参加人数"], ["培训", "2023年6月8日", "23"]]
    data = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
    sheet, problem = read_sheet(data, KNOWN)
    assert problem == "" and sheet.rows == [["培训", "2023年6月8日", "23"]]


def test_a_formula_is_read_as_what_it_last_showed_and_never_run():
    sheet, _ = read_sheet(workbook([KNOWN, ["培训", "x", "y"]], formulas={"C2": "=1+1"}), KNOWN)
    assert sheet.rows == [["培训", "x", 0]]


def test_a_day_cell_is_a_day():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, KNOWN)
        page.write_datetime(1, 1, datetime.date(2023, 6, 8))
    sheet, _ = read_sheet(out.getvalue(), KNOWN)
    assert sheet.rows[0][1].isoformat() == "2023-06-08"


def far_cell():
    page = b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    return archive(**{"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": page})


BAD = [
    (b"", "文件是空的"),
    (b"   \n", "文件是空的"),
    (picture(), "不是 Excel 或 CSV 表"),
    (docx(), "打不开"),
    (workbook([KNOWN, ["a", "b", "c"]])[:300], "打不开"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "打不开"),
    (archive(**{"xl/workbook.xml": b"<workbook", "xl/worksheets/sheet1.xml": b"<"}), "打不开"),
    (archive(**{"xl/workbook.xml": b"\0" * 250_000_000}), "解开后过大"),
    (far_cell(), "在很远的行列里还有格子"),
    (workbook([KNOWN]), "只有表头，没有要导入的行"),
    (workbook([[]]), "表里没有内容"),
    (b"\xff\xfe\xfa\xfb\x81", "文字编码"),
    (("种类,日期\n" + "培训,x\n" * 5001).encode(), "一次至多导入 5000 行"),
    (("种类,日期\n" + '"' + "x" * 200_000).encode(), "另存为 .xlsx"),
]


@pytest.mark.parametrize(("data", "words"), BAD, ids=[words for _, words in BAD])
def test_what_cannot_be_read_is_refused_with_what_to_do(data, words):
    sheet, problem = read_sheet(data, KNOWN)
    assert sheet is None and words in problem


def test_rows_up_to_the_cap_are_read_and_one_more_is_not():
    head = "种类,日期\n"
    assert len(read_sheet((head + "培训,x\n" * sheets_in.MAX_ROWS).encode(), KNOWN)[0].rows) == sheets_in.MAX_ROWS
    assert read_sheet((head + "培训,x\n" * (sheets_in.MAX_ROWS + 1)).encode(), KNOWN)[0] is None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "种类,日期\n".encode()]),
)
def test_nothing_that_a_file_contains_breaks_the_reader(data, head):
    sheet, problem = read_sheet(head + data, KNOWN)
    assert (sheet is None) == bool(problem)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_workbook_with_flipped_bytes_is_read_or_refused(data):
    good = bytearray(workbook([KNOWN, ["培训", "2023-06-08", 23]]))
    for place in data.draw(st.lists(st.integers(0, len(good) - 1), max_size=8)):
        good[place] = data.draw(st.integers(0, 255))
    sheet, problem = read_sheet(bytes(good), KNOWN)
    assert (sheet is None) == bool(problem)


FIELDS = (
    SheetField("kind", "种类", ("类别",), True),
    SheetField("day", "日期", ("时间",), True),
    SheetField("n", "人数"),
)


def test_columns_are_matched_in_any_order_by_label_or_other_name():
    found = match(FIELDS, ["人 数", "＊时间：", "备注", "类别"])
    assert found.mapping == {"n": 0, "day": 1, "kind": 3} and found.unused == ["备注"] and not found.unclear


def test_a_label_wins_over_another_name_of_the_same_field():
    found = match(FIELDS, ["时间", "日期", "种类"])
    assert found.mapping["day"] == 1 and found.unused == ["时间"] and not found.unclear


def test_two_columns_with_one_claim_and_a_missing_one_are_left_to_the_person():
    found = match(FIELDS, ["种类", "种类", "人数"])
    assert [field.name for field in found.doubled] == ["kind"] and [field.name for field in found.missing] == ["day"]
    assert chosen(FIELDS, ["甲", "乙"], {"kind": 0, "day": 0}).unclear
    assert not chosen(FIELDS, ["甲", "乙"], {"kind": 0, "day": 1}).unclear


def test_rows_without_anything_in_the_mapped_columns_are_passed_over():
    rows = [["培训", None], [None, "只有备注"], [None, None]]
    assert list(as_rows(rows, {"kind": 0})) == [(0, {"kind": "培训"})]
