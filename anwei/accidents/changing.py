"""How an accident is changed inside an act: by the version that was read, and with new rows of the clock."""

from typing import Any

from django.db.models import F

from anwei.accidents.clock import Clock, spans
from anwei.accidents.models import Accident, AccidentUnit
from anwei.journal.by import By, Refused, Stale


def change(accident: Accident, **values: Any) -> None:
    """Stale where somebody else changed the row since it was read."""
    rows = Accident.objects.valid().filter(pk=accident.pk, version=accident.version)
    if not rows.update(**values, version=F("version") + 1):
        raise Stale(f"“{accident}”刚刚被别人改过，请刷新后核对再提交。")
    accident.refresh_from_db()


def renew_clock(by: By, accident: Accident, *, role: str = AccidentUnit.INVESTIGATE) -> None:
    """Voids the rows of the clock and adds successors that know what is known now, in `role`."""
    rows = accident.involved.filter(voided_on=None, role=AccidentUnit.INVESTIGATE)
    units = list(rows.values_list("unit_id", flat=True))
    rows.update(voided_on=by.today)
    AccidentUnit.objects.bulk_create(part(by, accident, unit, role) for unit in units)


def part(by: By, accident: Accident, unit_id: int, role: str) -> AccidentUnit:
    return AccidentUnit(
        accident=accident,
        unit_id=unit_id,
        role=role,
        started_on=accident.happened_on,
        report_submitted_on=accident.report_submitted_on if role == AccidentUnit.INVESTIGATE else None,
        entered_on=by.today,
    )


def clock_of(accident: Accident) -> Clock:
    """As known now: two queries."""
    return Clock(
        happened=accident.happened_on,
        suspended=spans(accident.suspensions.filter(voided_on=None)),
        extended=sum(accident.extensions.filter(voided_on=None).values_list("days", flat=True)),
        submitted=accident.report_submitted_on,
        ratified=accident.ratified_on,
        grade=accident.grade,
    )


def must_be_valid(accident: Accident) -> None:
    if not accident.is_valid:
        raise Refused("这一起事故已经作废。")


def must_be_ours(accident: Accident) -> None:
    must_be_valid(accident)
    if not accident.district_investigates:
        raise Refused(f"这一起事故由{accident.investigating_body or '上级'}组织调查，区里不计调查时限。")


def written(text: str, label: str, limit: int) -> str:
    """A text that must be there and fit."""
    text = text.strip()
    if not text:
        raise Refused(f"请写明{label}。")
    if len(text) > limit:
        raise Refused(f"{label}写了{len(text)}字，至多{limit}字，请删减。")
    return text
