"""The pages of units, people, settings and journal, as somebody uses them."""

import re
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from anwei.journal.models import Entry
from anwei.units.actions import add_people, register_units
from anwei.units.models import Alias, GroupMember, Person, Secretariat, Setting, Unit
from anwei.units.rows import PersonEntry, UnitEntry
from tests.portal.gate.conftest import PASSWORD, close_file

pytestmark = pytest.mark.django_db


def _fields(page: str) -> dict[str, str]:
    """What a browser would send back from the form of a page."""
    found = {}
    for tag in re.findall(r"<(?:input|textarea|select)[^>]*>", page.partition("<main")[2]):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag:
            found[name[1]] = value[1] if value else ""
    for name, inside in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', inside)
        found[name] = chosen[1] if chosen else ""
    return {name: value for name, value in found.items() if name not in ("csrfmiddlewaretoken", "q", "next", "large")}


def test_units_stand_in_the_official_order_and_are_found_by_alias(at_door):
    client = at_door("qingyu.clerk")
    page = client.get("/units").content.decode()
    assert page.index("区安委办") < page.index("区住建局</a>") < page.index("青榆镇</a>")
    assert "老街村" not in page
    assert "老街村" in client.get("/units?kind=village").content.decode()
    found = client.get("/units?q=安委会").content.decode()
    assert "区安委会</a>" in found and "青榆镇</a>" not in found


def test_the_page_of_a_committee_says_who_acts_for_it_and_who_belongs_to_it(at_door, cast):
    page = at_door("qingyu.clerk").get(f"/units/{cast.units['sc_fire'].pk}").content.decode()
    assert "区消防救援大队</a>　自2022年3月18日" in page and "（2家）" in page
    assert "移出" not in page, "who may not edit is not offered it"


