"""落实情况表: a unit's own by period; for the office who has reported and who has not; beginning one."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from anwei.books.doors import turned_away
from anwei.books.moves import moved
from anwei.duties.actions import start_return
from anwei.duties.calendars import workdays
from anwei.duties.models import Part, Return
from anwei.duties.return_periods import STATES, Owing, chosen_window, owing, report_dues
from anwei.duties.sheets_return import units_workbook
from anwei.duties.views.breakdown_paper import moment
from anwei.duties.views.choices import choices
from anwei.duties.views.returns import BIG, SHEET_TYPE, as_file, own_units
from anwei.duties.views.returns_choices import asked_day, periods_of, report_plan, report_plans
from anwei.periods import Window, left_in_words, parse_day, window_of
from anwei.plans.models import Plan
from anwei.units.models import Unit

NOT_REPORTED = "not_reported"


@dataclass(frozen=True, slots=True)
class Row:
    """One return as the list shows it."""

    owing: Owing
    state: str
    word: str
    left: str
    late: bool
    may_start: bool


@require_safe
def return_list(request: HttpRequest) -> HttpResponseBase:
    if (away := turned_away(request, "report.read")) is not None:
        return away
    by, plans = request.by, report_plans(request)
    own, accepts = own_units(by), bool(by.may.reach("report.accept"))
    mine = [one for one in owing(plans, own) if one.window.start <= by.today] if own else []
    context = {
        "mine": [row_of(one, by.today, may_start=one.plan.state == Plan.ADOPTED) for one in reversed(mine)],
        "own": bool(own),
        "waiting": Part.objects.filter(acceptor_id__in=own, state="submitted").count() if accepts else 0,
        "accepts": accepts,
        "sees_all": by.may.reach("report.read").all,
    }
    if context["sees_all"]:
        context |= everybody(request, plans)
    return render(request, "duties/return_list.html", context)


@require_safe
def return_list_sheet(request: HttpRequest) -> HttpResponseBase:
    """What the list shows: all units of a period for the office, one's own otherwise."""
    if (away := turned_away(request, "report.read")) is not None:
        return away
    by, plans = request.by, report_plans(request)
    right = f"截至{moment(by)}"
    if by.may.reach("report.read").all:
        found = everybody(request, plans)
        title = f"{found['window'].label}落实情况表报送情况" if found.get("window") else "落实情况表报送情况"
        rows = [row.owing for row in found.get("rows", [])]
    else:
        title, rows = "本单位落实情况表", [one for one in owing(plans, own_units(by)) if one.window.start <= by.today]
    return as_file(units_workbook(title, rows, right, by), SHEET_TYPE, "returns.xlsx")


def everybody(request: HttpRequest, plans: list[Plan]) -> dict[str, Any]:
    """The office's list: one plan, one period, every unit that owes, filtered by state."""
    today = request.by.today
    begun = set(Return.objects.handed_in().order_by().values_list("plan_id", flat=True).distinct())
    plan = report_plan(request, plans, begun)
    if plan is None:
        return {"plan": None}
    all_rows = owing([plan])
    window = chosen_window(all_rows, asked_day(request), today)
    rows = [row_of(one, today) for one in all_rows if one.window == window]
    state = request.GET.get("state", "")
    state = state if state in STATES or state == NOT_REPORTED else ""
    shown = [
        row for row in rows if not state or row.state == state or (state == NOT_REPORTED and row.state != "handed_in")
    ]
    names = [("", "全部"), (NOT_REPORTED, "没有上报的"), *STATES.items()]
    query = {"plan": str(plan.pk), "day": window.start.isoformat()}
    return {
        "plan": plan,
        "plans": plans,
        "window": window,
        "periods": choices(
            [(one.start.isoformat(), one.label) for one in periods_of(plan, today)], window.start.isoformat()
        ),
        "states": choices(names, state),
        "rows": shown,
        "figures": figures(rows, query),
        "missing": [row.owing for row in rows if row.owing.is_missing(today)],
        "query": urlencode(query | ({"state": state} if state else {})),
        "district": f"/returns/district?{urlencode(query)}",
    }


