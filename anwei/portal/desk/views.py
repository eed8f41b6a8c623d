"""工作台 and 待阅. A view gathers; what it shows is decided in the modules beside it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from anwei.books.doors import turned_away
from anwei.books.moves import moved, next_page
from anwei.duties.actions import receive
from anwei.duties.models import Dispatch
from anwei.errands.actions import sign_part
from anwei.errands.models import ErrandPart
from anwei.journal.by import By, Refused
from anwei.plans.models import Plan
from anwei.portal.desk.actions import read_notices
from anwei.portal.desk.badge import keep_count
from anwei.portal.desk.inbox import BOXES, MOST, Desk, notices_of
from anwei.portal.desk.items import banded
from anwei.portal.desk.numbers import number
from anwei.portal.desk.waivers import proposed

TITLES = {"to_sign": "待签收", "to_do": "待办", "to_read": "待阅", "done": "已办", "mine": "我发起"}


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    if (away := turned_away(request, "notice.read")) is not None:
        return away
    desk = Desk.of(request.by, number(request.GET.get("unit")))
    if desk.chosen is None:
        keep_count(request, desk.waiting)
    box = request.GET.get("box", "")
    return render(request, "portal/inbox.html", _context(desk, box if box in BOXES else ""))


def _context(desk: Desk, box: str) -> dict[str, Any]:
    unread = desk.notices()
    context = {
        "desk": desk,
        "box": box or "to_do",
        "first_screen": not box,
        "title": TITLES[box or "to_do"],
        "tabs": _tabs(desk, box or "to_do", unread.count()),
        "identities": _identities(desk, box),
        "signing": desk.signing(),
        "may_work": bool(desk.by.may.reach("duty.sign")),
        "sees_all": desk.by.may.reach("duty.read").all,
        "may_record": bool(desk.by.may.reach("activity.record")),
        "most": MOST,
    }
    if not box:
        context |= {"tally": desk.tally(), "counted": desk.owed.counted(), "area": desk.area()}
        may_waive = bool(desk.by.may.reach("waiver.confirm"))
        context["proposed"] = proposed(desk.by, desk.owed.duties.values(), desk.owed.waived()) if may_waive else 0
        context |= {"month": desk.month(desk.by.today), "plan": Plan.objects.in_force().exists()}
    return context | _lines(desk, box or "to_do", unread)


def _lines(desk: Desk, box: str, unread: Any) -> dict[str, Any]:
    if box == "to_do":
        return {"bands": banded(desk.to_do[:MOST], desk.days), "lines": desk.to_do}
    if box == "to_sign":
        return {"lines": desk.to_sign}
    if box == "to_read":
        return {"notices": list(unread[:MOST])}
    return {"lines": desk.done() if box == "done" else desk.mine()}


def _tabs(desk: Desk, box: str, unread: int) -> list[dict[str, Any]]:
    """The five numbers, each opening its list."""
    chosen = f"&unit={desk.chosen.pk}" if desk.chosen else ""
    numbers = {
        "to_sign": len(desk.to_sign),
        "to_do": len(desk.to_do),
        "to_read": unread,
        "done": desk.done_count(),
        "mine": desk.mine_count(),
    }
    near = f"{desk.days.soon_words}{desk.soon}"
    notes = {"to_do": f"逾期{desk.overdue}、{near}", "done": "办结和经手的", "mine": "申请、退回、交办"}
    return [
        {
            "key": key,
            "title": TITLES[key],
            "number": f"{number}+" if number >= MOST and key == "mine" else number,
            "note": notes.get(key, ""),
            "alarm": key == "to_do" and desk.overdue > 0,
            "url": f"/?box={key}{chosen}",
            "active": key == box,
        }
        for key, number in numbers.items()
    ]


def _identities(desk: Desk, box: str) -> list[dict[str, Any]]:
    """本单位 / the committees that it acts for; empty where there is one identity alone."""
    if len(desk.units) < 2:
        return []
    at = f"box={box}&" if box else ""
    own = [(unit, "本单位" if unit == desk.by.unit else f"{unit.short}办公室") for unit in desk.units]
    own.sort(key=lambda pair: pair[0] != desk.by.unit)
    made = [{"title": "全部", "url": f"/?box={box}" if box else "/", "active": desk.chosen is None}]
    return made + [
        {"title": title, "url": f"/?{at}unit={unit.pk}", "active": unit == desk.chosen} for unit, title in own
    ]


@require_POST
def sign_all(request: HttpRequest) -> HttpResponseBase:
    """POST /receipts: signs for everything that waits for this desk, or for the dispatches named by `dispatch`."""
    if (away := turned_away(request, "duty.sign")) is not None:
        return away
    by: By = request.by
    waiting = Dispatch.objects.open().held_by(by.may.reach("duty.sign").owners).select_related("plan", "unit", "holder")
    wanted = [pk for text in request.POST.getlist("dispatch") if (pk := number(text)) is not None]
    signings = [partial(receive, by, one) for one in (waiting.filter(pk__in=wanted) if wanted else waiting)]
    if not wanted:
        parts = ErrandPart.objects.open().held_by(by.may.reach("errand.answer").owners).filter(state="waiting")
        signings += [partial(sign_part, by, part=one) for one in parts]
    signed, refused = 0, []
    for sign in signings:
        try:
            sign()
        except Refused as error:
            refused.append(str(error))
        else:
            signed += 1
    for words in refused:
        messages.error(request, words)
    if signed:
        messages.success(request, f"已签收{signed}份。任务已列入待办，时限近的在前。")
    elif not refused:
        messages.info(request, "没有待签收的任务，可能同事已经签收。")
    return HttpResponseRedirect(next_page(request, "/"))


@require_safe
def notices(request: HttpRequest) -> HttpResponseBase:
    """All notices of this desk, unread first; the unread ones can be marked together."""
    if (away := turned_away(request, "notice.read")) is not None:
        return away
    rows = notices_of(request.by)
    context = {"unread": list(rows.unread()[:MOST]), "read": list(rows.exclude(read_at=None)[:MOST]), "most": MOST}
    return render(request, "portal/notices.html", context)


@require_POST
def mark_read(request: HttpRequest) -> HttpResponseBase:
    """POST /notices/read: `notice` ids, or all where none is named."""
    if (away := turned_away(request, "notice.read")) is not None:
        return away
    wanted = [pk for text in request.POST.getlist("notice") if (pk := number(text)) is not None]
    return moved(request, reverse("notices"), "已阅{result}件。", lambda: read_notices(request.by, ids=wanted or None))


@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponseBase:
    """POST /notices/<id>/open: reads it and goes to what it is about."""
    if (away := turned_away(request, "notice.read")) is not None:
        return away
    notice = notices_of(request.by).filter(pk=pk).first()
    if notice is None:
        messages.error(request, "没有这件通知，或者它不是发给您的。")
        return HttpResponseRedirect(reverse("notices"))
    read_notices(request.by, ids=[pk])
    return HttpResponseRedirect(notice.url if notice.url.startswith("/") else reverse("notices"))
