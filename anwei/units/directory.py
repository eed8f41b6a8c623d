"""The register of units as plain values: what stood in it on one day.

Everything here is pure. Rows come from the database, a workbook or the files of `examples/`; a `Directory` is one
frozen snapshot, and `at(day)` gives the snapshot of another day. `until` is the first day on which a row no longer
holds, as in the tables.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar

COMMITTEE = "committee"
SPECIAL_COMMITTEE = "special_committee"
TERRITORY_KINDS = ("town", "subdistrict", "park")
# The bodies that meet but do not act: somebody acts for them.
ACTED_FOR_KINDS = (COMMITTEE, SPECIAL_COMMITTEE)
KIND_LABELS = {
    "committee": "议事协调机构",
    "committee_office": "议事协调机构办公室",
    "special_committee": "专委会",
    "party_organ": "党群机关",
    "department": "部门",
    "vertical_body": "垂直和驻区单位",
    "judicial_body": "司法机关",
    "town": "镇",
    "subdistrict": "街道",
    "park": "园区",
    "village": "村（社区）",
    "establishment": "生产经营单位",
    "outside_body": "区外单位",
}
DIRECT, GENERAL, LOCAL = "direct", "general", "local"


@dataclass(frozen=True, slots=True)
class District:
    """Whose register this is: `name` 临江区, `short` 临江, `level` the word before its organs (区, 县, 市)."""

    name: str
    short: str
    level: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    code: str
    order: int
    short: str
    full: str
    kind: str
    parent: str = ""
    grade_class: str = "—"
    party_group: bool = False
    since: date = date.min
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AliasRow:
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A list of units that the office keeps; `body` is the committee whose members it holds, or empty."""

    key: str
    name: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class MemberRow:
    group: str
    unit: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SecretariatRow:
    """`host` acts for `committee`."""

    committee: str
    host: str
    since: date | None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class NamingRow:
    """The office's decision who a phrase of one measure means; `units` in the decision's order, its first gathers."""

    measure: str
    phrase: str
    units: tuple[str, ...]
    decided_on: date
    paper: str = ""
    signed_by: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class SectorRow:
    """`words` are how plans and inspections call the sector."""

    name: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompetenceRow:
    sector: str
    unit: str
    mode: str
    since: date
    until: date | None = None
    basis: str = ""
    verified: bool = False


class _Dated(Protocol):
    @property
    def since(self) -> date | None: ...

    @property
    def until(self) -> date | None: ...


_Row = TypeVar("_Row", bound=_Dated)


def holding(rows: Iterable[_Row], on: date) -> Iterator[_Row]:
    """The rows in force on a day: from `since` on, before `until`; a row without `since` is not in force."""
    for row in rows:
        if row.since is not None and row.since <= on and (row.until is None or on < row.until):
            yield row


@dataclass(frozen=True, eq=False)
class Directory:
    """Units, names, groups, secretariats, competences and naming decisions as of `on`."""

    district: District
    units: tuple[UnitRow, ...]
    on: date
    aliases: tuple[AliasRow, ...] = ()
    groups: tuple[GroupRow, ...] = ()
    members: tuple[MemberRow, ...] = ()
    secretariats: tuple[SecretariatRow, ...] = ()
    namings: tuple[NamingRow, ...] = ()
    sectors: tuple[SectorRow, ...] = ()
    competences: tuple[CompetenceRow, ...] = ()

    def at(self, on: date) -> "Directory":
        """The same register on another day. Keep the answer if you ask often: its indexes are built once."""
        return self if on == self.on else replace(self, on=on)

    @cached_property
    def standing(self) -> tuple[UnitRow, ...]:
        """Units that exist on the day, in the official order (机构序)."""
        return tuple(sorted(holding(self.units, self.on), key=lambda unit: (unit.order, unit.code)))

    @cached_property
    def _by_code(self) -> dict[str, UnitRow]:
        return {unit.code: unit for unit in self.standing}

    @cached_property
    def _place(self) -> dict[str, int]:
        return {unit.code: place for place, unit in enumerate(self.standing)}

    def unit(self, code: str) -> UnitRow | None:
        return self._by_code.get(code)

    def short(self, code: str) -> str:
        """The short name; the code itself for a unit that does not exist on the day."""
        unit = self.unit(code)
        return unit.short if unit else code

    def in_order(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Each existing unit once, in the official order."""
        return tuple(sorted({code for code in codes if code in self._place}, key=self._place.__getitem__))

    def of_kind(self, *kinds: str) -> tuple[str, ...]:
        return tuple(unit.code for unit in self.standing if unit.kind in kinds)

    def members_of(self, *bodies: str) -> tuple[str, ...]:
        """Members of committees or groups on the day, each once, in the official order."""
        keys = {group.key for group in self.groups if group.body in bodies or group.key in bodies}
        return self.in_order(row.unit for row in holding(self.members, self.on) if row.group in keys)

    def host_of(self, committee: str) -> str:
        """Who acts for a committee on the day, or empty."""
        hosts = [row.host for row in holding(self.secretariats, self.on) if row.committee == committee]
        return hosts[-1] if hosts else ""

    def regulators(self, sector: str, mode: str = DIRECT) -> tuple[str, ...]:
        """Who regulates a sector on the day, in the order of the table (the main regulator first)."""
        rows = (row for row in holding(self.competences, self.on) if row.sector == sector and row.mode == mode)
        return tuple(dict.fromkeys(row.unit for row in rows if row.unit in self._by_code))

    def sectors_in(self, text: str) -> tuple[str, ...]:
        """Sectors whose words occur in a text: where to look for «行业主管部门», never who it is."""
        return tuple(row.name for row in self.sectors if any(word in text for word in (row.name, *row.words)))
