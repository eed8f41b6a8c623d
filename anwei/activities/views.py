"""The pages that no book can make: record, correct, void."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from anwei.activities.actions import correct_activity, record_activities, void_activity
from anwei.activities.book import ACTIVITIES
from anwei.activities.forms import RecordForm, VoidForm, starting_values
from anwei.activities.models import Activity
from anwei.books.doors import row_or_404, turned_away
from anwei.journal.by import NotAllowed, Refused
from anwei.rulebook import ActivityKind, RulebookError, activity_kind, activity_kinds

FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
def record(request: HttpRequest) -> HttpResponseBase:
    """First which kind, then that kind's own questions."""
    if away := turned_away(request, "activity.record"):
        return away
    kind = _kind(request.GET.get("kind", ""))
    if kind is None:
        return render(request, "activities/kinds.html", {"book": ACTIVITIES, "groups": _groups(request.by)})
    form = RecordForm(request.by, kind, *_given(request))
    if request.method == "POST" and form.is_valid() and (activity := _recorded(request, form)):
        return redirect(activity.get_absolute_url())
    return _page(request, form, f"录入：{kind.label}", "录入", "/activities/record", kind)


@FORM
def correct(request: HttpRequest, pk: int) -> HttpResponseBase:
    if away := turned_away(request, "activity.correct"):
        return away
    activity = _own_row(request, pk)
    if not activity.is_valid:
        return _too_late(request, activity)
    kind = activity.kind_data
    form = RecordForm(request.by, kind, *_given(request), instead_of=activity, initial=starting_values(activity))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        successor = _tried(form, correct_activity, request.by, activity, changes=form.row(), reason=reason)
        if successor is not None:
            messages.success(request, "已更正。自今天起按更正后的计，此前的统计不变。")
            return redirect(successor.get_absolute_url())
    return _page(request, form, f"更正：{activity}", "更正", activity.get_absolute_url(), kind)


@FORM
def void(request: HttpRequest, pk: int) -> HttpResponseBase:
    if away := turned_away(request, "activity.correct"):
        return away
    activity = _own_row(request, pk)
    if not activity.is_valid:
        return _too_late(request, activity)
    form = VoidForm(*_given(request))
    if request.method == "POST" and form.is_valid():
        voided = _tried(form, void_activity, request.by, activity, reason=form.cleaned_data["reason"])
        if voided is not None:
            messages.success(request, "已作废。自今天起不再计入，此前的统计不变。")
            return redirect(activity.get_absolute_url())
    return render(request, "activities/void.html", {"book": ACTIVITIES, "activity": activity, "form": form})


def _given(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _kind(key: str) -> ActivityKind | None:
    if not key:
        return None
    try:
        return activity_kind(key)
    except RulebookError as error:
        raise Http404("没有这类活动，请从种类中选择。") from error


def _groups(by: Any) -> list[tuple[str, list[ActivityKind]]]:
    """Kinds that this person's units may hold, under their headings."""
    reach = by.may.reach("activity.record")
    own = by.unit.kind if by.unit is not None else ""
    kinds = [kind for kind in activity_kinds() if reach.all or len(reach.owners) > 1 or kind.may_be_held_by(own)]
    return [(name, list(group)) for name, group in groupby(kinds, key=lambda kind: kind.group)]


def _recorded(request: HttpRequest, form: RecordForm) -> Activity | None:
    done = _tried(form, record_activities, request.by, [form.row()])
    if done is None:
        return None
    made, problems = done
    for problem in problems:
        (messages.warning(request, problem.message) if made else form.add_error(None, problem.message))
    if made:
        messages.success(request, "已录入。")
    return made[0] if made else None


def _tried(form: Any, action: Any, *args: Any, **options: Any) -> Any:
    """What the action made; a refusal becomes words above the form. Somebody else's row stays a 403."""
    try:
        return action(*args, **options)
    except NotAllowed:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
    return None


def _own_row(request: HttpRequest, pk: int) -> Activity:
    activity: Activity = row_or_404(ACTIVITIES, request.by, pk)
    if not request.by.may("activity.correct", activity):
        raise Http404("这一条由别的单位主办，请由其更正。")
    return activity


def _too_late(request: HttpRequest, activity: Activity) -> HttpResponseBase:
    """Somebody was first: on to what stands now."""
    now = activity
    while now.corrected:
        now = now.corrected_by
    messages.warning(
        request, f"您要办的那一条已经{activity.state_word.removeprefix('已')}，刚才的填写没有保存。这是现在的一条。"
    )
    return redirect(now.get_absolute_url())


def _page(
    request: HttpRequest, form: RecordForm, title: str, submit: str, back_url: str, kind: ActivityKind
) -> HttpResponseBase:
    context = {"book": ACTIVITIES, "form": form, "title": title, "submit": submit, "back_url": back_url, "kind": kind}
    return render(request, "activities/form.html", context)
