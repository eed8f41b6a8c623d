"""What an errand may be handed on from. Rooms above register how a reference becomes words and a deadline.

sources.register("duties.duty", lambda by, pk: Source("要点第13条", "消防安全…", due_on=…))
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from anwei.journal.by import By
from anwei.references import split_about


@dataclass(frozen=True, slots=True)
class Source:
    """`words` name it on errand and ledger; title, text and deadline are filled into the form."""

    words: str
    title: str
    text: str = ""
    due_on: date | None = None
    url: str = ""


Resolver = Callable[[By, int], Source | None]
_resolvers: dict[str, Resolver] = {}


def register(kind: str, resolver: Resolver) -> None:
    """`kind` is `room.model`; the resolver returns None for what this person may not see. Called in ready()."""
    _resolvers[kind] = resolver


def find(by: By, reference: str) -> Source | None:
    """None for a reference that is none, of a kind that nobody offers, or not to be seen by this person."""
    try:
        ref = split_about(reference)
    except ValueError:
        return None
    resolver = _resolvers.get(f"{ref.room}.{ref.model}")
    return resolver(by, ref.id) if resolver else None
