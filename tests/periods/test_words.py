from datetime import date

import pytest

from anwei.periods import in_words, left_in_words, short, weekday
from tests.periods.calendar_2023 import WORKDAYS

TODAY = date(2023, 9, 25)


def test_a_day_is_written_as_papers_write_it():
    assert in_words(TODAY) == "2023年9月25日"
    assert short(TODAY) == "2023.9.25"
    assert weekday(TODAY) == "星期一"
    assert weekday(date(2023, 10, 1)) == "星期日"


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (date(2023, 9, 30), "还剩3个工作日"),
        (date(2023, 9, 26), "还剩1个工作日"),
        (TODAY, "今天到期"),
        (date(2023, 9, 23), "逾期2天"),
        (date(2023, 6, 30), "逾期87天"),
        (date(2023, 10, 8), "还剩5个工作日"),
    ],
)
def test_what_is_left_is_said_in_working_days_and_what_is_late_in_days(deadline, words):
    assert left_in_words(deadline, TODAY, WORKDAYS) == words


def test_a_deadline_behind_days_off_only_is_not_said_to_be_zero_working_days_away():
    assert left_in_words(date(2023, 10, 3), date(2023, 9, 28), WORKDAYS) == "还剩5天，其间无工作日"
