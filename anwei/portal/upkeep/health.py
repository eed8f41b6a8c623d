"""Whether this process lives (/healthz) and whether it can work (/readyz). No detail that helps an attacker."""

import json
import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from anwei.jobs.models import Job
from anwei.portal import clock
from anwei.portal.upkeep.backup import LAST_BACKUP

LEAST_FREE_MB = 200
# Older work in the queue means that no worker is at it.
_OLDEST_JOB_MINUTES = 30


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when work can be done, 503 when not; ages in hours and minutes for whoever watches."""
    answer: dict[str, object] = {"database": False, "disk": free_megabytes(settings.ANWEI_HOME) >= LEAST_FREE_MB}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        answer["database"] = True
        answer["queue_age_minutes"] = queue_age()
    except DatabaseError:
        pass
    done = last_backup(settings.ANWEI_HOME)
    answer["backup_age_hours"] = None if done is None else round((clock.now() - done).total_seconds() / 3600, 1)
    age = answer.get("queue_age_minutes") or 0
    ready = bool(answer["database"] and answer["disk"]) and isinstance(age, int | float) and age < _OLDEST_JOB_MINUTES
    return JsonResponse({"ready": ready, **answer}, status=200 if ready else 503)


def queue_age() -> float:
    """Minutes that the oldest due job has been waiting."""
    now = timezone.now()
    oldest = Job.objects.due(now).aggregate(first=Min("run_after"))["first"]
    return round((now - oldest).total_seconds() / 60, 1) if oldest else 0


def free_megabytes(home: Path) -> int:
    return shutil.disk_usage(home).free // (1024 * 1024)


def last_backup(home: Path) -> datetime | None:
    try:
        return datetime.fromisoformat(json.loads((home / LAST_BACKUP).read_text(encoding="utf-8"))["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
