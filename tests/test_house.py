"""The house rules (docs/rooms/README.md). They hold for an empty house and grow teeth with every room."""

import ast
import importlib
import inspect
import re
from collections import defaultdict

import pytest
from django.apps import apps

from anwei.units.district_settings import DISTRICT_SETTINGS
from tests import house

PURE = ("periods", "rulebook", "telemetry", "references", "plans/reader", "plans/sources")
FLOORS = house.floors()
# Public functions of an actions.py that are no acts themselves, each with the reason.
PARTS_OF_ACTS = {
    "anwei.matters.actions.take": "makes the act itself, with the right that the move names",
    "anwei.matters.actions.begin": "a step inside the act that opens the matter",
    "anwei.matters.actions.may_take": "asks only",
}


def room_of_model(model) -> str | None:
    """The room of a model; None for Django's and the libraries' own."""
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "anwei" else None


def relations():
    """(model, field, target) of every foreign key, one-to-one and many-to-many between rooms of the house."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            target = field.related_model if field.is_relation and not field.auto_created else None
            if target and room_of_model(model) and room_of_model(target):
                yield model, field, target


def names_leading_up(room: str) -> set[str]:
    """Names of reverse relations by which code in `room` would reach a room that it must not know."""
    up, own = set(), set()
    for model in apps.get_models(include_auto_created=True):
        if room_of_model(model) and house.may_know(room, room_of_model(model), FLOORS):
            own |= {field.name for field in model._meta.get_fields() if not (field.is_relation and field.auto_created)}
    for model, field, _target in relations():
        reverse = field.remote_field
        names = {reverse.get_accessor_name(), field.related_query_name()} - {None, "+"}
        if reverse.hidden:
            continue
        if house.may_know(room, room_of_model(model), FLOORS):
            own |= names
        else:
            up |= names
    return up - own


def test_every_room_stands_on_a_floor():
    known = {room for layer in FLOORS for room in layer}
    assert set(house.rooms()) <= known


def test_no_python_file_is_longer_than_the_cap():
    long = {str(path.relative_to(house.ROOT)): count for path in house.sources()
            if (count := len(path.read_text(encoding="utf-8").splitlines())) > house.LINES}  # fmt: skip
    assert long == {}, "split by noun"


def test_imports_are_absolute_and_need_no_type_checking_block():
    wrong = []
    for path in house.sources():
        module = house.tree(path)
        wrong += [f"{path}:{line}" for line in house.relative_imports(module) + house.type_checking_blocks(module)]
    assert wrong == []


def test_no_room_or_module_has_a_name_that_means_nothing():
    places = [path for path in house.sources() if house.VAGUE & {*path.relative_to(house.PACKAGE).parts, path.stem}]
    assert places == []


def test_rooms_of_plain_values_know_no_django_and_nothing_above():
    wrong = []
    for path in house.sources():
        if path.relative_to(house.PACKAGE).as_posix().startswith(tuple(f"{room}/" for room in PURE)):
            imported = [
                (line, name) for line, name in house.imported(house.tree(path)) if name.split(".")[0] == "django"
            ]
            wrong += [f"{path}:{line} {name}" for line, name in imported]
    assert wrong == []


@pytest.mark.parametrize("room", house.rooms())
def test_every_room_says_in_about_five_lines_what_it_knows_and_what_not(room):
    docstring = ast.get_docstring(house.tree(house.PACKAGE / room / "__init__.py")) or ""
    lines = [line for line in docstring.splitlines() if line.strip()]
    assert 3 <= len(lines) <= 8, docstring
    assert re.search(r"\bknows?\b", docstring, re.IGNORECASE) and re.search(r"\bnot\b", docstring), docstring


@pytest.mark.parametrize("room", house.rooms())
def test_every_room_has_a_page_in_the_docs_and_a_line_in_their_index(room):
    assert (house.ROOT / "docs" / "rooms" / f"{room}.md").exists(), f"docs/rooms/{room}.md is not written yet"
    assert f"({room}.md)" in (house.ROOT / "docs" / "rooms" / "README.md").read_text(encoding="utf-8")


def test_foreign_keys_point_down():
    wrong = [f"{model.__name__}.{field.name} -> {target.__name__}" for model, field, target in relations()
             if not house.may_know(room_of_model(model), room_of_model(target), FLOORS)]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("room", house.rooms())
def test_lookups_and_reverse_names_point_down(room):
    names = names_leading_up(room)
    wrong = []
    for path in house.sources():
        if house.room_of(path) == room:
            wrong += [f"{path}:{line} {text}" for line, text in house.upward_lookups(house.tree(path), names)]
    for page in (house.PACKAGE / room).rglob("templates/**/*.html"):
        wrong += [f"{page} {word}" for word in house.upward_words(page.read_text(encoding="utf-8"), names)]
    assert wrong == []


def test_pages_hold_no_script_and_no_style_of_their_own():
    pages = house.PACKAGE.rglob("templates/**/*.html")
    wrong = {str(page): found for page in pages if (found := house.inline_code(page.read_text(encoding="utf-8")))}
    assert wrong == {}


def action_modules() -> list[str]:
    """`actions.py`, or where it was split: `hazard_actions.py`, `actions/….py`."""
    found = [path for path in house.sources() if path.stem == "actions" or path.stem.endswith("_actions")
             or path.parent.name == "actions"]  # fmt: skip
    return [".".join(path.relative_to(house.ROOT).with_suffix("").parts) for path in found]


def test_every_public_action_is_an_act():
    wrong = []
    for name in action_modules():
        for word, function in vars(importlib.import_module(name)).items():
            own = inspect.isfunction(function) and function.__module__ == name and not word.startswith("_")
            if own and not getattr(function, "act", None):
                wrong.append(f"{name}.{word}")
    assert set(wrong) == set(PARTS_OF_ACTS)


def test_every_setting_has_its_line_in_the_docs_and_the_docs_name_no_other():
    page = (house.ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    files = [*house.sources(), *(path for path in (house.ROOT / "script").iterdir() if path.is_file())]
    read = {word for path in files for word in re.findall(r"\bANWEI_[A-Z_]+\b", path.read_text(encoding="utf-8"))}
    assert read == set(re.findall(r"\bANWEI_[A-Z_]+\b", page))
    keys = {key for path in house.sources() for key in house.setting_keys(house.tree(path))}
    assert {key for key in keys | set(DISTRICT_SETTINGS) if f"`{key}`" not in page} == set()


# The readers themselves can fail: each finds a sample of what it forbids and leaves the allowed neighbour alone.

SAMPLE = ast.parse(
    """
