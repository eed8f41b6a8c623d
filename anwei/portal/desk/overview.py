"""The pages 总览 and 到期日历 with their charts as JSON."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anwei.books.doors import turned_away
from anwei.duties.matrix import Figures, figures
from anwei.duties.models import Duty
from anwei.duties.standing import DUE_SOON, OVERDUE
from anwei.duties.standings import Table, standings
from anwei.duties.views.choices import chosen_day, chosen_plan
from anwei.duties.views.duty_list import lines
from anwei.plans.models import Plan
from anwei.portal.desk import dashboard
from anwei.portal.desk.calibers import calibers
from anwei.portal.desk.charts import chapters_option, trend_option
from anwei.portal.desk.held import own_units
from anwei.portal.desk.months import day_lines, month_after, month_before, month_grid
from anwei.portal.desk.office import is_office, signing
from anwei.portal.templatetags.look import LOOKS
from anwei.units.queries import overrides_on


@require_safe
def dashboard_page(request: HttpRequest) -> HttpResponseBase:
    if (away := turned_away(request, "duty.read")) is not None:
        return away
    plan = chosen_plan(request)
    if plan is None:
        return render(request, "duties/no_plan.html")
    return render(request, "portal/dashboard.html", _context(request, plan, chosen_day(request)))


@require_safe
def chapters_json(request: HttpRequest) -> HttpResponseBase:
    if (away := turned_away(request, "duty.read", machine=True)) is not None:
        return away
    plan = chosen_plan(request)
    if plan is None:
        return JsonResponse({"error": "还没有下达过工作要点。"}, status=404)
    on = chosen_day(request)
    found = dashboard.chapter_lines(plan, dashboard.seen_table(request.by, plan, on))
    return JsonResponse(chapters_option(found, _rows(plan, on)))


@require_safe
def trend_json(request: HttpRequest) -> HttpResponseBase:
    if (away := turned_away(request, "duty.read", machine=True)) is not None:
        return away
    plan = chosen_plan(request)
    if plan is None:
        return JsonResponse({"error": "还没有下达过工作要点。"}, status=404)
    ends = dashboard.month_ends(request.by, plan, chosen_day(request))
    return JsonResponse(trend_option(ends, f"/dashboard?plan={plan.pk}"))


def _rows(plan: Plan, on: date) -> str:
    return f"/duties?plan={plan.pk}&on={on}"


def _context(request: HttpRequest, plan: Plan, on: date) -> dict[str, Any]:
    by = request.by
    table = dashboard.seen_table(by, plan, on)
    words = calibers(on, overrides_on(on))
    chapters, ends = dashboard.chapter_lines(plan, table), dashboard.month_ends(by, plan, on)
    return {
        "plan": plan,
        "plans": Plan.objects.seen_by(by).adopted(),
        "on": on,
        "today": on == by.today,
        "as_of": None if on == by.today else on,
        "before": dashboard.a_month_before(on),
        "words": words,
        "figures": _figures(request, plan, on, table, words),
        "query": f"plan={plan.pk}&on={on}",
        "rows": _rows(plan, on),
        "chapter_columns": ["章", *(LOOKS[key].word for key in dashboard.DRAWN_KEYS)],
        "chapter_rows": [[one.title, *one.counts.values()] for one in chapters],
        "trend_columns": ["截至", "到期应办", "办结", "办结率", "逾期"],
        "trend_rows": [
            [one.day, one.figures.due, one.figures.done, one.figures.rate_words, one.figures.overdue] for one in ends
        ],
        "kinds": dashboard.kind_lines(table),
        "total": figures(table),
        "month": month_grid(table, [], on, on, f"{_rows(plan, on)}&day="),
        "red": lines(dashboard.red_list(table), on),
        "overdue": int((table.code == OVERDUE).sum()),
        "signing": [one for one in signing() if one.plan.pk == plan.pk] if is_office(by) else [],
    }


def _figures(request: HttpRequest, plan: Plan, on: date, table: Table, words: dict[str, Any]) -> list[dict[str, Any]]:
    now, before = figures(table), dashboard.month_earlier(request.by, plan, on)
    rows, then = _rows(plan, on), f"{before.day.month}月底"
    period = f"{plan.year}年" if plan.year else ""

    def figure(key: str, value: Any, url: str, note: str, unit: str = "项", *, alarm: bool = False) -> dict[str, Any]:
        one = words[key]
        return {
            "name": one.name, "number": value, "unit": unit, "url": url, "note": note, "alarm": alarm,
            "caliber": one.words, "source": one.source, "period": period, "as_of": on,
        }  # fmt: skip

    earlier: Figures = before.figures
    return [
        figure("owed", now.owed, f"{rows}&owed=1", f"{then}：{earlier.owed}"),
        figure("due", now.due, f"{rows}&due=1", f"{then}：{earlier.due}"),
        figure("rate", now.rate_words, f"{rows}&due=1&done=1", f"{then}：{earlier.rate_words}", ""),
        figure("overdue", now.overdue, f"{rows}&standing=overdue", f"{then}：{earlier.overdue}", alarm=now.overdue > 0),
        figure("due_soon", dashboard.near(table), f"{rows}&standing=due_soon", "时限临近、还没有办结"),
    ]


@require_safe
def calendar_page(request: HttpRequest) -> HttpResponseBase:
    """/calendar?month=2023-09&scope=own|all: what falls due on which day, and the dues of one day or the month."""
    if (away := turned_away(request, "duty.read")) is not None:
        return away
    return render(request, "portal/calendar.html", _calendar(request))


def _calendar(request: HttpRequest) -> dict[str, Any]:
    by, month = request.by, _month(request)
    own = own_units(by)
    mine = Duty.objects.of_units(own)
    sees_more = Duty.objects.seen_by(by).exclude(unit_id__in=own).exists()
    scope = request.GET.get("scope", "")
    scope = scope if scope in ("own", "all") else "own" if mine.exists() else "all"
    duties = Duty.objects.seen_by(by) if scope == "all" else mine
    table = standings(duties, by.today, overrides_on(by.today))
    narrowed = f"&unit={by.unit.pk}" if scope == "own" and by.unit else ""
    grid = month_grid(table, [], month, by.today, f"/duties?from=calendar{narrowed}&day=")
    return {
        "month": grid,
        "lines": day_lines(table, month),
        "narrowed": narrowed,
        "first": month,
        "scope": scope,
        "sees_more": sees_more,
        "previous": month_before(month),
        "next": month_after(month),
        "near": int((table.code == DUE_SOON).sum()),
        "caliber": calibers(by.today)["falls_due"],
    }


def _month(request: HttpRequest) -> date:
    """The first of the month in the address; this month where it cannot be read (with words)."""
    today: date = request.by.today
    text = request.GET.get("month", "").strip()
    if not text:
        return today.replace(day=1)
    try:
        found = date.fromisoformat(f"{text}-01")
        if not 2000 <= found.year <= 2100:
            raise ValueError
    except ValueError:
        messages.error(request, f"月份 {text[:20]} 不是有效月份，请按 年-月 填写，例如 2023-09。")
        return today.replace(day=1)
    return found
