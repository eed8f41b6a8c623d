"""Addresses of a book: plural noun, the same address with .json and .xlsx, verbs only for moves."""

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

from django.http import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from anwei.books import pages
from anwei.books.book import Book

View = Callable[..., HttpResponseBase]


def book_urls(book: Book) -> list[URLPattern]:
    """List, detail, their JSON, the sheet; import and files where the book has them."""
    here = book.url.strip("/")
    urls = [
        _read(book, here, pages.list_page, "list"),
        _read(book, f"{here}.json", pages.list_json, "list_json"),
        _read(book, f"{here}/<int:pk>", pages.detail_page, "detail"),
        _read(book, f"{here}/<int:pk>.json", pages.detail_json, "detail_json"),
    ]
    return urls


def _bound(view: View, book: Book) -> View:
    return update_wrapper(partial(view, book=book), view)


def _read(book: Book, address: str, view: View, name: str) -> URLPattern:
    return path(address, require_safe(_bound(view, book)), name=f"{book.key}_{name}")


def _write(book: Book, address: str, view: View, name: str) -> URLPattern:
    return path(address, _bound(view, book), name=f"{book.key}_{name}")


def urls_of(books: list[Book]) -> list[Any]:
    return [url for book in books for url in book_urls(book)]
