from datetime import date, timedelta

import pytest

from anwei.periods import EVERY, EVERY_IN_WORDS, Workdays
from anwei.rulebook import RHYTHMS, workday_years

WORKDAYS = Workdays(workday_years())


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2023, 9, 29), date(2023, 10, 6)),
        (date(2023, 1, 21), date(2023, 1, 27)),
        (date(2023, 4, 29), date(2023, 5, 3)),
        (date(2020, 1, 24), date(2020, 2, 2)),
        (date(2024, 2, 10), date(2024, 2, 17)),
        (date(2025, 10, 1), date(2025, 10, 8)),
        (date(2026, 2, 15), date(2026, 2, 23)),
    ],
)
def test_the_holidays_of_the_notices_are_off(first, last):
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert [day for day in days if WORKDAYS.is_workday(day)] == []


@pytest.mark.parametrize(
    "day",
    [
        date(2023, 10, 7),
        date(2023, 10, 8),
        date(2023, 6, 25),
        date(2023, 1, 28),
        date(2018, 12, 29),
        date(2022, 10, 8),
        date(2024, 10, 12),
        date(2025, 1, 26),
        date(2026, 10, 10),
    ],
)
def test_the_make_up_days_of_the_notices_are_worked(day):
    assert day.weekday() >= 5
    assert WORKDAYS.is_workday(day)


def test_years_with_a_notice_are_confirmed_and_2027_is_not_yet():
    confirmed = {entry.year: entry.confirmed for entry in workday_years()}
    assert confirmed == {**dict.fromkeys(range(2018, 2027), True), 2027: False}
    assert all(entry.notice for entry in workday_years() if entry.confirmed)
    assert not WORKDAYS.confirmed(2027)
    assert not WORKDAYS.is_workday(date(2027, 10, 1)), "the statutory days are known"


def test_the_holidays_have_names_for_the_calendar_page():
    names = next(entry for entry in workday_years() if entry.year == 2023).holidays
    assert names[date(2023, 9, 29)] == "中秋节"
    assert names[date(2023, 10, 6)] == "调休（10月8日上班）"


def test_both_rooms_mean_the_same_rhythms():
    assert tuple(RHYTHMS) == EVERY
    assert RHYTHMS == EVERY_IN_WORDS
