"""OpenAPI 3.1 of all registered books, made from their columns and filters."""

from collections.abc import Iterable
from typing import Any, Final

from anwei.books.book import Book
from anwei.books.columns import Column
from anwei.books.filters import Choice, Days, Filter, Flag, Keyword
from anwei.books.listing import AFTER, BEFORE, LIMIT, PAGE, SIZE, SORT

VERSION: Final = "1"
_TEXT: Final = {"type": "string"}
_DAY: Final = {"type": "string", "format": "date"}
_ERROR: Final = {"$ref": "#/components/schemas/Error"}


def openapi(books: Iterable[Book]) -> dict[str, Any]:
    """The document as JSON-ready values. Sign-in is the session cookie of the pages."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = _shared_schemas()
    for book in books:
        schemas[_name(book)] = _row_schema(book)
        paths[f"{book.url}.json"] = {"get": _list_operation(book)}
        paths[f"{book.url}.xlsx"] = {"get": _sheet_operation(book)}
        paths[f"{book.url}/{{id}}.json"] = {"get": _detail_operation(book)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "安委 Anwei", "version": VERSION, "description": "台账只读接口；写入请走页面和导入。"},
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "sessionid"}},
        },
        "security": [{"session": []}],
    }


def _name(book: Book) -> str:
    return "".join(part.capitalize() for part in book.key.replace("-", "_").split("_"))


def _shared_schemas() -> dict[str, Any]:
    unit = {"type": "object", "required": ["id", "name"], "properties": {"id": {"type": "integer"}, "name": _TEXT}}
    choice = {"type": "object", "required": ["key", "name"], "properties": {"key": _TEXT, "name": _TEXT}}
    error = {"type": "object", "properties": {"error": _TEXT, "message": _TEXT, "fields": {"type": "object"}}}
    attachment = {
        "type": "object",
        "required": ["name", "url", "content_type", "size", "sha256"],
        "properties": {
            "name": _TEXT,
            "url": _TEXT,
            "content_type": _TEXT,
            "size": {"type": "integer"},
            "sha256": _TEXT,
        },
    }
    return {"Unit": unit, "Choice": choice, "Error": error, "Attachment": attachment}


def _column_schema(column: Column) -> dict[str, Any]:
    match column.kind:
        case "date":
            return {"type": ["string", "null"], "format": "date", "title": column.label}
        case "number":
            return {"type": ["number", "null"], "title": column.label}
        case "unit":
            return {"oneOf": [{"$ref": "#/components/schemas/Unit"}, {"type": "null"}], "title": column.label}
        case "units":
            return {"type": "array", "items": {"$ref": "#/components/schemas/Unit"}, "title": column.label}
        case "choice" | "lamp":
            return {"oneOf": [{"$ref": "#/components/schemas/Choice"}, {"type": "null"}], "title": column.label}
    return {"type": ["string", "null"], "title": column.label}


def _row_schema(book: Book) -> dict[str, Any]:
    properties = {column.name: _column_schema(column) for column in book.columns}
    return {
        "type": "object",
        "title": book.noun,
        "required": ["id", "url", *properties],
        "properties": {"id": {"type": "integer"}, "url": _TEXT, **properties},
    }


def _parameter(name: str, schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": words}


def _filter_parameters(one: Filter) -> list[dict[str, Any]]:
    match one:
        case Keyword():
            return [_parameter(one.name, {**_TEXT, "maxLength": 60}, one.label)]
        case Days():
            return [
                _parameter(f"{one.name}_from", _DAY, f"{one.label}自"),
                _parameter(f"{one.name}_to", _DAY, f"{one.label}至"),
            ]
        case Flag():
            return [_parameter(one.name, {"type": "string", "enum": ["on"]}, one.label)]
        case Choice():
            return [_parameter(one.name, _TEXT, one.label)]


def _parameters(book: Book) -> list[dict[str, Any]]:
    sorts = [sign + column.name for column in book.columns if column.sort for sign in ("", "-")]
    return [
        *(found for one in book.filters for found in _filter_parameters(one)),
        _parameter(SORT, {**_TEXT, "enum": sorts}, "排序，“-”为从后往前"),
    ]


def _paging() -> list[dict[str, Any]]:
    return [
        _parameter(AFTER, _TEXT, "从这一条之后取；用上一次回答里的 next"),
        _parameter(BEFORE, _TEXT, "从这一条之前取"),
        _parameter(SIZE, {"type": "integer", "minimum": 1, "maximum": LIMIT, "default": PAGE}, "一次取几条"),
    ]


def _answers(words: str, content: dict[str, Any]) -> dict[str, Any]:
    error = {"application/json": {"schema": _ERROR}}
    return {
        "200": {"description": words, "content": content},
        "401": {"description": "没有登录", "content": error},
        "403": {"description": "没有权限", "content": error},
    }


def _list_operation(book: Book) -> dict[str, Any]:
    listed = {
        "type": "object",
        "required": ["results", "next", "count", "count_capped", "as_of"],
        "properties": {
            "results": {"type": "array", "items": {"$ref": f"#/components/schemas/{_name(book)}"}},
            "next": {"type": ["string", "null"], "description": "下一页的地址"},
            "count": {"type": "integer"},
            "count_capped": {"type": "boolean", "description": "实际条数多于 count"},
            "as_of": {"type": "string", "format": "date-time"},
        },
    }
    answers = _answers(book.title, {"application/json": {"schema": listed}})
    answers["400"] = {"description": "筛选条件有误", "content": {"application/json": {"schema": _ERROR}}}
    return {
        "operationId": f"list_{book.key}",
        "summary": book.title,
        "description": f"口径：{book.caliber}",
        "parameters": [*_parameters(book), *_paging()],
        "responses": answers,
    }


def _sheet_operation(book: Book) -> dict[str, Any]:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answers = _answers(f"{book.title}（Excel）", {kind: {"schema": {"type": "string", "format": "binary"}}})
    answers |= {
        code: {"description": words} for code, words in (("302", "没有登录，转到登录页"), ("400", "筛选条件有误"))
    }
    return {
        "operationId": f"export_{book.key}",
        "summary": f"{book.title}导出",
        "parameters": _parameters(book),
        "responses": answers,
    }


def _detail_operation(book: Book) -> dict[str, Any]:
    row = {"$ref": f"#/components/schemas/{_name(book)}"}
    more: dict[str, Any] = {"more": {"type": "array", "items": {"type": "object"}}}
    if book.files is not None:
        more["attachments"] = {"type": "array", "items": {"$ref": "#/components/schemas/Attachment"}}
    schema = {"allOf": [row, {"type": "object", "properties": more}]}
    answers = _answers(book.noun, {"application/json": {"schema": schema}})
    error = {"application/json": {"schema": _ERROR}}
    answers["404"] = {"description": "没有这一条，或者您看不到它", "content": error}
    place = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 0}}
    return {"operationId": f"get_{book.key}", "summary": book.noun, "parameters": [place], "responses": answers}
