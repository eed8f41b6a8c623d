"""What a session remembers about itself, in seconds of the real clock: a demonstration day stands still, a session does not."""

import time

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from anwei.portal.accounts import limits
from anwei.units.models import Person

SIGNED_IN_AT, SEEN_AT, LIMITS = "signed_in_at", "seen_at", "limits"
PASSWORD_EXPIRED = "password_expired"


def start_session(request: HttpRequest) -> None:
    """The limits in force at sign-in go with the session, so that no later request has to look them up."""
    allowed = limits.session_limits()
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(time.time())
    request.session[LIMITS] = [allowed.idle, allowed.absolute]


def own_sessions(person: Person) -> list[UserSession]:
    """Newest first; those that are over are cleared away on the way."""
    return sorted(UserSession.objects.purge_and_list(person), key=lambda one: one.created_at, reverse=True)


def end_other_sessions(request: HttpRequest, person: Person) -> int:
    others = [one for one in own_sessions(person) if one.session_key != request.session.session_key]
    for one in others:
        one.end()
    return len(others)
