from datetime import date, timedelta

import pytest

from anwei.registers.ages import full_on, years_before


@pytest.mark.parametrize(
    ("began", "years", "on", "older"),
    [
        ("2003-09-18", 20, "2023-09-17", False),
        ("2003-09-18", 20, "2023-09-18", False),  # just twenty years
        ("2003-09-18", 20, "2023-09-19", True),
        ("2004-02-29", 20, "2024-02-29", False),
        ("2004-02-29", 20, "2024-03-01", True),
        ("2004-02-29", 19, "2023-02-28", False),
        ("2004-02-29", 19, "2023-03-01", True),
        ("2005-02-28", 19, "2024-02-29", True),  # its years were full on the 28th
        ("2005-03-01", 19, "2024-02-29", False),
        ("2003-12-31", 20, "2023-12-31", False),
        ("2003-12-31", 20, "2024-01-01", True),
    ],
)
def test_more_than_n_years_begins_on_the_day_after_they_are_full(began, years, on, older):
    assert (date.fromisoformat(began) < years_before(date.fromisoformat(on), years)) is older


@pytest.mark.parametrize(
    ("since", "years", "full"),
    [("2003-09-18", 20, "2023-09-18"), ("2004-02-29", 20, "2024-02-29"), ("2004-02-29", 19, "2023-02-28")],
)
def test_the_years_are_full_on_the_day_before_the_list_begins(since, years, full):
    since, full = date.fromisoformat(since), date.fromisoformat(full)
    assert full_on(since, years) == full
    assert not since < years_before(full, years) and since < years_before(full + timedelta(days=1), years)
