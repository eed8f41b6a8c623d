"""What every page of the room does first and last: find the row among those that may be seen, turn a refusal to words."""

import functools
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from anwei.errands.models import Errand, ErrandPart
from anwei.files import serving
from anwei.files.models import Attachment
from anwei.journal.by import NotAllowed, Refused
from anwei.matters.models import Matter, Step

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Sends those who are not signed in to the sign-in page."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        return view(request, *args, **kwargs)

    return run


def seen(rows: Any, pk: int, noun: str) -> Any:
    """The row, where it may be seen: what you may not see does not exist."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404(f"没有这{noun}，或者您看不到它。")
    return row


def errand_of(request: HttpRequest, pk: int) -> Errand:
    return seen(Errand.objects.seen_by(request.by).select_related("giver"), pk, "张交办单")


def part_of(request: HttpRequest, pk: int) -> ErrandPart:
    return seen(ErrandPart.objects.seen_by(request.by), pk, "项交办事项")


def attempt(request: HttpRequest, back: str, done: str, act: Callable[..., Any], **values: Any) -> HttpResponse:
    """Makes an act and goes back to the page with one message, what happened or why not."""
    try:
        act(request.by, **values)
    except NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect(back)


def attempt_filled(
    request: HttpRequest, form: forms.Form, back: str, done: str, act: Callable[..., Any], **values: Any
) -> HttpResponse:
    """Makes an act of a short form, whose fields are named as the act's arguments; where the form is not in order, goes
    back to the page with each error as a message that names its field."""
    if form.is_valid():
        return attempt(request, back, done, act, **values, **form.cleaned_data)
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for error in errors:
            messages.error(request, f"{label}：{error}" if label else str(error))
    return redirect(back)


def add_chosen(
    request: HttpRequest, form: forms.Form, context: dict[str, Any], done: str, act: Callable[..., Any], **values: Any
) -> HttpResponse:
    """The page on which further units are chosen; `context` says for what and the way `back`."""
    if request.method == "POST" and form.is_valid():
        return attempt(request, context["back"], done, act, **values, units=form.cleaned_data["chosen"])
    context = context | {"form": form}
    return render(request, "errands/add_units.html", context, status=400 if form.is_bound else 200)


def attachment(row: Matter, pk: int, kind: str) -> HttpResponseBase:
    """A file of a row that was found through `seen_by`."""
    found = Attachment.objects.of(row).filter(pk=pk).first()
    if found is None:
        raise Http404("没有这个附件。")
    return serving.picture(found) if kind == "picture" else serving.original(found)


def files_of(row: Matter, address: str) -> list[dict[str, Any]]:
    """The attachments of a row as templates/errands/files.html shows them."""
    return [
        {"title": one.name, "url": f"{address}/files/{one.pk}", "shown": one.blob.shown, "by": one.by_text}
        for one in Attachment.objects.of(row)
    ]


def steps_of(matter: Matter) -> list[dict[str, Any]]:
    tones = {"send_back": "back", "withdraw": "alarm", "release": "alarm", "close": "end", "finish": "end"}
    return [
        {
            "what": step.label,
            "who": step.by_person,
            "unit": step.by_unit,
            "at": step.at,
            "words": step.text,
            "tone": tones.get(step.move, ""),
        }
        for step in Step.objects.of(matter)
    ]


def document(name: str, content_type: str, content: bytes) -> HttpResponse:
    """A file made just now, as a download."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
