"""A column is declared once and serves the list, the detail page, the phone card, JSON and the sheet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any, Final

KINDS: Final = ("text", "date", "number", "unit", "units", "choice", "lamp", "link")
_CSS: Final = {"date": "nowrap", "number": "num", "choice": "nowrap", "lamp": "nowrap"}


@dataclass(frozen=True, slots=True)
class Column:
    """`value` is a path (`host.short`), a callable over the row, or empty for the attribute `name`.
    `sort` is True where `name` is the database column, or the lookup to sort by; it must be NOT NULL.
    `words` turns a stored choice or standing into the word for people; `width` counts characters in the sheet."""

    name: str
    label: str
    value: str | Callable[[Any], Any] = ""
    kind: str = "text"
    sort: bool | str = False
    width: int = 14
    in_list: bool = True
    in_sheet: bool = True
    words: Callable[[Any], str] | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"column {self.name}: unknown kind {self.kind!r}")

    @property
    def sort_by(self) -> str:
        return self.name if self.sort is True else self.sort or ""

    @property
    def css(self) -> str:
        return _CSS.get(self.kind, "")

    def of(self, row: Any) -> Any:
        """The value itself: date, number, unit, text, or None."""
        if callable(self.value):
            return self.value(row)
        return reduce(lambda thing, name: getattr(thing, name, None), (self.value or self.name).split("."), row)

    def text(self, row: Any) -> str:
        """As people read it in a list: dates 2023.9.25, several units with 、 between."""
        value = self.of(row)
        if value is None or value == "":
            return ""
        if self.words is not None:
            return self.words(value)
        if self.kind == "units":
            return "、".join(str(one) for one in value)
        if isinstance(value, date):
            return f"{value.year}.{value.month}.{value.day}"
        return str(value)

    def plain(self, row: Any) -> Any:
        """As JSON carries it: ISO days, units as {id, name}, choices as key and word."""
        value = self.of(row)
        if value is None:
            return None
        if self.kind == "unit":
            return _unit(value)
        if self.kind == "units":
            return [_unit(one) for one in value]
        if self.kind in ("choice", "lamp"):
            return {"key": str(value), "name": self.words(value) if self.words else str(value)}
        if isinstance(value, date):
            return value.isoformat()
        return value if isinstance(value, int | float | bool) else str(value)

    def cell(self, row: Any) -> date | int | float | str:
        """As a sheet carries it, so that it can be read back: days and numbers stay what they are."""
        value = self.of(row)
        plain = self.words is None and isinstance(value, date | int | float) and not isinstance(value, bool)
        return value if plain else self.text(row)


def _unit(unit: Any) -> dict[str, Any]:
    return {"id": unit.pk, "name": str(unit)}


def named(columns: Iterable[Column]) -> dict[str, Column]:
    return {column.name: column for column in columns}
