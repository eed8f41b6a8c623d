"""What this room offers to be counted: the clock of each investigation of the district, per investigating unit."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from anwei.accidents.models import AccidentUnit, Extension, Suspension
from anwei.evidence.offers import Clocks


def offers() -> list[Clocks]:
    """`accident.investigation`: from the day of the accident to the day on which the report was handed in."""
    return [
        Clocks(
            key="accident.investigation",
            label="事故调查报告",
            rows=_rows,
            unit="unit_id",
            started="started_on",
            finished="report_submitted_on",
            suspended=suspended,
            extended=extended,
            url=lambda row: f"/accidents/{row.accident_id}",
        )
    ]


def _rows() -> QuerySet[AccidentUnit]:
    return AccidentUnit.objects.filter(role=AccidentUnit.INVESTIGATE).select_related("accident")


def suspended(ids: Iterable[int]) -> dict[int, list[tuple[date, date | None]]]:
    """Spans by row: those known when the row was entered, for any later one made a new row. Two queries."""
    return {row: [(one.since, one.until) for one in known] for row, known in _known(Suspension, ids).items()}


def extended(ids: Iterable[int]) -> dict[int, int]:
    """Days by row, those known when the row was entered. Two queries."""
    return {row: sum(one.days for one in known) for row, known in _known(Extension, ids).items()}


def _known(model: Any, ids: Iterable[int]) -> dict[int, list[Any]]:
    rows = list(AccidentUnit.objects.filter(id__in=list(ids)).values_list("id", "accident_id", "entered_on"))
    of_accident: dict[int, list[Any]] = {}
    for one in model.objects.filter(accident_id__in={row[1] for row in rows}).order_by("id"):
        of_accident.setdefault(one.accident_id, []).append(one)
    found = {
        key: [one for one in of_accident.get(accident, []) if _stood(one, entered)] for key, accident, entered in rows
    }
    return {key: known for key, known in found.items() if known}


def _stood(one: Any, on: date) -> bool:
    return one.entered_on <= on and (one.voided_on is None or one.voided_on > on)
