"""Correcting a draft by hand: its head, a measure, the demands of a measure, the parent's measures."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from anwei.books.doors import turned_away
from anwei.books.moves import moved
from anwei.journal.by import NotAllowed, Refused
from anwei.plans.actions import choose_demands, edit_measure, link_parents, set_head
from anwei.plans.forms import DemandForm, HeadForm, MeasureForm, NewMeasureForm, problems_of
from anwei.plans.measure_actions import add_measure, remove_measure
from anwei.plans.models import Measure, Plan
from anwei.plans.pairing import Text, paired
from anwei.plans.views.doors import draft_or_404, measure_or_404

FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
def head_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    if (away := turned_away(request, "plan.edit")) is not None:
        return away
    plan = draft_or_404(request, pk)
    keys = ("title", "year", "document_number", "issuer", "issued_on", "parent", "outside", "version")
    parents = Plan.objects.filter(outside=True).exclude(pk=plan.pk).exclude(state=Plan.DISCARDED)
    given = (request.POST,) if request.method == "POST" else ()
    form = HeadForm(*given, parents=parents, initial={key: getattr(plan, key) for key in keys})
    if _sent(request, form, lambda: set_head(request.by, plan, form.cleaned_data["version"], form.head())):
        messages.success(request, "抬头已保存，称谓按印发日期重新核定。")
        return redirect(f"/plans/{pk}/review")
    return render(request, "plans/head.html", {"plan": plan, "form": form}, status=422 if form.errors else 200)


@FORM
def measure_page(request: HttpRequest, pk: int, measure: int) -> HttpResponseBase:
    if (away := turned_away(request, "plan.edit")) is not None:
        return away
    plan = draft_or_404(request, pk)
    row = measure_or_404(plan, measure)
    form = MeasureForm(row, *((request.POST,) if request.method == "POST" else ()))
    if _sent(request, form, lambda: edit_measure(request.by, row, form.cleaned_data["version"], form.edit())):
        messages.success(request, f"第{row.number}条已保存，称谓已重新核定。")
        return redirect(f"/plans/{pk}/review#m-{row.pk}")
    source = plan.source_text[row.span_start : row.span_end]
    context = {"plan": plan, "measure": row, "form": form, "source": source}
    return render(request, "plans/measure_form.html", context, status=422 if form.errors else 200)


@FORM
def add_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A measure that the reader missed."""
    if (away := turned_away(request, "plan.edit")) is not None:
        return away
    plan = draft_or_404(request, pk)
    form = NewMeasureForm(plan, *((request.POST,) if request.method == "POST" else ()))
    made: list[Measure] = []
    if _sent(request, form, lambda: made.append(add_measure(request.by, plan, **form.cleaned_data))):
        messages.success(request, f"已补上第{made[0].number}条，请填写单位和时限。")
        return redirect(f"/plans/{pk}/measures/{made[0].pk}/edit")
    return render(request, "plans/measure_add.html", {"plan": plan, "form": form}, status=422 if form.errors else 200)


@FORM
def remove_page(request: HttpRequest, pk: int, measure: int) -> HttpResponseBase:
    """What the reader took for a measure and is none."""
    if (away := turned_away(request, "plan.edit")) is not None:
        return away
    plan = draft_or_404(request, pk)
    row = measure_or_404(plan, measure)
    if request.method == "POST":
        said = request.POST.get("version", "")
        version = int(said) if said.isdecimal() and len(said) < 10 else 0
        words = f"已删去第{row.number}条。"
        return moved(request, f"/plans/{pk}/review", words, lambda: remove_measure(request.by, row, version))
    return render(request, "plans/measure_remove.html", {"plan": plan, "measure": row})


@FORM
def demands_page(request: HttpRequest, pk: int, measure: int) -> HttpResponseBase:
    if (away := turned_away(request, "plan.edit")) is not None:
        return away
    plan = draft_or_404(request, pk)
    row = measure_or_404(plan, measure)
    given = (request.POST,) if request.method == "POST" else ()
    forms = [DemandForm(demand, *given) for demand in row.demands.all()]
    if request.method == "POST":
        valid = [form.is_valid() for form in forms]  # all of them, so that every problem is said at once
        if all(valid):
            chosen = [form.demand.pk for form in forms if form.cleaned_data["chosen"]]
            changes = {form.demand.pk: form.changes() for form in forms}
            back, words = f"/plans/{pk}/review#m-{row.pk}", f"第{row.number}条的办结要求已保存。"
            return moved(request, back, words, lambda: choose_demands(request.by, row, chosen, changes))
        for problem in problems_of(forms):
            messages.error(request, problem)
    context = {"plan": plan, "measure": row, "forms": forms}
    return render(request, "plans/demands.html", context, status=422 if request.method == "POST" else 200)


@FORM
def parents_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Each measure beside the one of the parent plan that it carries out; proposals by text, chosen by a person."""
    if (away := turned_away(request, "plan.edit")) is not None:
        return away
    plan = draft_or_404(request, pk)
    if plan.parent is None:
        messages.info(request, "还没有选上级要点，请先在抬头里选。")
        return redirect(f"/plans/{pk}/head")
    above = list(plan.parent.measures.all())
    measures = list(plan.measures.select_related("parent_measure"))
    if request.method == "POST":
        known = {str(one.pk): one for one in above}
        pairs = {one.pk: known.get(request.POST.get(f"parent-{one.pk}", "")) for one in measures}
        return moved(
            request, f"/plans/{pk}/review", "上级要点的对应已保存。", lambda: link_parents(request.by, plan, pairs)
        )
    proposals = {one.new: one for one in paired(_texts(measures), _texts(above))}
    rows = [
        {
            "measure": one,
            "proposal": proposals[one.pk],
            "chosen": one.parent_measure_id or (proposals[one.pk].old if not any(m.parent_measure_id for m in measures) else None),
        }
        for one in measures
    ]  # fmt: skip
    return render(request, "plans/parents.html", {"plan": plan, "rows": rows, "above": above})


def _texts(measures: list[Measure]) -> list[Text]:
    return [Text(one.pk, one.number, one.title, one.text) for one in measures]


def _sent(request: HttpRequest, form: Any, action: Any) -> bool:
    """True when a valid form was sent and the action done; what was refused stands above the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        action()
    except NotAllowed:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
