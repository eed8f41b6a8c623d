"""任务分解表: on screen and A3 print, as a workbook, as a paper."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anwei.books.doors import turned_away
from anwei.duties.breakdown import breakdown_of
from anwei.duties.views.breakdown_paper import paper
from anwei.duties.views.breakdown_sheet import workbook
from anwei.plans.models import Plan
from anwei.plans.views.doors import plan_or_404
from anwei.units.queries import committee_office

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAPER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def breakdown_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    if (away := turned_away(request, "plan.read")) is not None:
        return away
    plan = _plan(request, pk)
    context = {
        "plan": plan,
        "table": breakdown_of(plan),
        "office": office_name(),
        "maker": request.by.person_text,
        "may_edit": bool(request.by.may.reach("plan.edit")),
    }
    return render(request, "duties/breakdown.html", context)


@require_safe
def breakdown_sheet(request: HttpRequest, pk: int) -> HttpResponseBase:
    if (away := turned_away(request, "plan.read")) is not None:
        return away
    plan = _plan(request, pk)
    return _file(workbook(breakdown_of(plan), request.by, office_name()), SHEET_TYPE, f"breakdown-{plan.pk}.xlsx")


@require_safe
def breakdown_paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    if (away := turned_away(request, "plan.read")) is not None:
        return away
    plan = _plan(request, pk)
    return _file(paper(breakdown_of(plan), request.by, office_name()), PAPER_TYPE, f"breakdown-{plan.pk}.docx")


def office_name() -> str:
    """Who makes the table; a district without an office yet leaves the place empty."""
    try:
        return committee_office().full
    except LookupError:
        return ""


def _plan(request: HttpRequest, pk: int) -> Plan:
    plan = plan_or_404(request, pk)
    if plan.state == Plan.DISCARDED:
        raise Http404("这份要点已弃用。")
    return plan


def _file(data: bytes, content_type: str, name: str) -> Any:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
