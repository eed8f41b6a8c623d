"""What the documents name does exist: files, links, commands, settings, rights."""

import re
from functools import cache
from pathlib import Path

import pytest

from anwei.portal.cli import COMMANDS
from tests import house
from tools.permissions import page

ROOT = house.ROOT
PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")])
GUIDES = [one for one in PAGES if one.parent.name == "how-to" or one.stem.startswith("README")]
GUIDES += [ROOT / "docs" / f"{name}.md" for name in ("operations", "walkthrough", "map", "threat-model")]
LARGEST_PICTURE = 120 * 1024
MOST_PICTURES = 6
# Made by running, or an example of what somebody else has.
NOT_IN_THE_REPOSITORY = re.compile(
    r"^(var|artefacts|files|secrets|log|static|imports|cache)/|^journal-anchor|<|…|\*|\{"
)
# Inside a room, as the map says them.
SHORT = (
    "anwei",
    "anwei/duties",
    "anwei/plans",
    "anwei/plans/reader",
    "anwei/portal",
    "anwei/portal/upkeep",
    "docs",
    "tests",
)


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def any_file(name: str) -> bool:
    return any(True for folder in (house.PACKAGE, ROOT / "tests") for _ in folder.rglob(name))


def links(path: Path) -> list[str]:
    return [link for link in re.findall(r"\]\(([^)\s]+)\)", text(path)) if not re.match(r"[a-z]+:", link)]


def files_named(path: Path) -> set[str]:
    """What looks like a file of the repository, in code quotes."""
    quoted = re.findall(r"`([^`\n]+)`", text(path))
    return {word for one in quoted for word in re.findall(r"^[\w./<>…*{}-]+\.(?:py|yaml|md|toml|txt|conf|service)$|^[\w-]+/[\w./-]+$", one)
            if not NOT_IN_THE_REPOSITORY.search(word)}  # fmt: skip


def commands_named(path: Path) -> set[str]:
    """First words behind `anwei` in code."""
    code = re.findall(r"`([^`\n]+)`", text(path)) + re.findall(r"^ {4,}(.+)$", text(path), re.M)
    return {word for one in code for word in re.findall(r"(?:^|\.venv/bin/|&& )anwei ([a-z][a-z-]*)", one)}


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_link_leads_somewhere(path):
    assert [link for link in links(path) if not (path.parent / link.split("#")[0]).exists()] == []


@pytest.mark.parametrize("path", GUIDES, ids=named)
def test_every_file_that_a_guide_names_exists(path):
    places = [ROOT, path.parent, *(ROOT / place for place in SHORT)]
    missing = [one for one in files_named(path) if not any((place / one).exists() for place in places)]
    # A name alone may be any file of the house.
    missing = [one for one in missing if "/" in one or not any_file(one)]
    assert missing == []


@pytest.mark.parametrize("path", GUIDES, ids=named)
def test_every_script_and_command_that_a_guide_names_exists(path):
    scripts = set(re.findall(r"\bscript/([a-z_]+)", text(path)))
    assert {one for one in scripts if not (ROOT / "script" / one).exists()} == set()
    assert commands_named(path) - COMMANDS.keys() == set()


def test_the_guards_do_see_something():
    readme, guide = ROOT / "README.md", ROOT / "docs" / "how-to" / "add-a-ledger.md"
    assert "docs/operations.md" in links(readme)
    assert {"anwei/portal/settings.py", ".importlinter"} & files_named(guide) == {"anwei/portal/settings.py"}
    assert {"read", "backup", "restore"} <= commands_named(ROOT / "docs" / "operations.md")


def test_every_command_is_explained_where_the_operator_looks():
    explained = commands_named(ROOT / "docs" / "operations.md") | commands_named(ROOT / "README.md")
    folder = house.PACKAGE / "portal" / "management" / "commands"
    own = {one.stem for one in folder.glob("*.py") if not one.stem.startswith("_")}
    assert (own | COMMANDS.keys()) - explained == set()


def test_every_environment_name_of_the_services_stands_in_the_settings():
    example = re.findall(r"^(ANWEI_[A-Z_]+)=", text(ROOT / "deploy" / "environment.example"), re.M)
    assert example
    assert [name for name in example if f"`{name}`" not in text(ROOT / "docs" / "settings.md")] == []


def test_both_readmes_show_the_same_pictures_and_all_of_them():
    shown = [{link for link in links(ROOT / name) if link.endswith(".png")} for name in ("README.md", "README.zh.md")]
    kept = {named(picture) for picture in (ROOT / "docs" / "pictures").iterdir()}
    assert shown == [kept, kept]


def test_pictures_are_few_and_small():
    pictures = list((ROOT / "docs" / "pictures").glob("*"))
    assert 0 < len(pictures) <= MOST_PICTURES
    assert [named(one) for one in pictures if one.stat().st_size > LARGEST_PICTURE] == []


def test_the_page_of_permissions_says_what_the_roles_say():
    assert text(ROOT / "docs" / "permissions.md") == page(), "script/permissions > docs/permissions.md"


def test_decisions_are_numbered_once():
    numbers = [one.name[:3] for one in (ROOT / "docs" / "decisions").glob("*.md")]
    assert len(numbers) == len(set(numbers))
