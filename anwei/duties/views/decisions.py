"""What waits for a decision: extensions, duties handed back; and receiving what was handed down."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from anwei.books.moves import moved
from anwei.books.timeline import timeline_of
from anwei.duties.actions import decide_extension, receive, settle_handback
from anwei.duties.models import Dispatch, Extension, Handback
from anwei.matters.models import Matter, Step
from anwei.units.models import Unit


@require_safe
def extension_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    extension = seen(request, Extension, pk, "due__duty__demand__measure", "due__duty__unit", "asked_by", "holder")
    may_decide = extension.is_open and request.by.may("extension.decide", extension)
    return render(request, "duties/extension.html", _page(extension) | {"may_decide": may_decide})


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponseBase:
    extension = seen(request, Extension, pk, "due__duty__demand", "asked_by")
    grant = request.POST.get("verdict") == "grant"
    words = request.POST.get("words", "")
    return moved(request, extension.get_absolute_url(), "已决定，申请单位会收到通知。", lambda: decide_extension(
        request.by, extension, grant=grant, words=words))  # fmt: skip


@require_safe
def handback_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    handback = seen(request, Handback, pk, "duty__demand__measure", "duty__unit", "asked_by", "suggested", "holder")
    may_decide = handback.is_open and request.by.may("duty.transfer", handback)
    units = Unit.objects.standing_on(request.by.today).exclude(kind__in=["village", "establishment"]).official()
    return render(request, "duties/handback.html", _page(handback) | {"may_decide": may_decide, "units": units})


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponseBase:
    handback = seen(request, Handback, pk, "duty__demand", "duty__unit", "asked_by")
    wanted = request.POST.get("to", "")
    to = Unit.objects.filter(pk=wanted).first() if wanted.isdecimal() and len(wanted) < 18 else None
    return moved(request, handback.get_absolute_url(), "已决定，有关单位会收到通知。", lambda: settle_handback(
        request.by, handback, to=to, words=request.POST.get("words", "")))  # fmt: skip


@require_safe
def dispatch_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    dispatch = seen(request, Dispatch, pk, "plan", "unit", "holder")
    may_sign = dispatch.is_open and request.by.may("duty.sign", dispatch)
    return render(request, "duties/dispatch.html", _page(dispatch) | {"may_sign": may_sign})


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponseBase:
    dispatch = seen(request, Dispatch, pk, "plan", "unit", "holder")
    return moved(request, dispatch.get_absolute_url(), "已签收。", lambda: receive(request.by, dispatch))


def seen(request: HttpRequest, model: type[Matter], pk: int, *related: str) -> Any:
    """A matter of this room that the person's right reaches; otherwise 404."""
    row = model._default_manager.select_related(*related).filter(pk=pk).first()
    if row is None or not request.by.may("duty.read", row):
        raise Http404("没有这一件，或者您看不到它。")
    return row


def _page(matter: Matter) -> dict[str, Any]:
    return {"matter": matter, "steps": timeline_of(matter, Step.objects.of(matter))}
