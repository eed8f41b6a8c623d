"""The number beside 待办 in the head of every page. Any act may change it, so it is kept until the journal's next entry."""

from django.core.cache import cache
from django.http import HttpRequest

from anwei.portal.desk.freshness import SECONDS, last_entry
from anwei.portal.desk.inbox import Desk


def waiting_count(request: HttpRequest) -> int:
    """One query while nothing was written since; the whole desk otherwise."""
    key = _key(request)
    found = cache.get(key)
    if found is None:
        found = Desk.of(request.by).waiting
        cache.set(key, found, SECONDS)
    return int(found)


def keep_count(request: HttpRequest, number: int) -> None:
    """The desk itself has just counted."""
    cache.set(_key(request), number, SECONDS)


def _key(request: HttpRequest) -> str:
    return f"waiting:{request.post_held.pk}:{request.by.today}:{last_entry()}"
