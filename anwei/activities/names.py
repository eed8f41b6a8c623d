"""Units as people write them in a sheet: short, full and other names, and a few collective ones."""

import re
from collections.abc import Callable, Iterable
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
    """Read once per sheet: two queries. `reaches` decides between units of one name: one's own is meant."""

    def __init__(self, on: date, reaches: Callable[[Unit], bool]) -> None:
        self.units: list[Unit] = list(Unit.objects.standing_on(on).official())
        self._reaches = reaches
        by_id = {unit.pk: unit for unit in self.units}
        self._by_text: dict[str, list[Unit]] = {}
        for unit in self.units:
            above = by_id.get(unit.parent_id or 0)
            for name in {unit.short, unit.full, f"{above.short}{unit.short}" if above else unit.full}:
                self._by_text.setdefault(name, []).append(unit)
        for text, unit_id in Alias.objects.filter(unit__in=by_id).values_list("text", "unit_id"):
            self._by_text.setdefault(text, [by_id[unit_id]])

    def find(self, name: str) -> tuple[Unit | None, str]:
        """(unit, "") or (None, what to do): nobody has the name, or several have it."""
        found = self._by_text.get(name.strip(), [])
        if len(found) > 1:
            found = [unit for unit in found if self._reaches(unit)] or found
        if len(found) == 1:
            return found[0], ""
        shown = name.strip()[:40]
        if not found:
            return None, f"没有找到单位“{shown}”，请填写规范简称或全称。"
        return None, f"叫“{shown}”的单位有{len(found)}家，请写全称，如“{found[0].full}”。"

    def collective(self, key: str) -> list[Unit]:
        kinds = COLLECTIVES[key][1]
        return [unit for unit in self.units if unit.kind in kinds]

    def read(self, text: str) -> tuple[list[Unit], list[str]]:
        """(units in the order written, each once; what is wrong with the other names)."""
        found: dict[int, Unit] = {}
        wrong = []
        for name in filter(None, _SEPARATORS.split(text)):
            if name in _SPELLINGS:
                found |= {unit.pk: unit for unit in self.collective(_SPELLINGS[name])}
                continue
            unit, message = self.find(name)
            if unit is None:
                wrong.append(message)
            else:
                found[unit.pk] = unit
        return list(found.values()), wrong


def official(units: Iterable[Unit]) -> list[Unit]:
    """Each once, in the official order."""
    return sorted({unit.pk: unit for unit in units}.values(), key=lambda unit: (unit.order, unit.pk))
