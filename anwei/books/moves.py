"""A move by form: run the action, say what happened, go back to the page. Refusals become words, never a 500."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from anwei.journal.by import Refused


def moved(request: HttpRequest, back: str, done: str, action: Callable[[], Any]) -> HttpResponseRedirect:
    """Runs `action`; afterwards the page at `next` (own host only) or `back` shows `done` or the refusal's words.

    `done` may hold {result}.
    """
    try:
        result = action()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if done:
            messages.success(request, done.format(result=result))
    return HttpResponseRedirect(next_page(request, back))


def next_page(request: HttpRequest, back: str) -> str:
    """Where the form asks to go on (`next`), if that is a page of this host."""
    wanted = request.POST.get("next", "")
    here = {request.get_host()}
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, here, request.is_secure()) else back