from typing import TYPE_CHECKING
from . import models
import django.db
from anwei.units.models import Unit

if TYPE_CHECKING:
    pass
Unit.objects.filter(duty__due__lt=1, name="甲").order_by("-duty__day", "name")
Unit.objects.annotate(n=Count("duty"))
row.duty_set.all()
answer.duty_set
settings = {}.get("duty")
Setting.objects.filter(key="district.name")
"""
)


def test_the_readers_find_what_they_forbid():
    assert house.relative_imports(SAMPLE) == [3]
    assert house.type_checking_blocks(SAMPLE) == [7]
    assert (4, "django.db") in list(house.imported(SAMPLE))
    assert list(house.setting_keys(SAMPLE)) == ["district.name"]


def test_inline_code_is_found_and_files_and_data_are_left_alone():
    assert len(house.inline_code('<script>a</script><p style="b" onclick="c"><style>d</style>')) == 4
    assert house.inline_code('<script src="/a.js" defer></script><script type="application/json">{}</script>') == []


def test_an_upward_lookup_is_found_in_keywords_texts_and_attributes_but_not_in_a_dictionary():
    found = defaultdict(list)
    for line, text in house.upward_lookups(SAMPLE, {"duty", "duty_set"}):
        found[line].append(text)
    assert house.upward_words("{% for a in unit.duty_set.all %}{{ a.duty_set }}{{ a.posts.all }}", {"duty_set"}) == {
        "duty_set"
    }
    assert house.upward_words("{{ a.duty_set }}{{ a.posts.all }}", {"duty_set"}) == set()
    assert found == {9: ["duty__day", "duty__due__lt"], 10: ["duty"], 11: ["duty_set"]}


def test_floors_are_read_from_the_contract_and_siblings_do_not_know_each_other():
    assert house.may_know("duties", "units", FLOORS) and not house.may_know("units", "duties", FLOORS)
    assert not house.may_know("plans", "errands", FLOORS) and house.may_know("plans", "plans", FLOORS)
    assert house.may_know("rulebook", "periods", FLOORS) and not house.may_know("journal", "units", FLOORS)
