"""The number beside 待办 in the head of every page. Any act may change it, so it is kept until the journal's next entry."""

from django.core.cache import cache
from django.http import HttpRequest

from anwei.journal.models import Entry
from anwei.portal.desk.inbox import Desk

SECONDS = 3600


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
    last = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    return f"waiting:{request.post_held.pk}:{request.by.today}:{last}"
