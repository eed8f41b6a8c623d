"""One measure of one unit: words, the facts behind them, files, history; accepted, returned, put right, handed in again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from anwei.books.doors import turned_away
from anwei.books.file_pages import MOST_AT_ONCE
from anwei.books.moves import moved
from anwei.books.timeline import timeline_of
from anwei.duties.actions import (
    accept_parts,
    attach_to_part,
    comment_part,
    detach_from_part,
    resubmit,
    return_part,
)
from anwei.duties.models import Duty, Part
from anwei.duties.return_rows import in_window, may_write, standing_of, window_of_return
from anwei.duties.sentences import COUNTED, counted_rows, sentences
from anwei.duties.standings import standings
from anwei.duties.views.returns import BIG, text_limit
from anwei.files import serving
from anwei.files.models import Attachment
from anwei.journal.by import By, Refused
from anwei.matters.models import Step
from anwei.units.queries import overrides_on

RELATED = ("measure", "acceptor", "holder", "of_return__plan", "of_return__unit", "of_return__holder")


@require_safe
def part_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    if (away := turned_away(request, "report.read")) is not None:
        return away
    return render(request, "duties/part.html", context(request.by, seen_part(request, pk)))


def seen_part(request: HttpRequest, pk: int) -> Part:
    """What you may not see does not exist."""
    found = Part.objects.seen_by(request.by).select_related(*RELATED).filter(pk=pk).first() if pk < BIG else None
    if found is None:
        raise Http404("没有这一条落实情况，或者您看不到它。")
    return found


def context(by: By, part: Part) -> dict[str, Any]:
    made = part.of_return
    window = window_of_return(made)
    as_of = made.handed_in_on or by.today
    series = part.measure.series_id or 0
    duties = list(Duty.objects.filter(unit=made.unit, series=series).select_related("demand"))
    rows = [
        row
        for duty in duties
        if duty.demand.kind in COUNTED
        for row in counted_rows(duty, window.start, window.end, as_of)
    ]
    now = in_window(
        standings(Duty.objects.filter(unit=made.unit, series=series), by.today, overrides_on(by.today)), window
    )
    is_own = bool({made.unit_id, made.holder_id} & by.may.reach("report.fill").owners)
    judges = part.state == "submitted" and not is_own and by.may("report.accept", part)
    frozen = made.state == "handed_in" and part.state != "open"
    live = {} if frozen else sentences(made.unit_id, [series], window, by.today)
    return {
        "part": part,
        "made": made,
        "facts": part.facts if frozen else live.get(series, ""),
        "rows": rows,
        "standing": standing_of(now, series),
        "submissions": list(part.submissions.order_by("id")),
        "attachments": list(Attachment.objects.of(part)),
        "may_write": may_write(by, part),
        "sees_return": by.may("report.read", made),
        "judges": judges,
        "may_resubmit": part.state in ("open", "returned")
        and made.state == "handed_in"
        and by.may("report.check", part),
        "limit": text_limit(by),
        "locked": part.locked(),
        "steps": timeline_of(part, Step.objects.of(part)),
        "sibling": duties[0] if duties else None,
    }


@require_POST
def submit_again(request: HttpRequest, pk: int) -> HttpResponseBase:
    part = seen_part(request, pk)
    done = f"已重新上报，等{part.acceptor}审。"
    return moved(request, part.get_absolute_url(), done, lambda: resubmit(request.by, part))


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponseBase:
    part = versioned(request, seen_part(request, pk))
    return moved(request, part.get_absolute_url(), "已审定。", lambda: accept_parts(
        request.by, [part], comment=request.POST.get("words", "").strip()))  # fmt: skip


@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    part = seen_part(request, pk)
    return moved(request, part.get_absolute_url(), f"已退回{part.of_return.unit}补正。", lambda: return_part(
        request.by, part, words=request.POST.get("words", "")))  # fmt: skip


@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponseBase:
    part = seen_part(request, pk)
    return moved(request, part.get_absolute_url(), f"意见已发给{part.of_return.unit}。", lambda: comment_part(
        request.by, part, words=request.POST.get("words", "")))  # fmt: skip


def versioned(request: HttpRequest, part: Part) -> Part:
    """What is accepted is what was read: the form carries the version."""
    text = request.POST.get("version", "")
    if text.isascii() and text.isdecimal() and len(text) < 10:
        part.version = int(text)
    return part


@require_POST
def add_files(request: HttpRequest, pk: int) -> HttpResponseBase:
    part = seen_part(request, pk)
    uploads = request.FILES.getlist("files")

    def attach() -> int:
        if not uploads or len(uploads) > MOST_AT_ONCE:
            raise Refused(f"请选择要上传的佐证，一次至多{MOST_AT_ONCE}个。")
        made, words = attach_to_part(request.by, part, uploads)
        for one in words:
            messages.warning(request, one)
        if not made:
            raise Refused("没有保存任何佐证，请看上面的说明。")
        return len(made)

    return moved(request, f"{part.get_absolute_url()}#files", "已保存{result}件佐证。", attach)


@require_POST
def remove_file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponseBase:
    part = seen_part(request, pk)
    one = _attachment(part, file_pk)
    return moved(
        request, f"{part.get_absolute_url()}#files", "已撤下。", lambda: detach_from_part(request.by, part, one)
    )


@require_safe
def file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponseBase:
    return turned_away(request, "report.read") or serving.original(_attachment(seen_part(request, pk), file_pk))


@require_safe
def picture(request: HttpRequest, pk: int, file_pk: int) -> HttpResponseBase:
    return turned_away(request, "report.read") or serving.picture(_attachment(seen_part(request, pk), file_pk))


def _attachment(part: Part, pk: int) -> Attachment:
    found = Attachment.objects.of(part).filter(pk=pk).first() if pk < BIG else None
    if found is None:
        raise Http404("没有这个附件。")
    return found
