"""The register as of a day."""

from datetime import date

from anwei.units.directory import GENERAL, LOCAL
from tests.units.registers import county, linjiang


def test_a_row_no_longer_holds_on_its_closing_day():
    before, after = county().at(date(2023, 6, 30)), county().at(date(2023, 7, 1))
    assert before.members_of("mines") == ("emergency", "land")
    assert after.members_of("mines") == ("emergency", "police")
    assert (before.host_of("mines"), after.host_of("mines")) == ("land", "emergency")
    assert (before.regulators("矿山"), after.regulators("矿山")) == (("land",), ("emergency",))


def test_before_anything_was_set_up_nobody_stands_and_nobody_acts():
    early = county().at(date(2019, 12, 31))
    assert early.standing == ()
    assert early.members_of("committee") == ()
    assert early.host_of("committee") == ""


def test_units_come_in_the_official_order_whatever_the_order_of_the_rows():
    directory = linjiang()
    members = directory.members_of("safety_committee")
    assert members[0] == "party_office" and members[-1] == "power_supply"
    assert directory.in_order(["new_town", "commerce", "new_town", "no_such"]) == ("commerce", "new_town")


def test_a_sector_has_a_direct_a_general_and_a_local_answer():
    directory = linjiang()
    assert directory.regulators("城镇燃气") == ("housing_construction",)
    assert directory.regulators("城镇燃气", GENERAL) == ("emergency_bureau",)
    assert len(directory.regulators("城镇燃气", LOCAL)) == 14
    assert directory.regulators("飞碟") == ()


def test_sectors_are_found_by_their_words():
    assert "特种设备" in linjiang().sectors_in("组织开展电梯、起重机械专项排查整治")
    assert linjiang().sectors_in("适时开展中期评估") == ()
