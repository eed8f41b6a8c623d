"""Measures that nobody owns and units with nothing to do."""

from collections.abc import Iterable
from dataclasses import dataclass

from anwei.units.directory import Directory
from anwei.units.resolution.answer import MeasureResolution

# Kinds that a plan is expected to bind. A committee is reached through its members, a village through its town.
EXPECTED_KINDS = ("party_organ", "department", "vertical_body", "town", "subdistrict", "park", "special_committee")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Numbers of measures and codes of units, in the order of the plan and of the register."""

    unowned: tuple[str, ...]
    without_lead: tuple[str, ...]
    without_responsible: tuple[str, ...]
    to_be_named: tuple[tuple[str, str], ...]
    unknown: tuple[tuple[str, str], ...]
    idle: tuple[str, ...]


def coverage(measures: Iterable[MeasureResolution], directory: Directory) -> Coverage:
    """`to_be_named` and `unknown` hold (number, phrase); `idle` are units of the expected kinds that no measure names.

    A host department that only acts for its committees is busy: it is not idle.
    """
    rows = list(measures)
    lead = {row.number: {code for answer in row.lead for code in answer.units} for row in rows}
    rest = {row.number: {code for answer in row.responsible for code in answer.units} for row in rows}
    busy = {code for codes in (*lead.values(), *rest.values()) for code in codes}
    busy |= {actor.host for row in rows for answer in (*row.lead, *row.responsible) for actor in answer.actors}
    return Coverage(
        unowned=tuple(row.number for row in rows if not lead[row.number] and not rest[row.number]),
        without_lead=tuple(row.number for row in rows if not lead[row.number]),
        without_responsible=tuple(row.number for row in rows if not rest[row.number]),
        to_be_named=tuple((row.number, phrase) for row in rows for phrase in row.open),
        unknown=tuple((row.number, phrase) for row in rows for phrase in row.unknown),
        idle=tuple(code for code in directory.of_kind(*EXPECTED_KINDS) if code not in busy),
    )
