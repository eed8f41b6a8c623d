"""Questions that the tests of this room ask again and again, in the words of the cast."""

from datetime import date

from anwei.activities.actions import record_activities
from anwei.activities.models import Activity
from anwei.duties.models import Due, Duty
from anwei.duties.standings import standings
from anwei.units.queries import overrides_on


def duty(district, code, number) -> Duty:
    """The running duty of a unit under a measure of the small plan."""
    return Duty.objects.get(unit=district.units[code], demand__measure__number=number, until=None)


def due(district, code, number, half=1) -> Due:
    """Its first, second … due."""
    return duty(district, code, number).dues.order_by("window_start")[half - 1]


def stands(district, code, number, on) -> list[str]:
    """The standings of a unit's dues under a measure as of a day, in the order of their windows."""
    day = date.fromisoformat(on)
    mine = Duty.objects.filter(unit=district.units[code], demand__measure__number=number)
    return [row.standing for row in standings(mine, day, overrides_on(day)).rows()]


def studied(district, code, day, entered=None) -> Activity:
    """A collective study of a unit, entered on its day or later."""
    row = {
        "kind": "collective_study",
        "happened_on": day,
        "topic": "学习贯彻安全生产重要论述",
        "host": "党委书记",
        "attendance": 23,
    }
    made, problems = record_activities(district.by(f"{code}.clerk", entered or day), [row])
    assert [str(one) for one in problems] == []
    return made[0]
