"""Nothing that anybody types, forges or uploads ends in an error of the server; what is wrong is said in words.

The forms are those of the pages themselves: every page of tests/everything.py is read, every form on it is sent back
with each of the hostile texts in every box, and with hostile files where it takes files.
"""

from dataclasses import dataclass, field

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import models, transaction
from django.db.models.functions import Length
from django.test import Client
from lxml import html

from anwei.files import store
from tests import everything
from tests.files.samples import archive, upload
from tests.test_doors import asked, client_of, table

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
TEXTS = {
    "zero byte": "空\x00字",
    "very long": "长" * 100_000,
    "odd digit": "²",
    "negative": "-1",
    "huge": "9" * 30,
    "no day": "2023-02-30",
    "script": SCRIPT,
    "formula": '=HYPERLINK("http://x","y")',
}
QUERIES = [
    "on=2023-02-30&page=-1&after=x&before=y&limit=-5&sort=-nothing&day=32&month=2023-13&unit=²&plan=²&q=²",
    "on=9999-12-31&page=99999999999999999999&after=2023-09-25~99999999999999999999&limit=9999999999&unit=99999999999999999999&measure=99999999999999999999&chapter=99999999999999999999",
    "on=0001-01-01&day=0001-01-01&month=0001-01&page=²&measure=²&chapter=²&limit=²&before=~&after=~1&kind=x&standing=x&unit=-1&source=x:1&first=²",
    "q=%00&on=%00&after=%00~1&unit=%00&kind=%00&plan=%00&month=%00&source=%00",
    "q=" + "长" * 3000 + "&sort=" + "x" * 3000,
]  # fmt: skip
TYPED = ("text", "search", "tel", "url", "email", "date", "number", "hidden", "month", "password")
FORGED = ("0", "99999999999999999999999", "9223372036854775807")


@dataclass
class Form:
    """A form as it stands on a page."""

    address: str
    page: str
    given: list[tuple[str, str]]
    typed: list[str]
    files: list[str] = field(default_factory=list)

    def filled(self, text: str) -> dict[str, list[str]]:
        data: dict[str, list[str]] = {}
        for name, value in self.given:
            if name not in self.typed:
                data.setdefault(name, []).append(value)
        return data | {name: [text] for name in self.typed}


def forms_of(page: str, address: str) -> list[Form]:
    """Every form of a page that is sent by POST. Version and source stay as they are, so that the act is reached."""
    found = []
    for one in html.fromstring(page).forms:
        if one.method != "POST":
            continue
        boxes = [box for box in one.inputs if getattr(box, "type", "textarea") in TYPED or box.tag == "textarea"]
        kept = ("csrf", "version", "mark-", "next", "source", "token")
        typed = [box.name for box in boxes if box.name and not box.name.startswith(kept)]
        files = [box.name for box in one.inputs if getattr(box, "type", "") == "file"]
        target = (one.action or address).partition("#")[0] or address
        found.append(Form(target if target.startswith("/") else address, address, one.form_values(), typed, files))
    return found


@pytest.fixture
def things(district, small_plan, monkeypatch):
    monkeypatch.setenv("ANWEI_TODAY", everything.DAY)
    cache.clear()
    return everything.build(district, small_plan)


def readable(things) -> list[str]:
    """Addresses of pages that are read (no files, no sheets)."""
    told = [route for route, methods in table().items() if "get" in methods and not route.endswith((".xlsx", ".docx"))]
    return [things.address(route) for route in told if "file_pk" not in route and not route.endswith("original")]


def every_form(client: Client, things) -> list[Form]:
    """Each form once: by where it goes and what it asks."""
    found = {}
    for address in readable(things):
        answer = client.get(address)
        if answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html"):
            for form in forms_of(answer.text, address):
                found.setdefault((form.address, tuple(sorted(form.typed)), tuple(form.files)), form)
    return list(found.values())


def too_long() -> list[str]:
    """Columns that hold more than they may: PostgreSQL would have refused the row."""
    found = []
    for model in apps.get_models():
        limits = {
            f.name: f.max_length for f in model._meta.concrete_fields if type(f) is models.CharField and f.max_length
        }
        for name, limit in limits.items():
            if model.objects.alias(n=Length(name)).filter(n__gt=limit).exists():
                found.append(f"{model.__name__}.{name}")
    return found


def sent(client: Client, form: Form, data) -> tuple[int, str]:
    """Status and page that come of a form; nothing stays."""
    with transaction.atomic():
        answer = client.post(form.address, data, follow=True)
        text = "" if answer.streaming else answer.content.decode("utf-8", "replace")
        over = too_long() if any("长长" in str(value) for value in data.values()) else []
        transaction.set_rollback(True)
    return (answer.status_code, text + "".join(f"〔{one} 太长〕" for one in over))


