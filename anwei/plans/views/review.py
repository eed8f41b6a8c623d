"""核对: the finding beside the text, and what is settled with one click there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anwei.books.doors import turned_away
from anwei.books.moves import moved
from anwei.files.models import Attachment
from anwei.plans.actions import discard, settle_finding
from anwei.plans.candidate_actions import accept_as_alias, accept_as_named
from anwei.plans.models import Assignment, Finding, Plan
from anwei.plans.reviewing import review_of
from anwei.plans.views.doors import draft_or_404, part_or_404
from anwei.units.models import Unit


@require_safe
def review_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    if (away := turned_away(request, "plan.edit")) is not None:
        return away
    plan = draft_or_404(request, pk)
    context = {
        "review": review_of(plan, request.by.today),
        "plan": plan,
        "may_adopt": bool(request.by.may.reach("plan.adopt")) and not plan.outside,
        "original": Attachment.objects.of(plan).first(),
    }
    return render(request, "plans/review.html", context)


@require_POST
def settle(request: HttpRequest, pk: int, finding: int) -> HttpResponseBase:
    if (away := turned_away(request, "plan.edit")) is not None:
        return away
    plan = draft_or_404(request, pk)
    row: Finding = part_or_404(plan.findings, finding)
    back = f"/plans/{pk}/review#{f'm-{row.measure_id}' if row.measure_id else 'general'}"
    return moved(request, back, "已记下处理。", lambda: settle_finding(request.by, row, request.POST.get("words", "")))


@require_POST
def accept(request: HttpRequest, pk: int, reference: int) -> HttpResponseBase:
    """A candidate for an unknown or vague name: `as=alias` for all plans, else a decision for this measure."""
    if (away := turned_away(request, "plan.edit")) is not None:
        return away
    plan = draft_or_404(request, pk)
    row: Assignment = part_or_404(
        Assignment.objects.filter(measure__plan=plan).select_related("measure__plan"), reference
    )
    chosen = request.POST.get("unit", "")
    unit = part_or_404(Unit.objects.standing_on(request.by.today), int(chosen) if chosen.isdecimal() else 0)
    action = accept_as_alias if request.POST.get("as") == "alias" else accept_as_named
    words = f"“{row.reference}”已定为{unit}。"
    return moved(request, f"/plans/{pk}/review#m-{row.measure_id}", words, lambda: action(request.by, row, unit))


@require_http_methods(["GET", "HEAD", "POST"])
def discard_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    if (away := turned_away(request, "plan.edit")) is not None:
        return away
    plan = draft_or_404(request, pk)
    below = plan.children.exclude(state=Plan.DISCARDED).first()
    if below is not None:
        messages.error(request, f"《{below}》以它为上级要点，不能弃用；请先在那份要点的抬头里改。")
        return redirect(f"/plans/{pk}/review")
    if request.method == "POST":
        return moved(request, "/plans", f"已弃用草稿《{plan}》。", lambda: discard(request.by, plan))
    return render(request, "plans/discard.html", {"plan": plan})
