"""An installation as a row again: where a correction starts from, and what it says before and after."""

from datetime import date
from typing import Any

from anwei.registers.drafts import LABELS, Row
from anwei.registers.models import Installation, InstallationUnit
from anwei.units.models import Unit


def regulators_of(installation: Installation) -> list[Unit]:
    """The main one first, the others in the official order. Uses prefetched rows."""
    units = {one.unit_id: one.unit for one in installation.concerned.all() if one.role == InstallationUnit.REGULATOR}
    if installation.regulator is not None:
        units[installation.regulator.pk] = installation.regulator
    return sorted(units.values(), key=lambda unit: (unit.pk != installation.regulator_id, unit.order, unit.pk))


def row_of(installation: Installation) -> Row:
    """The row that would make this installation again."""
    row: Row = {name: getattr(installation, name) for name in LABELS if name != "regulators"}
    return row | {"regulators": regulators_of(installation)}


def said(installation: Installation) -> dict[str, str]:
    """Every value as text by its name, for the record of a correction."""
    return {name: _text(value) for name, value in row_of(installation).items()}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    return value.isoformat() if isinstance(value, date) else str(value)
