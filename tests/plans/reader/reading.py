"""Reads the plan that stands in a test's own docstring, so that data and expectation are seen together."""

import inspect
from typing import Any

from anwei.plans.reader import draft_to_json, read_plan


def plan(text: str, year: int | None = None) -> dict[str, Any]:
    """The plan as `anwei read --json` prints it."""
    return draft_to_json(*read_plan(text, year))


def measures(test: Any, year: int | None = None) -> list[dict[str, Any]]:
    """The measures of the plan in a test's docstring."""
    return plan(body(test), year)["measures"]


def body(test: Any) -> str:
    return inspect.getdoc(test) or ""


def who(measure: dict[str, Any]) -> tuple[list[str], list[str]]:
    return measure["lead"], measure["responsible"]


def one(clause: str, year: int = 2023) -> dict[str, Any]:
    """The single measure of a small plan that ends with `clause`."""
    found = plan(f"{year}年安全生产工作要点\n一、压实责任\n1.落实措施。抓好各项工作。{clause}")["measures"]
    assert len(found) == 1
    return found[0]
