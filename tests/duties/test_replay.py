"""As of any day: what that day itself would have said, whatever was found out afterwards."""

import pytest

from anwei.activities.actions import correct_activity, void_activity
from anwei.duties.actions import accept_parts, return_part
from anwei.duties.models import Duty
from anwei.duties.standings import standings
from tests.duties.asking import duty, stands, studied

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_plan")]


def test_a_correction_changes_todays_standing_and_not_the_standing_as_of_last_month(district):
    study = studied(district, "qingyu", "2023-06-28")
    assert stands(district, "qingyu", "1", "2023-07-31") == ["met", "not_due"]
    correct_activity(
        district.by("qingyu.clerk", "2023-08-10"), study, changes={"happened_on": "2023-07-03"}, reason="日期写错"
    )
    assert stands(district, "qingyu", "1", "2023-08-10") == ["overdue", "met"]
    assert stands(district, "qingyu", "1", "2023-08-09") == ["met", "not_due"]
    assert stands(district, "qingyu", "1", "2023-07-31") == ["met", "not_due"]


def test_a_voided_study_counts_until_the_day_of_voiding(district):
    study = studied(district, "qingyu", "2023-06-08")
    void_activity(district.by("qingyu.clerk", "2023-09-01"), study, reason="重复登记")
    assert stands(district, "qingyu", "1", "2023-08-31")[0] == "met"
    assert stands(district, "qingyu", "1", "2023-09-01")[0] == "overdue"


def test_a_study_entered_late_counts_by_its_own_day_but_only_from_the_day_of_entry(district):
    studied(district, "qingyu", "2023-06-08", entered="2023-07-20")
    assert stands(district, "qingyu", "1", "2023-07-19")[0] == "overdue"
    assert stands(district, "qingyu", "1", "2023-07-20")[0] == "met"


@pytest.mark.parametrize(("day", "first", "second"), [
    ("2023-06-30", "met", "not_due"),
    ("2023-07-01", "overdue", "met"),
    ("2023-01-01", "met", "not_due"),
])  # fmt: skip
def test_a_study_counts_for_the_window_that_holds_its_day(district, day, first, second):
    studied(district, "qingyu", day, entered=max(day, "2023-03-20"))
    assert stands(district, "qingyu", "1", "2023-09-25") == [first, second]


def test_each_unit_is_credited_alone(district):
    studied(district, "qingyu", "2023-06-08")
    assert stands(district, "tinglan", "1", "2023-07-31")[0] == "overdue"


def test_before_the_day_of_handing_down_nobody_owes_anything(district):
    assert stands(district, "qingyu", "1", "2023-03-16") == []
    assert stands(district, "qingyu", "1", "2023-03-17") == ["not_due", "not_due"]


def test_what_a_unit_handed_in_counts_from_its_day_once_accepted(district, reporting):
    reporting.handed_in("qingyu", "2023-06-07")
    part = reporting.part("qingyu", "2")
    assert stands(district, "qingyu", "2", "2023-06-06")[0] == "due_soon"
    assert stands(district, "qingyu", "2", "2023-06-20")[0] == "submitted"
    return_part(district.by("fire_brigade.reviewer", "2023-06-20"), part, words="缺照片")
    assert stands(district, "qingyu", "2", "2023-06-19")[0] == "submitted"
    assert stands(district, "qingyu", "2", "2023-06-20")[0] == "overdue"
    accept_parts(district.by("emergency_bureau.reviewer", "2023-06-25"), [reporting.part("qingyu", "4")])
    assert stands(district, "qingyu", "4", "2023-06-24")[0] == "submitted"
    assert stands(district, "qingyu", "4", "2023-06-25")[0] == "met"


def test_the_number_of_questions_does_not_grow_with_the_number_of_dues(district, django_assert_max_num_queries):
    one = Duty.objects.filter(pk=duty(district, "qingyu", "1").pk)
    with django_assert_max_num_queries(14):
        assert len(standings(one, district.by("office").today)) == 2
    with django_assert_max_num_queries(14):
        assert len(standings(Duty.objects.all(), district.by("office").today)) == 40
