"""The plan in force: chapters, measures, units, deadlines and standing; a measure with all that hangs on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from anwei.books.doors import turned_away
from anwei.books.moves import moved
from anwei.books.timeline import timeline_of
from anwei.duties.actions import anchor
from anwei.duties.breakdown import Entry, breakdown_of
from anwei.duties.matrix import CALIBER, OWED_CALIBER, figures, table_of
from anwei.duties.models import Duty
from anwei.duties.progress import Progress, by_measure, unit_progress
from anwei.duties.queries import to_anchor
from anwei.duties.views.choices import chosen_day
from anwei.files.models import Attachment
from anwei.journal.by import By, Refused
from anwei.periods import in_words, parse_day
from anwei.plans.marking import pieces
from anwei.plans.models import Measure, Plan
from anwei.plans.reviewing import UNSETTLED, card_of, deadline_marks, reference_marks
from anwei.plans.views.doors import measure_or_404, plan_or_404
from anwei.units.models import Unit


@dataclass(frozen=True, slots=True)
class Line:
    entry: Entry
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class Block:
    title: str
    lines: list[Line]


@require_safe
def plan_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    if (away := turned_away(request, "plan.read")) is not None:
        return away
    plan = plan_or_404(request, pk)
    if plan.state == Plan.DRAFT:
        return redirect(f"/plans/{pk}/review")
    if plan.state == Plan.DISCARDED:
        raise Http404("这份要点已弃用。")
    on = chosen_day(request)
    table = table_of(plan, on, Duty.objects.seen_by(request.by))
    progress = by_measure(table)
    found = breakdown_of(plan)
    blocks = [
        Block(chapter.title, [Line(entry, progress.get(entry.measure.series_id or 0)) for entry in chapter.entries])
        for chapter in found.chapters
    ]
    context = {
        "plan": plan,
        "blocks": blocks,
        "on": on,
        "as_of": None if on == request.by.today else on,
        "figures": heads(plan, table, on, found.to_name, request.by),
        "to_name": found.to_name,
        "may_edit": bool(request.by.may.reach("plan.edit")),
        "sees_all": request.by.may.reach("duty.read").all,
        "original": Attachment.objects.of(plan).first(),
        "successor": getattr(plan, "replaced_by", None) if plan.state == Plan.REPLACED else None,
    }
    return render(request, "duties/plan.html", context)


def heads(plan: Plan, table: Any, on: Any, to_name: int, by: By) -> list[dict[str, Any]]:
    """The numbers above the plan, each with its 口径 and its rows."""
    found = figures(table)
    rows = f"/duties?plan={plan.pk}&on={on}"
    shown = [
        {"name": "应办事项", "number": found.owed, "unit": "项", "url": f"{rows}&owed=1",
         "caliber": OWED_CALIBER},
        {"name": "到期应办", "number": found.due, "unit": "项", "url": f"{rows}&due=1",
         "caliber": "时限已到的应办事项；延期中的不计。"},
        {"name": "办结率", "number": found.rate_words, "url": f"{rows}&due=1&done=1", "caliber": CALIBER},
        {"name": "逾期", "number": found.overdue, "unit": "项", "url": f"{rows}&standing=overdue",
         "alarm": found.overdue > 0, "caliber": "时限已过、没有办结、没有批准延期的。"},
    ]  # fmt: skip
    if to_name:
        url = f"/plans/{plan.pk}/namings" if by.may.reach("plan.edit") else ""
        words = "原文写“有关部门”之类、还没有点到具体单位的称谓。"
        shown.append({"name": "待点名", "number": to_name, "unit": "项", "url": url, "caliber": words})
    return shown


@require_safe
def measure_page(request: HttpRequest, pk: int, measure: int) -> HttpResponseBase:
    if (away := turned_away(request, "plan.read")) is not None:
        return away
    plan = plan_or_404(request, pk)
    row = measure_or_404(plan, measure)
    if plan.state == Plan.DRAFT and not plan.outside:
        return redirect(f"/plans/{pk}/review#m-{row.pk}")
    on = chosen_day(request)
    context = measure_context(request.by, plan, row) | standing_context(request, row, on)
    return render(request, "duties/measure.html", context)


@require_POST
def anchor_day(request: HttpRequest, pk: int, measure: int) -> HttpResponseBase:
    """POST happened_on: the event has happened from which the deadline runs."""
    plan = plan_or_404(request, pk)
    row = measure_or_404(plan, measure)

    def set_day() -> str:
        try:
            day = parse_day(request.POST.get("happened_on", ""), "起算日")
        except ValueError as error:
            raise Refused(str(error)) from error
        return in_words(anchor(request.by, row, happened_on=day))

    back = f"/plans/{pk}/measures/{row.pk}#units"
    return moved(request, back, "起算日已定，时限 {result}。", set_day)


def measure_context(by: By, plan: Plan, row: Measure) -> dict[str, Any]:
    full = plan.measures.select_related("plan", "chapter", "gatherer", "parent_measure__plan").prefetch_related(
        "assignments__resolved__unit", "demands", "findings"
    )
    measure = full.get(pk=row.pk)
    card = card_of(measure, None, {})
    text = plan.source_text
    span = (measure.span_start, measure.span_end)
    marks = [m for m in [*reference_marks(text, card), *deadline_marks(text, measure)] if span[0] <= m.start < span[1]]
    shifted = [m.moved(-span[0]) for m in marks if m.end <= span[1]]
    parent = measure.parent_measure
    seen = Plan.objects.seen_by(by)
    neighbours = list(plan.measures.filter(order__in=[measure.order - 1, measure.order + 1]))
    edits = bool(by.may.reach("plan.edit"))
    return {
        "plan": plan,
        "measure": measure,
        "card": card,
        "text": pieces(text[span[0] : span[1]], shifted),
        "namings": plan.namings.filter(measure_number=measure.number).prefetch_related("units"),
        "parent": parent,
        "parent_seen": parent is not None and seen.filter(pk=parent.plan_id).exists(),
        "children": Measure.objects.filter(parent_measure=measure, plan__in=seen).select_related("plan"),
        "before": next((one for one in neighbours if one.order < measure.order), None),
        "after": next((one for one in neighbours if one.order > measure.order), None),
        "open_names": sum(one.row.status in UNSETTLED for role in card.roles for one in role.references),
        "may_edit": edits,
        "deadlines": [date.fromisoformat(day) for day in measure.deadlines],
        "anchoring": anchoring(by, measure),
        "steps": timeline_of(plan) if edits else None,
    }


def anchoring(by: By, measure: Measure) -> dict[str, Any] | None:
    """For those who hand plans down: how many duties run from an event, and the deadline that was reckoned last."""
    if not measure.relative or measure.plan.state != Plan.ADOPTED or not by.may("plan.adopt", measure):
        return None
    dues = to_anchor(measure)
    count = dues.count()
    if not count:
        return None
    return {"count": count, "deadline": dues.exclude(deadline=None).values_list("deadline", flat=True).first()}


def standing_context(request: HttpRequest, row: Measure, on: Any) -> dict[str, Any]:
    """Every unit that owes something here, in the official order, as far as this person may see."""
    duties = Duty.objects.seen_by(request.by)
    table = table_of(row.plan, on, duties)
    table = table.where(table.series == (row.series_id or -1))
    progress = {unit: rest for unit, *rest in unit_progress(table)}
    rows = duties.holding_on(on).filter(series_id=row.series_id or -1).select_related("unit", "actor", "demand")
    grouped: dict[Unit, list[Duty]] = {}
    for duty in rows.order_by("unit__order", "demand__order"):
        grouped.setdefault(duty.unit, []).append(duty)
    units = [
        {"unit": unit, "duties": mine, "lead": mine[0].lead, "actor": mine[0].actor if mine[0].actor_id != unit.pk else None,
         "standing": (progress.get(unit.pk) or [""])[0], "progress": progress.get(unit.pk)}
        for unit, mine in grouped.items()
    ]  # fmt: skip
    return {
        "units": units,
        "on": on,
        "as_of": None if on == request.by.today else on,
        "sees_all": request.by.may.reach("duty.read").all,
    }


@require_safe
def plan_json(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Measures, roles, units and demands for machines."""
    if (away := turned_away(request, "plan.read", machine=True)) is not None:
        return away
    plan = Plan.objects.seen_by(request.by).filter(pk=pk).exclude(state=Plan.DISCARDED).first()
    if plan is None:
        return JsonResponse({"error": "没有这份工作要点，或者您看不到它。"}, status=404)
    return JsonResponse(as_json(plan), json_dumps_params={"ensure_ascii": False})