def test_two_people_edit_one_unit_and_the_second_sees_the_difference(at_door, cast):
    unit = cast.units["housing"]
    place = f"/units/{unit.pk}/edit"
    one, two = at_door("office"), at_door("office.head")
    first, second = _fields(one.get(place).content.decode()), _fields(two.get(place).content.decode())
    assert one.post(place, first | {"management": "归口区政府办"})["Location"] == f"/units/{unit.pk}"
    answer = two.post(place, second | {"note": "加挂人防办牌子"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "别人已经改了这一条" in page
    assert "归口区政府办" in page and "加挂人防办牌子" in page
    unit.refresh_from_db()
    assert (unit.management, unit.note) == ("归口区政府办", "")
    again = _fields(page) | {"management": "归口区政府办"}
    assert two.post(place, again).status_code == 302
    unit.refresh_from_db()
    assert (unit.management, unit.note) == ("归口区政府办", "加挂人防办牌子")


def test_a_new_unit_by_form_and_a_bad_one_with_its_reason(at_door):
    client = at_door("office")
    row = {
        "short": "区港航局", "full": "临江区港航管理局", "kind": "department", "order": "30", "grade_class": "乙一",
        "since": "2023-09-01",
    }  # fmt: skip
    answer = client.post("/units/new", row)
    assert Unit.objects.get(short="区港航局").get_kind_display() == "区政府部门" and answer.status_code == 302
    answer = client.post("/units/new", row | {"since": "2023-02-30"})
    assert answer.status_code == 422 and "有 1 处需要改正" in answer.content.decode()
    answer = client.post("/units/new", row)
    assert "已有别的单位在用" in answer.content.decode()


def test_aliases_members_and_host_by_form(at_door, cast):
    client, fire = at_door("office"), cast.units["sc_fire"]
    client.post(f"/units/{fire.pk}/aliases", {"texts": "消防专委会\n消安委\n"})
    assert set(Alias.objects.filter(unit=fire).values_list("text", flat=True)) == {"消防专委会", "消安委"}
    group = fire.groups.get()
    client.post(f"/groups/{group.pk}/members/new", {"units": [cast.units["qingyu"].pk], "since": "2023-09-25"})
    member = GroupMember.objects.get(group=group, unit=cast.units["qingyu"])
    answer = client.post(f"/members/{member.pk}/end", {"until": "2023-09-25"})
    assert "不晚于加入日期" in answer.content.decode()
    client.post(f"/members/{member.pk}/end", {"until": "2023-12-01"})
    member.refresh_from_db()
    assert str(member.until) == "2023-12-01"
    client.post(f"/units/{fire.pk}/secretariat", {"host": cast.units["emergency_bureau"].pk, "since": "2023-10-01"})
    assert Secretariat.objects.filter(committee=fire, until=None).get().host == cast.units["emergency_bureau"]


def test_the_structure_goes_out_changes_and_comes_in_after_a_look(at_door):
    client = at_door("office")
    data = _exported(client)
    assert CalamineWorkbook.from_filelike(BytesIO(data)).sheet_names == [
        "单位",
        "别名",
        "单位组",
        "办公室设置",
        "行业分工",
    ]
    assert _upload(client, data)["Location"] == "/units/import/preview"
    assert "没有要改的" in client.get("/units/import/preview").content.decode()
    changed = _workbook(data, {"区住建局": "区住建委"})
    _upload(client, changed)
    before = Entry.objects.count()
    page = client.get("/units/import/preview").content.decode()
    assert "确认导入 1 处" in page and not Unit.objects.filter(short="区住建委").exists()
    assert Entry.objects.count() == before, "a look leaves nothing behind"
    assert client.post("/units/import/preview")["Location"] == "/units"
    assert Unit.objects.get(code="housing").short == "区住建委"
    assert client.get("/units/import/preview").status_code == 404


def test_a_structure_with_faults_names_each_line_and_nothing_is_written(at_door):
    client = at_door("office")
    data = _exported(client)
    _upload(client, _workbook(data, {"区住建局": "区应急局", "镇": "城堡"}))
    page = client.get("/units/import/preview").content.decode()
    assert "单位第7行：" in page and "种类「城堡」不认得" in page and 'type="submit">确认导入' not in page
    assert client.post("/units/import/preview").status_code == 422
    assert Unit.objects.get(code="housing").short == "区住建局"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\x00\x01\x02", "只有,文字\n甲,乙".encode()])
def test_a_file_that_is_no_workbook_gets_a_message(at_door, data):
    answer = _upload(at_door("office"), data)
    assert answer.status_code == 422 and "note-error" in answer.content.decode()


def _exported(client) -> bytes:
    answer = client.get("/units.xlsx")
    data = b"".join(answer.streaming_content)
    close_file(answer)
    return data


def _upload(client, data):
    return client.post("/units/import", {"file": SimpleUploadedFile("structure.xlsx", data)})


def _workbook(data: bytes, words: dict[str, str]) -> bytes:
    """The same workbook with cells exchanged, on the first sheet only."""
    source, target = CalamineWorkbook.from_filelike(BytesIO(data)), BytesIO()
    with xlsxwriter.Workbook(target, {"default_date_format": "yyyy-mm-dd"}) as book:
        for number, name in enumerate(source.sheet_names):
            page = book.add_worksheet(name)
            for row, line in enumerate(source.get_sheet_by_name(name).to_python()):
                cells = [words.get(cell, cell) if number == 0 and isinstance(cell, str) else cell for cell in line]
                page.write_row(row, 0, cells)
    return target.getvalue()


def test_a_new_person_gets_a_one_time_password_shown_once(at_door, cast):
    client = at_door("qingyu.reviewer")
    row = {
        "username": "8-4", "name": "新联络员", "unit": cast.units["qingyu"].pk, "role": "unit_clerk", "title": "联络员",
        "since": "2023-09-25",
    }  # fmt: skip
    page = client.post("/people/new", row).content.decode()
    given = re.search(r'class="one-time">([^<]+)<', page)[1]
    person = Person.objects.get(username="8-4")
    assert given not in client.get(f"/people/{person.pk}").content.decode()
    newcomer = at_door()
    assert newcomer.post("/sign-in", {"login": "8-4", "password": given}).status_code == 302
    assert newcomer.get("/units")["Location"] == "/account/password"


def test_a_reviewer_is_offered_the_own_unit_and_roles_below_only(at_door):
    page = at_door("qingyu.reviewer").get("/people/new").content.decode()
    assert "青榆镇</option>" in page and "汀岚镇</option>" not in page
    assert "联络员（填报）</option>" in page and "系统管理员</option>" not in page


def test_the_list_shows_who_is_locked_and_the_page_unlocks(at_door, cast):
    for _ in range(5):
        at_door().post("/sign-in", {"login": "qingyu.clerk", "password": "no"})
    client, person = at_door("office"), cast.people["qingyu.clerk"]
    assert "已锁定" in client.get("/people").content.decode()
    client.post(f"/people/{person.pk}/unlock")
    assert "已锁定" not in client.get("/people").content.decode()
    assert at_door().post("/sign-in", {"login": "qingyu.clerk", "password": PASSWORD}).status_code == 302


def test_what_an_action_refuses_without_a_form_is_a_page_and_no_error(at_door, cast):
    answer = at_door("office").post(f"/people/{cast.people['office.head'].pk}/unlock")
    assert answer.status_code == 403 and "更高的岗位" in answer.content.decode()


def test_settings_show_value_source_and_the_unverified_mark_and_take_the_districts_own(at_door):
    client = at_door("office")
    page = client.get("/settings").content.decode()
    assert "无操作自动退出" in page and "GB/T 22239" in page and "未核" in page
    answer = client.post("/settings/session.idle_minutes", {"value": "500", "since": "2023-09-25", "reason": "试"})
    assert answer.status_code == 422 and "5 至 120" in answer.content.decode()
    client.post("/settings/session.idle_minutes", {"value": "15", "since": "2023-09-25", "reason": "临安委〔2023〕9号"})
    assert Setting.objects.get(key="session.idle_minutes").value == 15
    assert "临安委〔2023〕9号" in client.get("/settings").content.decode()
    later = at_door("office")
    assert later.session["limits"][0] == 15 * 60


def test_the_journal_is_filtered_and_read_page_by_page(at_door, cast):
    for number in range(60):
        at_door().post("/sign-in", {"login": f"nobody{number}", "password": "no"})
    client = at_door("office")
    page = client.get("/journal").content.decode()
    assert page.count("<tr data-href") == 50
    older = re.search(r'href="(\?[^"]*before=\d+)" rel="next"', page)[1].replace("&amp;", "&")
    second = client.get("/journal" + older).content.decode()
    assert 0 < second.count("<tr data-href") < 50 and 'rel="prev"' in second
    back = re.search(r'href="(\?[^"]*after=\d+)" rel="prev"', second)[1].replace("&amp;", "&")
    assert client.get("/journal" + back).content.decode().count("<tr data-href") == 50
    assert client.get("/journal?outcome=done").content.decode().count("<tr data-href") == 1
    assert "没有符合条件" in client.get("/journal?last=2023-09-24").content.decode()


def test_an_entry_shows_who_what_and_about_what(at_door, cast):
    client = at_door("office")
    client.post(f"/units/{cast.units['housing'].pk}/aliases", {"texts": "建设局"})
    entry = Entry.objects.filter(act="unit.edit").get()
    page = client.get(f"/journal/{entry.pk}").content.decode()
    assert "维护单位" in page and "区住建局" in page and "还没有封存" in page and "建设局" in page


def test_more_rows_ask_the_database_no_more_questions(at_door, cast):
    client = at_door("office")

    def questions(path):
        client.get(path)  # what is remembered between two requests is remembered now
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        return len(asked)

    paths = ("/units?kind=town", "/people", "/journal")
    before = [questions(path) for path in paths]
    towns = [UnitEntry(f"town_{n}", 100 + n, f"新{n}镇", f"临江区新{n}镇人民政府", "town") for n in range(30)]
    register_units(cast.by("office"), towns)
    add_people(cast.by("office"), [PersonEntry(f"{n}-9", "人", f"town_{n}", "unit_clerk", "联络员") for n in range(30)])
    assert [questions(path) for path in paths] == before
    assert max(before) < 20
