"""From an address to a plan or its parts: what may not be seen does not exist."""

from typing import Any

from django.http import Http404, HttpRequest

from anwei.plans.models import Measure, Plan


def plan_or_404(request: HttpRequest, pk: int) -> Plan:
    found = Plan.objects.seen_by(request.by).select_related("parent", "replaces").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这份工作要点，或者您看不到它。")
    return found


def draft_or_404(request: HttpRequest, pk: int) -> Plan:
    """A plan still under review, for those who may edit it."""
    plan = plan_or_404(request, pk)
    if plan.state != Plan.DRAFT or not request.by.may.reach("plan.edit"):
        raise Http404("这份要点不在核对中。")
    return plan


def part_or_404(rows: Any, pk: int) -> Any:
    """A row below a plan that was found: `part_or_404(plan.measures, 3)`."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404("这份要点里没有这一条。")
    return found


def measure_or_404(plan: Plan, pk: int) -> Measure:
    return part_or_404(plan.measures.select_related("plan", "chapter"), pk)
