"""Giving an errand and its own page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from anwei.errands import actions, sources
from anwei.errands.calendars import left, soon
from anwei.errands.forms import DraftForm, GiveForm, NumberForm, ReasonForm, UnitsForm
from anwei.errands.models import Errand, ErrandPart
from anwei.errands.paper import CONTENT_TYPE, errand_paper, file_name
from anwei.errands.signers import may_sign, signer_words
from anwei.errands.views.doors import (
    add_chosen,
    attachment,
    attempt,
    attempt_filled,
    document,
    errand_of,
    files_of,
    signed_in,
    steps_of,
)
from anwei.journal.by import Refused
from anwei.matters.actions import may_take
from anwei.matters.models import Step
from anwei.outbox.models import Notice
from anwei.references import about


@signed_in
def give(request: HttpRequest) -> HttpResponseBase:
    """One screen: text or photo, units, date."""
    by = request.by
    if not by.may.reach("errand.give"):
        raise PermissionDenied("您现在的岗位没有“交办事项”的权限。如确需办理，请联系本单位管理员或区安委办。")
    reference = request.POST.get("source") or request.GET.get("source", "")
    source = sources.find(by, reference) if reference else None
    initial = {"source": reference if source else ""}
    form = GiveForm(by, request.POST or None, request.FILES or None, source=source, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            errand = actions.give(
                by,
                units=data["chosen"],
                text=data["text"],
                title=data["title"],
                due_on=data["deadline"],
                contact=data["contact"],
                source=reference if source else "",
                source_words=source.words if source else "",
                uploads=data["files"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _given_words(by, errand))
            return redirect(errand)
    context = {"form": form, "source": source, "signs": may_sign(by), "signer": signer_words(by.today)}
    context["for_villages"] = bool(form.among) and form.among[0].kind == "village"
    return render(request, "errands/give.html", context, status=400 if form.is_bound else 200)


def _given_words(by: Any, errand: Errand) -> str:
    if errand.is_draft:
        return f"已存为草稿，等{signer_words(by.today)}签发后发出；签发前任何单位都看不到。"
    return f"{errand.number_words}已发出，主送{errand.to_words}。"


@signed_in
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "errands/errand.html", errand_context(request, errand_of(request, pk)))


def errand_context(request: HttpRequest, errand: Errand) -> dict[str, Any]:
    by, today = request.by, request.by.today
    near = soon(today)
    parts = list(errand.parts.seen_by(by).official())
    own = by.may("errand.give", errand)
    for part in parts:
        part.lamp = part.standing(today, near)
        part.may_close = part.state == "answered" and by.may("errand.close", part)
    _not_by_who_answered(by, parts)
    counted = [part for part in parts if part.state != "released"]
    return {
        "errand": errand,
        "parts": parts,
        "own": own,
        "gives": own and errand.state == "doing",
        "may_sign": errand.is_draft and may_sign(by),
        "signer": signer_words(today),
        "may_withdraw": any(move.key == "withdraw" for move in may_take(by, errand)),
        "may_close_all": any(part.may_close for part in parts),
        "villages": own and any(part.for_village for part in parts),
        "files": files_of(errand, errand.get_absolute_url()),
        "steps": steps_of(errand),
        "left": left(errand.due_on, today) if errand.is_open else "",
        "counts": {
            "all": len(counted),
            "signed": sum(part.signed_at is not None for part in counted),
            "answered": sum(part.state in ("answered", "done") for part in counted),
            "closed": sum(part.state == "done" for part in counted),
            "late": sum(part.lamp == "overdue" for part in counted),
        },
        "reminders": _reminders(parts) if own else [],
        "reason_form": ReasonForm(),
        "number_form": NumberForm(initial={"number": errand.outside_number}) if own and not errand.is_draft else None,
        "source": sources.find(by, errand.source) if errand.source else None,
        "draft_form": DraftForm(initial=_draft(errand)) if own and errand.is_draft else None,
    }


def _draft(errand: Errand) -> dict[str, Any]:
    return {name: getattr(errand, name) for name in ("title", "text", "due_on", "contact", "version")}


def _not_by_who_answered(by: Any, parts: list[ErrandPart]) -> None:
    """Whoever wrote an answer down does not close it; asked once for all parts."""
    closable = {about(part): part for part in parts if part.may_close}
    last = dict(
        Step.objects.filter(about__in=closable, move="answer").order_by("id").values_list("about", "by_person_ref")
    )
    for ref, part in closable.items():
        part.may_close = last.get(ref) != by.person_ref


def _reminders(parts: list[ErrandPart]) -> list[dict[str, Any]]:
    """Each time that was reminded: when, whom, who has read it."""
    names = {about(part): part.unit.short for part in parts}
    rounds: dict[Any, dict[str, Any]] = {}
    for notice in Notice.objects.filter(about__in=names, kind="remind").order_by("id"):
        one = rounds.setdefault(notice.written_at, {"at": notice.written_at, "units": [], "unread": [], "read": 0})
        one["units"].append(names[notice.about])
        if notice.read_at is None:
            one["unread"].append(names[notice.about])
        else:
            one["read"] += 1
    return list(rounds.values())


@signed_in
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    errand = errand_of(request, pk)
    return attempt(request, errand.get_absolute_url(), "已签发并发出。", actions.sign_errand, errand=errand)


@signed_in
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    errand = errand_of(request, pk)
    form, back = DraftForm(request.POST), errand.get_absolute_url()
    return attempt_filled(request, form, back, "草稿已修改。", actions.change_draft, errand=errand)


@signed_in
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    errand = errand_of(request, pk)
    form, back = ReasonForm(request.POST), errand.get_absolute_url()
    return attempt_filled(request, form, back, "已撤回。", actions.withdraw, errand=errand)


@signed_in
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    errand = errand_of(request, pk)
    done = "已催办还没有反馈的单位（同一单位一天只催一次）。"
    return attempt(request, errand.get_absolute_url(), done, actions.remind, errand=errand)


@signed_in
@require_POST
def close_answered(request: HttpRequest, pk: int) -> HttpResponse:
    errand = errand_of(request, pk)
    done = "已反馈的单位均已办结。"
    return attempt(request, errand.get_absolute_url(), done, actions.close_answered, errand=errand)


@signed_in
@require_POST
def number(request: HttpRequest, pk: int) -> HttpResponse:
    errand = errand_of(request, pk)
    form, back = NumberForm(request.POST), errand.get_absolute_url()
    return attempt_filled(request, form, back, "已填入文号。", actions.record_document_number, errand=errand)


@signed_in
def add_units(request: HttpRequest, pk: int) -> HttpResponse:
    """Further units for an errand under way."""
    errand = errand_of(request, pk)
    by, back = request.by, errand.get_absolute_url()
    if not by.may("errand.give", errand):
        raise PermissionDenied("您现在的岗位不能为这张交办单增加单位。")
    known = frozenset(errand.addressees.values_list("unit_id", flat=True))
    form = UnitsForm(by, request.POST or None, without=known)
    context = {"subject": errand.title, "back": back, "ledger": "/errands", "place": errand.number_words}
    return add_chosen(request, form, context, "已增加单位并发出。", actions.add_units, errand=errand)


@signed_in
@require_safe
def file(request: HttpRequest, pk: int, file_pk: int, kind: str = "") -> HttpResponseBase:
    return attachment(errand_of(request, pk), file_pk, kind)


@signed_in
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """交办单 as Word."""
    errand = errand_of(request, pk)
    return document(file_name(errand), CONTENT_TYPE, errand_paper(errand))
