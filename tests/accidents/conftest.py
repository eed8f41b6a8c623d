"""The three accidents of the demonstration district, on the small cast, and browsers signed in as its people."""

import pytest

from anwei.accidents.actions import record_accidents


@pytest.fixture(autouse=True)
def today(demonstration_day):
    """Whatever happens in this room's tests happens on the demonstration day."""


def furniture(**changes):
    """14 February 2023: one dead at a machine in 青榆镇; 区应急局 and 区住建局 investigate."""
    row = {
        "title": "临江榆木家具有限公司“2·14”机械伤害事故",
        "regime": "生产安全事故",
        "happened_on": "2023-02-14",
        "happened_at": "08:40",
        "town": "青榆镇",
        "place": "砂光车间",
        "establishment": "临江榆木家具有限公司",
        "sector": "工贸",
        "deaths": 1,
        "units": "区应急局、区住建局",
    }
    return row | changes


def forklift(**changes):
    """22 March 2023: a fork-lift truck kills one; special equipment, so the city investigates."""
    return furniture() | {
        "title": "江北冷链物流有限公司“3·22”叉车伤人事故",
        "regime": "特种设备事故",
        "happened_on": "2023-03-22",
        "town": "汀岚镇",
        "units": "区应急局",
    } | changes  # fmt: skip


def collapse(**changes):
    """23 May 2023: a pit collapses, two dead and three seriously injured."""
    return furniture() | {
        "title": "新城5号地块“5·23”坍塌事故",
        "happened_on": "2023-05-23",
        "town": "汀岚镇",
        "deaths": 2,
        "injuries": 3,
        "units": "区应急局、区住建局",
    } | changes  # fmt: skip


def recorded(by, row):
    """The accident of a row that must be good."""
    made, problems = record_accidents(by, [row])
    assert [str(one) for one in problems] == []
    return made[0]
