"""The only place that asks the clock. A demonstration home keeps its date in `demo-date`; ANWEI_TODAY overrides it."""

import os
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

DEMO_FILE = "demo-date"


def demo_date() -> date | None:
    """The demonstration date, or None in real use."""
    written = os.environ.get("ANWEI_TODAY", "").strip()
    path = settings.ANWEI_HOME / DEMO_FILE
    if not written and path.exists():
        written = path.read_text(encoding="utf-8").strip()
    return date.fromisoformat(written) if written else None


def now() -> datetime:
    """Aware. On the demonstration date the time of day goes on as it does outside."""
    real = timezone.localtime()
    day = demo_date()
    return real if day is None else real + timedelta(days=(day - real.date()).days)


def today() -> date:
    return timezone.localtime(now()).date()


def shown(moment: datetime) -> datetime:
    """A moment that a library took from the real clock, as it stands on the demonstration calendar."""
    return timezone.localtime(moment + (now() - timezone.localtime()))