@pytest.mark.parametrize("who", ["office", "qingyu.clerk", "fire_brigade.reviewer"])
def test_every_form_answers_every_hostile_text(district, things, who):
    client, wrong = client_of(district, who), []
    forms = [one for one in every_form(client, things) if one.address not in ("/sign-out",)]
    assert len(forms) > 12
    for form in forms:
        for name, text in TEXTS.items():
            status, page = sent(client, form, form.filled(text))
            if status >= 500 or "太长〕" in page:
                wrong.append((form.address, name, status, page[-60:] if status < 500 else ""))
            if SCRIPT in page or "<script>alert(1)" in page:
                wrong.append((form.address, "not escaped"))
            if name == "zero byte" and form.typed and "空字符" not in page:
                wrong.append((form.address, "zero byte let in", status))
        client = client_of(district, who)
    assert wrong == [], "\n".join(map(str, wrong))


@pytest.mark.parametrize("who", ["office", "qingyu.clerk"])
def test_no_address_breaks_on_a_forged_number_or_a_senseless_question(district, things, who):
    client, wrong = client_of(district, who), []
    for route, methods in table().items():
        for number in FORGED if "<int:" in route else ():
            address = everything.HOLE.sub(number, route)
            wrong += [
                (address, word) for word in (asked(client, one, f"/{address}")[0] for one in methods) if word[0] == "5"
            ]
        for query in QUERIES if "get" in methods else ():
            word, _ = asked(client, "get", f"{things.address(route)}?{query}")
            wrong += [(route, query[:40], word)] if word[0] == "5" else []
    assert wrong == []


@pytest.mark.parametrize("tail", ["-1", "abc", "1e3", "１", "1%00"])
def test_what_is_no_number_is_no_address(district, things, tail):
    for start in ("plans", "duties", "activities", "returns", "errands", "units", "journal"):
        assert client_of(district, "office").get(f"/{start}/{tail}").status_code in (400, 404), start


BROKEN = {
    "empty.xlsx": b"",
    "program.jpg": b"MZ" + b"\x00" * 200,
    "torn.docx": archive(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document>" * 20})[:90],
    "unclosed.docx": archive(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document><w:p>"}),
    "no-sheet.xlsx": archive(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}),
    "garbage.xlsx": archive(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"\xff\xfe\x00<"}),
    "broken.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nxref\n0 99\ntrailer",
    "script.html": b"<script>alert(1)</script>",
    "长" * 200 + ".xlsx": b"PK\x03\x04broken",
    "..%2f..%2fetc.xlsx": b"not a sheet",
}


@pytest.mark.parametrize("who", ["office", "qingyu.clerk"])
def test_every_upload_door_says_what_is_wrong_with_a_file(district, things, who, monkeypatch):
    client, wrong = client_of(district, who), []
    doors = [form for form in every_form(client, things) if form.files]
    assert len({form.address for form in doors}) > 4
    monkeypatch.setattr(store, "MAX_BYTES", 5_000)
    for form in doors:
        for name, content in BROKEN.items() | {("big.jpg", b"\xff\xd8\xff\xe0" + b"0" * 6_000)}:
            data = form.filled("试") | {box: [upload(name, content)] for box in form.files}
            status, page = sent(client, form, data)
            read = "file" in form.files or name in ("program.jpg", "big.jpg")  # as attachments the others may be kept
            if status >= 500 or (read and not any(word in page for word in ("错", "不", "超过"))):
                wrong.append((form.address, name, status))
    assert wrong == []


def _is_free_text(column, names: set[str]) -> bool:
    is_text = isinstance(column, models.CharField | models.TextField)
    return column.name in names and is_text and not column.choices and not column.unique


def test_what_is_typed_as_markup_is_text_on_every_page(district, things):
    """Every free text of every row becomes a script; no page of office or town holds one."""
    free = {"title", "name", "topic", "text", "summary", "words", "trouble", "next_step", "reason", "note", "place", "short",
            "full", "sentence", "finish", "proof", "body", "label", "host", "comment", "phone", "contact", "url_text"}  # fmt: skip
    for model in apps.get_models():
        if model._meta.app_label in ("journal", "auth", "contenttypes", "sessions", "units"):
            continue
        typed = {f.name: SCRIPT[: f.max_length] for f in model._meta.concrete_fields if _is_free_text(f, free)}
        if typed:
            model.objects.update(**typed)
    found, shown = [], 0
    for who in ("office", "qingyu.clerk"):
        client = client_of(district, who)
        for address in readable(things):
            answer = client.get(address)
            assert answer.status_code < 500, address
            page = "" if answer.streaming else answer.text
            shown += "&lt;script&gt;alert(1)" in page
            if answer.get("Content-Type", "").startswith("text/html") and (
                "<script>alert" in page or "<img src=x" in page
            ):
                found.append(address)
    assert found == [] and shown > 20
