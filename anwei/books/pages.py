"""The pages of a book: list and detail, each also as JSON."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from anwei.books.book import Book
from anwei.books.columns import Column
from anwei.books.doors import row_or_404, turned_away
from anwei.books.listing import COUNT_CAP, SORT, Listing, list_rows
from anwei.books.panels import panels_of
from anwei.books.sheets_out import export
from anwei.books.timeline import timeline
from anwei.files.models import Attachment


def list_page(request: HttpRequest, book: Book) -> HttpResponseBase:
    if away := turned_away(request, book.read):
        return away
    listing = list_rows(book, request.by, request.GET)
    context = list_context(request, listing)
    if request.htmx and request.htmx.target == "book-rows":
        response = render(request, "books/list.html#rows", context)
        response["HX-Push-Url"] = listing.address()
        return response
    return render(request, "books/list.html", context)


def list_context(request: HttpRequest, listing: Listing) -> dict[str, Any]:
    book, by = listing.book, request.by
    chips = [{"label": words, "remove_url": listing.address(without=names)} for words, names in listing.in_words]
    return {
        "book": book,
        "listing": listing,
        "form": listing.form,
        "chips": chips,
        "table": _table(listing),
        "page": {
            "newer_url": listing.newer_address(),
            "older_url": listing.older_address(),
            "words": listing.count_words,
        },
        "buttons": book.buttons(by),
        "may_import": book.may_import(by),
        "xlsx_url": listing.address(".xlsx"),
    }


def _table(listing: Listing) -> dict[str, Any]:
    book = listing.book
    columns = [column for column in book.columns if column.in_list]
    return {
        "label": book.title,
        "columns": [_head(listing, column) for column in columns],
        "rows": [
            {
                "url": book.url_of(row),
                "source": book.row_source(row),
                "cells": [_cell(book, column, row, first=not place) for place, column in enumerate(columns)],
            }
            for row in listing.rows
        ],
        "empty": {"title": f"没有符合条件的{book.noun}", "words": book.empty},
    }


def _head(listing: Listing, column: Column) -> dict[str, Any]:
    head: dict[str, Any] = {"label": column.label, "css": column.css}
    if column.sort:
        here = listing.order.column == column.name
        turned = column.name if here and listing.order.descending else f"-{column.name}"
        head["sort_url"] = listing.address(**{SORT: turned})
        if here:
            head["sorted"] = "descending" if listing.order.descending else "ascending"
    return head


def _cell(book: Book, column: Column, row: Any, *, first: bool) -> dict[str, Any]:
    if column.kind == "lamp":
        return {"standing": column.of(row)}
    cell = {"value": column.text(row)}
    if first:
        cell["url"] = book.url_of(row)
    elif column.kind == "link" and cell["value"]:
        cell |= {"url": cell["value"], "value": "打开网址"}
    return cell


def list_json(request: HttpRequest, book: Book) -> HttpResponseBase:
    if away := turned_away(request, book.read, machine=True):
        return away
    listing = list_rows(book, request.by, request.GET)
    if listing.form.errors:
        return JsonResponse({"error": "筛选条件有误", "fields": listing.form.errors.get_json_data()}, status=400)
    return JsonResponse(
        {
            "results": [plain_row(book, row) for row in listing.rows],
            "next": listing.older_address(".json") or None,
            "count": min(listing.count, COUNT_CAP),
            "count_capped": listing.count > COUNT_CAP,
            "as_of": request.by.at.isoformat(timespec="seconds"),
        },
        json_dumps_params={"ensure_ascii": False},
    )


def list_sheet(request: HttpRequest, book: Book) -> HttpResponseBase:
    """What is on screen as a sheet; with a filter that makes no sense the page that says so."""
    if away := turned_away(request, book.read):
        return away
    listing = list_rows(book, request.by, request.GET, paged=False)
    if listing.form.errors:
        return render(request, "books/list.html", list_context(request, listing), status=400)
    return export(listing, request.by)


def plain_row(book: Book, row: Any) -> dict[str, Any]:
    values = {column.name: column.plain(row) for column in book.columns}
    return {"id": row.pk, "url": book.url_of(row), **values}


def detail_page(request: HttpRequest, book: Book, pk: int) -> HttpResponseBase:
    if away := turned_away(request, book.read):
        return away
    return render_detail(request, book, row_or_404(book, request.by, pk))


def render_detail(request: HttpRequest, book: Book, row: Any, status: int = 200, **more: Any) -> HttpResponse:
    """The detail of a row; rooms call it again where an upload on it was refused."""
    by = request.by
    panels = panels_of(by, row)
    context = {
        "book": book,
        "row": row,
        "heading": book.heading(row),
        "facts": book.facts(row),
        "notices": list(book.notices(by, row)),
        "values": values_of(book, row),
        "first_panels": [panel for panel in panels if panel.first],
        "panels": [panel for panel in panels if not panel.first],
        "buttons": list(book.row_buttons(by, row)),
        "steps": timeline(book, row),
        "source": book.row_source(row),
    }
    if book.files is not None:
        context["attachments"] = Attachment.objects.of(row)
        context["may_attach"] = book.files.open(row) and by.may(book.files.may, row)
    return render(request, "books/detail.html", context | more, status=status)


def values_of(book: Book, row: Any) -> list[dict[str, Any]]:
    """Label, value and kind of everything the row holds; what is empty is left out."""
    found = []
    for column in book.columns:
        value = column.of(row) if column.kind in ("lamp", "link", "date") else column.text(row)
        if value not in (None, ""):
            found.append({"label": column.label, "value": value, "kind": column.kind})
    return found + [{"label": label, "value": value, "kind": "text"} for label, value in book.more(row) if value]


def detail_json(request: HttpRequest, book: Book, pk: int) -> HttpResponseBase:
    if away := turned_away(request, book.read, machine=True):
        return away
    try:
        row = row_or_404(book, request.by, pk)
    except Http404 as missing:
        return JsonResponse({"error": str(missing)}, status=404, json_dumps_params={"ensure_ascii": False})
    data = plain_row(book, row)
    data["more"] = [{"label": label, "value": str(value)} for label, value in book.more(row) if value]
    if book.files is not None:
        data["attachments"] = [
            {
                "name": one.name,
                "url": f"{book.url_of(row)}/files/{one.pk}",
                "content_type": one.blob.content_type,
                "size": one.blob.size,
                "sha256": one.blob.sha256,
            }
            for one in Attachment.objects.of(row)
        ]
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
