"""A sheet is uploaded empty, filled by each unit on the page or as a copy, and comes back merged."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from anwei.errands import actions
from anwei.errands.models import Collection, Copy, Filling
from anwei.journal.by import Refused
from anwei.outbox.models import Notice

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EMPTY = [
    ["附件1"],
    ["液化气使用场所排查表"],
    ["序号", "场所名称", "钢瓶数", "检查日期"],
    [1, "例：某饭店", 4, date(2023, 9, 20)],
    ["填报人：", None, "审核人："],
]


def workbook(rows, name="表.xlsx"):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False})
    page = book.add_worksheet()
    for at, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, str) and value.startswith("{="):
                page.write_formula(at, place, value[1:-1], None, 42)
            elif value is not None:
                page.write(at, place, value)
    book.close()
    return SimpleUploadedFile(name, out.getvalue(), XLSX)


def pages_of(content: bytes) -> dict[str, list]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.fixture
def collection(cast, browser) -> Collection:
    """Out to 区住建局, 青榆镇 and 汀岚镇 until 28 September; a name may not come twice."""
    office = browser("office")
    office.post("/collections/new", {"file": workbook(EMPTY), "note": "逐户填。"})
    draft = Collection.objects.get()
    data = {
        "due_on": "2023-09-28",
        "note": "逐户填。",
        "units": [cast.units[c].pk for c in ("housing", "qingyu", "tinglan")],
    }
    data |= {
        "kind_0": "serial",
        "kind_1": "text",
        "required_1": "on",
        "key_1": "on",
        "kind_2": "number",
        "kind_3": "day",
    }
    page = office.post(f"/collections/{draft.pk}", data, follow=True).content.decode()
    assert "已下发3个单位。" in page and "没有报送的（3）" in page
    return Collection.objects.get()


def filling_of(cast, code) -> Filling:
    return Filling.objects.get(unit=cast.units[code])


def typed(*rows, **more):
    data = {"count": len(rows), **more}
    for at, row in enumerate(rows):
        data |= {f"cell-{at}-{place}": value for place, value in enumerate(row, 1)}
    return data


def test_the_office_checks_what_was_read_before_any_unit_sees_it(cast, browser):
    office = browser("office")
    page = office.post("/collections/new", {"file": workbook(EMPTY)}, follow=True).content.decode()
    draft = Collection.objects.get()
    assert draft.title == "液化气使用场所排查表" and "准备中，还没有下发" in page
    assert [(one["label"], one["kind"]) for one in draft.columns] == [
        ("序号", "serial"), ("场所名称", "text"), ("钢瓶数", "number"), ("检查日期", "day"),
    ]  # fmt: skip
    assert not Notice.objects.exists()
    assert browser("qingyu.clerk").get(f"/collections/{draft.pk}").status_code == 404


def test_rows_typed_on_the_page_are_saved_checked_and_handed_in(cast, browser, collection):
    filling, town = filling_of(cast, "qingyu"), browser("qingyu.clerk")
    save = f"/collections/fillings/{filling.pk}/save"
    wrong = town.post(save, typed(["甲饭店", "约30", "2023-02-30"], version=1, hand_in=1))
    words = wrong.content.decode()
    assert wrong.status_code == 400 and "“钢瓶数”「约30」不是数字" in words and "2023-02-30 不是有效日期" in words
    filling.refresh_from_db()
    assert filling.rows == [[None, "甲饭店", "约30", "2023-02-30"]], "what was typed is kept"
    done = town.post(save, typed(["甲饭店", "30", "2023.9.21"], version=filling.version, hand_in=1), follow=True)
    assert "已报送1行。" in done.content.decode()
    filling.refresh_from_db()
    assert filling.state == "handed_in" and filling.rows == [[None, "甲饭店", 30, "2023-09-21"]]
    late = town.post(save, typed(["改", "1", ""], version=filling.version))
    assert late.status_code == 400 and "不能改" in late.content.decode()


def test_blank_rows_and_rows_marked_to_go_are_left_out(cast, browser, collection):
    filling, town = filling_of(cast, "qingyu"), browser("qingyu.clerk")
    rows = typed(["甲", "1", ""], ["", "", ""], ["乙", "2", ""], version=1, **{"drop-0": "1"})
    town.post(f"/collections/fillings/{filling.pk}/save", rows)
    assert filling_of(cast, "qingyu").rows == [[None, "乙", 2, None]]


def test_a_sheet_handed_in_comes_back_in_the_merged_workbook_and_the_missing_are_named(cast, browser, collection):
    qingyu, housing = filling_of(cast, "qingyu"), filling_of(cast, "housing")
    copy = workbook([["检查日期", "场所名称", "钢瓶数"], [date(2023, 9, 21), "=1+1", 3], [None, "乙饭店", "{=6*7}"]])
    page = browser("qingyu.clerk").post(
        f"/collections/fillings/{qingyu.pk}/upload", {"file": copy, "version": 1}, follow=True
    )
    assert "已读入2行" in page.content.decode()
    browser("qingyu.clerk").post(f"/collections/fillings/{qingyu.pk}/save",
                                 typed(["=1+1", "3", "2023-09-21"], ["乙饭店", "42", ""], version=2, hand_in=1))  # fmt: skip
    browser("housing.clerk").post(f"/collections/fillings/{housing.pk}/save",
                                  typed(["乙饭店", "5", ""], version=1, hand_in=1))  # fmt: skip
    answer = browser("office").get(f"/collections/{collection.pk}/merged.xlsx")
    pages = pages_of(answer.content)
    assert pages["汇总"][2] == ["单位", "序号", "场所名称", "钢瓶数", "检查日期"]
    assert pages["汇总"][3:] == [
        ["区住建局", 1.0, "乙饭店", 5.0, ""],
        ["青榆镇", 2.0, "=1+1", 3.0, date(2023, 9, 21)],
        ["青榆镇", 3.0, "乙饭店", 42.0, ""],
    ], "official order, text stays text, a formula came as its last value"
    states = {row[0]: row[1] for row in pages["报送情况"][3:]}
    assert states == {"区住建局": "已报送", "青榆镇": "已报送", "汀岚镇": "待填报"}
    assert [row[1] for row in pages["重复"][3:]] == ["区住建局", "青榆镇"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    page = browser("office").get(f"/collections/{collection.pk}").content.decode()
    assert "没有报送的（1）" in page and "已报 2/3" in page


def test_a_merged_workbook_can_be_uploaded_as_the_next_unit_s_copy(cast, browser, collection):
    """Round trip: what we write we read."""
    filling = filling_of(cast, "qingyu")
    browser("qingyu.clerk").post(
        f"/collections/fillings/{filling.pk}/save", typed(["甲", "1", "2023-09-01"], version=1)
    )
    sheet = browser("qingyu.clerk").get(f"/collections/fillings/{filling.pk}/sheet.xlsx").content
    file = SimpleUploadedFile("再传.xlsx", sheet, XLSX)
    browser("qingyu.clerk").post(f"/collections/fillings/{filling.pk}/upload", {"file": file, "version": 2})
    assert filling_of(cast, "qingyu").rows == [[None, "甲", 1, "2023-09-01"]]
    assert Copy.objects.get().reason == Copy.REPLACED, "the rows before the upload are kept"


def test_a_unit_that_has_none_says_so_and_is_not_missing(cast, browser, collection):
    filling, town = filling_of(cast, "qingyu"), browser("qingyu.clerk")
    save = f"/collections/fillings/{filling.pk}/save"
    assert "请勾选“本单位没有，零报告”" in town.post(save, {"version": 1, "count": 0, "hand_in": 1}).content.decode()
    version = filling_of(cast, "qingyu").version
    page = town.post(save, {"version": version, "count": 0, "nothing": "1", "hand_in": 1}, follow=True)
    assert "零报告已报送。" in page.content.decode()
    assert "没有报送的（2）" in browser("office").get(f"/collections/{collection.pk}").content.decode()


def test_of_two_people_who_save_one_sheet_the_second_sees_both_and_loses_nothing(cast, browser, collection):
    filling = filling_of(cast, "qingyu")
    save = f"/collections/fillings/{filling.pk}/save"
    browser("qingyu.clerk").post(save, typed(["先存的", "1", ""], version=1))
    second = browser("qingyu.reviewer").post(save, typed(["后存的", "2", ""], version=1))
    words = second.content.decode()
    assert second.status_code == 409 and 'value="后存的"' in words and "先存的" in words
    assert filling_of(cast, "qingyu").rows == [[None, "先存的", 1, None]]


def test_a_sheet_is_sent_back_with_a_reason_and_handed_in_again_both_are_kept(cast, browser, collection):
    filling, town, office = filling_of(cast, "qingyu"), browser("qingyu.clerk"), browser("office")
    save = f"/collections/fillings/{filling.pk}/save"
    town.post(save, typed(["甲", "1", ""], version=1, hand_in=1))
    assert "请写明理由" in office.post(f"/collections/fillings/{filling.pk}/reopen", {}, follow=True).content.decode()
    office.post(f"/collections/fillings/{filling.pk}/reopen", {"reason": "漏了乙饭店"})
    assert "漏了乙饭店" in town.get(f"/collections/fillings/{filling.pk}").content.decode()
    version = filling_of(cast, "qingyu").version
    town.post(save, typed(["甲", "1", ""], ["乙", "2", ""], version=version, hand_in=1))
    assert [copy.row_count for copy in Copy.objects.order_by("id")] == [1, 2]
    rows = pages_of(office.get(f"/collections/{collection.pk}/merged.xlsx").content)["汇总"][3:]
    assert [row[2] for row in rows] == ["甲", "乙"], "the last one handed in counts"


def test_a_late_sheet_is_taken_and_called_late(cast, browser, collection, monkeypatch):
    monkeypatch.setenv("ANWEI_TODAY", "2023-09-29")
    filling = filling_of(cast, "qingyu")
    browser("qingyu.clerk").post(
        f"/collections/fillings/{filling.pk}/save", typed(["甲", "1", ""], version=1, hand_in=1)
    )
    assert "逾期报送" in browser("office").get(f"/collections/{collection.pk}").content.decode()


def test_the_missing_are_reminded_once_a_day(cast, browser, collection):
    office = browser("office")
    for _ in range(2):
        office.post(f"/collections/{collection.pk}/remind")
    assert Notice.objects.filter(kind="remind").count() == 3


def test_the_end_leaves_nobody_open_and_calls_the_missing_missing(cast, browser, collection):
    filling = filling_of(cast, "qingyu")
    browser("qingyu.clerk").post(
        f"/collections/fillings/{filling.pk}/save", typed(["甲", "1", ""], version=1, hand_in=1)
    )
    browser("office").post(f"/collections/{collection.pk}/finish")
    assert {one.unit.short: one.state for one in Filling.objects.all()} == {
        "区住建局": "missing", "青榆镇": "done", "汀岚镇": "missing",
    }  # fmt: skip
    assert not Filling.objects.open().exists() and not Collection.objects.open().exists()


def _bomb() -> bytes:
    """A workbook with two cells at the far ends of the sheet."""
    data = workbook([["甲", "乙"]]).read()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                content = content.replace(b"</sheetData>", far)
            new.writestr(entry, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("坏的.xlsx", b"PK\x03\x04broken", "坏的.xlsx"),
        ("空的.xlsx", b"", "空文件"),
        ("照片.xlsx", b"\xff\xd8\xff\xe0" + b"0" * 100, "照片.xlsx"),
        ("病毒.exe", b"MZ" + b"0" * 100, "不是 Excel 表"),
        ("远.xlsx", _bomb(), "很远的行列里还有格子"),
        ("大.xlsx", b"PK\x03\x04" + b"0" * (10 * 1024 * 1024 + 1), "超过10 MB"),
        ("../../x.xlsx", b"PK\x03\x04", "x.xlsx"),
    ],
)
def test_a_hostile_or_broken_file_gets_a_clear_message_at_both_doors(cast, browser, collection, name, content, word):
    office = browser("office").post("/collections/new", {"file": SimpleUploadedFile(name, content)})
    assert office.status_code == 400 and word in office.content.decode()
    filling = filling_of(cast, "qingyu")
    town = browser("qingyu.clerk").post(
        f"/collections/fillings/{filling.pk}/upload", {"file": SimpleUploadedFile(name, content), "version": 1}
    )
    assert town.status_code == 400 and word in town.content.decode()
    assert filling_of(cast, "qingyu").rows == []


def test_a_copy_of_another_sheet_is_refused_by_its_columns(cast, browser, collection):
    filling = filling_of(cast, "qingyu")
    page = browser("qingyu.clerk").post(
        f"/collections/fillings/{filling.pk}/upload", {"file": workbook([["姓名", "电话"], ["张", "1"]]), "version": 1}
    )
    assert page.status_code == 400 and "没有找到要填的表头" in page.content.decode()


def test_a_sheet_longer_than_the_page_is_handed_in_as_uploaded_and_not_cut(cast, browser, collection):
    filling, town = filling_of(cast, "qingyu"), browser("qingyu.clerk")
    rows = [["场所名称", "钢瓶数", "检查日期"], *([f"饭店{n}", n, date(2023, 9, 1)] for n in range(250))]
    page = town.post(f"/collections/fillings/{filling.pk}/upload", {"file": workbook(rows), "version": 1}, follow=True)
    assert "一共 250 行，页面放不下" in page.content.decode()
    town.post(f"/collections/fillings/{filling.pk}/save", {"version": 2, "count": 0, "hand_in": 1})
    filling = filling_of(cast, "qingyu")
    assert filling.state == "handed_in" and Copy.objects.get().row_count == 250


def test_a_changed_column_is_refused(cast):
    by = cast.by("office")
    collection = Collection.objects.create(
        giver=by.unit, holder=by.unit, title="表", columns=[{"label": "甲"}, {"label": "乙"}], opened_on=by.today,
        state="draft", opened_by="x",
    )  # fmt: skip
    columns = collection.sheet_columns()[:1]
    with pytest.raises(Refused, match="对不上"):
        actions.open_collection(
            by, collection=collection, columns=columns, units=[cast.units["qingyu"]], due_on=by.today, note=""
        )
