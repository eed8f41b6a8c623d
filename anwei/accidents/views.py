"""The pages that no book can make: record, and one form for each step."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from anwei.accidents.actions import record_accidents
from anwei.accidents.book import ACCIDENTS
from anwei.accidents.forms import RecordForm
from anwei.accidents.models import Accident
from anwei.accidents.moves import Step, open_moves
from anwei.books.doors import row_or_404, turned_away
from anwei.journal.by import NotAllowed, Refused

RECORD = "accident.record"
FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
def record(request: HttpRequest) -> HttpResponseBase:
    if away := turned_away(request, RECORD):
        return away
    form = RecordForm(request.by, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made, problems = _tried(form, record_accidents, request.by, [form.row()]) or ([], [])
        if made:
            messages.success(request, "已登记。")
            return redirect(made[0].get_absolute_url())
        for problem in problems:
            form.add_error(None, problem.message)
    return _page(request, form, "登记事故", ACCIDENTS.url)


@FORM
def step(request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    """A step that is open here and now."""
    if away := turned_away(request, RECORD):
        return away
    accident: Accident = row_or_404(ACCIDENTS, request.by, pk)
    found = _open_step(request, accident, key)
    form = found.form(accident, request.POST or None)
    if request.method == "POST" and form.is_valid():
        accident.version = form.cleaned_data["version"] or 0
        if _tried(form, found.action, request.by, accident, **form.values()) is not None:
            messages.success(request, found.done)
            return redirect(accident.get_absolute_url())
    return _page(request, form, f"{found.title}：{accident}", accident.get_absolute_url())


def _open_step(request: HttpRequest, accident: Accident, key: str) -> Step:
    if request.by.may(RECORD, accident):
        for one in open_moves(accident):
            if one.key == key:
                return one
    raise Http404("这一步现在不能办：已经办过、由上级调查，或不在您的权限内。")


def _tried(form: Any, action: Any, *args: Any, **options: Any) -> Any:
    """What the action made; a refusal becomes words above the form. Somebody else's row stays a 403."""
    try:
        return action(*args, **options)
    except NotAllowed:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
    return None


def _page(request: HttpRequest, form: Any, title: str, back_url: str) -> HttpResponseBase:
    context = {"book": ACCIDENTS, "form": form, "title": title, "submit": "保存", "back_url": back_url}
    return render(request, "accidents/form.html", context)
