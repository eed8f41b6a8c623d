"""The whole book at once, for a check at the start."""

from collections.abc import Callable
from typing import Any, Final

from anwei.rulebook.activities import activity_kinds
from anwei.rulebook.demands import demand_templates
from anwei.rulebook.parameters import all_parameters
from anwei.rulebook.reading import RulebookError
from anwei.rulebook.unit_classes import profiles
from anwei.rulebook.workdays import workday_years

_PARTS: Final[tuple[Callable[[], Any], ...]] = (
    all_parameters,
    demand_templates,
    activity_kinds,
    profiles,
    workday_years,
)


def problems() -> list[str]:
    """One message with file and line for every part of the book that cannot be read; empty when all is well."""
    found: list[str] = []
    for part in _PARTS:
        try:
            part()
        except RulebookError as error:
            found.append(str(error))
    return list(dict.fromkeys(found))
