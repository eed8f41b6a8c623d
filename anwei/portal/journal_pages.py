"""The journal on screen: newest first, filtered, page by page by key; one entry whole."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from anwei.books.doors import turned_away
from anwei.journal.by import capabilities, capability_label
from anwei.journal.models import Entry, Seal

_PAGE = 50
_LONGEST = 120
DOORS = {"web": "网页", "command": "命令行", "worker": "后台", "public": "公开页", "api": "接口", "gateway": "接口"}


class JournalFilter(forms.Form):
    person = forms.CharField(label="经办人", required=False)
    unit = forms.CharField(label="单位", required=False)
    act = forms.ChoiceField(label="事项", required=False)
    outcome = forms.ChoiceField(
        label="结果", required=False, choices=[("", "全部"), (Entry.DONE, "办理"), (Entry.REFUSED, "被拒")]
    )
    first = forms.DateField(label="自", required=False)
    last = forms.DateField(label="至", required=False)
    about = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named = sorted(capabilities().items(), key=lambda one: one[1])
        self.fields["act"].choices = [("", "全部"), *named]


@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    if away := turned_away(request, "journal.read"):
        return away
    filters = JournalFilter(request.GET)
    rows = _found(filters.cleaned_data if filters.is_valid() else {})
    page, newer, older = _page(rows, request.GET.get("before", ""), request.GET.get("after", ""))
    shown = {
        "filters": filters,
        "lines": entry_lines(page),
        "page": {"newer_url": _link(request, "after", newer), "older_url": _link(request, "before", older)},
        "sealed": Seal.objects.order_by("-last").first(),
    }
    return render(request, "journal/list.html", shown, status=200 if filters.is_valid() else 422)


def _found(asked: dict[str, Any]) -> QuerySet[Entry]:
    rows = Entry.objects.all()
    for name, lookup in (
        ("person", "by_person__contains"), ("unit", "by_unit__contains"), ("act", "act"), ("outcome", "outcome"),
        ("first", "day__gte"), ("last", "day__lte"), ("about", "subjects__about"),
    ):  # fmt: skip
        if asked.get(name):
            rows = rows.filter(**{lookup: asked[name]})
    return rows


def _page(rows: QuerySet[Entry], before: str, after: str) -> tuple[list[Entry], int | None, int | None]:
    """One page by key, and the keys for the page above and below it."""
    if after.isdecimal():
        found = list(rows.filter(id__gt=int(after)).order_by("id")[: _PAGE + 1])
        more, page = len(found) > _PAGE, found[:_PAGE][::-1]
        return page, page[0].pk if more and page else None, page[-1].pk if page else None
    below = rows.filter(id__lt=int(before)) if before.isdecimal() else rows
    found = list(below.order_by("-id")[: _PAGE + 1])
    page = found[:_PAGE]
    newer = page[0].pk if page and before.isdecimal() else None
    return page, newer, page[-1].pk if len(found) > _PAGE else None


def _link(request: HttpRequest, name: str, key: int | None) -> str:
    if key is None:
        return ""
    kept = {word: value for word, value in request.GET.items() if word not in ("before", "after") and value}
    return "?" + urlencode(kept | {name: key})


@require_GET
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    if away := turned_away(request, "journal.read"):
        return away
    row = get_object_or_404(Entry, pk=pk)
    seal = Seal.objects.filter(first__lte=row.pk, last__gte=row.pk).first()
    shown = {
        "entry": row,
        "act": capability_label(row.act),
        "door": DOORS.get(row.door, row.door),
        "subjects": row.subjects.all()[:200],
        "more": max(row.subjects.count() - 200, 0),
        "detail": json.dumps(row.detail, ensure_ascii=False, indent=2) if row.detail else "",
        "seal": seal,
    }
    return render(request, "journal/entry.html", shown)


def entry_lines(rows: Iterable[Entry]) -> list[dict[str, Any]]:
    return [
        {
            "entry": row,
            "act": capability_label(row.act),
            "words": row.summary if len(row.summary) <= _LONGEST else row.summary[:_LONGEST] + "…",
            "refused": row.outcome == Entry.REFUSED,
        }
        for row in rows
    ]
