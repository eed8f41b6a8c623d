"""The document describes what the addresses do."""

import pytest
from django.urls import resolve

from anwei.books.book import registered
from anwei.books.filters import filter_form
from anwei.books.openapi import openapi

BOOKS = pytest.mark.parametrize("book", registered(), ids=lambda book: book.key)


@BOOKS
def test_every_path_of_the_document_is_an_address(book):
    for path in openapi([book])["paths"]:
        assert resolve(path.replace("{id}", "1"))


@BOOKS
@pytest.mark.django_db
def test_every_filter_of_the_page_is_a_parameter_of_the_document(book, district):
    listed = openapi([book])["paths"][f"{book.url}.json"]["get"]["parameters"]
    names = {one["name"] for one in listed}
    assert (
        set(filter_form(book.filters, district.by("office"), {}).fields) | {"after", "before", "sort", "limit"} == names
    )


def test_every_reference_of_the_document_leads_somewhere():
    document = openapi(registered())

    def references(part):
        if isinstance(part, dict):
            yield from ([part["$ref"]] if "$ref" in part else [])
            part = part.values()
        if isinstance(part, dict | list) or (hasattr(part, "__iter__") and not isinstance(part, str)):
            for one in part:
                yield from references(one)

    found = set(references(document))
    assert found
    for reference in found:
        assert reference.rpartition("/")[2] in document["components"]["schemas"]
    assert document["openapi"] == "3.1.0"
