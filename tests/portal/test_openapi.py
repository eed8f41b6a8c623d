"""One document for every address that answers machines: complete, true, and never an error from the server."""

import gc
import re
from datetime import date

import jsonschema_rs
import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.urls import get_resolver, resolve
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounds
from schemathesis.checks import CHECKS

from anwei.duties.actions import start_return
from anwei.plans.models import Plan
from anwei.portal.openapi import document
from tests.books.makers import makers

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OWN = "/openapi.json"
EXAMPLES = 12


@pytest.fixture
def office(district, small_plan, monkeypatch):
    """The office's browser over a plan in force and rows in every ledger."""
    monkeypatch.setenv("ANWEI_TODAY", "2023-09-25")
    for maker in makers().values():
        maker.make(district, 2)
    start_return(district.by("qingyu.clerk"), district.units["qingyu"], plan=small_plan, day=date(2023, 9, 1))
    client = Client()
    client.force_login(district.people["office"], backend=BACKEND)
    return client


@pytest.fixture
def one_connection():
    """Schemathesis ends each request as a server would; the test's own connection must outlive it (PostgreSQL)."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def answered(client, path):
    """An address of the document with a number that exists: the first row of the list above it."""
    if "{id}" not in path:
        return client.get(path)
    listed = client.get(path.replace("/{id}", "")).json()
    rows = [row for row in listed.get("results") or listed["rows"] if row.get("id") or row["url"]]
    assert rows, f"no row in the list above {path}"
    return client.get(path.replace("{id}", str(rows[0].get("id") or rows[0]["url"].rpartition("/")[2])))


def test_the_document_asks_for_sign_in_and_is_valid_openapi(office):
    assert Client().get(OWN).status_code == 401
    made = office.get(OWN).json()
    assert made["openapi"] == "3.1.0" and made == document()
    schemathesis.openapi.from_dict(made).validate()
    for name, schema in made["components"]["schemas"].items():
        jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}), name


def test_every_path_is_an_address_and_every_json_address_is_a_path():
    paths = set(document()["paths"])
    for path in paths:
        assert resolve(path.replace("{id}", "1"))
    routes = {"/" + re.sub(r"<[^>]+>", "{id}", str(one.pattern)) for one in get_resolver().url_patterns}
    assert {route for route in routes if route.endswith(".json")} - {OWN} == {p for p in paths if p.endswith(".json")}


@pytest.mark.parametrize("path", [path for path in document()["paths"] if path.endswith(".json")])
def test_an_address_answers_as_the_document_says(office, path):
    answer = answered(office, path)
    assert answer.status_code == 200, answer.text[:200]
    schema = document()["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    whole = {"components": document()["components"], **schema}
    jsonschema_rs.Draft202012Validator(whole, validate_formats=True).validate(answer.json())


@pytest.mark.parametrize("path", [path for path in document()["paths"] if path.endswith(".json")])
def test_whoever_has_no_post_learns_nothing_from_an_address(office, district, path):
    outsider = Client()
    outsider.force_login(district.people["outsider"], backend=BACKEND)
    address = path.replace("{id}", str(Plan.objects.first().pk))
    assert outsider.get(address).status_code == 404
    assert Client().get(address).status_code == 401


def test_the_page_lists_every_address_in_words(office):
    page = office.get("/api").text
    for path, methods in document()["paths"].items():
        assert path in page and methods["get"]["summary"] in page


def test_the_second_page_of_duties_goes_on_where_the_first_ends(office, monkeypatch):
    monkeypatch.setattr("anwei.duties.views.duty_list.PAGE_SIZE", 3)
    first, second = (office.get(f"/duties.json?page={page}").json()["rows"] for page in (1, 2))
    assert len(first) == 3 and second and first != second


def wrongs(operation, application, session):
    """What goes wrong when an address is asked for in generated ways, right and wrong ones."""

    @bounds(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=HealthCheck,
            phases=[Phase.explicit, Phase.generate])  # fmt: skip
    @given(operation.as_strategy())
    def ask(case):
        answer = case.call(app=application, cookies=session)
        assert answer.status_code not in (401, 302), "the session was not sent"
        assert answer.status_code < 500, (case.as_curl_command(), answer.text[:300])
        if answer.status_code == 200:
            case.validate_response(answer, checks=[CHECKS.get_one("response_schema_conformance")])

    ask()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("path", document()["paths"])
def test_whatever_is_asked_no_address_ends_in_an_error_of_the_server(office, one_connection, path):
    key = settings.SESSION_COOKIE_NAME
    operation = schemathesis.openapi.from_dict(document())[path]["GET"]
    wrongs(operation, get_wsgi_application(), {key: office.cookies[key].value})
    gc.collect()  # werkzeug's client leaves the sheets' files to the collector, which must not blame a later test
