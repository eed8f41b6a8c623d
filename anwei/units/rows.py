"""Plain rows that actions take: from a form (one), a workbook or the files of a district (many).

A row names units by code, short name, full name or alias; `Names` finds which unit is meant.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from anwei.units.directory import UnitRow
from anwei.units.models import Alias, Unit

# The day from which a row holds that does not say: before any paper of these rooms.
ALWAYS = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class UnitEntry(UnitRow):
    """A unit as the office writes it down. An empty `code` makes a new unit, whose code the system gives."""

    management: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AliasList:
    """All other names of a unit; what is not listed is taken away."""

    unit: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """A list of units (`kind` members or list) or a part of a unit: a brigade, a station, a town's own committee."""

    key: str
    name: str
    body: str = ""
    kind: str = "members"


@dataclass(frozen=True, slots=True)
class SecretariatEntry:
    """`host` acts for `committee` from `since` on; an earlier host ends on that day."""

    committee: str
    host: str
    since: date
    until: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class SectorEntry:
    """`words` are how plans and inspections call the sector."""

    name: str
    words: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A person with one post. Without `unit` there is no post: such a person may sign in and sees nothing.

    `password` is checked by the validators; `password_hash` is one that Django made (a demonstration makes it once).
    Without both the person cannot sign in until the password is reset.
    """

    username: str
    name: str
    unit: str = ""
    role: str = ""
    title: str = ""
    since: date | None = None
    email: str = ""
    phone: str = ""
    password: str = field(default="", repr=False)
    password_hash: str = field(default="", repr=False)
    must_change_password: bool = True


@dataclass(frozen=True, slots=True)
class Bad:
    """What is wrong with the row at `place` (from 1, in the order given); `about` names it, `message` is for people."""

    place: int
    about: str
    message: str

    def __str__(self) -> str:
        return self.message


class Names:
    """Which unit a word means: code first, then short name, full name and alias where only one unit has it."""

    def __init__(self, units: Iterable[Unit], aliases: Iterable[tuple[int, str]] = ()) -> None:
        self._by_code: dict[str, Unit] = {}
        self._by_name: dict[str, dict[int, Unit]] = {}
        by_id = {}
        for unit in units:
            by_id[unit.pk] = unit
            self._by_code[unit.code] = unit
            for name in (unit.short, unit.full):
                self._by_name.setdefault(name, {})[unit.pk] = unit
        for unit_id, text in aliases:
            if unit_id in by_id:
                self._by_name.setdefault(text, {})[unit_id] = by_id[unit_id]

    @classmethod
    def now(cls) -> "Names":
        """Two queries. Units that were closed stand in it too: what is past keeps its name."""
        return cls(Unit.objects.all(), Alias.objects.values_list("unit_id", "text"))

    def find(self, word: str, what: str = "单位") -> Unit:
        """ValueError with a message for people where the word means no unit, or several."""
        word = word.strip()
        if word in self._by_code:
            return self._by_code[word]
        found = list(self._by_name.get(word, {}).values())
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValueError(f"{what}「{word}」不在单位表内，请先登记单位，或改用规范简称")
        names = "、".join(f"{unit.full}（代码 {unit.code}）" for unit in found[:4])
        raise ValueError(f"{what}「{word}」对应几个单位（{names}），请改填代码或全称")

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._by_code.values())
