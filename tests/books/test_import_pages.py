"""Excel in through the door: upload, columns, preview, confirm, bad rows back."""

import io

import pytest
from python_calamine import CalamineWorkbook

from anwei.activities.actions import record_activities
from anwei.activities.models import Activity
from anwei.books import staging
from tests.activities.conftest import study
from tests.books.test_every_book import content
from tests.books.test_sheets_in import workbook
from tests.files.samples import picture, upload

pytestmark = pytest.mark.django_db
HEAD = ["种类", "日期", "主题", "主持人（岗位）", "参加人数", "单位", "参加单位"]
GOOD = ["集体学习", "2023年6月8日", "学习重要论述", "书记", 23, "", ""]


def hand_in(client, rows, name="表.xlsx"):
    return client.post("/activities/import", {"file": upload(name, workbook(rows))})


@pytest.fixture
def town(browser):
    return browser("qingyu.clerk")


def test_good_rows_go_in_and_bad_ones_come_back_with_their_reason(town):
    bad = ["集体学习", "2023-02-30", "坏的一行", "书记", 23, "", ""]
    place = hand_in(town, [["青榆镇学习台账"], HEAD, GOOD, bad])["Location"]
    preview = town.get(place).text
    assert "可以导入 <b>1</b> 行，有问题的 <b>1</b> 行" in preview and not Activity.objects.exists()
    assert "第3行" in preview and "第4行" in preview and "学习日期 2023-02-30 不是有效日期" in preview
    assert town.post(place, {"act": "confirm"})["Location"] == place
    assert Activity.objects.get().topic == "学习重要论述"
    done = town.get(place).text
    assert "已导入 <b>1</b> 行，没有导入 <b>1</b> 行" in done and "第4行：学习日期 2023-02-30" in done
    back = CalamineWorkbook.from_filelike(io.BytesIO(content(town.get(f"{place}/problems.xlsx"))))
    rows = back.get_sheet_by_index(0).to_python()
    assert rows[0] == [*HEAD, "没有导入的原因"] and len(rows) == 2
    assert rows[1][1] == "2023-02-30" and "不是有效日期" in rows[1][-1]


def test_rows_that_came_back_are_corrected_and_handed_in_as_they_are(town):
    rows = [[*HEAD, "没有导入的原因"], [*GOOD, "学习日期 2023-02-30 不是有效日期"]]
    preview = town.get(hand_in(town, rows)["Location"]).text
    assert "可以导入 <b>1</b> 行" in preview and "没有用到的列" not in preview


def test_of_two_confirmations_one_imports(town, monkeypatch):
    place = hand_in(town, [HEAD, GOOD])["Location"]
    token = place.rpartition("/")[2]
    person = staging.json.loads(staging._path(token).read_text())["person"]
    staged = staging.find(token, "activities", person)
    assert staging.take(staged) and not staging.take(staged)
    staging.give_back(staged)
    town.post(place, {"act": "confirm"})
    town.post(place, {"act": "confirm"})
    assert Activity.objects.count() == 1 and "已导入 <b>1</b> 行" in town.get(place).text


def test_an_import_that_breaks_leaves_nothing_and_may_be_confirmed_again(town, monkeypatch):
    place = hand_in(town, [HEAD, GOOD])["Location"]
    with monkeypatch.context() as broken:
        broken.setattr("anwei.activities.actions.Credit.objects.bulk_create", lambda *a, **b: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            town.post(place, {"act": "confirm"})
    assert not Activity.objects.exists()
    town.post(place, {"act": "confirm"})
    assert Activity.objects.count() == 1


def test_columns_that_are_unclear_are_asked_for(town):
    head = ["哪类", "日期", "主题", "主持人", "人数", "甲", "乙"]
    place = hand_in(town, [head, GOOD])["Location"]
    page = town.get(place).text
    assert "表里没有认出：种类" in page
    asked = {"column-happened_on": "1", "column-topic": "2", "column-host": "3", "column-attendance": "4"}
    assert "这个字段是必填项" in town.post(place, asked).text
    twice = town.post(place, asked | {"column-kind": "1"}).text
    assert "同一列选了两次" in twice
    assert town.post(place, asked | {"column-kind": "0"})["Location"] == place
    assert "可以导入 <b>1</b> 行" in town.get(place).text
    assert "哪类" in town.get(f"{place}?columns=1").text


def test_an_import_belongs_to_who_brought_it(town, browser):
    place = hand_in(town, [HEAD, GOOD])["Location"]
    for address in (place, f"{place}/problems.xlsx"):
        assert browser("tinglan.clerk").get(address).status_code == 404
    assert browser("tinglan.clerk").post(place, {"act": "confirm"}).status_code == 404
    assert not Activity.objects.exists()


@pytest.mark.parametrize("token", ["0" * 32, "x", "0" * 31 + "g"])
def test_a_token_that_is_none_is_404(town, token):
    assert town.get(f"/activities/import/{token}").status_code == 404


def test_what_is_no_sheet_is_refused_on_the_page(town):
    answer = town.post("/activities/import", {"file": upload("照片.xlsx", picture())})
    assert answer.status_code == 400 and "“照片.xlsx”没有导入：不是 Excel 或 CSV 表" in answer.text
    assert "请选择要导入的表" in town.post("/activities/import", {}).text


def test_a_sheet_from_another_town_is_not_taken_for_it(browser):
    other = browser("tinglan.clerk")
    place = hand_in(other, [HEAD, [*GOOD[:5], "青榆镇", ""]])["Location"]
    assert "您不能以“青榆镇”的名义录入" in other.get(place).text
    other.post(place, {"act": "confirm"})
    assert not Activity.objects.exists()


def test_an_export_comes_back_as_the_same_ledger(browser, district):
    rows = [
        study(organiser="区安委办", units="青榆镇、汀岚镇", also="宣传活动", summary="一\n二", place="三楼"),
        study(kind="risk_consultation", topic="会商", risks="=用火", organiser="区住建局", happened_on="2023-09-01"),
        {"kind": "应急演练", "happened_on": "2023-05-12", "topic": "防汛", "drill_type": "实战演练", "attendance": 60,
         "organiser": "青榆镇", "units": "青榆镇、老街村"},
    ]  # fmt: skip
    _made, problems = record_activities(district.by("office"), rows)
    assert [str(one) for one in problems] == []
    office = browser("office")
    before = office.get("/activities.json").json()["results"]
    data = content(office.get("/activities.xlsx"))
    Activity.objects.all().delete()
    place = office.post("/activities/import", {"file": upload("导出.xlsx", data)})["Location"]
    preview = office.get(place).text
    assert "可以导入 <b>3</b> 行，有问题的 <b>0</b> 行" in preview
    office.post(place, {"act": "confirm"})
    after = office.get("/activities.json").json()["results"]

    def plain(found):
        return [{key: value for key, value in row.items() if key not in ("id", "url", "late")} for row in found]

    assert plain(after) == plain(before)
