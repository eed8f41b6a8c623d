"""The declaration of a ledger, and the registry of all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model, QuerySet

from anwei.books.columns import Column, named
from anwei.books.filters import Filter
from anwei.books.problems import Problem
from anwei.journal.by import By

Row = dict[str, Any]
Button = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SheetField:
    """A column that a sheet may bring. `choices` become the dropdown of the template."""

    name: str
    label: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    example: str = ""
    help: str = ""
    width: int = 16
    choices: Callable[[By], Iterable[str]] | None = None


@dataclass(frozen=True, slots=True)
class Importer:
    """`check(by, rows)` reads and complains, `make(by, rows)` is the action: rows that it cannot take are problems.
    A row is a dictionary by field name; values are what the sheet held (text, number, day) or absent."""

    may: str
    fields: tuple[SheetField, ...]
    check: Callable[[By, list[Row]], list[Problem]]
    make: Callable[[By, list[Row]], tuple[list[Any], list[Problem]]]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Files:
    """Attachments of a row. `add(by, row, uploads)` is the action; it returns what went wrong or is worth a look."""

    may: str
    add: Callable[[By, Any, list[Any]], list[str]]
    open: Callable[[Any], bool] = lambda row: True


@dataclass(frozen=True)
class Book:
    """One ledger. `rows(by)` gives what a person may see (one indexed column, never an OR); `order` is the default
    sort, a declared column with its sign; `list_related` and `list_prefetch` keep a page at a fixed number of queries.
    `more(row)` adds (label, value) pairs to the detail; `steps(row)` are a matter's steps for the timeline."""

    key: str
    title: str
    noun: str
    url: str
    read: str
    model: type[Model]
    rows: Callable[[By], QuerySet[Any]]
    columns: tuple[Column, ...]
    order: str
    caliber: str
    filters: tuple[Filter, ...] = ()
    list_related: tuple[str, ...] = ()
    list_prefetch: tuple[Any, ...] = ()
    heading: Callable[[Any], str] = str
    facts: Callable[[Any], Iterable[str]] = lambda row: ()
    notices: Callable[[By, Any], Iterable[tuple[str, str]]] = lambda by, row: ()
    more: Callable[[Any], Iterable[tuple[str, Any]]] = lambda row: ()
    buttons: Callable[[By], Iterable[Button]] = lambda by: ()
    row_buttons: Callable[[By, Any], Iterable[Button]] = lambda by, row: ()
    row_source: Callable[[Any], str] = lambda row: ""
    steps: Callable[[Any], Iterable[Any]] | None = None
    files: Files | None = None
    importer: Importer | None = None
    empty: str = "换一换筛选条件，或清除筛选后再看。"

    @property
    def by_name(self) -> dict[str, Column]:
        return named(self.columns)

    def url_of(self, row: Any) -> str:
        return f"{self.url}/{row.pk}"

    def may_import(self, by: By) -> bool:
        return self.importer is not None and bool(by.may.reach(self.importer.may))


_books: dict[str, Book] = {}


def register(book: Book) -> Book:
    """Called in AppConfig.ready(). A declaration that does not hold is the room's mistake: ValueError."""
    if book.key in _books and _books[book.key] is not book:
        raise ValueError(f"book {book.key} is registered twice")
    wanted = book.order.lstrip("-")
    if wanted not in book.by_name or not book.by_name[wanted].sort:
        raise ValueError(f"book {book.key}: default order {book.order} is no sortable column")
    for column in book.columns:
        if column.name in ("id", "url"):
            raise ValueError(f"book {book.key}: {column.name} is the row's own in JSON, name the column otherwise")
        if column.sort and sort_field(book.model, column.sort_by).null:
            raise ValueError(f"book {book.key}: column {column.name} sorts by a nullable column")
    _books[book.key] = book
    return book


def registered() -> list[Book]:
    return list(_books.values())


def sort_field(model: type[Model], lookup: str) -> "Field[Any, Any]":
    """The database column at the end of a lookup such as `host__order`."""
    *steps, last = lookup.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    field = model._meta.get_field(last)
    if not isinstance(field, Field):
        raise FieldDoesNotExist(f"{lookup} is no column of {model.__name__}")
    return field
