"""The original text with marks at their places: pure, from spans to pieces that a page can write one after the other."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

DOUBT, FOUND = "doubt", "found"


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text. `kind` is DOUBT or FOUND, `anchor` its id in the page, `words` what is to be said of it."""

    start: int
    end: int
    kind: str
    anchor: str = ""
    words: str = ""
    url: str = ""

    def moved(self, by: int) -> "Mark":
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under one mark (None: unmarked). `anchors` are ids of places that begin right before it."""

    text: str
    mark: Mark | None = None
    anchors: tuple[str, ...] = ()


def pieces(text: str, marks: Iterable[Mark], places: Iterable[tuple[int, str]] = ()) -> list[Piece]:
    """Cuts the text at every border. Where marks overlap the doubt shows, among doubts the shorter one. The anchor of
    each mark stands once: on its first visible piece, or as a bare place where other marks cover it wholly."""
    kept = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    bare = [(min(max(at, 0), len(text)), anchor) for at, anchor in places]
    borders = sorted({0, len(text), *(at for at, _ in bare), *(m.start for m in kept), *(m.end for m in kept)})
    tops = _tops(borders, kept)
    bare += [(mark.start, mark.anchor) for mark in kept if mark.anchor and mark not in set(tops)]
    at: dict[int, list[str]] = {}
    for place, anchor in bare:
        at.setdefault(place, []).append(anchor)
    found: list[Piece] = []
    written: set[Mark] = set()
    for start, end, mark in zip(borders, [*borders[1:], len(text)], tops, strict=True):
        if mark is not None and mark in written:
            mark = replace(mark, anchor="")
        elif mark is not None:
            written.add(mark)
        if end > start or start in at:
            found.append(Piece(text[start:end], mark, tuple(at.get(start, ()))))
    return found


def _tops(borders: list[int], kept: list[Mark]) -> list[Mark | None]:
    """The mark that shows from each border on."""
    opening: dict[int, list[Mark]] = {}
    for mark in kept:
        opening.setdefault(mark.start, []).append(mark)
    tops: list[Mark | None] = []
    running: list[Mark] = []
    for start in borders:
        running = [mark for mark in running if mark.end > start] + opening.get(start, [])
        tops.append(min(running, key=_rank, default=None))
    return tops


def _rank(mark: Mark) -> tuple[bool, int]:
    return mark.kind != DOUBT, mark.end - mark.start


def find_reference(text: str, reference: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a reference stands within [start, end), blanks and line breaks inside it allowed; None where it does not."""
    if (place := text.find(reference, start, end)) >= 0:
        return place, place + len(reference)
    if not reference.strip():
        return None
    loose = re.compile(r"\s*".join(re.escape(sign) for sign in reference if not sign.isspace()))
    hit = loose.search(text, start, end)
    return hit.span() if hit else None


_REST = (re.compile(r"等\s*(?:各?(?:有关|相关))?\s*(?:部门|单位)"), re.compile(r"等(?=[、，；。）)]|$)"))


def find_rest(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The «等有关部门» (or a bare «等») that leaves the list behind `start` open."""
    hits = (pattern.search(text, start, end) for pattern in _REST)
    return next((hit.span() for hit in hits if hit), None)
