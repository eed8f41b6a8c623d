"""Which column of a sheet is which field: by label and other usual headings, in any order."""

from collections.abc import Sequence
from dataclasses import dataclass

from anwei.books.book import SheetField
from anwei.books.sheets_in import plain


@dataclass(frozen=True, slots=True)
class Matching:
    """`mapping` field name -> column; `missing` are needed fields without a column; `doubled` fields that several
    columns claim; `unused` headings that nobody asked for."""

    mapping: dict[str, int]
    missing: list[SheetField]
    doubled: list[SheetField]
    unused: list[str]

    @property
    def unclear(self) -> bool:
        return bool(self.missing or self.doubled)


def match(fields: Sequence[SheetField], head: Sequence[str]) -> Matching:
    """A label wins over an alias; two columns with the same claim are left to the person."""
    headings = [plain(word) for word in head]
    mapping: dict[str, int] = {}
    doubled = []
    taken: set[int] = set()
    for by_label in (True, False):
        for field in fields:
            if field.name in mapping:
                continue
            words = {plain(field.label)} if by_label else {plain(alias) for alias in field.aliases}
            found = [place for place, word in enumerate(headings) if word in words and place not in taken]
            if found:
                mapping[field.name] = found[0]
                taken.update(found)
                doubled += [field] if len(found) > 1 else []
    return _matching(fields, head, mapping, doubled)


def chosen(fields: Sequence[SheetField], head: Sequence[str], given: dict[str, int]) -> Matching:
    """The mapping that a person made; columns beyond the sheet are ignored."""
    mapping = {field.name: given[field.name] for field in fields if 0 <= given.get(field.name, -1) < len(head)}
    claims = list(mapping.values())
    doubled = [field for field in fields if field.name in mapping and claims.count(mapping[field.name]) > 1]
    return _matching(fields, head, mapping, doubled)


def _matching(
    fields: Sequence[SheetField], head: Sequence[str], mapping: dict[str, int], doubled: list[SheetField]
) -> Matching:
    missing = [field for field in fields if field.required and field.name not in mapping]
    used = set(mapping.values())
    unused = [word for place, word in enumerate(head) if place not in used and word]
    return Matching(mapping, missing, doubled, unused)
