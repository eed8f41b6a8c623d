"""办理记录 of a row: a matter's steps and the journal's entries, newest first, names as they were then."""

from collections.abc import Iterable
from typing import Any, Final

from anwei.books.book import Book
from anwei.journal.by import capability_label
from anwei.journal.models import Entry

_MOST: Final = 200


def timeline(book: Book, row: Any) -> list[dict[str, Any]]:
    """What parts/timeline.html shows for a row of a book."""
    return timeline_of(row, book.steps(row) if book.steps else ())


def timeline_of(row: Any, taken: Iterable[Any] = ()) -> list[dict[str, Any]]:
    """The same for any row; `taken` are a matter's steps. A move leaves both a step and an entry: the step says more."""
    steps = [_from_step(step) for step in taken]
    known = {(step["at"], step["who"]) for step in steps}
    entries = Entry.objects.of(row).filter(outcome=Entry.DONE)[:_MOST]
    steps += [_from_entry(entry) for entry in entries if (entry.at, entry.by_person) not in known]
    return sorted(steps, key=lambda step: step["at"], reverse=True)


def _from_step(step: Any) -> dict[str, Any]:
    return {"what": step.label, "who": step.by_person, "unit": step.by_unit, "at": step.at, "words": step.text}


def _from_entry(entry: Entry) -> dict[str, Any]:
    return {
        "what": capability_label(entry.act),
        "who": entry.by_person,
        "unit": entry.by_unit,
        "at": entry.at,
        "words": entry.summary,
    }
