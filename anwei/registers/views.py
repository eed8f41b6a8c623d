"""The pages that no book can make: register, correct, evaluate, void."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from anwei.books.doors import row_or_404, turned_away
from anwei.journal.by import NotAllowed, Refused, Stale
from anwei.registers.actions import (
    correct_installation,
    record_evaluation,
    register_installations,
    void_evaluation,
    void_installation,
)
from anwei.registers.book import INSTALLATIONS
from anwei.registers.forms import EvaluationForm, InstallationForm, ReasonForm, starting_values
from anwei.registers.kinds import InstallationKind, installation_kind, installation_kinds
from anwei.registers.models import Evaluation, Installation
from anwei.rulebook import RulebookError

EDIT = "register.edit"
FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
def record(request: HttpRequest) -> HttpResponseBase:
    """First which kind where there are several, then that kind's own questions."""
    if away := turned_away(request, EDIT):
        return away
    kind = _kind(request.GET.get("kind", ""))
    if kind is None:
        return render(request, "registers/kinds.html", {"book": INSTALLATIONS, "kinds": installation_kinds()})
    form = InstallationForm(request.by, kind, request.POST or None)
    if _posted(request, form):
        done = _tried(form, register_installations, request.by, [form.row()])
        if done is not None and done[0]:
            messages.success(request, "已登记。")
            return redirect(done[0][0].get_absolute_url())
        for problem in done[1] if done is not None else []:
            form.add_error(None, problem.message)
    return _page(request, form, f"登记：{kind.label}", "登记", INSTALLATIONS.url, kind.note)


@FORM
def correct(request: HttpRequest, pk: int) -> HttpResponseBase:
    if away := turned_away(request, EDIT):
        return away
    row = _open_row(request, pk)
    form = InstallationForm(
        request.by, row.kind_data, request.POST or None, instead_of=row, initial=starting_values(row)
    )
    if _posted(request, form):
        reason = form.cleaned_data["reason"]
        row.version = form.cleaned_data["version"] or 0
        if _tried(form, correct_installation, request.by, row, changes=form.row(), reason=reason):
            messages.success(request, "已更正。")
            return redirect(row.get_absolute_url())
    return _page(request, form, f"更正：{row}", "更正", row.get_absolute_url())


@FORM
def evaluate(request: HttpRequest, pk: int) -> HttpResponseBase:
    if away := turned_away(request, EDIT):
        return away
    row = _open_row(request, pk)
    form = EvaluationForm(request.POST or None)
    if _posted(request, form) and _tried(form, record_evaluation, request.by, row, **form.cleaned_data):
        messages.success(request, "已登记评估。")
        return redirect(row.get_absolute_url())
    return _page(request, form, f"登记评估：{row}", "登记", row.get_absolute_url())


@FORM
def void(request: HttpRequest, pk: int) -> HttpResponseBase:
    if away := turned_away(request, EDIT):
        return away
    row = _open_row(request, pk)
    form = ReasonForm(request.POST or None)
    if _posted(request, form) and _tried(form, void_installation, request.by, row, reason=form.cleaned_data["reason"]):
        messages.success(request, "已作废。自今天起不再计入，此前的统计不变。")
        return redirect(row.get_absolute_url())
    return _asked(request, row, form, "作废这处设施？停止使用的不要作废，请更正，填写停用日期。")


@FORM
def unevaluate(request: HttpRequest, pk: int, evaluation_pk: int) -> HttpResponseBase:
    if away := turned_away(request, EDIT):
        return away
    row = _open_row(request, pk)
    evaluation = get_object_or_404(Evaluation.objects.valid(), installation=row, pk=evaluation_pk)
    form = ReasonForm(request.POST or None)
    if _posted(request, form) and _tried(
        form, void_evaluation, request.by, evaluation, reason=form.cleaned_data["reason"]
    ):
        messages.success(request, "已作废这次评估。")
        return redirect(row.get_absolute_url())
    return _asked(request, row, form, f"作废 {evaluation.evaluated_on} 的评估？")


def _kind(key: str) -> InstallationKind | None:
    if not key:
        kinds = installation_kinds()
        return kinds[0] if len(kinds) == 1 else None
    try:
        return installation_kind(key)
    except RulebookError as error:
        raise Http404("没有这类设施，请从种类中选择。") from error


def _posted(request: HttpRequest, form: Any) -> bool:
    return request.method == "POST" and form.is_valid()


def _tried(form: Any, action: Any, *args: Any, **options: Any) -> Any:
    """What the action made; a refusal becomes words above the form. Somebody else's row stays a 403."""
    try:
        return action(*args, **options)
    except NotAllowed:
        raise
    except (Refused, Stale) as refused:
        form.add_error(None, str(refused))
    return None


def _open_row(request: HttpRequest, pk: int) -> Installation:
    """A row that may be changed here and now."""
    row: Installation = row_or_404(INSTALLATIONS, request.by, pk)
    if not row.is_valid or row.is_locked or not request.by.may(EDIT, row):
        raise Http404("这一条不能改：已经作废、由别的系统维护，或不在您的范围内。")
    return row


def _page(request: HttpRequest, form: Any, title: str, submit: str, back_url: str, note: str = "") -> HttpResponseBase:
    context = {
        "book": INSTALLATIONS,
        "form": form,
        "title": title,
        "submit": submit,
        "back_url": back_url,
        "note": note,
    }
    return render(request, "registers/form.html", context)


def _asked(request: HttpRequest, row: Installation, form: Any, question: str) -> HttpResponseBase:
    context = {"book": INSTALLATIONS, "row": row, "form": form, "question": question}
    return render(request, "registers/void.html", context)
