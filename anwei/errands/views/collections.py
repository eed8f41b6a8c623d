"""The office's side of a sheet to be collected: prepare, send out, who is missing, merge."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from anwei.errands import actions, merging
from anwei.errands.calendars import left, soon
from anwei.errands.collection_forms import DeadlineForm, OpenForm, PrepareForm
from anwei.errands.forms import ReasonForm, UnitsForm
from anwei.errands.models import Collection, Filling
from anwei.errands.views.doors import (
    add_chosen,
    attachment,
    attempt,
    attempt_filled,
    document,
    files_of,
    seen,
    signed_in,
    steps_of,
)
from anwei.journal.by import Refused
from anwei.outbox.models import Notice
from anwei.references import about


class FillersForm(UnitsForm):
    capability = "collection.open"


def _collection(request: HttpRequest, pk: int) -> Collection:
    return seen(Collection.objects.seen_by(request.by).select_related("giver"), pk, "张收表")


def _opens(request: HttpRequest, collection: Collection) -> None:
    """The sheet's own page is its giver's: a unit reads its own filling."""
    if not request.by.may("collection.open", collection):
        raise Http404("没有这一页，或者您看不到它。")


@signed_in
def prepare(request: HttpRequest) -> HttpResponse:
    if not request.by.may.reach("collection.open"):
        raise PermissionDenied("您现在的岗位没有“发起收表”的权限。如确需办理，请联系区安委办。")
    form = PrepareForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        values = {name: data[name] for name in ("title", "note", "sheet")}
        try:
            collection = actions.prepare(request.by, upload=data["file"][0], **values)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(collection)
    return render(request, "errands/prepare.html", {"form": form}, status=400 if form.is_bound else 200)


@signed_in
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft is checked and sent out here; later it shows who is in. A unit is led to its own filling."""
    collection, by = _collection(request, pk), request.by
    if not by.may("collection.open", collection) and not by.may.reach("collection.read").all:
        own = Filling.objects.seen_by(by).filter(collection=collection).official().first()
        if own is None:
            raise Http404("没有这张收表，或者您看不到它。")
        return redirect(own)
    if collection.is_draft and by.may("collection.open", collection):
        return _open(request, collection)
    return render(request, "errands/collection.html", _context(request, collection))


def _open(request: HttpRequest, collection: Collection) -> HttpResponse:
    form = OpenForm(request.by, collection, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        values = {name: data[name] for name in ("columns", "due_on", "note")}
        try:
            actions.open_collection(request.by, collection=collection, units=data["chosen"], **values)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已下发{len(data['chosen'])}个单位。")
            return redirect(collection)
    context = {
        "collection": collection,
        "form": form,
        "files": files_of(collection, collection.get_absolute_url()),
        "reason_form": ReasonForm(),
    }
    return render(request, "errands/open_collection.html", context, status=400 if form.is_bound else 200)


def _context(request: HttpRequest, collection: Collection) -> dict[str, Any]:
    by, today = request.by, request.by.today
    near = soon(today)
    fillings = list(collection.fillings.official())
    for one in fillings:
        one.lamp = one.standing(today, near)
    own = by.may("collection.open", collection)
    missing = [one for one in fillings if not one.is_in]
    reminded = Notice.objects.filter(about__in=[about(one) for one in missing], kind="remind").order_by("id")
    last = {notice.about: notice.written_at for notice in reminded}
    for one in missing:
        one.reminded_at = last.get(about(one))
    return {
        "collection": collection,
        "fillings": fillings,
        "missing": missing,
        "own": own and collection.state == "open",
        "counts": {
            "all": len(fillings),
            "in": len(fillings) - len(missing),
            "late": sum(one.is_late for one in fillings),
            "nothing": sum(one.is_in and one.nothing for one in fillings),
            "rows": sum(one.row_count for one in fillings if one.is_in),
        },
        "left": left(collection.due_on, today) if collection.is_open and collection.due_on else "",
        "files": files_of(collection, collection.get_absolute_url()),
        "steps": steps_of(collection),
        "reason_form": ReasonForm(),
        "deadline_form": DeadlineForm(),
    }


@signed_in
@require_safe
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """汇总 as Excel, of what is in by now."""
    collection = _collection(request, pk)
    if not request.by.may("collection.open", collection) and not request.by.may.reach("collection.read").all:
        raise Http404("没有这一页，或者您看不到它。")
    content = merging.merged(collection, request.by.at)
    return document(f"{collection.title}（汇总）.xlsx", merging.CONTENT_TYPE, content)


@signed_in
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    collection = _collection(request, pk)
    done = "已催报还没有报送的单位（同一单位一天只催一次）。"
    return attempt(request, collection.get_absolute_url(), done, actions.remind_missing, collection=collection)


@signed_in
@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    collection = _collection(request, pk)
    done = "已汇总结束；没有报送的单位记为未报。"
    return attempt(request, collection.get_absolute_url(), done, actions.finish_collection, collection=collection)


@signed_in
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    collection = _collection(request, pk)
    form, back = ReasonForm(request.POST), collection.get_absolute_url()
    return attempt_filled(request, form, back, "已撤销。", actions.withdraw_collection, collection=collection)


@signed_in
@require_POST
def deadline(request: HttpRequest, pk: int) -> HttpResponse:
    collection = _collection(request, pk)
    form, back = DeadlineForm(request.POST), collection.get_absolute_url()
    return attempt_filled(request, form, back, "已改时限。", actions.move_deadline, collection=collection)


@signed_in
def add_units(request: HttpRequest, pk: int) -> HttpResponse:
    collection = _collection(request, pk)
    _opens(request, collection)
    known, back = frozenset(collection.fillings.values_list("unit_id", flat=True)), collection.get_absolute_url()
    form = FillersForm(request.by, request.POST or None, without=known)
    context = {"subject": collection.title, "back": back, "ledger": "/collections", "place": "收表"}
    return add_chosen(request, form, context, "已增加单位并下发。", actions.add_fillers, collection=collection)


@signed_in
@require_safe
def file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponseBase:
    """The empty sheet, for everybody who has to fill it."""
    return attachment(_collection(request, pk), file_pk, "")
