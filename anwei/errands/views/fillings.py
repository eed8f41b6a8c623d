"""A unit fills its sheet: rows on the page, or its own copy uploaded."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from anwei.errands import actions, merging
from anwei.errands.calendars import left, soon
from anwei.errands.collection_forms import CopyForm, page_lines, page_rows, read_rows
from anwei.errands.forms import ReasonForm
from anwei.errands.models import Filling
from anwei.errands.sheets import Row, read_filled, settle
from anwei.errands.views.doors import attachment, attempt_filled, document, files_of, seen, signed_in, steps_of
from anwei.journal.by import NotAllowed, Refused, Stale
from anwei.matters.models import Step

_SHOWN = 50  # remarks and problems named one by one


def filling_of(request: HttpRequest, pk: int) -> Filling:
    return seen(Filling.objects.seen_by(request.by), pk, "张收表")


@signed_in
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    filling = filling_of(request, pk)
    return _page(request, filling, filling.rows)


def _page(
    request: HttpRequest, filling: Filling, rows: list[Row], *, status: int = 200, checked: bool = False, **more: Any
) -> HttpResponse:
    """`checked` marks every wrong cell and names it above the table."""
    by, collection = request.by, filling.collection
    columns = collection.sheet_columns()
    _, problems = settle(columns, rows)
    may_fill = filling.state in ("filling", "reopened") and by.may("collection.fill", filling)
    shown = problems if checked or filling.row_count else []
    context = {
        "filling": filling,
        "collection": collection,
        "columns": [column for column in columns if not column.automatic],
        "lines": page_lines(columns, rows, shown, 5 if may_fill and len(rows) else 8 if may_fill else 0),
        "may_fill": may_fill,
        "on_page": len(rows) <= page_rows(columns),
        "most": page_rows(columns),
        "problems": [f"第{one.row + 1}行：{one.message}" for one in shown[:_SHOWN]],
        "problem_count": len(shown),
        "checked": checked,
        "copy_form": CopyForm(),
        "may_reopen": filling.state == "handed_in" and by.may("collection.open", filling),
        "reason_form": ReasonForm(),
        "sent_back": Step.objects.of(filling).filter(move="reopen").last() if filling.state == "reopened" else None,
        "empty": files_of(collection, collection.get_absolute_url()),
        "files": files_of(filling, filling.get_absolute_url()),
        "copies": list(filling.copies.defer("rows")),
        "steps": steps_of(filling),
        "lamp": filling.standing(by.today, soon(by.today)),
        "left": left(filling.due_on, by.today) if filling.is_open and not filling.is_in else "",
        "sees_all": by.may.reach("collection.read").all,
    }
    return render(request, "errands/filling.html", context | more, status=status)


@signed_in
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """保存, 加行 and 报送 are one form: what was typed is kept first in every case."""
    filling = filling_of(request, pk)
    columns = filling.collection.sheet_columns()
    # A sheet longer than the page is changed by upload only; here it can be handed in as it is.
    rows = filling.rows if filling.row_count > page_rows(columns) else read_rows(request.POST, columns)
    try:
        filling = actions.save_rows(request.by, filling=filling, version=_version(request), rows=rows)
        if "hand_in" in request.POST:
            return _hand_in(request, filling)
    except NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused
    except Stale as stale:
        now = filling_of(request, pk)
        saved = page_lines(now.collection.sheet_columns(), now.rows, [], 0)
        messages.error(request, str(stale))
        return _page(request, now, rows, status=409, theirs=saved)
    except Refused as refused:
        messages.error(request, str(refused))
        return _page(request, filling_of(request, pk), rows, status=400)
    messages.success(request, f"已保存{filling.row_count}行。还没有报送。")
    return redirect(filling)


def _hand_in(request: HttpRequest, filling: Filling) -> HttpResponse:
    nothing = request.POST.get("nothing") == "1"
    filling, problems = actions.hand_in(request.by, filling=filling, nothing=nothing)
    if problems:
        messages.error(request, f"有{len(problems)}处需要改正，已替您保存，改好后再报送。")
        return _page(request, filling, filling.rows, status=400, checked=True)
    messages.success(request, "零报告已报送。" if nothing else f"已报送{filling.row_count}行。")
    return redirect(filling)


@signed_in
@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's own copy takes the place of the rows; wrong cells are shown on the page."""
    filling = filling_of(request, pk)
    form = CopyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, filling, filling.rows, status=400, copy_form=form)
    file, table = form.cleaned_data["file"]
    columns = filling.collection.sheet_columns()
    try:
        rows, remarks = read_filled(table, columns, filling.collection.examples)
        filling = actions.save_rows(request.by, filling=filling, version=_version(request), rows=rows, upload=file)
    except NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused
    except (ValueError, Refused) as refused:
        form.add_error("file", str(refused))
        now = filling_of(request, pk)
        return _page(request, now, now.rows, status=400, copy_form=form)
    messages.success(request, f"已读入{len(rows)}行，请看一遍再报送。")
    for remark in remarks[:_SHOWN]:
        messages.warning(request, remark)
    return redirect(filling)


@signed_in
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    filling = filling_of(request, pk)
    form, back = ReasonForm(request.POST), filling.get_absolute_url()
    return attempt_filled(request, form, back, "已退回补正。", actions.reopen, filling=filling)


@signed_in
@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's rows as Excel."""
    filling = filling_of(request, pk)
    content = merging.own_sheet(filling, filling.rows)
    return document(f"{filling.collection.title}（{filling.unit.short}）.xlsx", merging.CONTENT_TYPE, content)


@signed_in
@require_safe
def kept(request: HttpRequest, pk: int, copy_pk: int) -> HttpResponse:
    """Rows as they stood at an earlier moment."""
    filling = filling_of(request, pk)
    copy = seen(filling.copies.all(), copy_pk, "份留存")
    name = f"{filling.collection.title}（{filling.unit.short}　留存{copy.pk}）.xlsx"
    return document(name, merging.CONTENT_TYPE, merging.own_sheet(filling, copy.rows))


@signed_in
@require_safe
def file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponseBase:
    return attachment(filling_of(request, pk), file_pk, "")


def _version(request: HttpRequest) -> int:
    written = request.POST.get("version", "")
    return int(written) if written.isdecimal() and len(written) < 10 else 0
