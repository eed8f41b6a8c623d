"""Work that comes round (`registry.every`): one of all workers does it, and a killed one is relieved."""

import traceback
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from anwei.jobs.models import Beat
from anwei.jobs.queue import LEASE, heartbeat
from anwei.jobs.registry import Round, rounds


def run_due_rounds(worker: str, at: Callable[[], datetime], lease: timedelta = LEASE) -> list[str]:
    """Does what is due and nobody else is at. Answers the names; an error is kept on its beat and tried next time."""
    return [one.name for one in rounds() if _take(one, worker, lease) and _run(one, worker, at, lease)]


def _take(one: Round, worker: str, lease: timedelta) -> bool:
    now = timezone.now()
    with transaction.atomic():
        Beat.objects.bulk_create([Beat(name=one.name, due_at=now)], ignore_conflicts=True)
        free = Beat.objects.filter(Q(leased_until=None) | Q(leased_until__lt=now), name=one.name, due_at__lte=now)
        return bool(free.update(worker=worker, leased_until=now + lease))


def _run(one: Round, worker: str, at: Callable[[], datetime], lease: timedelta) -> bool:
    mine = Beat.objects.filter(name=one.name, worker=worker)
    columns: dict[str, object] = {"error": ""}
    try:
        with heartbeat(lambda: mine.update(leased_until=timezone.now() + lease), lease):
            one.work(at())
        columns["last_good_at"] = timezone.now()
    except Exception:
        columns["error"] = traceback.format_exc()[-4000:]
    mine.update(due_at=timezone.now() + one.every, leased_until=None, **columns)
    return True
