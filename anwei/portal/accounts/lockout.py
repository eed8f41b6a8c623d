"""A name that failed too often: counted by axes, for password and second factor together."""

from contextlib import suppress
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from anwei.journal.by import Refused
from anwei.portal import clock
from anwei.portal.accounts import limits
from anwei.portal.accounts.places import client_address
from anwei.units.actions import record_refusal
from anwei.units.models import Person
from anwei.units.rights import by_door


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """The name under which axes counts: «Zhang» and «zhang» are one."""
    named = (credentials or {}).get("username")
    return str(named).strip().lower() if named else None


def is_locked(request: HttpRequest, username: str) -> bool:
    return not AxesProxyHandler.is_allowed(request, {"username": username})


def count_failure(request: HttpRequest, username: str) -> None:
    """A wrong second factor counts like a wrong password."""
    user_login_failed.send(sender=__name__, credentials={"username": username}, request=request)


def record(request: HttpRequest, username: str, why: str) -> None:
    person = Person.objects.filter(username__iexact=username).first()
    by = by_door(None, clock.now(), "web", request.request_id)
    with suppress(Refused):
        record_refusal(by, person, username=username, address=client_address(request), why=why)


def locked_page(request: HttpRequest, original: HttpResponse, credentials: dict[str, Any] | None) -> HttpResponse:
    """What axes answers instead of the sign-in page (429)."""
    minutes = int(limits.lock_time().total_seconds() // 60)
    words = f"连续输错已达{limits.max_failures()}次，这个登录名锁定{minutes}分钟，其间输对也不能登录。"
    return render(request, "429.html", {"words": words}, status=429)
