"""Returns for machines: one's own (the office: everybody's) by period, and one table with its measures."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_safe

from anwei.books.doors import turned_away
from anwei.duties.return_periods import Owing, owing
from anwei.duties.return_rows import Line, return_table
from anwei.duties.views.choices import chosen_day
from anwei.duties.views.returns import own_units, seen_return
from anwei.duties.views.returns_choices import asked_day, report_plans
from anwei.periods import window_of

CHINESE = {"ensure_ascii": False}


@require_safe
def return_list_json(request: HttpRequest) -> HttpResponseBase:
    """`?day=` chooses the half-year; all that have begun otherwise."""
    if (away := turned_away(request, "report.read", machine=True)) is not None:
        return away
    by, day = request.by, asked_day(request)
    rows = owing(report_plans(request), None if by.may.reach("report.read").all else own_units(by))
    chosen = [
        one
        for one in rows
        if one.window.start <= by.today and (day is None or one.window == window_of(day, "half_year"))
    ]
    return JsonResponse(
        {"as_of": by.today.isoformat(), "rows": [_row(one, by.today) for one in chosen]}, json_dumps_params=CHINESE
    )


@require_safe
def return_json(request: HttpRequest, pk: int) -> HttpResponseBase:
    if (away := turned_away(request, "report.read", machine=True)) is not None:
        return away
    try:
        made = seen_return(request, pk)
    except Http404 as missing:
        return JsonResponse({"error": str(missing)}, status=404, json_dumps_params=CHINESE)
    table = return_table(made, request.by, chosen_day(request))
    head = {
        "id": made.pk,
        "plan": made.plan_id,
        "unit": made.unit.short,
        "period": made.label,
        "state": {"key": made.state, "name": made.state_label},
        "handed_in_on": made.handed_in_on,
        "ledgers_as_of": table.as_of,
        "standings_as_of": table.on,
    }
    return JsonResponse(head | {"rows": [_line(line) for line in table.lines]}, json_dumps_params=CHINESE)


def _row(one: Owing, today: Any) -> dict[str, Any]:
    return {
        "plan": one.plan.pk,
        "unit": one.unit.short,
        "period": one.window.label,
        "state": one.state(today),
        "deadline": one.deadline,
        "handed_in_on": one.made.handed_in_on if one.made else None,
        "url": one.made.get_absolute_url() if one.made else None,
        "parts": one.counts.get("total", one.measures),
        "accepted": one.counts.get("accepted", 0),
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "measure": line.measure.number,
        "counted": line.part is None,
        "facts": line.facts,
        "words": line.words,
        "trouble": line.trouble,
        "next_step": line.next_step,
        "standing": line.standing,
        "proofs": line.proofs,
        "state": line.part.state if line.part else None,
    }
