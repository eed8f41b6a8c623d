"""The stories of the demonstration district, as duties would ask for them: the clock of each unit as of any day."""

from datetime import date

import pytest

from anwei.accidents.actions import (
    extend,
    hand_up,
    name_units,
    ratify,
    record_accidents,
    resume,
    submit_report,
    suspend,
    update_casualties,
    void_accident,
)
from anwei.evidence.offers import clocks, kind_of
from anwei.periods import Workdays, clock_end
from anwei.rulebook import parameter, workday_years
from tests.accidents.conftest import collapse, forklift, furniture, recorded

pytestmark = pytest.mark.django_db
KEY = "accident.investigation"


def clock(district, on):
    """unit code -> (started, ends, finished), as of a day, read the way duties read it."""
    on = date.fromisoformat(on)
    codes = {unit.pk: code for code, unit in district.units.items()}
    found = {}
    for offer in clocks(KEY):
        rows = list(offer.as_of(on))
        ids = [row.pk for row in rows]
        suspended, extended = offer.suspended(ids), offer.extended(ids)
        for row in rows:
            started, finished = getattr(row, offer.started), getattr(row, offer.finished)
            days = parameter("accident.investigation_days").at(started).number
            spans, more = suspended.get(row.pk, []), extended.get(row.pk, 0)
            ends = clock_end(started, days, False, spans, more, Workdays(workday_years()))
            unit = codes[getattr(row, offer.unit)]
            assert unit not in found, "one clock for a unit and an accident"
            found[unit] = tuple(str(day) if day and (day != finished or day <= on) else None
                                for day in (started, ends, finished))  # fmt: skip
            assert offer.url(row) == f"/accidents/{row.accident_id}" and "事故" in str(row)
    return found


def both(*row):
    return {"emergency_bureau": row, "housing": row}


def test_the_key_is_offered_as_a_clock():
    assert kind_of(KEY) == "clock"


def test_the_furniture_maker_from_the_day_of_death_to_the_report(district):
    """2月14日发生；2月20日送检，3月10日收到意见；4月28日交报告，5月10日批复"""
    accident = recorded(district.by("office", "2023-02-14"), furniture())
    assert clock(district, "2023-02-13") == {}
    assert clock(district, "2023-02-14") == both("2023-02-14", "2023-04-15", None)
    suspend(district.by("office", "2023-02-20"), accident, day=date(2023, 2, 20))
    resume(district.by("office", "2023-03-10"), accident, day=date(2023, 3, 10))
    submit_report(district.by("office", "2023-04-28"), accident, day=date(2023, 4, 28))
    ratify(district.by("office", "2023-05-10"), accident, day=date(2023, 5, 10))
    assert clock(district, "2023-09-25") == both("2023-02-14", "2023-05-03", "2023-04-28")


def test_a_replay_of_each_day_gives_what_that_day_knew(district):
    accident = recorded(district.by("office", "2023-02-16"), furniture())
    suspend(district.by("office", "2023-02-22"), accident, day=date(2023, 2, 20))
    resume(district.by("office", "2023-03-12"), accident, day=date(2023, 3, 10))
    extend(
        district.by("office", "2023-04-20"),
        accident,
        days=30,
        approved_by="区政府",
        day=date(2023, 4, 18),
        reason="取证",
    )
    submit_report(district.by("office", "2023-05-04"), accident, day=date(2023, 4, 28))
    known = {
        "2023-02-15": {},  # entered on the 16th
        "2023-02-21": both("2023-02-14", "2023-04-15", None),
        "2023-02-22": both("2023-02-14", None, None),  # standing still
        "2023-03-11": both("2023-02-14", None, None),
        "2023-03-12": both("2023-02-14", "2023-05-03", None),
        "2023-04-19": both("2023-02-14", "2023-05-03", None),
        "2023-04-20": both("2023-02-14", "2023-06-02", None),
        "2023-05-03": both("2023-02-14", "2023-06-02", None),  # the report was entered on the 4th
        "2023-05-04": both("2023-02-14", "2023-06-02", "2023-04-28"),
    }
    assert {day: clock(district, day) for day in known} == known


def test_an_accident_of_special_equipment_gives_the_district_no_clock(district):
    accident = recorded(district.by("office", "2023-03-22"), forklift())
    assert not accident.district_investigates and accident.investigating_body == "设区市市场监管部门"
    assert clock(district, "2023-09-25") == {}


def test_the_collapse_becomes_larger_on_the_twentieth_day_and_the_districts_clock_ends(district):
    """5月23日 2死3伤；6月12日（第20天）1名伤者死亡，升为较大；移交市里"""
    accident = recorded(district.by("office", "2023-05-23"), collapse())
    assert (accident.grade, accident.district_investigates) == ("general", True)
    office = district.by("office", "2023-06-12")
    update_casualties(office, accident, day=date(2023, 6, 12), deaths=3, injuries=2, words="1名伤者死亡")
    assert accident.grade == "larger"
    assert set(clock(district, "2023-06-12")) == {"emergency_bureau", "housing"}  # until it is handed up
    hand_up(office, accident, to="市人民政府", day=date(2023, 6, 12), reason="升为较大事故")
    assert clock(district, "2023-06-12") == clock(district, "2023-09-25") == {}
    assert clock(district, "2023-06-11") == both("2023-05-23", "2023-07-22", None)
    assert {unit.short for unit in accident.units_of("cooperate")} == {"区应急局", "区住建局"}


def test_what_was_voided_counts_no_more_today_but_as_of_before(district):
    accident = recorded(district.by("office", "2023-02-14"), furniture())
    void_accident(district.by("office", "2023-03-01"), accident, reason="不是生产安全事故")
    assert clock(district, "2023-03-01") == {}
    assert clock(district, "2023-02-28") == both("2023-02-14", "2023-04-15", None)


def test_a_unit_named_later_owes_from_then_and_one_taken_out_until_then(district):
    accident = recorded(district.by("office", "2023-02-14"), furniture())
    office = district.by("office", "2023-02-20")
    wanted = [district.units["emergency_bureau"], district.units["fire_brigade"]]
    name_units(office, accident, units=wanted, reason="职责调整")
    assert set(clock(district, "2023-02-19")) == {"emergency_bureau", "housing"}
    assert clock(district, "2023-02-20") == {
        "emergency_bureau": ("2023-02-14", "2023-04-15", None),
        "fire_brigade": ("2023-02-14", "2023-04-15", None),
    }


def test_the_clocks_cost_the_same_queries_for_any_number_of_accidents(district, django_assert_num_queries):
    rows = [furniture(title=f"第{place}起事故", units="区应急局") for place in range(30)]
    made, problems = record_accidents(district.by("office"), rows)
    assert len(made) == 30 and problems == []
    for accident in made[:10]:
        suspend(district.by("office"), accident, day=date(2023, 2, 20))
    [offer] = clocks(KEY)
    with django_assert_num_queries(5):
        ids = [row.pk for row in offer.as_of(date(2023, 9, 25)) if str(row)]
        assert len(ids) == 30 and len(offer.suspended(ids)) == 10 and offer.extended(ids) == {}
