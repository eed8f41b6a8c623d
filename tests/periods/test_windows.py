from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwei.periods import EVERY, half_year_end, month_end, owed, quarter_end, window_of, windows, year_end

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("every", "start", "end", "label"),
    [
        ("month", date(2023, 6, 1), date(2023, 6, 30), "2023年6月"),
        ("quarter", date(2023, 4, 1), date(2023, 6, 30), "2023年第二季度"),
        ("half_year", date(2023, 1, 1), date(2023, 6, 30), "2023年上半年"),
        ("year", date(2023, 1, 1), date(2023, 12, 31), "2023年"),
    ],
)
def test_the_eighth_of_june_lies_in_its_month_quarter_half_year_and_year(every, start, end, label):
    window = window_of(date(2023, 6, 8), every)
    assert (window.start, window.end, window.label) == (start, end, label)
    assert date(2023, 6, 8) in window


def test_labels_name_every_part_of_the_year_as_papers_do():
    year = (date(2023, 1, 1), date(2023, 12, 31))
    assert [w.label for w in windows("quarter", *year)] == [
        "2023年第一季度",
        "2023年第二季度",
        "2023年第三季度",
        "2023年第四季度",
    ]
    assert [w.label for w in windows("half_year", *year)] == ["2023年上半年", "2023年下半年"]
    assert windows("month", *year)[11].label == "2023年12月"


def test_a_stretch_inside_one_window_gives_the_whole_window():
    (only,) = windows("half_year", date(2023, 3, 10), date(2023, 5, 1))
    assert (only.start, only.end) == (date(2023, 1, 1), date(2023, 6, 30))


def test_a_paper_of_10_march_owes_the_first_half_year_but_not_january():
    months = windows("month", date(2023, 1, 1), date(2023, 12, 31))
    assert owed(months, date(2023, 3, 10))[0].label == "2023年3月"
    halves = windows("half_year", date(2023, 1, 1), date(2023, 12, 31))
    assert len(owed(halves, date(2023, 3, 10))) == 2
    assert len(owed(halves, date(2023, 6, 30))) == 2, "issued on the last day, the window is still open"
    assert len(owed(halves, date(2023, 7, 1))) == 1


def test_an_unknown_rhythm_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="周期 weekly 不认识，请用 month、quarter、half_year、year"):
        windows("weekly", date(2023, 1, 1), date(2023, 2, 1))


def test_ends_of_month_quarter_half_year_and_year():
    assert month_end(2023, 2) == date(2023, 2, 28)
    assert month_end(2024, 2) == date(2024, 2, 29)
    assert month_end(2023, 12) == date(2023, 12, 31)
    assert quarter_end(2023, 3) == date(2023, 9, 30)
    assert half_year_end(2023, 1) == date(2023, 6, 30)
    assert year_end(2023) == date(2023, 12, 31)
    with pytest.raises(ValueError, match="季度 5 不存在"):
        quarter_end(2023, 5)
    with pytest.raises(ValueError, match="半年 0 不存在"):
        half_year_end(2023, 0)


@given(st.sampled_from(EVERY), DAYS, st.integers(0, 1500))
def test_windows_tile_without_gap_or_overlap(every, first, length):
    last = first + timedelta(days=length)
    found = windows(every, first, last)
    assert found[0].start <= first <= found[0].end
    assert found[-1].start <= last <= found[-1].end
    for before, after in pairwise(found):
        assert after.start == before.end + timedelta(days=1)


@given(st.sampled_from(EVERY), DAYS)
def test_every_day_of_a_window_has_that_window(every, day):
    window = window_of(day, every)
    assert day in window
    assert window_of(window.start, every) == window == window_of(window.end, every)


@given(st.sampled_from(EVERY), DAYS, st.integers(1, 400))
def test_no_windows_where_the_last_day_lies_before_the_first(every, first, back):
    assert windows(every, first, first - timedelta(days=back)) == []


def test_the_last_year_of_the_calendar_does_not_run_over():
    assert windows("year", date(9999, 5, 1), date.max)[0].end == date.max
