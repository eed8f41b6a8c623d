from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwei.periods import Workdays
from tests.periods.calendar_2023 import WORKDAYS, Year

DAYS = st.dates(date(2022, 6, 1), date(2024, 6, 30))
CALENDARS = st.sampled_from([WORKDAYS, Workdays()])


def test_the_national_holiday_of_2023_is_off_and_its_two_make_up_days_are_worked():
    off = [date(2023, 9, 29) + timedelta(days=n) for n in range(8)]
    assert not any(WORKDAYS.is_workday(day) for day in off)
    assert WORKDAYS.is_workday(date(2023, 9, 28))
    assert WORKDAYS.is_workday(date(2023, 10, 7)), "a Saturday, worked by notice"
    assert WORKDAYS.is_workday(date(2023, 10, 8)), "a Sunday, worked by notice"
    assert WORKDAYS.is_workday(date(2023, 6, 25))


def test_five_working_days_before_15_june_is_8_june():
    assert WORKDAYS.subtract(date(2023, 6, 15), 5) == date(2023, 6, 8)


def test_working_days_jump_over_the_holiday_and_count_the_make_up_days():
    assert WORKDAYS.add(date(2023, 9, 28), 1) == date(2023, 10, 7)
    assert WORKDAYS.add(date(2023, 9, 28), 3) == date(2023, 10, 9)
    assert WORKDAYS.between(date(2023, 9, 25), date(2023, 9, 30)) == 3


def test_zero_working_days_later_is_the_day_itself_even_on_a_day_off():
    assert WORKDAYS.add(date(2023, 10, 1), 0) == date(2023, 10, 1)


def test_a_year_without_data_has_ordinary_weekends_and_is_not_confirmed():
    assert WORKDAYS.is_workday(date(2031, 10, 1))
    assert not WORKDAYS.is_workday(date(2031, 10, 4))
    assert WORKDAYS.confirmed(2023)
    assert not WORKDAYS.confirmed(2031)
    assert WORKDAYS.confirmed_between(date(2023, 1, 1), date(2023, 12, 31))
    assert not WORKDAYS.confirmed_between(date(2024, 1, 3), date(2023, 12, 31))


def test_a_districts_own_year_replaces_the_one_before_it():
    own = Year(off=frozenset({date(2023, 3, 1)}), worked=frozenset())
    workdays = Workdays([Year(), own])
    assert not workdays.is_workday(date(2023, 3, 1))
    assert workdays.is_workday(date(2023, 10, 2))


@given(CALENDARS, DAYS, st.integers(0, 120))
def test_subtract_takes_back_what_add_gave_from_a_working_day(workdays, day, n):
    start = day if workdays.is_workday(day) else workdays.add(day, 1)
    assert workdays.subtract(workdays.add(start, n), n) == start


@given(CALENDARS, DAYS, DAYS, DAYS)
def test_between_is_additive_and_turns_its_sign(workdays, a, b, c):
    assert workdays.between(a, b) + workdays.between(b, c) == workdays.between(a, c)
    assert workdays.between(a, b) == -workdays.between(b, a)


@given(CALENDARS, DAYS, st.integers(1, 60))
def test_between_agrees_with_add(workdays, day, n):
    end = workdays.add(day, n)
    assert workdays.between(day, end) == n
    assert workdays.is_workday(end)


@given(CALENDARS, DAYS, st.integers(0, 200))
def test_between_agrees_with_counting_day_by_day(workdays, day, length):
    counted = sum(workdays.is_workday(day + timedelta(days=n)) for n in range(1, length + 1))
    assert workdays.between(day, day + timedelta(days=length)) == counted


@pytest.mark.parametrize("n", [-3, 3])
def test_adding_a_negative_number_is_subtracting(n):
    assert WORKDAYS.add(date(2023, 10, 9), n) == WORKDAYS.subtract(date(2023, 10, 9), -n)
