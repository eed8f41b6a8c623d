"""What a password must be. Pure."""

from datetime import date

import pytest

from anwei.rulebook.parameters import Override
from anwei.units.passwords import one_time_password, password_problems, policy_on

DAY = date(2023, 9, 25)
POLICY = policy_on(DAY)


@pytest.mark.parametrize("good", ["Linjiang-2023", "abcdefgh1A", "安全生产责任Aa12", "aaaa bbbb 11"])
def test_long_enough_with_three_classes_will_do(good):
    assert password_problems(good, POLICY, ["47-3", "青榆镇"]) == []


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("Ab1-Ab1-x", "只有9位"),
        ("abcdefghij", "只有小写字母"),
        ("abcdefghi1", "小写字母、数字"),
        ("", "只有0位"),
        ("A1" + "b" * 200, "最多128位"),
        ("Xx-47-3-Xx-9", "「47-3」"),
        ("青榆镇Aa123456", "「青榆镇」"),
    ],
)
def test_the_message_names_the_rule(bad, words):
    assert any(words in one for one in password_problems(bad, POLICY, ["47-3", "青榆镇"]))


def test_a_district_may_ask_for_more():
    stricter = policy_on(DAY, [Override("password.min_length", 14, DAY)])
    assert stricter.min_length == 14 and "14位" in stricter.words
    assert policy_on(date(2023, 9, 24), [Override("password.min_length", 14, DAY)]).min_length == POLICY.min_length


def test_one_time_passwords_keep_the_rules_differ_and_read_well_aloud():
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert all(password_problems(one, POLICY) == [] and not set(one) & set("0O1lI") for one in made)
