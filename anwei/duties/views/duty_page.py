"""One duty: what is asked and why, each window with the facts behind it, and what its unit may do."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from anwei.books.doors import turned_away
from anwei.books.moves import moved
from anwei.books.timeline import timeline_of
from anwei.duties.actions import (
    ask_extension,
    confirm_waivers,
    hand_back,
    record_make_up,
    reopen_waivers,
)
from anwei.duties.calendars import workdays
from anwei.duties.models import Due, Duty
from anwei.duties.queries import make_up_choices
from anwei.duties.sentences import counted_rows
from anwei.duties.standings import Row, standings
from anwei.duties.views.choices import chosen_day
from anwei.journal.by import Refused
from anwei.periods import left_in_words, parse_day
from anwei.plans.models import Demand
from anwei.units.models import Unit
from anwei.units.queries import overrides_on


@require_safe
def duty_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    if (away := turned_away(request, "duty.read")) is not None:
        return away
    duty = seen_duty(request, pk)
    return render(request, "duties/duty.html", context(request, duty, chosen_day(request)))


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponseBase:
    """POST /dues/<id>/extension: until, reason."""
    due = seen_due(request, pk)
    return moved(request, due.get_absolute_url(), "延期申请已提交，等区安委办决定。", lambda: ask_extension(
        request.by, due, until=_day(request, "until", "延至日期"), reason=request.POST.get("reason", "")))  # fmt: skip


@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """POST /duties/<id>/handback: reason, suggested unit."""
    duty = seen_duty(request, pk)
    suggested = request.POST.get("suggested", "")
    unit = Unit.objects.filter(pk=suggested).first() if suggested.isdecimal() else None
    return moved(request, duty.get_absolute_url(), "已退回区安委办，等安委办决定；决定前仍由本单位办理。", lambda: hand_back(
        request.by, duty, reason=request.POST.get("reason", ""), suggested=unit))  # fmt: skip


@require_POST
def waive(request: HttpRequest, pk: int) -> HttpResponseBase:
    duty = seen_duty(request, pk)
    return moved(request, duty.get_absolute_url(), "已确认不涉及。", lambda: confirm_waivers(
        request.by, [duty], reason=request.POST.get("reason", "")))  # fmt: skip


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponseBase:
    duty = seen_duty(request, pk)
    return moved(request, duty.get_absolute_url(), "任务已恢复。", lambda: reopen_waivers(
        request.by, [duty], reason=request.POST.get("reason", "")))  # fmt: skip


@require_POST
def make_up(request: HttpRequest, pk: int) -> HttpResponseBase:
    """POST /dues/<id>/make-up: fact, reason."""
    due = seen_due(request, pk)
    return moved(request, due.get_absolute_url(), "补办已记录，按逾期办结计。", lambda: record_make_up(
        request.by, due, fact=request.POST.get("fact", ""), reason=request.POST.get("reason", "")))  # fmt: skip


def seen_duty(request: HttpRequest, pk: int) -> Duty:
    """What you may not see does not exist."""
    related = ("unit", "actor", "acceptor", "demand__measure__plan", "plan", "came_from__unit")
    duty = Duty.objects.seen_by(request.by).select_related(*related).filter(pk=pk).first()
    if duty is None:
        raise Http404("没有这一项任务，或者您看不到它。")
    return duty


def seen_due(request: HttpRequest, pk: int) -> Due:
    due = Due.objects.filter(pk=pk, duty__in=Duty.objects.seen_by(request.by)).select_related("duty__demand").first()
    if due is None:
        raise Http404("没有这一项任务，或者您看不到它。")
    return due


def context(request: HttpRequest, duty: Duty, on: date) -> dict[str, Any]:
    by = request.by
    table = standings(Duty.objects.filter(pk=duty.pk), on, overrides_on(on))
    rows = sorted(table.rows(), key=lambda row: (row.window_start, row.due_id or 0))
    dues = {due.pk: due for due in duty.dues.all()}
    return {
        "duty": duty,
        "on": on,
        "today": on == by.today,
        "windows": [window(by, duty, dues.get(row.due_id or 0), row, on) for row in rows],
        "waiver": duty.waivers.filter(reopened_on=None).first(),
        "handback": duty.handbacks.filter(state="asked").first(),
        "extensions": duty_extensions(duty),
        "may_hand_on": duty.until is None and by.may("duty.hand_on", duty),
        "may_waive": duty.until is None and not duty.lead and by.may("waiver.confirm", duty),
        "may_reopen": by.may("waiver.decide", duty),
        "may_report": duty.demand.kind == Demand.REPORT and by.may("report.fill", duty.unit),
        "others": Unit.objects.standing_on(on).filter(Q(kind__in=["department", "town", "subdistrict", "park", "vertical_body", "party_organ"])).exclude(pk=duty.unit_id).official(),
        "villages": Unit.objects.filter(parent=duty.actor, kind="village").exists(),
        "steps": timeline_of(duty),
        "record_url": f"/activities/record?kind={duty.demand.fact.removeprefix('activity.')}",
    }  # fmt: skip


def window(by: Any, duty: Duty, due: Due | None, row: Row, on: date) -> dict[str, Any]:
    """One window: its standing, the facts behind it, and what may be asked for it."""
    counted = duty.demand.kind == Demand.COUNT and due is not None
    return {
        "row": row,
        "due": due,
        "left": left_in_words(row.deadline, on, workdays()) if row.deadline else "还没有确定时限",
        "facts": counted_rows(duty, due.window_start, due.window_end, on) if counted and due else [],
        "submissions": list(due.submissions.filter(handed_in_on__lte=on).select_related("part")) if due else [],
        "make_up": getattr(due, "make_up", None) if due else None,
        "may_ask": due is not None and row.standing in ("not_due", "due_soon") and by.may("extension.ask", due),
        "heals": make_up_choices(due, on) if counted and due and row.standing == "overdue" and by.may("make_up.record", due) else [],
    }  # fmt: skip


def duty_extensions(duty: Duty) -> list[Any]:
    return [one for due in duty.dues.all() for one in due.extensions.all()]


def _day(request: HttpRequest, name: str, label: str) -> date:
    try:
        return parse_day(request.POST.get(name, ""), label)
    except ValueError as error:
        raise Refused(str(error)) from error
