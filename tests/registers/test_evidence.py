from datetime import date

import pytest

from anwei.evidence.offers import kind_of, offered, shares
from anwei.journal.by import Refused
from anwei.registers.actions import (
    correct_installation,
    record_evaluation,
    register_installations,
    void_evaluation,
    void_installation,
)
from anwei.registers.evidence import evaluated_pipelines
from anwei.units.models import Setting
from tests.registers.conftest import pipeline, registered

pytestmark = pytest.mark.django_db
SHARE, ANY = "register.pipeline_evaluated", "register.pipeline"


def share(district, on, key=SHARE):
    """code -> (met, base), all offers of the key added up as duties do."""
    codes = {unit.pk: code for code, unit in district.units.items()}
    found = {}
    for offer in shares(key):
        for unit, (met, base) in offer.per_unit(date.fromisoformat(on)).items():
            have = found.get(codes[unit], (0, 0))
            found[codes[unit]] = (have[0] + met, have[1] + base)
    return found


@pytest.fixture
def office(district):
    return district.by("office", "2023-03-20")


def test_both_keys_are_offered_as_coverage():
    assert kind_of(SHARE) == kind_of(ANY) == "coverage" and {SHARE, ANY} <= set(offered())


def test_a_pipeline_enters_the_list_on_the_day_after_twenty_years_for_its_town_and_each_regulator(district, office):
    registered(office)
    registered(office, code="GD-0002", name="柳线", town="青榆镇", commissioned_on="2016-05-01")
    assert share(district, "2023-09-17") == share(district, "2023-09-18") == {}
    everyone = {"tinglan": (0, 1), "emergency_bureau": (0, 1), "housing": (0, 1)}
    assert share(district, "2023-09-19") == everyone


def test_a_pipeline_through_two_towns_counts_once_for_each_and_twice_for_the_regulator(district, office):
    registered(office)
    registered(office, code="GD-0001-2", town="青榆镇", regulators="区应急局")
    assert share(district, "2023-09-25") == {
        "tinglan": (0, 1),
        "qingyu": (0, 1),
        "emergency_bureau": (0, 2),
        "housing": (0, 1),
    }


def test_a_unit_that_is_town_and_regulator_is_not_counted_double(district, office):
    registered(office, regulators="汀岚镇、区应急局")
    assert share(district, "2023-09-25") == {"tinglan": (0, 1), "emergency_bureau": (0, 1)}


def test_any_pipeline_also_a_young_one_stands_against_not_applicable(district, office):
    registered(office, commissioned_on="2016-05-01", town="青榆镇", regulators="区应急局")
    assert share(district, "2023-09-25") == {}
    assert share(district, "2023-09-25", ANY) == {"qingyu": (1, 1), "emergency_bureau": (1, 1)}
    assert share(district, "2016-04-30", ANY) == {}


def test_an_evaluation_meets_from_its_day_and_only_once_it_was_entered(district, office):
    row = registered(office, regulators="区应急局")
    record_evaluation(district.by("tinglan.clerk", "2023-09-25"), row, day=date(2023, 9, 20), conclusion="可继续使用")
    assert share(district, "2023-09-24")["tinglan"] == (0, 1)  # not known yet
    assert share(district, "2023-09-25") == {"tinglan": (1, 1), "emergency_bureau": (1, 1)}


@pytest.mark.parametrize(
    ("evaluated", "until", "met"),
    [
        ("2015-09-25", None, 1),  # eight years are full today
        ("2015-09-24", None, 0),
        ("2015-09-24", "2023-09-25", 1),
        ("2015-09-25", "2023-09-24", 0),  # the report's own word goes first
    ],
)
def test_an_evaluation_holds_as_long_as_its_report_says_else_so_many_years(district, office, evaluated, until, met):
    row = registered(office)
    until = until and date.fromisoformat(until)
    record_evaluation(office, row, day=date.fromisoformat(evaluated), valid_until=until)
    assert evaluated_pipelines(date(2023, 9, 25)).count() == met


def test_the_district_may_set_its_own_years(district, office):
    registered(office, commissioned_on="2008-06-01")
    assert share(district, "2023-09-25") == {}
    Setting.objects.create(key="register.pipeline_old_years", value=15, since=date(2023, 5, 1), reason="区要求")
    assert share(district, "2023-09-25")["tinglan"] == (0, 1)
    assert share(district, "2023-04-30") == {}  # before the setting


def test_what_was_voided_counts_no_more_today_but_as_of_before(district, office):
    row = registered(office)
    void_installation(district.by("office", "2023-09-24"), row, reason="重复登记")
    assert share(district, "2023-09-24") == {}
    assert share(district, "2023-09-23")["tinglan"] == (0, 1)


def test_a_voided_evaluation_meets_no_more_today_but_as_of_before(district, office):
    row = registered(office)
    made = record_evaluation(office, row, day=date(2023, 3, 1))
    void_evaluation(district.by("office", "2023-09-24"), made, reason="评的是另一条")
    assert share(district, "2023-09-23")["tinglan"] == (1, 1)
    assert share(district, "2023-09-24")["tinglan"] == (0, 1)
    row.refresh_from_db()
    assert row.evaluated_on is None


def test_what_was_taken_out_of_use_counts_until_then(district, office):
    row = registered(office)
    by = district.by("office", "2023-09-25")
    correct_installation(by, row, changes={"retired_on": date(2023, 9, 22)}, reason="停运")
    assert share(district, "2023-09-21")["tinglan"] == (0, 1)
    assert share(district, "2023-09-22") == share(district, "2023-09-22", ANY) == {}


def test_rows_entered_later_were_not_known_before(district):
    registered(district.by("office", "2023-09-25"))
    assert share(district, "2023-09-24") == {} != share(district, "2023-09-25")


def test_each_share_costs_the_same_queries_for_any_number_of_rows(district, office, django_assert_num_queries):
    rows = [pipeline(code=f"GD-{number}", name=f"管道{number}") for number in range(40)]
    made, problems = register_installations(office, rows)
    assert len(made) == 40 and problems == []
    with django_assert_num_queries(5):  # base and met, and the district's own values for the years
        share(district, "2023-09-25")


def test_rows_of_another_system_are_locked(district, office):
    row = registered(office, source_system="省管道平台", source_id="P-77", as_of="2023-03-01")
    with pytest.raises(Refused, match="来自省管道平台"):
        void_installation(office, row, reason="试")
