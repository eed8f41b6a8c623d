"""The villages' door: one link, one errand. And the sheet of links that the town prints and hands out."""

import functools
import io
from collections.abc import Callable
from typing import Any

import qrcode
import qrcode.image.svg
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anwei.errands import actions
from anwei.errands.calendars import left
from anwei.errands.forms import AnswerForm
from anwei.errands.knocks import ANSWERS_AN_HOUR, MISSES_AN_HOUR, address_key, too_many
from anwei.errands.lending import by_link
from anwei.errands.models import ErrandPart, VillageLink
from anwei.errands.models.part import ANSWERABLE
from anwei.errands.views.doors import attachment, attempt, errand_of, files_of, part_of, signed_in
from anwei.journal.by import Refused
from anwei.matters.models import Step
from anwei.units.rights import by_nobody

_QR_BORDER = 2
_TOO_OFTEN = "提交太频繁，请一小时后再试，或打电话告诉镇（街道）。"


def _linked(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Finds the link of an open part; everything else gets one and the same page. Whoever may be signed in on this
    device, here the link alone acts, so that the page shows its errand and nothing else."""

    @functools.wraps(view)
    @never_cache
    def run(request: HttpRequest, token: str, **values: Any) -> HttpResponseBase:
        request.by = by_nobody(request.by.at, "public", request.by.request_id)
        link = VillageLink.objects.filter(token=token).first()
        if link is None or not link.part.is_open:
            crowded = link is None and too_many(request.by, address_key(request), MISSES_AN_HOUR)
            return render(request, "errands/link_gone.html", {"crowded": crowded}, status=429 if crowded else 404)
        response = view(request, link, **values)
        response["Referrer-Policy"] = "no-referrer"  # the address is the key
        response["X-Robots-Tag"] = "noindex"
        return response

    return run


@require_http_methods(["GET", "HEAD", "POST"])
@_linked
def village(request: HttpRequest, link: VillageLink) -> HttpResponseBase:
    """GET shows the errand, POST answers it."""
    form = AnswerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and link.part.state not in ANSWERABLE:
        messages.info(request, "已经反馈过了，不用再交。要补充的，请告诉镇（街道）退回。")
        return redirect(link.address)
    if request.method == "POST" and form.is_valid():
        by = by_link(link, request.by.at, request.by.request_id)
        if too_many(by, f"answer:{link.pk}", ANSWERS_AN_HOUR):
            form.add_error(None, _TOO_OFTEN)
        else:
            try:
                data = form.cleaned_data
                actions.answer(by, part=link.part, text=data["text"], uploads=data["files"])
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "反馈已收到，谢谢。办结前可以随时打开这个链接查看。")
                return redirect(link.address)
    part = ErrandPart.objects.get(pk=link.part_id)
    context = {
        "part": part,
        "errand": part.errand,
        "link": link,
        "form": form,
        "may_answer": part.state in ANSWERABLE,
        "left": left(part.due_on, request.by.today),
        "sent_back": Step.objects.of(part).filter(move="send_back").last() if part.state == "sent_back" else None,
        "errand_files": files_of(part.errand, f"{link.address}/errand"),
        "files": files_of(part, link.address),
    }
    return render(request, "errands/village.html", context, status=400 if form.is_bound else 200)


@require_POST
@_linked
def village_sign(request: HttpRequest, link: VillageLink) -> HttpResponseBase:
    by = by_link(link, request.by.at, request.by.request_id)
    try:
        actions.sign_part(by, part=link.part)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已签收。办完后在这里写明结果、拍照上传。")
    return redirect(link.address)


@require_safe
@_linked
def village_file(request: HttpRequest, link: VillageLink, file_pk: int, of: str, kind: str = "") -> HttpResponseBase:
    """A file of the errand, or one of the village's own."""
    return attachment(link.part.errand if of == "errand" else link.part, file_pk, kind)


@signed_in
@require_safe
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet with a code for each village, to be printed or sent on. For the giver only: a link is a key."""
    errand = errand_of(request, pk)
    _givers_only(request, errand)
    parts = [part for part in errand.parts.select_related("link").official() if part.for_village and part.is_open]
    cards = [{"part": part, "url": request.build_absolute_uri(part.link.address)} for part in parts]
    return render(request, "errands/links.html", {"errand": errand, "cards": cards})


@signed_in
@require_safe
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The QR code of a village's link as a drawing."""
    part = part_of(request, pk)
    _givers_only(request, part.errand)
    link = VillageLink.objects.filter(part=part).first()
    if link is None:
        raise Http404("这项交办没有村（社区）链接。")
    drawing = qrcode.make(
        request.build_absolute_uri(link.address), image_factory=qrcode.image.svg.SvgPathImage, border=_QR_BORDER
    )
    out = io.BytesIO()
    drawing.save(out)
    response = HttpResponse(out.getvalue(), content_type="image/svg+xml")
    response["Cache-Control"] = "no-store"
    return response


@signed_in
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link for a part whose old one went astray."""
    part = part_of(request, pk)
    _givers_only(request, part.errand)
    back = f"/errands/{part.errand_id}/links"
    return attempt(request, back, f"{part.unit}已换新链接，旧的失效。", actions.renew_link, part=part)


def _givers_only(request: HttpRequest, errand: Any) -> None:
    if not request.by.may("errand.give", errand):
        raise Http404("没有这一页，或者您看不到它。")
