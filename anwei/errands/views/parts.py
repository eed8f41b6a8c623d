"""One unit's part: sign, answer, ask for more time; the giver closes it or sends it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from anwei.errands import actions
from anwei.errands.calendars import left, soon
from anwei.errands.forms import AnswerForm, MoreTimeForm, ReasonForm
from anwei.errands.handing_on import answers_below, gathered, handed_on
from anwei.errands.models import ErrandPart, MoreTime
from anwei.errands.models.part import ANSWERABLE
from anwei.errands.paper import CONTENT_TYPE, errand_paper, file_name
from anwei.errands.views.doors import (
    attachment,
    attempt,
    attempt_filled,
    document,
    files_of,
    part_of,
    seen,
    signed_in,
    steps_of,
)
from anwei.journal.by import NotAllowed, Refused
from anwei.matters.actions import may_take
from anwei.references import about
from anwei.units.models import Kind, Unit


@signed_in
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, part_of(request, pk))


def _page(request: HttpRequest, part: ErrandPart, form: AnswerForm | None = None, status: int = 200) -> HttpResponse:
    by, errand = request.by, part.errand
    moves = {move.key for move in may_take(by, part)}
    below = answers_below(handed_on(part))
    own = part.is_open and part.state != "answered" and by.may("errand.answer", part)
    gives = by.may("errand.give", errand)
    for_town = gives and part.for_village and part.state in ANSWERABLE
    context = {
        "part": part,
        "errand": errand,
        "moves": moves,
        "may_answer": own,
        "may_answer_for": for_town,
        "may_decide": by.may("errand.close", errand),
        "may_release": part.is_open and by.may("errand.close", errand),
        "sees_errand": gives or by.may("errand.give", part.unit),
        "hands_on": own and by.may("errand.give", part.unit) and _has_villages(part.unit),
        "hand_on_url": f"/errands/new?source={about(part)}",
        "below": below,
        "form": form or AnswerForm(initial={"text": gathered(below)}),
        "more_time_form": MoreTimeForm(),
        "reason_form": ReasonForm(),
        "requests": list(part.more_time.all()),
        "lamp": part.standing(by.today, soon(by.today)),
        "left": left(part.due_on, by.today) if part.is_open else "",
        "errand_files": files_of(errand, part.get_absolute_url() + "/errand"),
        "files": files_of(part, part.get_absolute_url()),
        "steps": steps_of(part),
    }
    return render(request, "errands/part.html", context, status=status)


def _has_villages(unit: Unit) -> bool:
    return Unit.objects.filter(parent=unit, kind=Kind.VILLAGE, until=None).exists()


@signed_in
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    part = part_of(request, pk)
    return attempt(request, part.get_absolute_url(), "已签收。", actions.sign_part, part=part)


@signed_in
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written stays on the page where it was not taken."""
    part = part_of(request, pk)
    if part.state not in ANSWERABLE:
        messages.info(
            request, f"这件事现在是“{part.state_label}”，不用再反馈；要补充的，请联系{part.errand.giver}退回。"
        )
        return redirect(part)
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        own = not part.for_village or request.by.may("errand.answer", part)
        act = actions.answer if own else actions.answer_for_village
        try:
            act(request.by, part=part, text=form.cleaned_data["text"], uploads=form.cleaned_data["files"])
        except NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(part)
    part.refresh_from_db()
    return _page(request, part, form, status=400)


@signed_in
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    part = part_of(request, pk)
    back = part.errand.get_absolute_url() if "from-errand" in request.POST else part.get_absolute_url()
    return attempt(request, back, f"{part.unit}已办结。", actions.close_part, part=part)


@signed_in
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, "已退回续办。", actions.send_back)


@signed_in
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, "已免办。", actions.release)


def _with_reason(request: HttpRequest, pk: int, done: str, act: object) -> HttpResponse:
    part = part_of(request, pk)
    form, back = ReasonForm(request.POST), part.get_absolute_url()
    return attempt_filled(request, form, back, done, act, part=part)


@signed_in
@require_POST
def more_time(request: HttpRequest, pk: int) -> HttpResponse:
    part = part_of(request, pk)
    form, back = MoreTimeForm(request.POST), part.get_absolute_url()
    done = f"延期申请已报{part.errand.giver}，批准前仍按原时限。"
    return attempt_filled(request, form, back, done, actions.ask_more_time, part=part)


@signed_in
@require_POST
def decide(request: HttpRequest, pk: int, asked_pk: int, word: str) -> HttpResponse:
    part = part_of(request, pk)
    asked = seen(MoreTime.objects.filter(part=part), asked_pk, "项延期申请")
    grant = word == "grant"
    reason = request.POST.get("reason", "")[:300]
    done = "已同意延期。" if grant else "已答复不同意延期。"
    back = part.get_absolute_url()
    return attempt(request, back, done, actions.decide_more_time, asked=asked, grant=grant, reason=reason)


@signed_in
@require_safe
def file(request: HttpRequest, pk: int, file_pk: int, kind: str = "") -> HttpResponseBase:
    return attachment(part_of(request, pk), file_pk, kind)


@signed_in
@require_safe
def errand_file(request: HttpRequest, pk: int, file_pk: int, kind: str = "") -> HttpResponseBase:
    """Who sees a part sees what came with its errand."""
    return attachment(part_of(request, pk).errand, file_pk, kind)


@signed_in
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's copy with its receipt."""
    part = part_of(request, pk)
    return document(file_name(part.errand), CONTENT_TYPE, errand_paper(part.errand, part))
