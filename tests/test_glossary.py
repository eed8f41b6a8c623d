"""The glossary and the house say the same: tables, standings, identifiers, and the words that no page may use."""

import functools
import re

from django.apps import apps

from anwei.duties.standing import KEYS
from anwei.portal.templatetags.look import STANDINGS
from tests import house

PAGE = house.ROOT / "docs" / "glossary.md"
ROWS, STANDING, WORDS, RESERVED, FORBIDDEN = "Rows", "Standings", "Words of the code", "Reserved", "Forbidden words"


@functools.cache
def table(heading: str) -> list[list[str]]:
    """The cells of the table below a heading, without its head."""
    part = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines[2:]]


@functools.cache
def words_of_code() -> set[str]:
    found: set[str] = set()
    for pattern in ("*.py", "*.yaml", "*.html"):
        for path in house.PACKAGE.rglob(pattern):
            found |= set(re.findall(r"[A-Za-z_]+", path.read_text(encoding="utf-8")))
    return found


def forbidden_in(text: str) -> list[str]:
    """Forbidden words in a text, where they do not stand in a wording that is allowed."""
    found = []
    for word, _instead, allowed in table(FORBIDDEN):
        for permitted in filter(None, re.split("[、,，]", allowed)):
            text = text.replace(permitted.strip(), "")
        found += [word] * text.count(word)
    return found


def test_every_table_of_the_database_stands_in_the_glossary_with_its_own_name():
    models = {
        model._meta.label_lower: str(model._meta.verbose_name)
        for model in apps.get_models()
        if model.__module__.startswith("anwei.")
    }
    assert {identifier: term for term, identifier, _ in table(ROWS)} == models


def test_every_standing_stands_in_the_glossary_with_the_word_of_the_pages():
    assert [(key, term) for term, key, _ in table(STANDING)] == [(look.key, look.word) for look in STANDINGS]
    assert {key for _, key, _ in table(STANDING)} == set(KEYS)


def test_every_identifier_of_the_glossary_exists():
    assert [identifier for _, identifier, _ in table(WORDS) if identifier not in words_of_code()] == []


def test_no_term_is_explained_twice_in_one_table_except_for_rows_of_different_rooms():
    for heading in (STANDING, WORDS, RESERVED):
        terms = [row[0] for row in table(heading)]
        assert len(terms) == len(set(terms)), heading


def test_no_page_uses_a_forbidden_word():
    pages = [*house.PACKAGE.rglob("*.html")]
    assert len(pages) > 50
    wrong = {str(page.relative_to(house.ROOT)): found for page in pages
             if (found := forbidden_in(page.read_text(encoding="utf-8")))}  # fmt: skip
    assert wrong == {}


def test_the_guard_against_forbidden_words_does_see_them():
    assert forbidden_in("任务已完成，退回后被驳回") == ["完成", "驳回"]
    assert forbidden_in("完成时限：12月底前") == []
