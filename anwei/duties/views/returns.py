"""落实情况表 of one unit: the page, the paper, the workbook."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anwei.books.doors import turned_away
from anwei.books.timeline import timeline_of
from anwei.duties.models import Return
from anwei.duties.papers_return import unit_paper
from anwei.duties.return_periods import changes_since
from anwei.duties.return_rows import CALIBER, NOTHING_COUNTED, ReturnTable, return_table
from anwei.duties.sheets_return import unit_workbook
from anwei.duties.views.choices import chosen_day
from anwei.journal.by import By
from anwei.matters.models import Step
from anwei.rulebook import parameter
from anwei.units.models import Unit
from anwei.units.queries import overrides_on

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAPER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BIG = 10**18  # beyond it no database has a key


@require_safe
def return_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    if (away := turned_away(request, "report.read")) is not None:
        return away
    made = seen_return(request, pk)
    return page(request, return_table(made, request.by, chosen_day(request)))


@require_safe
def return_sheet(request: HttpRequest, pk: int) -> HttpResponseBase:
    if (away := turned_away(request, "report.read")) is not None:
        return away
    table = return_table(seen_return(request, pk), request.by, chosen_day(request))
    return as_file(unit_workbook(table, request.by), SHEET_TYPE, f"return-{pk}.xlsx")


@require_safe
def return_paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    if (away := turned_away(request, "report.read")) is not None:
        return away
    table = return_table(seen_return(request, pk), request.by, chosen_day(request))
    return as_file(unit_paper(table, request.by), PAPER_TYPE, f"return-{pk}.docx")


def seen_return(request: HttpRequest, pk: int) -> Return:
    """What you may not see does not exist."""
    found = (
        Return.objects.seen_by(request.by).select_related("plan", "unit", "holder").filter(pk=pk).first()
        if pk < BIG
        else None
    )
    if found is None:
        raise Http404("没有这张落实情况表，或者您看不到它。")
    return found


def page(request: HttpRequest, table: ReturnTable, status: int = 200) -> HttpResponse:
    made, by = table.made, request.by
    new, gone = changes_since(made) if by.may("report.fill", made) else ({}, [])
    checker = made.state == "checking" and by.may("report.check", made)
    context = {
        "table": table,
        "made": made,
        "caliber": CALIBER,
        "nothing": NOTHING_COUNTED,
        "limit": text_limit(by),
        "writing": any(line.editable for line in table.lines),
        "new_parts": len(new),
        "gone_parts": len(gone),
        "may_submit": made.state == "draft" and by.may("report.fill", made),
        "may_check": checker,
        "own_fill": checker and last_doer(made, "to_check") == by.person_ref,
        "today": table.on == by.today,
        "actor": made.holder if made.holder_id != made.unit_id else None,
        "steps": timeline_of(made, Step.objects.of(made)),
    }
    return render(request, "duties/return.html", context, status=status)


def text_limit(by: By) -> int:
    return int(parameter("return.text_limit").at(by.today, overrides_on(by.today)).number)


def last_doer(made: Any, move: str) -> str:
    step = Step.objects.of(made).filter(move=move).last()
    return step.by_person_ref if step else ""


def own_units(by: By) -> frozenset[int]:
    """The post's unit and the committees that it acts for; never the units below."""
    reach = by.may.reach("report.fill")
    if reach.all:  # the system's own right
        return frozenset(Unit.objects.values_list("pk", flat=True))
    return reach.owners


def as_file(data: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
