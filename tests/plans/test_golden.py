"""The example plan in the demonstration district: 27 measures, 64 leading and 751 responsible relations."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from anwei.plans.actions import Head, NamingRow, import_plan, name_units, set_head
from anwei.plans.models import AssignedUnit, Assignment
from anwei.units.loading import load_structure
from anwei.units.models import Unit
from anwei.units.rights import by_system

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
OPEN_ON_PURPOSE = ["24"]  # shown to visitors: the office names it before their eyes
LAST = ["区住建局", "区城管局", "区消防救援大队"]

pytestmark = pytest.mark.django_db


def system(day: str):
    return by_system(
        datetime.combine(date.fromisoformat(day), datetime.min.time(), ZoneInfo("Asia/Shanghai")), "command"
    )


def relations():
    return tuple(AssignedUnit.objects.filter(assignment__lead=lead).count() for lead in (True, False))


def test_the_example_plan_comes_to_64_leading_and_751_responsible_relations():
    load_structure(system("2023-01-03"), EXAMPLES / "linjiang")
    by = system("2023-03-10")
    plan = import_plan(
        by, text=(EXAMPLES / "key-points-2023.txt").read_text("utf-8"), source_name="key-points-2023.txt"
    )
    plan = set_head(by, plan, plan.version, Head("2023年安全生产工作要点", 2023, "", "临安委〔2023〕2号", by.today))
    assert plan.measures.count() == 27 and plan.chapters.count() == 7 and not plan.findings.exists()

    data = yaml.safe_load((EXAMPLES / "linjiang" / "naming.yaml").read_text("utf-8"))
    units = {unit.code: unit for unit in Unit.objects.all()}
    rows = [NamingRow(str(n["measure"]), n["phrase"], [units[c] for c in n["units"]]) for n in data["namings"]]
    by = system("2023-03-17")
    name_units(by, plan, rows, decided_on=by.today, paper=data["paper"])
    still = Assignment.objects.filter(measure__plan=plan).exclude(status__in=["named", "not_expanded"])
    assert [row.measure.number for row in still] == OPEN_ON_PURPOSE
    assert relations() == (64, 748)

    chosen = [Unit.objects.get(short=short) for short in LAST]
    name_units(by, plan, [NamingRow("24", still[0].reference, chosen)], decided_on=by.today)
    assert relations() == (64, 751)
    assert not AssignedUnit.objects.filter(reason="").exists()
