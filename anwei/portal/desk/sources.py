"""sources.yaml as values: what the inbox has to know of each kind of matter. A kind that is not listed still shows."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LAST = 90  # a kind of matter that nobody has ranked yet stands behind all others of its day


@dataclass(frozen=True, slots=True)
class Merge:
    """Matters of one state that stand as one row which opens a list."""

    state: str
    title: str
    count: str  # the word behind the number
    source: str
    url: str
    may: str  # the right that the list asks for; without it there is nothing to do here


@dataclass(frozen=True, slots=True)
class Source:
    rank: int = LAST
    related: tuple[str, ...] = ()
    giver: str = ""
    office_gives: bool = False
    turns: dict[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    merge: Merge | None = None
    sign: str = ""


@cache
def _data() -> dict[str, Any]:
    return dict(yaml.safe_load((Path(__file__).parent / "sources.yaml").read_text(encoding="utf-8")))


@cache
def source_of(kind: str) -> Source:
    """`kind` is room.model."""
    entry = dict(_data()["matters"].get(kind, {}))
    merge = entry.pop("merge", None)
    return Source(
        rank=entry.pop("rank", LAST),
        related=tuple(entry.pop("related", ())),
        hidden=frozenset(entry.pop("hidden", ())),
        merge=Merge(**merge) if merge else None,
        **entry,
    )


def rank_of(word: str) -> int:
    """The rank of what is no matter: dues, returns, the office's own."""
    return int(_data()[word]["rank"])
