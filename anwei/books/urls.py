"""Addresses of a book: plural noun, the same address with .json and .xlsx, verbs only for moves."""

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

from django.http import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anwei.books import file_pages, import_pages, pages
from anwei.books.book import Book

View = Callable[..., HttpResponseBase]


def book_urls(book: Book) -> list[URLPattern]:
    """List, detail, their JSON, the sheet; import and files where the book has them."""
    here = book.url.strip("/")
    urls = [
        _read(book, here, pages.list_page, "list"),
        _read(book, f"{here}.json", pages.list_json, "list_json"),
        _read(book, f"{here}.xlsx", pages.list_sheet, "list_sheet"),
        _read(book, f"{here}/<int:pk>", pages.detail_page, "detail"),
        _read(book, f"{here}/<int:pk>.json", pages.detail_json, "detail_json"),
    ]
    if book.importer is not None:
        urls += _import_urls(book, here)
    if book.files is not None:
        urls += _file_urls(book, here)
    return urls


def _import_urls(book: Book, here: str) -> list[URLPattern]:
    return [
        _write(book, f"{here}/import", import_pages.upload_page, "import"),
        _read(book, f"{here}/import/template.xlsx", import_pages.template_sheet, "import_template"),
        _write(book, f"{here}/import/<slug:token>", import_pages.check_page, "import_check"),
        _read(book, f"{here}/import/<slug:token>/problems.xlsx", import_pages.problem_sheet, "import_problems"),
    ]


def _file_urls(book: Book, here: str) -> list[URLPattern]:
    return [
        path(f"{here}/<int:pk>/files", require_POST(_bound(file_pages.add, book)), name=f"{book.key}_file_add"),
        _read(book, f"{here}/<int:pk>/files/<int:file_pk>", file_pages.file, "file"),
        _read(book, f"{here}/<int:pk>/files/<int:file_pk>/picture", file_pages.picture, "picture"),
    ]


def _bound(view: View, book: Book) -> View:
    return update_wrapper(partial(view, book=book), view)


def _read(book: Book, address: str, view: View, name: str) -> URLPattern:
    return path(address, require_safe(_bound(view, book)), name=f"{book.key}_{name}")


def _write(book: Book, address: str, view: View, name: str) -> URLPattern:
    form = require_http_methods(["GET", "HEAD", "POST"])
    return path(address, form(_bound(view, book)), name=f"{book.key}_{name}")


def urls_of(books: list[Book]) -> list[Any]:
    return [url for book in books for url in book_urls(book)]
