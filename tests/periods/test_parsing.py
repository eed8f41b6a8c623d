from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwei.periods import in_words, parse_day, short

DAY = date(2023, 9, 25)


@pytest.mark.parametrize(
    "written",
    [
        "2023-09-25",
        "2023-9-25",
        "2023/9/25",
        "2023.9.25",
        "20230925",
        "2023年9月25日",
        "2023年09月25号",
        "2023 年 9 月 25 日",
        "２０２３－０９－２５",
        "二〇二三年九月二十五日",
        "二○二三年九月二十五日",
        " 2023-09-25 ",
        "2023-09-25 00:00:00",
        "2023-09-25T00:00",
        DAY,
        datetime.fromisoformat("2023-09-25"),  # a cell of a sheet knows no time zone
        datetime(2023, 9, 25, 8, 30, tzinfo=UTC),
    ],
)
def test_the_usual_ways_to_write_a_day_are_understood(written):
    assert parse_day(written) == DAY


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("二〇二三年十月十日", date(2023, 10, 10)),
        ("二〇二三年十二月三十一日", date(2023, 12, 31)),
        ("二〇二三年一月二十日", date(2023, 1, 20)),
    ],
)
def test_chinese_numerals_with_ten_in_every_place(written, day):
    assert parse_day(written) == day


def test_a_day_that_does_not_exist_is_refused_with_the_value_and_the_rule():
    with pytest.raises(ValueError) as caught:
        parse_day("2023-02-30", "整改期限")
    assert str(caught.value) == "整改期限 2023-02-30 不是有效日期，请按 年-月-日 填写"


@pytest.mark.parametrize(
    "written",
    ["9月25日", "2023-13-01", "25-09-2023", "0203-01-01", "明天", "2023-09-25 08:30", 45194, 4.5, True, ["2023-09-25"],
     "2023-09-25-01", "2023年九月", "1" * 10_000, "²⁰²³-09-25x"],
)  # fmt: skip
def test_everything_else_is_refused_and_never_guessed(written):
    with pytest.raises(ValueError, match="不是有效日期，请按 年-月-日 填写"):
        parse_day(written, "日期")


@pytest.mark.parametrize("empty", [None, "", "   ", "\u3000"])
def test_an_empty_field_is_said_to_be_empty(empty):
    with pytest.raises(ValueError, match="整改期限没有填写，请按 年-月-日 填写"):
        parse_day(empty, "整改期限")


def test_a_long_value_is_quoted_short():
    with pytest.raises(ValueError) as caught:
        parse_day("很长的文字" * 100)
    assert len(str(caught.value)) < 80


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_what_the_pages_write_can_be_read_back(day):
    assert parse_day(in_words(day)) == parse_day(short(day)) == parse_day(day.isoformat()) == day


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_days(text):
    try:
        assert isinstance(parse_day(text), date)
    except ValueError as error:
        assert "请按 年-月-日 填写" in str(error)
