"""Rows for the tests that every book goes through. Each room keeps its own in tests/<room>/book_rows.py:

    MAKERS = {"errands": Maker(make, word="独一")}

`make(cast, number)` makes at least so many rows that the office sees and returns them all; `word` stands in one of
them only and is found by the book's keyword filter (empty where the book has none).
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Maker:
    make: Callable
    word: str = ""


def makers() -> dict[str, Maker]:
    found: dict[str, Maker] = {}
    for path in sorted(Path(__file__).parent.parent.glob("*/book_rows.py")):
        found |= importlib.import_module(f"tests.{path.parent.name}.book_rows").MAKERS
    return found
