"""Units as people write them in a sheet: short, full and other names, and a few collective ones."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from anwei.units.models import Alias, Kind, Unit
from anwei.units.models.unit import MEMBER_KINDS, TERRITORY

_SEPARATORS: Final = re.compile(r"[、，,；;\s]+")
# What a sheet or a tick may say instead of naming each unit.
COLLECTIVES: Final = {
    "towns": ("各镇街", (Kind.TOWN, Kind.SUBDISTRICT)),
    "territory": ("各镇街和园区", tuple(TERRITORY)),
    "members": ("全体成员单位", tuple(MEMBER_KINDS)),
    "special_committees": ("各专委会", (Kind.SPECIAL_COMMITTEE,)),
}
_SPELLINGS: Final = {
    "各镇街": "towns",
    "各镇（街道）": "towns",
    "各镇(街道)": "towns",
    "各镇街道": "towns",
    "各镇街和园区": "territory",
    "各属地": "territory",
    "全体成员单位": "members",
    "安委会各成员单位": "members",
    "各成员单位": "members",
    "各专委会": "special_committees",
}


class UnitNames:
    """Read once per sheet: two queries."""

    def __init__(self, on: date) -> None:
        self.units: list[Unit] = list(Unit.objects.standing_on(on).official())
        self._by_id = {unit.pk: unit for unit in self.units}
        self._by_text: dict[str, Unit] = {}
        for alias in Alias.objects.filter(unit__in=self._by_id).values_list("text", "unit_id"):
            self._by_text.setdefault(alias[0], self._by_id[alias[1]])
        for unit in reversed(self.units):
            self._by_text[unit.full] = unit
        for unit in reversed(self.units):
            self._by_text[unit.short] = unit

    def find(self, name: str) -> Unit | None:
        return self._by_text.get(name.strip())

    def collective(self, key: str) -> list[Unit]:
        kinds = COLLECTIVES[key][1]
        return [unit for unit in self.units if unit.kind in kinds]

    def read(self, text: str) -> tuple[list[Unit], list[str]]:
        """(units in the order written, each once; names that nobody has)."""
        found: dict[int, Unit] = {}
        unknown = []
        for name in filter(None, _SEPARATORS.split(text)):
            key = _SPELLINGS.get(name)
            unit = self.find(name)
            if key is None and unit is None:
                unknown.append(name)
            for one in self.collective(key) if key else [unit] if unit else []:
                found[one.pk] = one
        return list(found.values()), unknown


def official(units: Iterable[Unit]) -> list[Unit]:
    """Each once, in the official order."""
    return sorted({unit.pk: unit for unit in units}.values(), key=lambda unit: (unit.order, unit.pk))
