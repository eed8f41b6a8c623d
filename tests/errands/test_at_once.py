"""Two at the same moment, on a database where they truly are."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from anwei.errands import actions
from anwei.errands.models import Errand

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*jobs):
    """Runs the jobs in threads that start together; what they return, in order."""
    barrier = Barrier(len(jobs))

    def run(job):
        try:
            barrier.wait()
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [one.result() for one in [pool.submit(run, job) for job in jobs]]


def give(cast, *codes):
    by = cast.by("office")
    return actions.give(by, units=[cast.units[code] for code in codes], text="请排查。", due_on=by.today)


def test_errands_issued_at_once_get_numbers_without_gaps_or_doubles(cast):
    made = at_once(*[lambda: give(cast, "qingyu")] * 6)
    assert sorted(errand.number for errand in made) == [1, 2, 3, 4, 5, 6]


def test_of_two_last_parts_closed_at_once_one_closes_the_errand(cast):
    errand = give(cast, "qingyu", "housing")
    parts = [
        actions.answer(cast.by(f"{code}.clerk"), part=errand.parts.get(unit=cast.units[code]), text="已办。")
        for code in ("qingyu", "housing")
    ]
    at_once(*[lambda part=part: actions.close_part(cast.by("office"), part=part) for part in parts])
    assert Errand.objects.get().state == "done"
