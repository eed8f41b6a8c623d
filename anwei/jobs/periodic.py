"""Work that comes round: rooms name it, how often, and a function of the moment; one of all workers does it."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from anwei.jobs.models import Beat
from anwei.jobs.queue import LEASE, heartbeat

Work = Callable[[datetime], None]


@dataclass(frozen=True, slots=True)
class Round:
    name: str
    every: timedelta
    work: Work


_rounds: dict[str, Round] = {}


def every(name: str, seconds: int, work: Work) -> None:
    """Registers periodic work (in `AppConfig.ready()`): `every("journal.seal", 600, seal_journal)`."""
    if name in _rounds and _rounds[name].work is not work:
        raise ValueError(f"periodic work {name!r} is registered twice")
    _rounds[name] = Round(name, timedelta(seconds=seconds), work)


def rounds() -> tuple[Round, ...]:
    return tuple(_rounds.values())


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
