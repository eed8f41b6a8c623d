import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from python_calamine import CalamineWorkbook

from anwei.activities.actions import record_activities
from anwei.duties.actions import attach_to_part, fill_part
from anwei.duties.models import Part
from anwei.duties.papers_return import WORDS
from anwei.duties.views.matrix_sheet import SHAPES
from anwei.files.models import Attachment
from anwei.portal.templatetags.look import LOOKS

pytestmark = pytest.mark.django_db
LATER = "2023-06-12"


def sheets(response):
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def words_of(response):
    document = Document(io.BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def status(client, url):
    response = client.get(url)
    if response.streaming:
        response.getvalue()  # read to its end it closes itself; closed from here the test would lose its database
    return response.status_code


def everything(reporting, district):
    """Addresses of everything that belongs to the town."""
    made = reporting.handed_in("qingyu")
    part = made.parts.first()
    Part.objects.filter(pk=part.pk).update(state="returned")
    part.refresh_from_db()
    files = [SimpleUploadedFile("记录.txt", b"72")]
    attach_to_part(district.by("qingyu.clerk", LATER), part, files)
    file = Attachment.objects.of(part).get()
    gets = [f"/returns/{made.pk}{end}" for end in ("", ".docx", ".xlsx", ".json")] + [
        f"/parts/{part.pk}",
        f"/parts/{part.pk}/files/{file.pk}",
    ]
    posts = [f"/returns/{made.pk}/{verb}" for verb in ("fill", "submit", "send-back", "hand-in")]
    posts += [
        f"/parts/{part.pk}/{verb}"
        for verb in ("fill", "resubmit", "accept", "return", "comment", "files", f"files/{file.pk}/remove")
    ]
    return gets, posts


@pytest.mark.parametrize("who", ["outsider", "tinglan.clerk", "housing.reviewer"])
def test_what_is_not_yours_does_not_exist(browse, reporting, district, who):
    gets, posts = everything(reporting, district)
    client = browse(who, LATER)
    assert {url: client.get(url).status_code for url in gets} == dict.fromkeys(gets, 404)
    assert {url: client.post(url).status_code for url in posts} == dict.fromkeys(posts, 404)
    assert client.get("/returns").status_code == (404 if who == "outsider" else 200)


def test_nobody_is_sent_to_sign_in_and_changes_nothing(browse, reporting, district):
    gets, posts = everything(reporting, district)
    nobody = browse(None, LATER)
    assert nobody.get("/returns.json").status_code == nobody.get(gets.pop(3)).status_code == 401
    for url in [*gets, "/returns", "/returns/incoming", "/returns/district", "/returns/start"]:
        assert nobody.get(url)["Location"].startswith("/sign-in"), url
    for url in posts:
        assert nobody.post(url).status_code in (302, 403, 404), url
    assert Attachment.objects.count() == 1


def test_the_owner_and_the_office_see_what_the_lead_sees_only_in_part(browse, reporting, district):
    gets, _ = everything(reporting, district)
    for who in ("qingyu.clerk", "qingyu.reviewer", "office"):
        client = browse(who, LATER)
        assert [status(client, url) for url in gets] == [200] * len(gets)
    lead = browse("fire_brigade.reviewer", LATER)
    assert [status(lead, url) for url in gets] == [404, 404, 404, 404, 200, 200]


def test_a_lead_does_not_see_what_is_still_being_written(browse, reporting):
    part = reporting.written("qingyu").parts.first()
    assert browse("fire_brigade.reviewer", "2023-06-06").get(f"/parts/{part.pk}").status_code == 404


def test_forged_keys_and_values_get_words_and_no_error(browse, reporting, district):
    made = reporting.written("qingyu")
    clerk = browse("qingyu.clerk")
    for url in (f"/returns/{10**30}", f"/parts/{10**30}", f"/parts/{made.parts.first().pk}/files/{10**30}", "/returns/start?plan=x",
                "/returns/start?unit=1e9", f"/returns/start?unit={district.units['tinglan'].pk}", "/returns/start?day=2023-02-30"):  # fmt: skip
        assert clerk.get(url).status_code == 404, url
    office = browse("office")
    assert office.get("/returns?plan=999999").status_code == 404
    assert "2023-02-30" in office.get("/returns?day=2023-02-30&state=nonsense").text
    lead = browse("fire_brigade.reviewer", LATER)
    for value in ("x:1", "1:x", "999999:1", "--:"):
        assert lead.post("/returns/incoming/accept", {"part": [value]}).status_code == 404
    assert "请先勾选" in lead.post("/returns/incoming/accept", follow=True).text
    assert lead.get("/returns/incoming?measure=999999").status_code == 404


def form_of(page):
    """The texts and hidden values of a table, as a browser would send them."""
    hidden = re.findall(r'<input type="hidden" name="((?:version|mark)-\d+)" value="([^"]*)"', page)
    boxes = re.findall(r'<textarea[^>]* name="([a-z_]+-\d+)"[^>]*>([^<]*)</textarea>', page)
    return dict(hidden) | dict(boxes)


def test_the_whole_table_is_saved_without_javascript_and_untouched_rows_stay(browse, reporting, district):
    made = reporting.draft("qingyu")
    first, second = made.parts.all()
    clerk = browse("qingyu.clerk")
    form = form_of(clerk.get(f"/returns/{made.pk}").text)
    fill_part(district.by("qingyu.reviewer", "2023-06-05"), second, second.version, words="别人写的")
    form[f"words-{first.pk}"] = "清理72处。"
    answer = clerk.post(f"/returns/{made.pk}/fill", form | {"save": str(first.pk)})
    assert answer["Location"] == f"/returns/{made.pk}#part-{first.pk}"
    assert list(made.parts.values_list("words", flat=True)) == ["清理72处。", "别人写的"]


def test_who_saves_second_sees_what_the_first_wrote_and_keeps_their_own(browse, reporting, district):
    made = reporting.draft("qingyu")
    part = made.parts.first()
    clerk = browse("qingyu.clerk")
    form = form_of(clerk.get(f"/returns/{made.pk}").text)
    fill_part(district.by("qingyu.reviewer", "2023-06-05"), part, part.version, words="分管负责人写的")
    answer = clerk.post(f"/returns/{made.pk}/fill", form | {f"words-{part.pk}": "联络员写的"})
    assert answer.status_code == 400
    assert "对方写的：落实情况：分管负责人写的" in answer.text and ">联络员写的</textarea>" in answer.text
    again = form_of(answer.text)
    clerk.post(f"/returns/{made.pk}/fill", again)
    assert Part.objects.get(pk=part.pk).words == "联络员写的"


def test_too_many_words_stay_in_the_row_with_the_reason(browse, reporting):
    made = reporting.draft("qingyu")
    part = made.parts.first()
    answer = browse("qingyu.clerk").post(
        f"/parts/{part.pk}/fill",
        {f"words-{part.pk}": "字" * 160, f"version-{part.pk}": 1},
        headers={"HX-Request": "true"},
    )
    assert "写了160字，最多150字，请删减10字" in answer.text and "字" * 160 in answer.text
    assert answer.text.count("<tr") == 1 and 'id="written" hx-swap-oob' in answer.text


def test_counted_measures_stand_in_the_table_and_cannot_be_written(browse, reporting, district):
    study = {"kind": "collective_study", "happened_on": "2023-06-01", "topic": "学习", "host": "书记", "attendance": 23}
    record_activities(district.by("qingyu.clerk", "2023-06-02"), [study])
    made = reporting.draft("qingyu")
    page = browse("qingyu.clerk").get(f"/returns/{made.pk}").text
    assert "截至6月5日，组织集体学习1次（6月1日，参加23人）。" in page and "台账计出，不用填。" in page
    assert page.count("<textarea") == 3 * made.parts.count()


def test_the_reviewer_may_send_back_with_a_reason(browse, reporting):
    made = reporting.checking("qingyu")
    reviewer = browse("qingyu.reviewer", "2023-06-06")
    assert "须写明理由" in reviewer.post(f"/returns/{made.pk}/send-back", {"words": ""}, follow=True).text
    assert "已退回填报人修改" in reviewer.post(f"/returns/{made.pk}/send-back", {"words": "写实些"}, follow=True).text
    assert "写实些" in browse("qingyu.clerk").get(f"/returns/{made.pk}").text


def test_the_office_sees_who_has_reported_and_who_has_not(browse, reporting):
    reporting.handed_in("qingyu")
    reporting.draft("housing")
    page = browse("office", LATER).get("/returns").text
    names = re.search(r"缺报名单.*?</ul>", page, re.DOTALL).group()
    assert "区住建局" in names and "汀岚镇" in names and "青榆镇" not in names
    assert "缺报（填报中）" in page and "已上报" in page
    only = browse("office", LATER).get("/returns?state=handed_in").text
    assert 'href="/returns/1"' in only or "青榆镇" in only
    rows = sheets(browse("office", LATER).get("/returns.xlsx"))["报送情况"]
    assert [row[2] for row in rows if row[0] == "青榆镇"] == ["已上报"]
    assert next(row[1] for row in rows if row[0] == "已上报（家）") == 1


def test_a_unit_sees_its_own_and_those_of_the_committee_it_acts_for(browse, reporting):
    page = browse("fire_brigade.clerk").get("/returns").text
    assert "区消防安全专委会" in page and "区消防救援大队代" in page and "汀岚镇" not in page
    rows = sheets(browse("fire_brigade.clerk").get("/returns.xlsx"))["报送情况"]
    assert {row[0] for row in rows[3:5]} == {"区消防安全专委会", "区消防救援大队"}


def test_the_desk_lists_parts_in_the_official_order_with_who_is_missing(browse, reporting):
    reporting.handed_in("qingyu")
    reporting.handed_in("housing")
    page = browse("fire_brigade.reviewer", LATER).get("/returns/incoming").text
    table = page[page.index("gathered") :]
    assert table.index("区住建局") < table.index("青榆镇")
    assert "还没有报的（1家）" in page and "已报2／3" in page


def test_the_lead_begins_its_summary_with_counts_and_saves_it_beside_the_parts(browse, reporting):
    reporting.handed_in("qingyu")
    reporting.handed_in("sc_fire", host="fire_brigade")
    lead = browse("fire_brigade.reviewer", LATER)
    page = lead.get("/returns/incoming?draft=1").text
    assert "3家责任单位中1家已报送，0家已审定，缺报2家（区住建局、汀岚镇）。</textarea>" in page
    mine = reporting.part("sc_fire", "2")
    saved = lead.post(
        f"/parts/{mine.pk}/fill",
        {f"words-{mine.pk}": "汇总好了。", f"version-{mine.pk}": mine.version, "next": "/returns/incoming"},
        follow=True,
    )
    assert "已保存。" in saved.text and "汇总好了。" in saved.text
    office = browse("office", LATER).get("/returns/incoming").text
    assert "汇总好了。" in office and "区消防安全专委会" in office


def test_the_whole_district_on_one_page_in_a_paper_and_in_a_workbook(browse, reporting, district):
    study = {"kind": "collective_study", "happened_on": "2023-06-01", "topic": "学习", "host": "书记", "attendance": 23}
    record_activities(district.by("qingyu.clerk", "2023-06-02"), [study])
    reporting.handed_in("qingyu")
    reporting.handed_in("sc_fire", host="fire_brigade")
    fire = reporting.part("sc_fire", "2")
    fill_part(district.by("fire_brigade.reviewer", LATER), fire, fire.version, words="=1+1 全区清理楼道72处。")
    office = browse("office", LATER)
    for words in (office.get("/returns/district").text, words_of(office.get("/returns/district.docx"))):
        assert (
            "1家单位组织集体学习1次" in words and "全区清理楼道72处。" in words and "（汇总单位已报，待审定）" in words
        )
        assert "缺报单位" in words and "汀岚镇" in words and "2023年上半年全区落实情况表" in words
    book = sheets(office.get("/returns/district.xlsx"))
    rows = book["全区落实情况"]
    row = next(row for row in rows if row[0] == "2")
    assert row[5].startswith("=1+1") and next(r[9] for r in rows if r[0] == "合计") == 1
    assert next(row[1] for row in book["各单位报送情况"] if row[0] == "已上报（家）") == 2


def test_before_the_day_nobody_is_called_missing_and_a_look_back_says_who_was(browse, reporting):
    reporting.handed_in("qingyu")
    page = browse("office", LATER).get("/returns/district?on=2023-06-06").text
    assert "时限未到、尚未报送的单位" in page and "缺报单位" not in page
    assert re.search("时限未到、尚未报送的单位[^。]*青榆镇", page)
    page = browse("office", LATER).get("/returns/district").text
    assert re.search("缺报单位[^。]*汀岚镇", page) and not re.search("缺报单位[^。]*青榆镇", page)


def test_machines_read_the_same_table(browse, reporting):
    made = reporting.handed_in("qingyu")
    found = browse("qingyu.clerk", LATER).get(f"/returns/{made.pk}.json").json()
    assert (found["state"]["key"], found["handed_in_on"]) == ("handed_in", "2023-06-07")
    assert {row["measure"]: (row["counted"], row["standing"]) for row in found["rows"]} == {"1": (True, "not_due"), "2": (False, "submitted"), "4": (False, "submitted")}  # fmt: skip
    rows = browse("office", LATER).get("/returns.json").json()["rows"]
    assert {row["unit"]: row["state"] for row in rows}["青榆镇"] == "handed_in"
    assert {row["unit"] for row in browse("qingyu.clerk", LATER).get("/returns.json").json()["rows"]} == {"青榆镇"}


def test_the_whole_district_is_not_a_units_to_read(browse, reporting):
    for end in ("", ".docx", ".xlsx"):
        assert browse("qingyu.reviewer", LATER).get(f"/returns/district{end}").status_code == 403


def test_the_units_paper_has_the_foot_that_is_signed(browse, reporting):
    made = reporting.handed_in("qingyu")
    words = words_of(browse("qingyu.clerk", LATER).get(f"/returns/{made.pk}.docx"))
    for part in ("填报单位（盖章）：临江区青榆镇人民政府", "台账截至2023年6月7日", "审核人（分管负责人）：分管负责人", "联系电话：0791-86001234", "（盖章处）", "◇待审", "已部署落实。"):  # fmt: skip
        assert part in words
    rows = sheets(browse("qingyu.clerk", LATER).get(f"/returns/{made.pk}.xlsx"))["落实情况表"]
    assert rows[2][:3] == ["序号", "重点任务", "牵头单位"] and rows[2][5:7] == ["落实情况", "进度"]


def test_standings_on_paper_are_called_as_on_screen():
    assert {key: (look.shape, look.word) for key, look in LOOKS.items()} == {
        key: (SHAPES[key], WORDS[key]) for key in WORDS
    }


def test_pages_cost_a_fixed_number_of_queries(browse, reporting, django_assert_max_num_queries):
    made = reporting.handed_in("qingyu")
    reporting.handed_in("sc_fire", host="fire_brigade")
    office, town = browse("office", LATER), browse("qingyu.clerk", LATER)
    lead = browse("fire_brigade.reviewer", LATER)
    pages = [(town, "/returns", 40), (town, f"/returns/{made.pk}", 70), (town, f"/parts/{made.parts.first().pk}", 45),
             (office, "/returns", 40), (office, "/returns/district", 50), (lead, "/returns/incoming", 50),
             (lead, "/returns/incoming?draft=1", 55)]  # fmt: skip
    before = [_queries(client, url, most, django_assert_max_num_queries) for client, url, most in pages]
    for code in ("tinglan", "emergency_bureau", "fire_brigade"):  # housing stays missing
        reporting.handed_in(code)
    after = [_queries(client, url, most, django_assert_max_num_queries) for client, url, most in pages]
    assert after == before


def _queries(client, url, most, limit):
    client.get(url)
    with limit(most) as counted:
        assert client.get(url).status_code == 200
    return len(counted)
