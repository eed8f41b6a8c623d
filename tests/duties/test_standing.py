"""The rule of standing, as a table: every standing, and both sides of every day that divides two of them.

A due has its deadline on 30 June; on the day asked, the last near day is ten days ahead.
"""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwei.duties.standing import (
    KEYS,
    NO_DAY,
    WORST_FIRST,
    Columns,
    as_days,
    nth_day,
    stand,
    worst,
)

NEAR = timedelta(days=10)


def standing(on, *, deadline="2023-06-30", met_on=None, submitted=False, waived=False, idle=False, until=None):
    """The standing of one due as of a day."""
    columns = Columns(
        deadline=as_days([deadline]), met_on=as_days([met_on]), submitted=np.array([submitted]),
        waived=np.array([waived]), idle=np.array([idle]), until=as_days([until]),
    )  # fmt: skip
    day = date.fromisoformat(on)
    return KEYS[stand(columns, day, day + NEAR)[0]]


@pytest.mark.parametrize(
    ("on", "facts", "said"),
    [
        # the deadline draws near and passes; the day itself is still in time
        ("2023-06-19", {}, "not_due"),
        ("2023-06-20", {}, "due_soon"),
        ("2023-06-30", {}, "due_soon"),
        ("2023-07-01", {}, "overdue"),
        # met on the deadline, met the day after
        ("2023-07-01", {"met_on": "2023-06-30"}, "met"),
        ("2023-07-01", {"met_on": "2023-07-01"}, "met_late"),
        ("2023-05-01", {"met_on": "2023-01-05"}, "met"),
        # handed in and not accepted: neither overdue nor done, on both sides of the deadline
        ("2023-06-30", {"submitted": True}, "submitted"),
        ("2023-07-01", {"submitted": True}, "submitted"),
        ("2023-07-01", {"submitted": True, "met_on": "2023-06-30"}, "met"),
        # an extension moves the deadline; its own day is in time, and it is never merely near
        ("2023-06-25", {"until": "2023-07-15"}, "extended"),
        ("2023-07-15", {"until": "2023-07-15"}, "extended"),
        ("2023-07-16", {"until": "2023-07-15"}, "overdue"),
        ("2023-07-16", {"until": "2023-07-15", "met_on": "2023-07-15"}, "met"),
        ("2023-07-16", {"until": "2023-07-15", "met_on": "2023-07-16"}, "met_late"),
        # nothing is owed
        ("2023-07-01", {"waived": True}, "not_applicable"),
        ("2023-07-01", {"waived": True, "met_on": "2023-06-01"}, "not_applicable"),
        ("2023-07-01", {"idle": True}, "idle"),
        ("2023-07-01", {"idle": True, "met_on": "2023-06-01"}, "met"),
        # no day yet
        ("2023-07-01", {"deadline": None}, "unanchored"),
        ("2023-07-01", {"deadline": None, "met_on": "2023-07-01"}, "met"),
        ("2023-07-01", {"deadline": None, "submitted": True}, "submitted"),
        ("2023-07-01", {"deadline": None, "idle": True}, "idle"),
    ],
)
def test_a_due_stands(on, facts, said):
    assert standing(on, **facts) == said


def test_every_standing_has_its_place_from_worst_to_best():
    assert sorted(WORST_FIRST) == list(range(len(KEYS)))
    order = [KEYS[code] for code in WORST_FIRST]
    assert order.index("overdue") < order.index("due_soon") < order.index("submitted") < order.index("not_due")
    assert order.index("not_due") < order.index("met_late") < order.index("met")


def test_a_cell_shows_its_worst_due_and_nothing_where_there_is_none():
    codes = {key: code for code, key in enumerate(KEYS)}
    assert worst(np.array([codes["met"], codes["overdue"], codes["due_soon"]], np.int8)) == "overdue"
    assert worst(np.array([codes["met"], codes["met_late"]], np.int8)) == "met_late"
    assert worst(np.array([codes["not_applicable"], codes["met"]], np.int8)) == "met"
    assert worst(np.array([], np.int8)) == ""


@given(
    st.dates(date(2022, 1, 1), date(2024, 12, 31)),
    st.none() | st.dates(date(2022, 1, 1), date(2024, 12, 31)),
    st.booleans(),
)
def test_as_days_pass_an_open_due_never_gets_better_by_itself(deadline, until, submitted):
    days = [deadline + timedelta(days=n) for n in range(-40, 60)]
    places = [
        [KEYS[code] for code in WORST_FIRST].index(
            standing(day.isoformat(), deadline=deadline, until=until, submitted=submitted)
        )
        for day in days
    ]
    assert places == sorted(places, reverse=True)


DAYS = st.dates(date(1999, 12, 20), date(2000, 2, 10))
FACTS = st.lists(st.tuples(st.integers(0, 3), DAYS), max_size=30)
DUES = st.lists(st.tuples(st.integers(0, 4), DAYS, st.integers(0, 40), st.integers(1, 4)), min_size=1, max_size=8)


@given(FACTS, DUES)
def test_the_nth_fact_of_a_window_is_the_one_that_a_patient_person_counts(facts, dues):
    first = [start for _, start, _, _ in dues]
    last = [start + timedelta(days=length) for _, start, length, _ in dues]
    count, found = nth_day(
        np.array([key for key, _ in facts], np.int64), as_days([day for _, day in facts]),
        np.array([key for key, _, _, _ in dues], np.int64), as_days(first), as_days(last),
        np.array([nth for *_, nth in dues], np.int64),
    )  # fmt: skip
    for at, (key, start, length, nth) in enumerate(dues):
        inside = sorted(day for k, day in facts if k == key and start <= day <= start + timedelta(days=length))
        assert count[at] == len(inside)
        assert np.isnat(found[at]) if len(inside) < nth else found[at].astype(date) == inside[nth - 1]


def test_without_any_fact_nothing_is_counted():
    count, found = nth_day(np.array([], np.int64), as_days([]), np.array([7], np.int64), as_days(["2023-01-01"]),
                           as_days(["2023-12-31"]), np.array([1], np.int64))  # fmt: skip
    assert list(count) == [0] and np.isnat(found[0])
    assert np.isnat(NO_DAY)
