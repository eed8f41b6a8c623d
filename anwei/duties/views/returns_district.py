"""全区落实情况表: page, paper, workbook. For those who may see every unit's return."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anwei.books.doors import turned_away
from anwei.duties.models import Return
from anwei.duties.papers_return import district_paper as paper
from anwei.duties.return_district import DistrictTable, district_table
from anwei.duties.sheets_return import district_workbook
from anwei.duties.views.breakdown import office_name
from anwei.duties.views.choices import choices, chosen_day
from anwei.duties.views.returns import PAPER_TYPE, SHEET_TYPE, as_file
from anwei.duties.views.returns_choices import asked_day, periods_of, report_plan, report_plans
from anwei.periods import window_of


@require_safe
def district(request: HttpRequest) -> HttpResponseBase:
    if (away := away_from_all(request)) is not None:
        return away
    table = asked(request)
    if table is None:
        return render(request, "duties/return_district.html", {"table": None})
    context = {
        "table": table,
        "plans": report_plans(request),
        "periods": choices(
            [(one.start.isoformat(), one.label) for one in periods_of(table.plan, request.by.today)],
            table.window.start.isoformat(),
        ),
        "office": office_name(),
        "today": table.on == request.by.today,
        "query": f"plan={table.plan.pk}&day={table.window.start}&on={table.on}",
        "maker": request.by.person_text,
    }
    return render(request, "duties/return_district.html", context)


@require_safe
def district_sheet(request: HttpRequest) -> HttpResponseBase:
    if (away := away_from_all(request)) is not None:
        return away
    table = asked(request)
    if table is None:
        return render(request, "duties/return_district.html", {"table": None}, status=404)
    data = district_workbook(table, request.by, office_name())
    return as_file(data, SHEET_TYPE, f"returns-{table.window.start}.xlsx")


@require_safe
def district_paper(request: HttpRequest) -> HttpResponseBase:
    if (away := away_from_all(request)) is not None:
        return away
    table = asked(request)
    if table is None:
        return render(request, "duties/return_district.html", {"table": None}, status=404)
    return as_file(paper(table, request.by, office_name()), PAPER_TYPE, f"returns-{table.window.start}.docx")


def away_from_all(request: HttpRequest) -> HttpResponseBase | None:
    """Sign-in, or words: the whole district is not a unit's to read."""
    away = turned_away(request, "report.read")
    if away is None and not request.by.may.reach("report.read").all:
        raise PermissionDenied("全区落实情况表由区安委办和区领导查看；本单位的在“落实情况表”里。")
    return away


def asked(request: HttpRequest) -> DistrictTable | None:
    plans = report_plans(request)
    begun = set(Return.objects.handed_in().order_by().values_list("plan_id", "window_start").distinct())
    plan = report_plan(request, plans, {one[0] for one in begun})
    if plan is None:
        return None
    newest = max((start for of, start in begun if of == plan.pk), default=request.by.today)
    window = window_of(asked_day(request) or newest, "half_year")
    return district_table(plan, window, chosen_day(request), request.by)
