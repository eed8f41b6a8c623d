"""/openapi.json and the page that reads it to people: every address that answers machines, in one document."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anwei.books.book import registered
from anwei.books.doors import turned_away
from anwei.books.openapi import openapi
from anwei.duties.standing import KEYS


@cache
def document() -> dict[str, Any]:
    """OpenAPI 3.1, JSON-ready: the registered books and the addresses of openapi.yaml."""
    made = openapi(registered())
    ours = yaml.safe_load((Path(__file__).parent / "openapi.yaml").read_text(encoding="utf-8"))
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    for path in ours["paths"].values():
        path["get"]["responses"] |= {
            "401": {"description": "没有登录", "content": error},
            "403": {"description": "没有权限", "content": error},
        }
    ours["schemas"]["Standing"]["enum"] = list(KEYS)
    made["info"]["description"] = "只读接口：与页面同一权限、同一口径；写入请走页面和导入。先登录，凭会话 Cookie 访问。"
    made["paths"] |= ours["paths"]
    made["components"]["schemas"] |= ours["schemas"]
    made["components"]["parameters"] = ours["parameters"]
    return made


@dataclass(frozen=True, slots=True)
class Line:
    """One address as people read it."""

    path: str
    title: str
    words: str
    asks: list[tuple[str, str]]


def lines() -> list[Line]:
    made = document()
    return [
        Line(path, got["summary"], got.get("description", ""), [_asked(made, one) for one in got.get("parameters", [])])
        for path, got in ((path, methods["get"]) for path, methods in made["paths"].items())
    ]


def _asked(made: dict[str, Any], parameter: dict[str, Any]) -> tuple[str, str]:
    if "$ref" in parameter:
        parameter = made["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]
    return parameter["name"], parameter.get("description", "编号")


@require_safe
def openapi_json(request: HttpRequest) -> HttpResponseBase:
    if (away := turned_away(request, "notice.read", machine=True)) is not None:
        return away
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


@require_safe
def api_page(request: HttpRequest) -> HttpResponseBase:
    if (away := turned_away(request, "notice.read")) is not None:
        return away
    return render(request, "portal/api.html", {"lines": lines()})
