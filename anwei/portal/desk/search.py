"""Search over measures, duties of one's own reach, units and activities: words of two characters work, each group capped."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anwei.activities.models import Activity
from anwei.books.doors import turned_away
from anwei.duties.models import Duty
from anwei.journal.by import By
from anwei.periods import in_words
from anwei.plans.models import Measure, Plan
from anwei.units.models import Kind, Unit

CAP = 20
LONGEST = 40
_AROUND = 30


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    hits: list[Hit]
    more: bool
    url: str  # the list of this kind, narrowed where it can be


def search(by: By, text: str) -> list[Group]:
    """Groups in which something was found. Every word must be found; nothing that `by` may not see is."""
    words = text[:LONGEST].split()
    if not words:
        return []
    groups = [find(by, words) for find in (_measures, _duties, _units, _activities)]
    return [group for group in groups if group.hits]


def _measures(by: By, words: list[str]) -> Group:
    """Of plans in force; a number alone finds the measure of that number."""
    plans = Plan.objects.seen_by(by).in_force()
    rows = Measure.objects.filter(plan__in=plans).select_related("plan")
    fields = ("title", "text", "short", "assignments__reference")
    found = _found(rows, words, fields, extra=lambda word: Q(number=word.strip("第条"))).distinct()
    return _group("工作要点", found, "/plans", lambda row: Hit(
        f"第{row.number}条　{row.title}", f"/plans/{row.plan_id}/measures/{row.pk}", around(row.text, words)))  # fmt: skip


def _duties(by: By, words: list[str]) -> Group:
    rows = Duty.objects.seen_by(by).holding_on(by.today)
    fields = ("demand__finish", "demand__sentence", "demand__measure__short", "unit__short")
    found = _found(rows, words, fields).select_related("demand__measure", "unit")
    return _group("任务", found.order_by("demand__measure__order", "unit__order"), "/duties", lambda row: Hit(
        f"{row.unit}：第{row.demand.measure.number}条　{row.demand.finish}", row.get_absolute_url(),
        around(row.demand.sentence, words)))  # fmt: skip


def _units(by: By, words: list[str]) -> Group:
    rows = Unit.objects.standing_on(by.today)
    reach = by.may.reach("unit.read")
    if not reach.all:
        rows = rows.filter(pk__in=reach.owners)
    found = _found(rows, words, ("short", "full", "aliases__text")).distinct().official()
    return _group("单位", found, "/units", lambda row: Hit(
        row.short, f"/units/{row.pk}", f"{Kind(row.kind).label}　{row.full}"))  # fmt: skip


def _activities(by: By, words: list[str]) -> Group:
    found = _found(Activity.objects.seen_by(by).valid(), words, ("topic", "summary")).select_related("host")
    url = f"/activities?q={words[0]}" if len(words) == 1 else "/activities"
    return _group("活动台账", found.order_by("-happened_on", "-id"), url, lambda row: Hit(
        row.topic, row.get_absolute_url(), f"{in_words(row.happened_on)}　{row.host}　{row.kind_data.label}"))  # fmt: skip


def _found(
    rows: QuerySet[Any], words: list[str], fields: tuple[str, ...], extra: Callable[[str], Q] | None = None
) -> Any:
    """Rows in which each word stands in one of the fields."""

    def one(word: str) -> Q:
        hit = reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields))
        return hit | extra(word) if extra else hit

    return rows.filter(reduce(and_, (one(word) for word in words)))


def _group(title: str, rows: QuerySet[Any], url: str, hit: Callable[[Any], Hit]) -> Group:
    first = list(rows[: CAP + 1])
    return Group(title, [hit(row) for row in first[:CAP]], len(first) > CAP, url)


def around(text: str, words: list[str]) -> str:
    """The text around the first word that stands in it; its beginning otherwise."""
    at = next((place for word in words if (place := text.find(word)) >= 0), 0)
    start = max(at - _AROUND // 2, 0)
    cut = text[start : at + 2 * _AROUND]
    return ("…" if start else "") + cut + ("…" if len(text) > at + 2 * _AROUND else "")


@require_safe
def search_page(request: HttpRequest) -> HttpResponseBase:
    if (away := turned_away(request, "notice.read")) is not None:
        return away
    text = request.GET.get("q", "").strip()
    context = {"text": text[:LONGEST], "groups": search(request.by, text), "cap": CAP}
    return render(request, "portal/search.html", context)
