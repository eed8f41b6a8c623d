"""One screenful of a ledger: filtered, sorted, paged by the last row's key, counted up to a cap."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict

from anwei.books.book import Book, sort_field
from anwei.books.filters import apply_filters, filter_form
from anwei.journal.by import By

PAGE: Final = 50
LIMIT: Final = 200
COUNT_CAP: Final = 10_000
# Words of the address that are no filters.
AFTER, BEFORE, SORT, SIZE = "after", "before", "sort", "limit"


@dataclass(frozen=True, slots=True)
class Order:
    """A sortable column and its direction; the id goes the same way as tie-break."""

    column: str
    lookup: str
    descending: bool

    @property
    def text(self) -> str:
        return f"-{self.column}" if self.descending else self.column

    def sorted(self, rows: QuerySet[Any], *, backwards: bool = False) -> QuerySet[Any]:
        sign = "-" if self.descending != backwards else ""
        return rows.order_by(f"{sign}{self.lookup}", f"{sign}pk")


@dataclass(frozen=True, slots=True)
class Listing:
    """`selected` are all rows of the filters, in order, unpaged: what the sheet exports."""

    book: Book
    params: QueryDict
    form: forms.Form
    order: Order
    selected: QuerySet[Any]
    rows: list[Any]
    newer: str
    older: str
    count: int

    @property
    def count_words(self) -> str:
        if self.count > COUNT_CAP:
            return f"超过 {COUNT_CAP:,} 条"
        return f"共 {self.count:,} 条"

    @property
    def in_words(self) -> list[tuple[str, list[str]]]:
        """Each filter that is set, with the words of the address that set it."""
        return [found for one in self.book.filters for found in one.words(self.form)]

    def address(self, suffix: str = "", *, without: list[str] | None = None, **changes: str) -> str:
        """This list's address with other words; pages start anew unless a cursor is given."""
        params = self.params.copy()
        for name in (AFTER, BEFORE, *(without or [])):
            params.pop(name, None)
        for name, value in changes.items():
            params[name] = value
        for name in [name for name, value in params.items() if value == ""]:
            del params[name]
        query = params.urlencode()
        return f"{self.book.url}{suffix}{'?' + query if query else ''}"

    def newer_address(self) -> str:
        return self.address(**{BEFORE: self.newer}) if self.newer else ""

    def older_address(self, suffix: str = "") -> str:
        return self.address(suffix, **{AFTER: self.older}) if self.older else ""


def list_rows(book: Book, by: By, params: QueryDict, *, paged: bool = True) -> Listing:
    """Two queries and those of the declaration's prefetches, whatever the number of rows. Without `paged` only what
    is selected, and how many: for the sheet."""
    form = filter_form(book.filters, by, params)
    order = chosen_order(book, params)
    selected = apply_filters(book.filters, form, book.rows(by))
    count = selected.order_by()[: COUNT_CAP + 1].count()
    selected = selected.select_related(*book.list_related) if book.list_related else selected
    selected = order.sorted(selected.prefetch_related(*book.list_prefetch))
    rows, newer, older = _page(book, order, selected, params) if paged else ([], "", "")
    return Listing(book, params, form, order, selected, rows, newer, older, count)


def chosen_order(book: Book, params: Mapping[str, Any]) -> Order:
    """The sort asked for where that column sorts, the book's own otherwise."""
    for text in (str(params.get(SORT, "")), book.order):
        column = book.by_name.get(text.removeprefix("-"))
        if column is not None and column.sort:
            return Order(column.name, column.sort_by, text.startswith("-"))
    raise ValueError(f"book {book.key} has no default order")


def _page(book: Book, order: Order, selected: QuerySet[Any], params: QueryDict) -> tuple[list[Any], str, str]:
    size = _size(params)
    before = _read_cursor(book, order, params.get(BEFORE, ""))
    after = _read_cursor(book, order, params.get(AFTER, ""))
    if before is not None:
        found = list(order.sorted(_beyond(selected, order, before, not order.descending), backwards=True)[: size + 1])
        rows, more = found[:size][::-1], len(found) > size
        return rows, _cursor(order, rows[0]) if more else "", _cursor(order, rows[-1]) if rows else ""
    if after is not None:
        selected = _beyond(selected, order, after, order.descending)
    found = list(selected[: size + 1])
    rows = found[:size]
    newer = _cursor(order, rows[0]) if rows and after is not None else ""
    return rows, newer, _cursor(order, rows[-1]) if len(found) > size else ""


def _size(params: QueryDict) -> int:
    try:
        return min(max(int(params.get(SIZE, PAGE)), 1), LIMIT)
    except ValueError:
        return PAGE


def _beyond(rows: QuerySet[Any], order: Order, cursor: tuple[Any, int], smaller: bool) -> QuerySet[Any]:
    """Rows on the far side of the cursor. Written without OR, so that an index on the column gives the range."""
    value, key = cursor
    near, tie = ("lte", "gte") if smaller else ("gte", "lte")
    return rows.filter(**{f"{order.lookup}__{near}": value}).exclude(
        Q(**{order.lookup: value}) & Q(**{f"pk__{tie}": key})
    )


def _cursor(order: Order, row: Any) -> str:
    value = row
    for name in order.lookup.split("__"):
        value = getattr(value, name)
    return f"{value}~{row.pk}"


def _read_cursor(book: Book, order: Order, text: str) -> tuple[Any, int] | None:
    """None for no cursor and for one that was tampered with: the list then starts at its beginning."""
    written, sign, key = text.rpartition("~")
    if not sign or "\x00" in written or not key.isdecimal() or len(key) > len(str(2**62)) - 1:
        return None
    try:
        return sort_field(book.model, order.lookup).to_python(written), int(key)
    except (ValidationError, ValueError, OverflowError):
        return None