def figures(rows: list[Row], query: dict[str, str]) -> list[dict[str, Any]]:
    def link(state: str) -> str:
        return f"/returns?{urlencode(query | {'state': state})}"

    count = {key: sum(row.state == key for row in rows) for key in STATES}
    return [
        {"name": "应报", "number": len(rows), "unit": "家", "url": f"/returns?{urlencode(query)}",
         "caliber": "本期有需要报告的条目的单位；全部条目都由台账计出或不涉及的不用报。"},
        {"name": "已上报", "number": count["handed_in"], "unit": "家", "url": link("handed_in"), "caliber": "经本单位审核人审核并上报的。"},
        {"name": "待审核", "number": count["checking"], "unit": "家", "url": link("checking"), "caliber": "填报人已提交，本单位审核人还没有审核。"},
        {"name": "填报中", "number": count["draft"], "unit": "家", "url": link("draft"), "caliber": "已开始填报，还没有提交审核。"},
        {"name": "没有上报", "number": len(rows) - count["handed_in"], "unit": "家", "url": link(NOT_REPORTED),
         "alarm": any(row.late and row.state != "handed_in" for row in rows), "caliber": "应报而没有上报的，过了区内时限即为缺报。"},
    ]  # fmt: skip


def row_of(one: Owing, today: date, *, may_start: bool = False) -> Row:
    state = one.state(today)
    handed = one.made.handed_in_on if one.made else None
    if handed is not None:
        left = "逾期上报" if one.late() else "按时上报"
    else:
        left = left_in_words(one.deadline, today, workdays()) if one.deadline else "时限未定"
    word = STATES[state] if state == "handed_in" or not one.is_missing(today) else f"缺报（{STATES[state]}）"
    word = "缺报" if state == "missing" else word
    return Row(one, state, word, left, one.late() or one.is_missing(today), may_start and one.made is None)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponseBase:
    """`?plan=&unit=&day=`: what would be begun; POST begins it, or goes on with what was begun."""
    if (away := turned_away(request, "report.fill")) is not None:
        return away
    given = request.POST if request.method == "POST" else request.GET
    plan, unit, window = _asked(request, given)
    made = Return.objects.filter(plan=plan, unit=unit, window_start=window.start).first()
    if request.method == "POST":
        fallback = made.get_absolute_url() if made else "/returns"
        answer = moved(request, fallback, "", lambda: start_return(request.by, unit, plan=plan, day=window.start))
        made = Return.objects.filter(plan=plan, unit=unit, window_start=window.start).first()
        return HttpResponseRedirect(made.get_absolute_url()) if made else answer
    if made is not None:
        return HttpResponseRedirect(made.get_absolute_url())
    dues = report_dues(plan, unit, window)
    context = {
        "plan": plan,
        "unit": unit,
        "window": window,
        "measures": len({due.duty.series_id for due in dues}),
        "deadline": min((due.deadline for due in dues if due.deadline), default=None),
        "begun": window.start <= request.by.today,
    }
    return render(request, "duties/return_start.html", context)


def _asked(request: HttpRequest, given: Any) -> tuple[Plan, Unit, Window]:
    """404 for a plan or unit that is not the person's to report on; the newest plan, today and the own unit by default."""
    own = own_units(request.by)
    plans = report_plans(request)
    plan_id, unit_id = given.get("plan", ""), given.get("unit", "")
    plan = next((one for one in plans if str(one.pk) == plan_id), None) if plan_id else next(iter(plans), None)
    wanted = int(unit_id) if unit_id.isascii() and unit_id.isdecimal() and len(unit_id) < 18 else None
    if not unit_id and request.by.unit is not None:
        wanted = request.by.unit.pk
    unit = Unit.objects.filter(pk=wanted).first() if wanted in own and (wanted or 0) < BIG else None
    if plan is None or unit is None:
        raise Http404("没有这份要点或这个单位的落实情况表，或者不归您填报。")
    try:
        day = parse_day(given.get("day", ""), "期次") if given.get("day") else request.by.today
    except ValueError as error:
        raise Http404(str(error)) from error
    return plan, unit, window_of(day, "half_year")
