"""Jobs: put in once, claimed by one worker, done again when a worker dies.

A handler is a function of (payload, at): `payload` the JSON given to `enqueue`, `at` the moment of the door's clock. It
may run twice (a worker killed at the last moment), so it must be written to be safe to repeat.
"""

import threading
import traceback
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from anwei.jobs.models import Job
from anwei.jobs.registry import handlers

LEASE = timedelta(seconds=60)
# After a failure: 1 minute, 2, 4 … at most an hour.
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=1)
_ERROR_LENGTH = 4000


def enqueue(
    kind: str,
    payload: dict[str, Any],
    *,
    key: str | None = None,
    run_after: datetime | None = None,
    about: str = "",
    max_attempts: int = 5,
) -> Job:
    """Asks for work. With a `key` that was used before, answers the earlier job. Part of the caller's transaction."""
    now = timezone.now()
    job = Job(
        kind=kind, key=key, payload=payload, run_after=run_after or now, about=about, made_at=now,
        max_attempts=max_attempts,
    )  # fmt: skip
    if key is None:
        job.save()
        return job
    Job.objects.bulk_create([job], ignore_conflicts=True)
    return Job.objects.get(key=key)


def run_due_jobs(worker: str, at: Callable[[], datetime], limit: int = 100, lease: timedelta = LEASE) -> int:
    """Does due jobs of known kinds, at most `limit`. Answers how many were taken, well or badly done."""
    for taken in range(limit):
        job = claim(worker, lease)
        if job is None:
            return taken
        _run(job, worker, at, lease)
    return limit


def claim(worker: str, lease: timedelta = LEASE) -> Job | None:
    """Takes one due job for this worker. Jobs that failed too often are laid aside as dead."""
    with transaction.atomic():
        now = timezone.now()
        due = Job.objects.due(now).filter(kind__in=handlers())
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        job = due.first()
        if job is None:
            return None
        if job.attempts >= job.max_attempts:
            why = job.error or "办理中断次数过多"
            Job.objects.filter(pk=job.pk).update(state=Job.DEAD, ended_at=now, worker="", error=why)
            return claim(worker, lease)
        job.state, job.worker, job.leased_until, job.attempts = Job.RUNNING, worker, now + lease, job.attempts + 1
        job.save(update_fields=["state", "worker", "leased_until", "attempts"])
        return job


def _run(job: Job, worker: str, at: Callable[[], datetime], lease: timedelta) -> None:
    mine = Job.objects.filter(pk=job.pk, worker=worker, state=Job.RUNNING, attempts=job.attempts)
    try:
        with heartbeat(lambda: mine.update(leased_until=timezone.now() + lease), lease):
            handlers()[job.kind](job.payload, at())
    except Exception:
        wait = min(_FIRST_WAIT * 2 ** (job.attempts - 1), _LONGEST_WAIT)
        dead = job.attempts >= job.max_attempts
        now = timezone.now()
        mine.update(
            state=Job.DEAD if dead else Job.WAITING,
            run_after=now + wait,
            worker="",
            leased_until=None,
            error=traceback.format_exc()[-_ERROR_LENGTH:],
            ended_at=now if dead else None,
        )
    else:
        mine.update(state=Job.DONE, ended_at=timezone.now(), leased_until=None, error="")


@contextmanager
def heartbeat(renew: Callable[[], Any], lease: timedelta):
    """Renews a lease three times as often as it runs out, from a thread of its own, while the work goes on."""
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(lease.total_seconds() / 3):
            try:
                renew()
            finally:
                close_old_connections()
                connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
