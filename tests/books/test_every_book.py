"""The house rule of books: page, filter, JSON, Excel round trip, query budget, and nothing for outsiders."""

import io
import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from anwei.books.book import registered
from anwei.books.filters import Keyword
from anwei.books.matching import match
from anwei.books.openapi import openapi
from anwei.books.sheets_in import as_rows, read_sheet
from anwei.books.sheets_out import sheet_columns
from tests.books.makers import makers

pytestmark = pytest.mark.django_db
BUDGET = json.loads((Path(__file__).parent.parent / "query_budget.json").read_text(encoding="utf-8"))
MAKERS = makers()
BOOKS = pytest.mark.parametrize(
    "book", [book for book in registered() if book.key in MAKERS], ids=lambda book: book.key
)
DOORS = {"list": "", "json": ".json", "xlsx": ".xlsx"}


def content(response):
    """The bytes. A streamed response closes itself at its end, as under a server."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def sheet_of(response):
    page = CalamineWorkbook.from_filelike(io.BytesIO(content(response))).get_sheet_by_index(0)
    return page.to_python(skip_empty_area=False)


def test_every_book_brings_rows_for_these_tests():
    assert {book.key for book in registered()} == set(MAKERS), "tests/<room>/book_rows.py"


@BOOKS
def test_the_list_shows_the_rows_and_how_many(book, browser, district):
    made = MAKERS[book.key].make(district, 3)
    page = browser("office").get(book.url)
    assert page.status_code == 200 and f"共 {len(made)} 条" in page.text
    assert page.text.count(f'data-href="{book.url}/') == len(made)
    assert page["Content-Security-Policy"].count("unsafe") == 0 and "style=" not in page.text


@BOOKS
def test_a_keyword_narrows_page_json_and_sheet_alike(book, browser, district):
    word = MAKERS[book.key].word
    keyword = next((one for one in book.filters if isinstance(one, Keyword)), None)
    assert (keyword is None) == (not word)
    if keyword is None:
        return
    MAKERS[book.key].make(district, 3)
    office = browser("office")
    query = {keyword.name: word}
    assert "共 1 条" in office.get(book.url, query).text
    assert office.get(f"{book.url}.json", query).json()["count"] == 1
    rows = sheet_of(office.get(f"{book.url}.xlsx", query))
    assert len(rows) == 6 and f"关键词：{word}" in rows[2][0]
    nothing = office.get(book.url, {keyword.name: "绝无此词"}).text
    assert "没有符合条件的" in nothing


@BOOKS
def test_json_lists_the_same_rows_and_details_open(book, browser, district):
    made = MAKERS[book.key].make(district, 3)
    office = browser("office")
    answer = office.get(f"{book.url}.json").json()
    assert answer["count"] == len(made) and answer["next"] is None and answer["count_capped"] is False
    schema = openapi([book])
    listed = schema["paths"][f"{book.url}.json"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    name = listed["properties"]["results"]["items"]["$ref"].rpartition("/")[2]
    for row in answer["results"]:
        assert set(row) == set(schema["components"]["schemas"][name]["properties"])
        detail = office.get(f"{book.url}/{row['id']}.json").json()
        assert {key: detail[key] for key in row} == row
        assert office.get(f"{book.url}/{row['id']}").status_code == 200


@BOOKS
def test_pages_by_key_meet_every_row_once_forwards_and_back(book, browser, district):
    made = MAKERS[book.key].make(district, 6)
    office, seen, address = browser("office"), [], f"{book.url}.json?limit=2"
    while address:
        answer = office.get(address).json()
        seen.append([row["id"] for row in answer["results"]])
        address = answer["next"]
    flat = [pk for page in seen for pk in page]
    assert sorted(flat) == sorted(one.pk for one in made) and len(seen) == 4
    second = office.get(f"{book.url}?limit=2&" + _cursor(office, book, 1)).text
    assert 'rel="prev"' in second and 'rel="next"' in second


def _cursor(office, book, pages):
    address = f"{book.url}.json?limit=2"
    for _ in range(pages):
        address = office.get(address).json()["next"]
    return address.partition("?")[2]


FORGED = ["x", "~", "9~9~9", "2023-01-01~99999999999999999999", "'~1", "\x00~1", "９~１"]


@BOOKS
def test_a_forged_cursor_sort_or_size_gives_a_list_and_no_error(book, browser, district):
    MAKERS[book.key].make(district, 1)
    office = browser("office")
    for word in ("after", "before", "sort", "limit"):
        for forged in FORGED:
            expected = 400 if "\x00" in forged else 200  # the door refuses a zero byte, in words
            assert office.get(book.url, {word: forged}).status_code == expected, (word, forged)
            assert office.get(f"{book.url}.json", {word: forged}).status_code == expected, (word, forged)


@BOOKS
def test_the_sheet_says_what_it_is_and_holds_text_as_text(book, browser, district):
    made = MAKERS[book.key].make(district, 2)
    response = browser("office").get(f"{book.url}.xlsx")
    assert "attachment" in response["Content-Disposition"]
    rows = sheet_of(response)
    assert rows[0][0] == book.title and book.caliber in rows[1][0]
    assert "截至：2023年9月25日" in rows[3][0] and "导出人：区安委办｜副主任" in rows[3][0]
    assert rows[4] == [column.label for column in sheet_columns(book)]
    assert len(rows) == 5 + len(made)


@BOOKS
def test_what_was_exported_is_understood_when_it_comes_back(book, browser, district):
    if book.importer is None:
        return
    made = MAKERS[book.key].make(district, 2)
    data = content(browser("office").get(f"{book.url}.xlsx"))
    known = [word for field in book.importer.fields for word in (field.label, *field.aliases)]
    sheet, problem = read_sheet(data, known)
    assert problem == "" and len(sheet.rows) == len(made)
    matching = match(book.importer.fields, sheet.head)
    assert not matching.unclear
    problems = book.importer.check(district.by("office"), [row for _, row in as_rows(sheet.rows, matching.mapping)])
    assert all("已有" in one.message for one in problems) and len(problems) == len(made)


@BOOKS
def test_the_template_has_every_column_and_is_refused_while_empty(book, browser, district):
    if book.importer is None:
        return
    data = content(browser("office").get(f"{book.url}/import/template.xlsx"))
    page = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert page[0] == [field.label for field in book.importer.fields]
    sheet, problem = read_sheet(data, page[0])
    assert sheet is None and problem == "只有表头，没有要导入的行，请填写后再导入。"


@BOOKS
@pytest.mark.parametrize("door", [*DOORS, "detail"])
def test_a_page_costs_so_many_queries_whatever_the_number_of_rows(book, browser, district, door):
    office, costs = browser("office"), []
    for number in (2, 30):
        made = MAKERS[book.key].make(district, number) if not costs else _more(book, district, number)
        address = f"{book.url}/{made[0].pk}" if door == "detail" else f"{book.url}{DOORS[door]}"
        content(office.get(address))  # what is asked once per session
        with CaptureQueriesContext(connection) as asked:
            response = office.get(address)
            content(response)
        assert response.status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert costs[1] <= BUDGET.get(f"{book.key}.{door}", BUDGET[f"*.{door}"])


def _more(book, district, number):
    for relation in book.model._meta.related_objects:
        relation.related_model._default_manager.all().delete()
    book.model._default_manager.all().delete()
    return MAKERS[book.key].make(district, number)


@BOOKS
def test_an_outsider_meets_nothing_and_nobody_is_sent_to_sign_in(book, browser, district):
    made = MAKERS[book.key].make(district, 1)
    addresses = [book.url + suffix for suffix in ("", ".xlsx", f"/{made[0].pk}")]
    if book.importer is not None:
        addresses += [f"{book.url}/import", f"{book.url}/import/template.xlsx", f"{book.url}/import/{'0' * 32}"]
    for address in addresses:
        assert browser("outsider").get(address).status_code in (403, 404)
        assert browser(None).get(address)["Location"].startswith("/sign-in")
    for address in (f"{book.url}.json", f"{book.url}/{made[0].pk}.json"):
        assert browser("outsider").get(address).status_code in (403, 404)
        assert browser(None).get(address).status_code == 401


@BOOKS
def test_an_id_that_is_not_there_is_404_also_where_it_is_absurd(book, browser, district):
    for key in (0, 999_999, 2**63, 2**80):
        assert browser("office").get(f"{book.url}/{key}").status_code == 404
        assert browser("office").get(f"{book.url}/{key}.json").status_code == 404
