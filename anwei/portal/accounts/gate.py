"""The gate before every page: signed in or away, sessions that end, a password that must change, a second factor first."""

import time
from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect

from anwei.journal.by import NotAllowed, Refused
from anwei.portal import clock
from anwei.portal.accounts.places import is_public
from anwei.portal.accounts.second_factor import has_second_factor, needs_second_factor
from anwei.portal.accounts.sessions import LIMITS, PASSWORD_EXPIRED, SEEN_AT, SIGNED_IN_AT, start_session
from anwei.units.actions import record_sign_out
from anwei.units.models import Person
from anwei.units.rights import by_door

SIGN_IN = "/sign-in"
PASSWORD = "/account/password"
SECOND_FACTOR = "/account/two-factor/activate"
# What stays open while a page has to be dealt with first.
_OPEN = {
    PASSWORD: (PASSWORD,),
    SECOND_FACTOR: ("/account/two-factor", "/account/recovery-codes", "/account/confirm"),
}
_BOUND = "second_factor_bound"
# How often a session that is in use says so; a write for each request would be one too many.
_SEEN_EVERY = 60


class GateMiddleware:
    """Default deny. Stands behind ByMiddleware, which says who is asking."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user if isinstance(request.user, Person) else None
        over = person is not None and _session_is_over(request, person)
        if is_public(request.path):
            return self.get_response(request)
        if person is None or over:
            return _away(request, SIGN_IN, request.get_full_path() if request.method == "GET" else "/")
        first = _comes_first(request, person)
        if first and not request.path.startswith(_OPEN[first]):
            return _away(request, first)
        if request.post_held is None and not request.path.startswith("/account"):
            return _without_post(request)
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What an action refused and no page of its own said: 403 without the right, 409 when it cannot be done now."""
        if isinstance(exception, NotAllowed):
            return render(request, "403.html", {"exception": exception}, status=403)
        if isinstance(exception, Refused):
            return render(request, "409.html", {"exception": exception}, status=409)
        return None


def _session_is_over(request: HttpRequest, person: Person) -> bool:
    """Ends a session that was idle or open too long, and says why on the page that follows."""
    now, session = int(time.time()), request.session
    if SIGNED_IN_AT not in session:
        start_session(request)
    idle, absolute = session[LIMITS]
    if now - session[SEEN_AT] > idle:
        why = f"{idle // 60}分钟没有操作，已自动退出，请重新登录。"
    elif now - session[SIGNED_IN_AT] > absolute:
        why = f"这次登录已满{absolute // 3600}小时，请重新登录。"
    else:
        if now - session[SEEN_AT] >= _SEEN_EVERY:
            session[SEEN_AT] = now
        return False
    record_sign_out(by_door(person, clock.now(), "web", request.request_id), person, why=why.split("，")[0])
    logout(request)
    messages.info(request, why)
    return True


def _comes_first(request: HttpRequest, person: Person) -> str:
    """The page that has to be dealt with before any other; empty when there is none."""
    if person.must_change_password or request.session.get(PASSWORD_EXPIRED):
        return PASSWORD
    if request.session.get(_BOUND) or not needs_second_factor(person):
        return ""
    if has_second_factor(person):
        request.session[_BOUND] = True
        return ""
    return SECOND_FACTOR


def _away(request: HttpRequest, place: str, then: str = "") -> HttpResponse:
    """Off to another page: in htmx as a whole page, for machines as 401."""
    if request.path.endswith(".json"):
        return JsonResponse({"message": "请先登录。"}, status=401)
    if then and then != "/":
        place += "?" + urlencode({"next": then})
    if request.htmx:
        return HttpResponseClientRedirect(place)
    return HttpResponseRedirect(place)


def _without_post(request: HttpRequest) -> HttpResponse:
    """Signed in, but nowhere in office: one page says so, nothing else is there."""
    if request.path == "/":
        return render(request, "account/no_post.html", status=403)
    raise Http404("没有在任的岗位")
