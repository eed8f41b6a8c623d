"""A pipeline as a sheet row, and browsers signed in as people of the cast."""

import pytest

from anwei.registers.actions import register_installations


@pytest.fixture(autouse=True)
def today(demonstration_day):
    """Whatever happens in this room's tests happens on the demonstration day."""


def pipeline(**changes):
    """The old pipeline's section in 汀岚镇, in use since 18 September 2003."""
    row = {
        "kind": "油气长输管道",
        "code": "GD-0001",
        "name": "岚线输气管道临江段（汀岚镇）",
        "town": "汀岚镇",
        "regulators": "区应急局、区住建局",
        "commissioned_on": "2003-09-18",
        "length_km": "7.4",
        "operator": "岚线管道公司",
    }
    return row | changes


def registered(by, **changes):
    """The one installation of a row that must be good."""
    made, problems = register_installations(by, [pipeline(**changes)])
    assert [str(one) for one in problems] == []
    return made[0]
