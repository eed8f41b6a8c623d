"""Work that comes round: when it is due, by one worker, also after a failure."""

from datetime import timedelta

import pytest
from django.utils import timezone

from anwei.jobs import registry
from anwei.jobs.models import Beat
from anwei.jobs.periodic import run_due_rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def ran(monkeypatch):
    seen = []
    monkeypatch.setattr(registry, "_rounds", {})
    registry.every("count", 600, seen.append)
    return seen


def _run(worker="one"):
    return run_due_rounds(worker, timezone.now)


def test_it_runs_at_once_and_then_after_its_time(ran):
    assert _run() == ["count"] and _run() == []
    Beat.objects.update(due_at=timezone.now())
    assert _run() == ["count"] and len(ran) == 2


def test_while_one_worker_is_at_it_no_other_starts(ran):
    Beat.objects.create(
        name="count", due_at=timezone.now(), worker="busy", leased_until=timezone.now() + timedelta(minutes=1)
    )
    assert _run("other") == []
    Beat.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert _run("other") == ["count"]


def test_a_failure_is_kept_and_the_next_round_comes(ran):
    def fail(at):
        raise RuntimeError("Platte voll")

    registry.every("fail", 60, fail)
    assert set(_run()) == {"count", "fail"}
    beat = Beat.objects.get(name="fail")
    assert "Platte voll" in beat.error and beat.last_good_at is None and beat.leased_until is None
    assert Beat.objects.get(name="count").error == ""


def test_the_product_seals_its_journal_from_time_to_time():
    assert "journal.seal" in {one.name for one in registry.rounds()}
