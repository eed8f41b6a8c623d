"""Jobs: done once, done again when a worker dies, laid aside when they fail too often."""

from datetime import timedelta

import pytest
from django.utils import timezone

from anwei.jobs import registry
from anwei.jobs.models import Job
from anwei.jobs.queue import claim, enqueue, run_due_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch):
    """A handler that notes what it was given; `done` is the list."""
    seen = []
    monkeypatch.setattr(registry, "_handlers", {})
    registry.handle("note", lambda payload, at: seen.append(payload))
    return seen


def _run(worker="one"):
    return run_due_jobs(worker, timezone.now)


def test_a_job_is_done_once(done):
    enqueue("note", {"n": 1})
    assert _run() == 1 and _run() == 0
    assert done == [{"n": 1}]
    assert Job.objects.get().state == Job.DONE


def test_the_same_key_asks_for_the_same_work(done):
    first = enqueue("note", {"n": 1}, key="reminder:due:7:2023-09-25")
    assert enqueue("note", {"n": 2}, key="reminder:due:7:2023-09-25") == first
    _run()
    assert enqueue("note", {"n": 3}, key="reminder:due:7:2023-09-25").state == Job.DONE
    assert done == [{"n": 1}]


def test_jobs_without_a_key_are_all_done(done):
    enqueue("note", {"n": 1})
    enqueue("note", {"n": 2})
    _run()
    assert done == [{"n": 1}, {"n": 2}]


def test_what_is_due_later_waits(done):
    enqueue("note", {}, run_after=timezone.now() + timedelta(hours=1))
    assert _run() == 0


def test_what_a_killed_worker_left_behind_is_taken_up_when_its_lease_runs_out(done):
    enqueue("note", {"n": 1})
    claim("killed")
    assert _run() == 0, "the lease still holds"
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert _run("other") == 1 and done == [{"n": 1}]
    assert Job.objects.get().attempts == 2


def test_a_worker_that_lost_its_lease_does_not_overwrite_what_the_other_did(done, monkeypatch):
    enqueue("slow", {})

    def slow(payload, at):
        Job.objects.update(worker="other", attempts=2, state=Job.DONE)

    registry.handle("slow", slow)
    _run()
    assert Job.objects.get().worker == "other" and Job.objects.get().ended_at is None


def test_a_failing_job_waits_longer_each_time_and_is_laid_aside_in_the_end(done):
    def fail(payload, at):
        raise RuntimeError("Leitung gestört")

    registry.handle("fail", fail)
    enqueue("fail", {}, max_attempts=2)
    _run()
    job = Job.objects.get()
    assert job.state == Job.WAITING and job.run_after > timezone.now() + timedelta(seconds=50)
    assert "Leitung gestört" in job.error
    Job.objects.update(run_after=timezone.now())
    _run()
    assert Job.objects.get().state == Job.DEAD
    assert _run() == 0


def test_a_job_that_kills_its_worker_every_time_is_laid_aside(done):
    enqueue("note", {}, max_attempts=1)
    claim("killed")
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert _run() == 0
    assert Job.objects.get().state == Job.DEAD and done == []


def test_jobs_of_a_kind_that_nobody_handles_stay_and_do_not_block_others(done):
    enqueue("unknown", {})
    enqueue("note", {"n": 1})
    assert _run() == 1 and done == [{"n": 1}]
    assert Job.objects.get(kind="unknown").state == Job.WAITING


def test_two_handlers_for_one_kind_are_a_mistake(done):
    with pytest.raises(ValueError, match="note"):
        registry.handle("note", print)
