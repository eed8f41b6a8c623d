"""All plans that one may see: in force, under review, replaced, and those of the levels above."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anwei.books.doors import turned_away
from anwei.plans.models import Plan, PlanQuerySet


@require_safe
def plan_list(request: HttpRequest) -> HttpResponseBase:
    if (away := turned_away(request, "plan.read")) is not None:
        return away
    plans = list(seen_plans(request))
    outside = [plan for plan in plans if plan.outside]
    own = [plan for plan in plans if not plan.outside]
    groups = [
        ("执行中", [plan for plan in own if plan.state == Plan.ADOPTED]),
        ("核对中（还没有下达到任何单位）", [plan for plan in own if plan.state == Plan.DRAFT]),
        ("上级文件（只对应条目，不下达）", outside),
        ("已被新版替代", [plan for plan in own if plan.state == Plan.REPLACED]),
    ]
    context = {
        "groups": [(title, rows) for title, rows in groups if rows],
        "may_import": bool(request.by.may.reach("plan.import")),
    }
    return render(request, "plans/list.html", context)


@require_safe
def plan_list_json(request: HttpRequest) -> HttpResponseBase:
    if (away := turned_away(request, "plan.read", machine=True)) is not None:
        return away
    rows = [
        {
            "id": plan.pk,
            "title": plan.title,
            "year": plan.year,
            "document_number": plan.document_number,
            "issued_on": plan.issued_on,
            "state": plan.state,
            "outside": plan.outside,
            "replaces": plan.replaces_id,
            "parent": plan.parent_id,
            "measures": plan.measures_count,
        }
        for plan in seen_plans(request)
    ]
    return JsonResponse({"rows": rows}, json_dumps_params={"ensure_ascii": False})


def seen_plans(request: HttpRequest) -> PlanQuerySet:
    """With the number of measures; drafts put aside are gone."""
    plans = Plan.objects.seen_by(request.by).exclude(state=Plan.DISCARDED)
    return plans.annotate(measures_count=Count("measures")).select_related("replaces", "parent")
