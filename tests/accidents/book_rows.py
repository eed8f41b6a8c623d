from anwei.accidents.actions import record_accidents
from tests.accidents.conftest import furniture
from tests.books.makers import Maker


def _accidents(cast, number):
    rows = [furniture(title=f"第{place}起机械伤害事故") for place in range(number)]
    rows.append(furniture(title="=1+1独一起", town="汀岚镇", summary="+甲\n乙", loss=120, district_investigates="否"))
    made, problems = record_accidents(cast.by("office"), rows)
    assert problems == []
    return made


MAKERS = {"accidents": Maker(_accidents, "独一起")}
