"""The dues behind every figure: one list for all of them, filtered by the address."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anwei.books.doors import turned_away
from anwei.duties.calendars import workdays
from anwei.duties.matrix import table_of
from anwei.duties.models import Duty
from anwei.duties.standing import DONE, EXTENDED, KEYS, NOT_APPLICABLE, OUTSIDE, WORST_FIRST
from anwei.duties.standings import Row, Table, standings
from anwei.duties.views.choices import choices, chosen_day, chosen_plan
from anwei.periods import in_words, left_in_words
from anwei.plans.models import Measure, Plan
from anwei.units.models import Kind, Unit
from anwei.units.queries import overrides_on

PAGE_SIZE = 100
GROUPS = {"territory": "属地（镇、街道、园区）", "members": "部门和驻区单位"}
# Narrowings that have no field of their own: filtering further keeps them, «清除» drops them.
KEPT = ("chapter", "kind", "group", "measures", "owed", "done", "day")
_RANK = {KEYS[code]: place for place, code in enumerate(WORST_FIRST)}


@dataclass(frozen=True, slots=True)
class Line:
    """One due as people read it."""

    row: Row
    duty: Duty
    left: str


@require_safe
def duty_list(request: HttpRequest) -> HttpResponseBase:
    if (away := turned_away(request, "duty.read")) is not None:
        return away
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "duties/no_plan.html")
    on = chosen_day(request)
    table = filtered(request, seen_table(request, plan, on))
    return render(request, "duties/duty_list.html", context(request, plan, on, table))


@require_safe
def duty_list_json(request: HttpRequest) -> HttpResponseBase:
    if (away := turned_away(request, "duty.read", machine=True)) is not None:
        return away
    plan = chosen_plan(request)
    if plan is None:
        return JsonResponse({"error": "还没有下达过工作要点。"}, status=404)
    on = chosen_day(request)
    table = filtered(request, seen_table(request, plan, on))
    found = lines(paged(in_order(table), page_of(request)), on)
    rows = [as_json(line) for line in found]
    answer = {"as_of": on.isoformat(), "total": len(table), "rows": rows}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def seen_table(request: HttpRequest, plan: Plan, on: date) -> Table:
    """The dues of one plan; a day of a calendar without a plan asks for those of all plans."""
    duties = Duty.objects.seen_by(request.by)
    return standings(duties, on, overrides_on(on)) if of_all_plans(request) else table_of(plan, on, duties)


def of_all_plans(request: HttpRequest) -> bool:
    return not request.GET.get("plan") and _day(request.GET.get("day", "")) is not None


def page_of(request: HttpRequest) -> int:
    return max(_number(request.GET.get("page")) or 1, 1)


def paged(rows: list[Row], page: int) -> list[Row]:
    return rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]


def filtered(request: HttpRequest, table: Table) -> Table:
    """By measure, chapter, unit (whoever acts counts as well), kind of who acts, standing, begun, fallen due, day."""
    table = _of_units(request, _of_measures(request, table))
    read = request.GET
    if (standing := read.get("standing", "")) in KEYS:
        table = table.where(table.code == KEYS.index(standing))
    if read.get("done") == "1":
        table = table.where(np.isin(table.code, list(DONE)))
    if read.get("owed") == "1":
        table = table.opened()
        table = table.where(~np.isin(table.code, OUTSIDE))
    if read.get("due") == "1":
        passed = (table.deadline <= np.datetime64(table.on)) & (table.code != EXTENDED)
        table = table.where(passed & ~np.isin(table.code, OUTSIDE))
    if day := _day(read.get("day", "")):
        # As a calendar counts: what is not applicable falls due on no day.
        table = table.where((table.deadline == np.datetime64(day)) & (table.code != NOT_APPLICABLE))
    return table


def _of_measures(request: HttpRequest, table: Table) -> Table:
    read = request.GET
    if (measure := _number(read.get("measure"))) is not None:
        series = Measure.objects.filter(pk=measure).values_list("series_id", flat=True).first()
        table = table.where(table.series == (series or -1))
    if (chapter := _number(read.get("chapter"))) is not None and (plan := chosen_plan(request)) is not None:
        inside = plan.measures.filter(chapter__order=chapter).exclude(series=None).values_list("series_id", flat=True)
        table = table.where(np.isin(table.series, list(inside)))
    if several := read.get("measures", ""):
        wanted = [pk for one in several.split(",")[:200] if (pk := _number(one)) is not None]
        inside = Measure.objects.filter(pk__in=wanted).exclude(series=None).values_list("series_id", flat=True)
        table = table.where(np.isin(table.series, list(inside)))
    return table


def _of_units(request: HttpRequest, table: Table) -> Table:
    read = request.GET
    acting = Unit.objects.filter(pk__in=set(table.actor.tolist()))
    if (group := read.get("group", "")) in GROUPS:
        of_group = acting.territory() if group == "territory" else acting.members()
        table = table.where(np.isin(table.actor, list(of_group.values_list("id", flat=True))))
    if (kind := read.get("kind", "")) in Kind.values:
        table = table.where(np.isin(table.actor, list(acting.filter(kind=kind).values_list("id", flat=True))))
    if (unit := _number(read.get("unit"))) is not None:
        table = table.where((table.unit == unit) | (table.actor == unit))
    return table


def narrowed(request: HttpRequest, plan: Plan) -> list[str]:
    """What the address asks for and no field of the form shows, in words."""
    read = request.GET
    words = []
    if (chapter := _number(read.get("chapter"))) is not None:
        words += [one.title for one in plan.chapters.filter(order=chapter)]
    if (kind := read.get("kind", "")) in Kind.values:
        words.append(str(Kind(kind).label))
    if (group := read.get("group", "")) in GROUPS:
        words.append(GROUPS[group])
    if read.get("measures"):
        words.append("进展一览筛出的条目")
    if read.get("owed") == "1":
        words.append("应办（窗口已开始）")
    if read.get("done") == "1":
        words.append("办结和逾期办结")
    if day := _day(read.get("day", "")):
        words.append(f"{in_words(day)}到期")
    return words


def in_order(table: Table) -> list[Row]:
    """Worst first, then by deadline."""
    return sorted(table.rows(), key=lambda row: (_RANK[row.standing], row.deadline or date.max, row.duty_id))


def lines(rows: list[Row], on: date) -> list[Line]:
    """Rows with their duties: one query for a page."""
    duties = (
        Duty.objects.filter(pk__in={row.duty_id for row in rows})
        .select_related("unit", "actor", "demand__measure", "acceptor")
        .in_bulk()
    )
    calendar = workdays()
    return [
        Line(row, duties[row.duty_id], left_in_words(row.deadline, on, calendar) if row.deadline else "未定日")
        for row in rows
    ]


def context(request: HttpRequest, plan: Plan, on: date, table: Table) -> dict[str, Any]:
    rows = in_order(table)
    page = page_of(request)
    shown = paged(rows, page)
    units = Unit.objects.filter(pk__in=set(table.actor.tolist())).official()
    return {
        "plan": plan,
        "on": on,
        "lines": lines(shown, on),
        "total": len(rows),
        "units": choices([("", "全部单位")] + [(str(u.pk), u.short) for u in units], request.GET.get("unit", "")),
        "measures": choices(
            [("", "全部条目")] + [(str(m.pk), f"{m.number} {m.short}") for m in plan.measures.all()],
            request.GET.get("measure", ""),
        ),
        "standings": choices([("", "")] + [(key, "") for key in KEYS], request.GET.get("standing", "")),
        "due": request.GET.get("due") == "1",
        "all_plans": of_all_plans(request),
        "narrowed": narrowed(request, plan),
        "kept": [(key, request.GET[key]) for key in KEPT if request.GET.get(key)],
        "page": {
            "words": f"共 {len(rows)} 项",
            "newer_url": _turned(request, page - 1) if page > 1 else "",
            "older_url": _turned(request, page + 1) if page * PAGE_SIZE < len(rows) else "",
        },
    }


def as_json(line: Line) -> dict[str, Any]:
    return {
        "duty": line.duty.pk,
        "measure": line.duty.demand.measure.number,
        "unit": line.duty.unit.short,
        "demand": line.duty.demand.finish,
        "window": line.row.label,
        "deadline": line.row.deadline.isoformat() if line.row.deadline else None,
        "standing": line.row.standing,
        "count": line.row.count,
        "met_on": line.row.met_on.isoformat() if line.row.met_on else None,
    }


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _turned(request: HttpRequest, page: int) -> str:
    query = request.GET.dict() | {"page": str(page)}
    return f"{request.path}?{urlencode(query)}"
