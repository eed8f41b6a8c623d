"""How often the public door may be used. Counted in the database, so that the limit holds over all processes."""

import hashlib
from datetime import timedelta
from typing import Final

from django.db.models import F
from django.http import HttpRequest

from anwei.errands.models import Knock
from anwei.journal.by import By

ANSWERS_AN_HOUR: Final = 20  # by one link
MISSES_AN_HOUR: Final = 60  # wrong links from one address; right ones are served all the same
_KEPT: Final = timedelta(days=2)


def too_many(by: By, key: str, most: int) -> bool:
    """Counts one knock; True where there have been more than `most` within this clock hour."""
    hour = by.at.replace(minute=0, second=0, microsecond=0)
    row, new = Knock.objects.get_or_create(key=key, hour=hour)
    Knock.objects.filter(pk=row.pk).update(count=F("count") + 1)
    if new:
        Knock.objects.filter(hour__lt=hour - _KEPT).delete()
    row.refresh_from_db(fields=["count"])
    return row.count > most


def address_key(request: HttpRequest) -> str:
    """The sender's address, not readable as such."""
    sent_from = request.META.get("REMOTE_ADDR", "")
    return "miss:" + hashlib.sha256(sent_from.encode()).hexdigest()[:32]
