"""How the house rules are read from the code: pure functions over source text and over the list of floors.

The floors stand once, in .importlinter; imports are checked there, foreign keys and lookups by tests/test_house.py.
"""

import ast
import configparser
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "anwei"
LINES = 300
VAGUE = {"core", "common", "utils"}
# Methods and functions whose keywords and texts are lookups.
TEXT_CALLS = {"annotate", "aggregate", "alias", "values", "values_list", "order_by", "select_related",
              "prefetch_related", "only", "defer", "distinct", "Q", "F", "OuterRef", "Prefetch", "Count", "Sum",
              "Max", "Min", "Avg", "FilteredRelation", "ArrayAgg", "StringAgg"}  # fmt: skip
KEYWORD_CALLS = TEXT_CALLS | {"filter", "exclude", "get", "get_or_create", "update_or_create", "update", "create"}
# What is done with the many rows at the other end of a relation; an attribute alone may be anything's.
MANAGER_CALLS = TEXT_CALLS | KEYWORD_CALLS | {
    "all", "count", "exists", "first", "last", "latest", "earliest", "iterator", "add", "set", "remove", "clear", "none",
    "bulk_create"}  # fmt: skip
LOOKUP = re.compile(r"-?[a-z_][a-z0-9_]*\Z")


def floors() -> list[list[str]]:
    """Rooms from the top floor down, siblings together, as the import contract lists them."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    layers = contract["importlinter:contract:floors"]["layers"].split("\n")
    return [[room.strip().strip("()") for room in layer.split("|")] for layer in layers if layer.strip()]


def may_know(room: str, other: str, house: list[list[str]]) -> bool:
    """Whether `room` may point at `other`: itself, or any room on a lower floor."""
    level = {name: number for number, layer in enumerate(house) for name in layer}
    return room == other or level[room] < level[other]


def rooms() -> list[str]:
    """Every package directly below anwei/ that holds a file of its own."""
    return sorted(path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.glob("*.py")))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def sources() -> list[Path]:
    """The product's own Python files; migrations are written by Django."""
    return sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def relative_imports(module: ast.Module) -> list[int]:
    return [node.lineno for node in ast.walk(module) if isinstance(node, ast.ImportFrom) and node.level]


def type_checking_blocks(module: ast.Module) -> list[int]:
    named = (node for node in ast.walk(module) if isinstance(node, ast.Name | ast.Attribute))
    return [node.lineno for node in named if getattr(node, "id", getattr(node, "attr", "")) == "TYPE_CHECKING"]


def imported(module: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything that a module imports."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def lookups(module: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, lookup) of keywords and texts by which the database is asked: `filter(due__unit=…)`, `F("due__day")`."""
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        name = _called(node)
        if name in KEYWORD_CALLS:
            yield from ((node.lineno, word.arg) for word in node.keywords if word.arg)
        if name in TEXT_CALLS:
            texts = (part for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str))
            yield from ((node.lineno, part.value.lstrip("-")) for part in texts if LOOKUP.match(part.value))


def upward_lookups(module: ast.Module, names: set[str]) -> list[tuple[int, str]]:
    """Lookups that follow one of the given reverse relations, and managers reached by its name: `unit.duties.all()`."""
    found = [(line, text) for line, text in lookups(module) if names & set(text.split("__"))]
    for node in ast.walk(module):
        inner = node.value if isinstance(node, ast.Attribute) and node.attr in MANAGER_CALLS else None
        if isinstance(inner, ast.Attribute) and inner.attr in names:
            found.append((node.lineno, inner.attr))
    return found


def upward_words(page: str, names: set[str]) -> set[str]:
    """The same in a template: `{{ unit.duties.count }}`, `{% for duty in unit.duty_set.all %}`."""
    tags = re.findall(r"\{[{%](.*?)[%}]\}", page, re.DOTALL)
    used = {word for tag in tags for word, call in re.findall(r"\.([a-z_]+)\.([a-z_]+)", tag) if call in MANAGER_CALLS}
    return used & names


def inline_code(page: str) -> list[str]:
    """What the content security policy would refuse: script and style inside the page, on the page's own attributes."""
    inline_script = r"<script(?![^>]*\b(?:src=|type=\"application/json\"))[^>]*>"
    return re.findall(rf"{inline_script}|<style[^>]*>|\sstyle\s*=|\son[a-z]+\s*=|\shx-on\b|javascript:", page)


def setting_keys(module: ast.Module) -> Iterator[str]:
    """Keys of district settings named in the code: `Setting.objects.filter(key="district.name")`."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and any(getattr(part, "id", "") == "Setting" for part in ast.walk(node.func)):
            keys = (word.value for word in node.keywords if word.arg == "key")
            yield from (key.value for key in keys if isinstance(key, ast.Constant))
