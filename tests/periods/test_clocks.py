from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwei.periods import clock_end, relative
from tests.periods.calendar_2023 import WORKDAYS

STARTED = date(2023, 2, 14)


def end(*suspended, days=60, working=False, extended=0):
    return clock_end(STARTED, days, working, list(suspended), extended, WORKDAYS)


def test_sixty_days_after_the_accident_of_14_february_end_on_15_april():
    assert end() == date(2023, 4, 15)


def test_eighteen_days_of_technical_appraisal_move_the_end_to_3_may():
    assert end((date(2023, 2, 20), date(2023, 3, 10))) == date(2023, 5, 3)


def test_an_approved_extension_adds_its_days():
    assert end(extended=60) == date(2023, 6, 14)


def test_a_clock_that_stands_still_has_no_end():
    assert end((date(2023, 2, 20), None)) is None
    assert end((date(2023, 2, 20), None), (date(2023, 3, 1), date(2023, 3, 2))) is None


def test_overlapping_suspensions_count_once():
    once = end((date(2023, 2, 20), date(2023, 3, 10)))
    assert end((date(2023, 2, 20), date(2023, 3, 1)), (date(2023, 2, 25), date(2023, 3, 10))) == once
    assert end((date(2023, 2, 20), date(2023, 3, 1)), (date(2023, 3, 1), date(2023, 3, 10))) == once


def test_a_suspension_after_the_clock_has_run_out_does_not_revive_it():
    assert end((date(2023, 4, 16), None)) == date(2023, 4, 15)
    assert end((date(2023, 4, 15), date(2023, 4, 18))) == date(2023, 4, 18), "on the last day it still helps"


def test_only_the_part_of_a_suspension_after_the_start_counts():
    assert end((date(2023, 1, 1), date(2023, 2, 16))) == date(2023, 4, 17)
    assert end((date(2023, 1, 1), date(2023, 2, 1))) == date(2023, 4, 15)


def test_a_clock_of_working_days_loses_only_working_days():
    assert end(days=10, working=True) == date(2023, 2, 28)
    friday, monday = date(2023, 2, 17), date(2023, 2, 20)
    assert end((friday, monday), days=10, working=True) == date(2023, 3, 1)


def test_a_suspension_that_ends_before_it_begins_is_refused_in_words():
    with pytest.raises(ValueError, match="中止期间 2023-03-10 至 2023-03-01 止日早于起日"):
        end((date(2023, 3, 10), date(2023, 3, 1)))
    with pytest.raises(ValueError, match="不能为负数"):
        end(days=-1)


def test_relative_days_count_from_the_day_after():
    assert relative(date(2023, 9, 28), 10, False, WORKDAYS) == date(2023, 10, 8)
    assert relative(date(2023, 9, 28), 2, True, WORKDAYS) == date(2023, 10, 8)


SPANS = st.tuples(st.integers(-30, 150), st.one_of(st.none(), st.integers(0, 60))).map(
    lambda pair: (
        STARTED + timedelta(days=pair[0]),
        None if pair[1] is None else STARTED + timedelta(days=pair[0] + pair[1]),
    )
)


@given(st.lists(SPANS, max_size=4), SPANS, st.integers(0, 90), st.booleans(), st.integers(0, 60))
def test_more_suspension_never_makes_the_end_earlier(spans, another, days, working, extended):
    before = end(*spans, days=days, working=working, extended=extended)
    after = end(*spans, another, days=days, working=working, extended=extended)
    if before is None:
        assert after is None
    else:
        assert after is None or after >= before


@given(st.lists(SPANS, max_size=3), st.integers(0, 90), st.booleans(), st.integers(1, 60))
def test_an_extension_never_makes_the_end_earlier(spans, days, working, extended):
    before = end(*spans, days=days, working=working)
    after = end(*spans, days=days, working=working, extended=extended)
    assert before is None or after is None or after > before
