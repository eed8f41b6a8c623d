from datetime import date

import pytest

from anwei.accidents.grades import grade_of, higher, is_higher
from anwei.rulebook import parameter

DAY = date(2023, 5, 23)


@pytest.mark.parametrize(
    ("deaths", "injuries", "loss", "grade"),
    [
        (0, 0, None, "general"),
        (2, 9, 999, "general"),
        (3, 0, None, "larger"),
        (0, 10, None, "larger"),
        (0, 0, 1000, "larger"),
        (9, 49, 4999, "larger"),
        (10, 0, None, "major"),
        (0, 50, None, "major"),
        (0, 0, 5000, "major"),
        (29, 99, 9999, "major"),
        (30, 0, None, "extraordinary"),
        (0, 100, None, "extraordinary"),
        (0, 0, 10000, "extraordinary"),
        (1, 50, 1000, "major"),  # the highest of the three counts
    ],
)
def test_any_one_number_makes_the_grade_and_the_boundary_belongs_to_the_higher(deaths, injuries, loss, grade):
    assert grade_of(deaths, injuries, loss, DAY) == grade


def test_the_numbers_are_read_in_the_law():
    assert parameter("accident.grade.larger.deaths").verified


def test_of_two_grades_the_higher_and_an_empty_one_is_none():
    assert higher("general", "major") == "major" and higher("", "larger") == "larger" and higher("", "") == "general"
    assert is_higher("larger", "general") and not is_higher("larger", "larger")
