from anwei.registers.actions import register_installations
from tests.books.makers import Maker
from tests.registers.conftest import pipeline


def _installations(cast, number):
    rows = [pipeline(code=f"GD-{place:04}", name=f"管道第{place}段") for place in range(number)]
    rows.append(pipeline(code="GX-1", name="=1+1独一段", town="青榆镇", place="+甲\n乙", evaluated_on="2022-05-01"))
    made, problems = register_installations(cast.by("office"), rows)
    assert problems == []
    return made


MAKERS = {"installations": Maker(_installations, "独一段")}
