"""Capability × address: every page of the gate, asked for by everybody."""

import pytest
from django.test import Client

from anwei.journal.models import Entry
from anwei.portal.urls_gate import urlpatterns
from anwei.units.models import Group, GroupMember
from tests.portal.gate.conftest import close_file

pytestmark = pytest.mark.django_db
WHO = ("nobody", "outsider", "qingyu.clerk", "qingyu.reviewer", "tinglan.reviewer", "office")
# address -> status for each of WHO; 302 is the way to the door, 404 what does not exist for them.
READ = {
    "units": (302, 404, 200, 200, 200, 200),
    "units.xlsx": (302, 404, 200, 200, 200, 200),
    "units/new": (302, 404, 403, 403, 403, 200),
    "units/check": (302, 404, 403, 403, 403, 200),
    "units/import": (302, 404, 403, 403, 403, 200),
    "units/import/preview": (302, 404, 403, 403, 403, 404),
    "units/{unit}": (302, 404, 200, 200, 200, 200),
    "units/{unit}/edit": (302, 404, 404, 404, 404, 200),
    "units/{unit}/aliases": (302, 404, 404, 404, 404, 200),
    "units/{committee}/secretariat": (302, 404, 404, 404, 404, 200),
    "groups/{group}/members/new": (302, 404, 404, 404, 404, 200),
    "members/{member}/end": (302, 404, 404, 404, 404, 200),
    "people": (302, 404, 403, 200, 200, 200),
    "people/new": (302, 404, 403, 200, 200, 200),
    "people/{person}": (302, 404, 404, 200, 404, 200),
    "people/{person}/edit": (302, 404, 404, 200, 404, 200),
    "people/{person}/posts/new": (302, 404, 404, 200, 404, 200),
    "people/{person}/posts/{post}/end": (302, 404, 404, 200, 404, 200),
    "people/{person}/reset-password": (302, 404, 404, 200, 404, 200),
    "people/{person}/deactivate": (302, 404, 404, 200, 404, 200),
    "settings": (302, 404, 403, 403, 403, 200),
    "settings/session.idle_minutes": (302, 404, 403, 403, 403, 200),
    "journal": (302, 404, 403, 403, 403, 200),
    "journal/{entry}": (302, 404, 403, 403, 403, 200),
    "account": (302, 200, 200, 200, 200, 200),
    "account/password": (302, 200, 200, 200, 200, 200),
    "account/confirm": (302, 200, 200, 200, 200, 200),
    "account/two-factor": (302, 200, 200, 200, 200, 200),
    "account/two-factor/activate": (302, 200, 200, 200, 200, 200),
    "account/two-factor/deactivate": (302, 404, 404, 404, 404, 404),
    "account/recovery-codes": (302, 404, 404, 404, 404, 404),
    "account/recovery-codes/generate": (302, 200, 200, 200, 200, 200),
}
WRITE = {
    "units/new": (302, 404, 403, 403, 403, 422),
    "units/{unit}/edit": (302, 404, 404, 404, 404, 422),
    "units/{unit}/aliases": (302, 404, 404, 404, 404, 302),
    "units/{committee}/secretariat": (302, 404, 404, 404, 404, 422),
    "groups/{group}/members/new": (302, 404, 404, 404, 404, 422),
    "members/{member}/end": (302, 404, 404, 404, 404, 422),
    "people/new": (302, 404, 403, 422, 422, 422),
    "people/{person}/edit": (302, 404, 404, 422, 404, 422),
    "people/{person}/posts/new": (302, 404, 404, 422, 404, 422),
    "people/{person}/posts/{post}/end": (302, 404, 404, 422, 404, 422),
    "people/{person}/deactivate": (302, 404, 404, 422, 404, 422),
    "people/{person}/activate": (302, 404, 404, 302, 404, 302),
    "people/{person}/unlock": (302, 404, 404, 302, 404, 302),
    "settings/session.idle_minutes": (302, 404, 403, 403, 403, 422),
    "account/password": (302, 422, 422, 422, 422, 422),
    "post": (302, 404, 404, 404, 404, 404),
}
# Open to everybody, or told in tests of their own.
ELSEWHERE = {
    "sign-in", "sign-in/code", "sign-out", "account/inactive", "healthz", "readyz", "large-type",
    "account/sessions/end", "account/two-factor/confirm", "account/recovery-codes/download",
}  # fmt: skip


@pytest.fixture
def there(cast):
    """The numbers in the addresses: a person and a post of 青榆镇, a member of a committee."""
    group = Group.objects.get(key="sc_fire_members")
    person = cast.people["qingyu.clerk"]
    Client().post("/sign-in", {"login": "qingyu.clerk", "password": "no"})
    return {
        "unit": cast.units["qingyu"].pk, "committee": cast.units["sc_fire"].pk, "group": group.pk,
        "member": GroupMember.objects.filter(group=group).first().pk, "person": person.pk,
        "post": person.posts.get().pk, "entry": Entry.objects.first().pk,
    }  # fmt: skip


def _statuses(method, address, there, at_door):
    found = []
    for who in WHO:
        client = at_door("" if who == "nobody" else who)
        answer = getattr(client, method)("/" + address.format(**there))
        close_file(answer)
        found.append(answer.status_code)
    return tuple(found)


@pytest.mark.parametrize("address", READ)
def test_who_may_look(address, there, at_door):
    assert dict(zip(WHO, _statuses("get", address, there, at_door), strict=True)) == dict(
        zip(WHO, READ[address], strict=True)
    )


@pytest.mark.parametrize("address", WRITE)
def test_who_may_write(address, there, at_door):
    assert dict(zip(WHO, _statuses("post", address, there, at_door), strict=True)) == dict(
        zip(WHO, WRITE[address], strict=True)
    )


def test_every_address_of_the_gate_stands_in_the_tables():
    told = {address.partition("{")[0] + "…" * address.count("{") for address in (*READ, *WRITE, *ELSEWHERE)}
    told |= {"settings/…", "journal/…"}
    missing = []
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        short = route.partition("<")[0] + "…" * route.count("<")
        same_start = {
            one for one in told if one.rstrip("…") == short.rstrip("…") and one.count("…") == short.count("…")
        }
        if not same_start:
            missing.append(route)
    assert missing == []


def test_forged_and_foreign_ids_are_404_and_never_an_error(at_door):
    client = at_door("office")
    for address in ("units/999999", "units/999999/edit", "people/999999", "groups/0/members/new", "members/1234567/end",
                    "journal/99999999", "settings/no.such.key", "people/1/posts/999/end", "units/99999999999999999999"):  # fmt: skip
        assert client.get("/" + address).status_code == 404, address


def test_a_filter_with_nonsense_says_so_and_shows_something(at_door):
    client = at_door("office")
    assert client.get("/journal?first=2023-02-30&act=dance").status_code == 422
    assert client.get("/people?unit=99999&role=king").status_code == 200
    assert client.get("/units?kind=castle").status_code == 200
    assert client.get("/journal?before=abc&after=-1").status_code == 200