def as_json(plan: Plan) -> dict[str, Any]:
    measures = plan.measures.select_related("chapter", "gatherer", "parent_measure").prefetch_related(
        "assignments__resolved__unit", "demands", "findings"
    )
    return {
        "title": plan.title,
        "year": plan.year,
        "issuer": plan.issuer,
        "document_number": plan.document_number,
        "issued_on": plan.issued_on,
        "state": plan.state,
        "measures": [_measure_json(card_of(measure, None, {})) for measure in measures],
    }


def _measure_json(card: Any) -> dict[str, Any]:
    measure = card.measure
    roles = [
        {
            "role": role.label,
            "lead": role.lead,
            "references": [
                {
                    "text": one.row.reference,
                    "status": one.row.status,
                    "reason": one.row.reason,
                    "units": [{"code": unit.code, "short": unit.short} for unit in one.units],
                }
                for one in role.references
            ],
        }
        for role in card.roles
    ]
    keys = (
        "order",
        "kind",
        "fact",
        "who",
        "at_least",
        "every",
        "days",
        "sentence",
        "finish",
        "proof",
        "source",
        "verified",
    )
    return {
        "number": measure.number,
        "chapter": measure.chapter.title if measure.chapter else "",
        "title": measure.title,
        "text": measure.text,
        "deadline_text": measure.deadline_text,
        "deadlines": measure.deadlines,
        "ongoing": measure.ongoing,
        "gatherer": measure.gatherer.code if measure.gatherer else None,
        "parent": measure.parent_measure.number if measure.parent_measure else None,
        "roles": roles,
        "demands": [{key: getattr(one, key) for key in keys} for one in card.demands if one.chosen],
    }
