"""进展一览: on screen, on A3, as a workbook; any day; no ranking."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anwei.books.doors import turned_away
from anwei.duties.matrix import CALIBER, OWED_CALIBER, Matrix, a_month_before, figures, matrix, table_of
from anwei.duties.models import Duty
from anwei.duties.standing import KEYS
from anwei.duties.views.choices import choices, chosen_day, chosen_plan
from anwei.duties.views.matrix_sheet import workbook
from anwei.plans.models import Measure, Plan
from anwei.units.models import Unit

PAGES = [("territory", "属地（镇、街道、园区）"), ("members", "部门和驻区单位")]
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Question:
    plan: Plan
    on: date
    page: str
    chapter: str
    standing: str


@require_safe
def matrix_page(request: HttpRequest) -> HttpResponseBase:
    if (away := turned_away(request, "duty.read")) is not None:
        return away
    question = asked(request)
    if question is None:
        return render(request, "duties/no_plan.html")
    return render(request, "duties/matrix.html", context(request, question))


@require_safe
def matrix_sheet(request: HttpRequest) -> HttpResponseBase:
    if (away := turned_away(request, "duty.read")) is not None:
        return away
    question = asked(request)
    if question is None:
        return render(request, "duties/no_plan.html", status=404)
    pages = [(label, answer(request, question, page)) for page, label in PAGES]
    response = HttpResponse(workbook(pages, question.on, request.by), content_type=SHEET_TYPE)
    response["Content-Disposition"] = f'attachment; filename="matrix-{question.on}.xlsx"'
    return response


@require_safe
def matrix_json(request: HttpRequest) -> HttpResponseBase:
    """The same figures for machines: one entry per measure and unit that owes."""
    if (away := turned_away(request, "duty.read", machine=True)) is not None:
        return away
    question = asked(request)
    if question is None:
        return JsonResponse({"error": "还没有下达过工作要点。"}, status=404)
    found = answer(request, question, question.page)
    return JsonResponse(as_json(found), json_dumps_params={"ensure_ascii": False})


def asked(request: HttpRequest) -> Question | None:
    plan = chosen_plan(request)
    if plan is None:
        return None
    page = request.GET.get("page", "")
    standing = request.GET.get("standing", "")
    return Question(
        plan=plan,
        on=chosen_day(request),
        page=page if page in dict(PAGES) else "territory",
        chapter=request.GET.get("chapter", ""),
        standing=standing if standing in KEYS else "",
    )


def answer(request: HttpRequest, question: Question, page: str) -> Matrix:
    """What this person may see of the matrix; departments without any duty have no column."""
    duties = Duty.objects.seen_by(request.by)
    table = table_of(question.plan, question.on, duties)
    units = Unit.objects.standing_on(question.on)
    units = units.territory() if page == "territory" else units.members()
    busy = set(table.actor.tolist())
    shown = [unit for unit in units.official() if unit.pk in busy]
    measures = question.plan.measures.select_related("chapter").prefetch_related("assignments").order_by("order")
    if question.chapter.isdecimal():
        measures = measures.filter(chapter__order=int(question.chapter[:4]))
    found = matrix(question.plan, table, shown, list(measures))
    if not question.standing:
        return found
    # Sums are those of the lines that are shown.
    return matrix(question.plan, table, shown, with_standing(found, question.standing))


def with_standing(found: Matrix, standing: str) -> list[Measure]:
    """Measures in which some cell has the standing; the other cells of their lines stay, so that a line can be read."""
    return [
        line.measure
        for block in found.blocks
        for line in block.lines
        if any(cell and cell.standing == standing for cell in line.cells)
    ]


def context(request: HttpRequest, question: Question) -> dict[str, Any]:
    found = answer(request, question, question.page)
    before = a_month_before(question.on)
    earlier = figures_before(request, question, found, before)
    chapters = [("", "全部章")] + [(str(c.order), c.title) for c in question.plan.chapters.all()]
    standings = [("", "全部状态")] + [(key, "") for key in KEYS]
    return {
        "matrix": found,
        "question": question,
        "figures": head(found, earlier, before, question),
        "pages": choices(PAGES, question.page),
        "chapters": choices(chapters, question.chapter),
        "standings": choices(standings, question.standing),
        "plans": Plan.objects.seen_by(request.by).adopted(),
        "span": len(found.units) + 6,
        "caliber": CALIBER,
        "query": request.GET.urlencode(),
        "today": question.on == request.by.today,
    }


def figures_before(request: HttpRequest, question: Question, found: Matrix, before: date) -> Any:
    """The same columns and lines as of the end of the month before."""
    table = table_of(question.plan, before, Duty.objects.seen_by(request.by))
    series = [line.measure.series_id or 0 for block in found.blocks for line in block.lines]
    shown = np.isin(table.actor, [unit.pk for unit in found.units]) & np.isin(table.series, series)
    return figures(table.where(shown))


def head(found: Matrix, earlier: Any, before: date, question: Question) -> list[dict[str, Any]]:
    """The four numbers above the table, each with its 口径 and the rows behind it."""
    rows = f"/duties?plan={found.plan.pk}&on={found.on}&group={question.page}"
    if question.chapter:
        rows += f"&chapter={question.chapter}"
    if question.standing:
        shown = (str(line.measure.pk) for block in found.blocks for line in block.lines)
        rows += f"&measures={','.join(shown) or 0}"
    then = f"{before.month}月底"
    return [
        {"name": "应办事项", "number": found.figures.owed, "unit": "项", "url": f"{rows}&owed=1", "note": f"{then}：{earlier.owed}",
         "caliber": OWED_CALIBER},
        {"name": "到期应办", "number": found.figures.due, "unit": "项", "url": f"{rows}&due=1", "note": f"{then}：{earlier.due}",
         "caliber": "时限已到的应办事项；延期中的不计。"},
        {"name": "办结率", "number": found.figures.rate_words, "note": f"{then}：{earlier.rate_words}", "caliber": CALIBER,
         "url": f"{rows}&due=1&done=1"},
        {"name": "逾期", "number": found.figures.overdue, "unit": "项", "alarm": found.figures.overdue > 0,
         "url": f"{rows}&standing=overdue", "note": f"{then}：{earlier.overdue}", "caliber": "时限已过、没有办结、没有批准延期的。"},
    ]  # fmt: skip


def as_json(found: Matrix) -> dict[str, Any]:
    return {
        "plan": found.plan.title,
        "as_of": found.on.isoformat(),
        "figures": {key: getattr(found.figures, key) for key in ("owed", "due", "done", "overdue", "met")},
        "cells": [
            {"measure": line.measure.number, "unit": unit.short, "standing": cell.standing, "done": cell.done, "of": cell.due}
            for block in found.blocks
            for line in block.lines
            for unit, cell in zip(found.units, line.cells, strict=True)
            if cell is not None
        ],
    }  # fmt: skip
