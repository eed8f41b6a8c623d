"""Who gets through which door: every address of the resolver, asked for by everybody, as tests/doors.yaml says."""

from http.cookies import SimpleCookie
from pathlib import Path

import pytest
import yaml
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from anwei.journal.models import Entry
from tests import everything

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("doors.yaml")
WHO = ("nobody", "outsider", "qingyu.clerk", "tinglan.clerk", "housing.reviewer", "office")
# Every POST carries these, so that it is the right that stops it and not an empty form.
WRITTEN = {
    "reason": "试一试", "text": "试一试", "words": "试一试", "title": "试", "note": "试", "number": "临安办〔2023〕1号",
    "until": "2023-12-29", "due_on": "2023-12-29", "day": "2023-09-20", "happened_on": "2023-09-20", "since": "2023-09-20",
    "version": "1", "pick": "today", "act": "confirm", "grant": "1", "days": "3", "phone": "0791-86001234",
    "approved_by": "区政府", "to": "市人民政府", "deaths": "1", "name": "试", "aliases": "试", "value": "30",
}  # fmt: skip
NO_ENTRY = ("door", "refused", "403", "404", "405")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def routes() -> list[str]:
    """All addresses, each once: where two patterns are the same, the first answers."""
    return list(dict.fromkeys(str(one.pattern) for one in get_resolver().url_patterns))


def table() -> dict[str, dict[str, list[str]]]:
    """route -> method -> a word for each of WHO."""
    read = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return {route: {method: words.split() for method, words in told.items()} for route, told in read.items()}


def client_of(cast, who, **options):
    client = Client(raise_request_exception=False, **options)
    if who != "nobody":
        client.force_login(cast.people[who], backend=BACKEND)
    return client


def outcomes() -> tuple[int, int]:
    """How many acts the journal holds as done, and how many it holds as refused for want of the right."""
    refused = Entry.objects.filter(outcome=Entry.REFUSED, detail__not_allowed=True)
    return Entry.objects.filter(outcome=Entry.DONE).count(), refused.count()


def word_of(answer, refused: bool) -> str:
    """What an answer says about the door, in the words of the table."""
    code = answer.status_code
    if code == 401 or (code == 302 and answer["Location"].startswith("/sign-in")):
        return "door"
    if answer.request["REQUEST_METHOD"] == "POST" and code in (200, 302, 303, 400, 409, 422):
        return "refused" if refused else "open"
    return str(code)


def asked(client, method, address) -> tuple[str, int]:
    """The word of one request and how many acts it did; its traces are taken back, rows and the session's cookie."""
    kept = {name: one.value for name, one in client.cookies.items()}
    with transaction.atomic():
        done, refused = outcomes() if method == "post" else (0, 0)
        answer = client.post(address, WRITTEN) if method == "post" else client.get(address)
        done_after, refused_after = outcomes() if method == "post" else (0, 0)
        for close in answer._resource_closers if answer.streaming else ():
            close()
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(kept)
    return word_of(answer, refused_after > refused), done_after - done


@pytest.fixture
def all_of_it(district, small_plan, monkeypatch):
    monkeypatch.setenv("ANWEI_TODAY", everything.DAY)
    cache.clear()
    return everything.build(district, small_plan)


def test_every_address_stands_in_the_table_and_no_other():
    assert set(routes()) == set(table())


@pytest.mark.slow
@pytest.mark.parametrize("who", WHO)
def test_each_door_opens_for_whom_the_table_says(district, all_of_it, who):
    client, place, wrong, changed = client_of(district, who), WHO.index(who), {}, {}
    for route, methods in table().items():
        for method in ("get", "post"):
            word, acts = asked(client, method, all_of_it.address(route))
            told = methods[method][place] if method in methods else "405"
            if word != told and not (
                method not in methods and who in ("nobody", "outsider") and word in ("door", "403", "404")
            ):
                wrong[f"{method} {route}"] = f"{word}, not {told}"
            if acts and word in NO_ENTRY and route != "sign-out":
                changed[f"{method} {route}"] = acts
    assert wrong == {}
    assert changed == {}, "acts done although the door was shut"


def test_an_outsider_finds_no_object_anywhere():
    """The table itself: what has a number in its address does not exist for whom it does not concern."""
    for route, methods in table().items():
        if "<int:" in route and not route.startswith("e/"):
            for words in methods.values():
                assert words[0] == "door" and words[1] == "404", route


def test_every_post_asks_for_the_token_of_its_page(district, all_of_it):
    client = client_of(district, "office", enforce_csrf_checks=True)
    passed = []
    for route, methods in table().items():
        if "post" in methods:
            answer = client.post(all_of_it.address(route), WRITTEN)
            if answer.status_code != 403 or "405" in methods["post"][5]:
                passed.append((route, answer.status_code))
    assert passed == []
