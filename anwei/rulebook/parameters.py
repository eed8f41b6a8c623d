"""Numbers of the law and of the house, each with its dates, source and verification."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from anwei.rulebook.reading import DATA, Item, Keys, RulebookError, read
from anwei.rulebook.sources import STANDING_FIELDS, Source, Standing, read_standing

_MONTH_DAY: Final = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_TYPES: Final = ("integer", "month_day")
_LEAP_YEAR: Final = 2024


@dataclass(frozen=True)
class Override:
    """A district's own value from a day on; handed in by the room that keeps the settings."""

    key: str
    value: int | str
    since: date
    reason: str = ""


@dataclass(frozen=True)
class Value:
    """What holds on a day. `value` is None once the rule has been repealed."""

    value: int | str | None
    verified: bool
    source: Source
    since: date
    overridden: bool = False
    reason: str = ""

    @property
    def repealed(self) -> bool:
        return self.value is None

    @property
    def number(self) -> int:
        """The value as a number; RulebookError where it is none or was repealed."""
        if not isinstance(self.value, int):
            raise RulebookError(
                f"{self.source} 在 {self.since} 起的值是 {self.value}，不是数字，请改用 month_day 或先看 repealed"
            )
        return self.value

    def in_year(self, year: int) -> date:
        """A month-day as the day of a year; 29 February falls on the 28th where there is none."""
        if not isinstance(self.value, str):
            raise RulebookError(f"{self.source} 的值 {self.value} 不是 月-日，请改用 number")
        month, day = (int(part) for part in self.value.split("-"))
        if (month, day) == (2, 29) and not _is_leap(year):
            day = 28
        return date(year, month, day)


@dataclass(frozen=True)
class Parameter:
    """A number (or a month-day) whose value depends on the day of the event."""

    key: str
    label: str
    unit: str
    type: str
    standing: Standing
    setting: bool  # a district may put its own value in its place
    minimum: int | None
    maximum: int | None
    note: str
    values: tuple[tuple[date, int | str | None], ...]

    @property
    def source(self) -> Source:
        return self.standing.source

    @property
    def verified(self) -> bool:
        return self.standing.verified

    @property
    def first_day(self) -> date:
        return self.values[0][0]

    def at(self, day: date, overrides: Iterable[Override] = ()) -> Value:
        """What holds for an event of that day. RulebookError before the first date and for a forbidden override."""
        own = max(
            (entry for entry in overrides if entry.key == self.key and entry.since <= day),
            key=lambda entry: entry.since,
            default=None,
        )
        if own is not None:
            return Value(self.checked(own.value), False, Source("本区设置"), own.since, True, own.reason)
        for since, value in reversed(self.values):
            if since <= day:
                return Value(value, self.verified, self.source, since)
        raise RulebookError(
            f"{self.label}（{self.key}）自 {self.first_day} 起才有规定，{day} 的事项请按当时的文件人工确定"
        )

    def checked(self, value: object) -> int | str:
        """A district's value in the right type, from a form's text or as it is; RulebookError says what is asked."""
        if not self.setting:
            raise RulebookError(f"{self.label}（{self.key}）由法规确定，区级不能另设")
        if self.type == "month_day":
            if not isinstance(value, str) or not _is_month_day(value):
                raise RulebookError(f"{self.label} {value} 不是有效的 月-日，请按 06-15 的样子填写")
            return value
        try:
            number = int(value) if isinstance(value, str) and not isinstance(value, bool) else value
        except ValueError:
            number = None
        if not isinstance(number, int) or isinstance(number, bool):
            raise RulebookError(f"{self.label} {value} 不是整数，请填写整数（单位：{self.unit}）")
        if (self.minimum is not None and number < self.minimum) or (self.maximum is not None and number > self.maximum):
            raise RulebookError(f"{self.label} {number} 超出范围，请填写 {self.bounds}（单位：{self.unit}）")
        return number

    @property
    def bounds(self) -> str:
        low = "不限" if self.minimum is None else str(self.minimum)
        high = "不限" if self.maximum is None else str(self.maximum)
        return f"{low} 至 {high}"


@dataclass(frozen=True)
class Line:
    """One line of the page 法规参数."""

    key: str
    label: str
    unit: str
    value: int | str | None
    since: date
    source: Source
    mark_in_words: str
    verified: bool
    setting: bool
    overridden: bool
    reason: str
    note: str


def parameter(key: str) -> Parameter:
    """The parameter of that key; RulebookError for a key that does not exist."""
    try:
        return _by_key()[key]
    except KeyError:
        raise RulebookError(f"没有参数 {key}，请在 rulebook/data/parameters 下的文件里查对") from None


def all_parameters() -> tuple[Parameter, ...]:
    return tuple(_by_key().values())


def edition(day: date, overrides: Iterable[Override] = ()) -> list[Line]:
    """What holds on a day, in the order of the files; a rule that is not yet in force is left out."""
    given = list(overrides)
    lines: list[Line] = []
    for entry in all_parameters():
        if entry.first_day > day and not any(own.key == entry.key and own.since <= day for own in given):
            continue
        found = entry.at(day, given)
        lines.append(
            Line(
                key=entry.key,
                label=entry.label,
                unit=entry.unit,
                value=found.value,
                since=found.since,
                source=found.source,
                mark_in_words="本区设置" if found.overridden else entry.standing.mark_in_words,
                verified=found.verified,
                setting=entry.setting,
                overridden=found.overridden,
                reason=found.reason,
                note=entry.note,
            )
        )
    return lines


def load_parameters(folder: Path) -> dict[str, Parameter]:
    """All parameters of all files of a folder, files by name. RulebookError with file and line for bad data."""
    keys = Keys()
    found = [_read(item, keys) for path in sorted(folder.glob("*.yaml")) for item in read(path).items()]
    return {entry.key: entry for entry in found}


@cache
def _by_key() -> dict[str, Parameter]:
    return load_parameters(DATA / "parameters")


def _read(item: Item, keys: Keys) -> Parameter:
    fields = item.fields(
        ("key", "label", "unit", *STANDING_FIELDS, "values"), ("type", "setting", "minimum", "maximum", "note")
    )
    kind = fields["type"].one_of(_TYPES) if "type" in fields else "integer"
    return Parameter(
        key=keys.take(fields["key"]),
        label=fields["label"].text(),
        unit=fields["unit"].text(),
        type=kind,
        standing=read_standing(fields),
        setting="setting" in fields and fields["setting"].flag(),
        minimum=fields["minimum"].number() if "minimum" in fields else None,
        maximum=fields["maximum"].number() if "maximum" in fields else None,
        note=fields["note"].text() if "note" in fields else "",
        values=_values(fields["values"], kind),
    )


def _values(item: Item, kind: str) -> tuple[tuple[date, int | str | None], ...]:
    found: list[tuple[date, int | str | None]] = []
    for entry in item.items():
        fields = entry.fields(("from", "value"))
        since = fields["from"].day()
        if found and since <= found[-1][0]:
            fields["from"].fail(f"{since} 不晚于上一条 {found[-1][0]}，请按施行日期先后排列")
        found.append((since, _value(fields["value"], kind)))
    if not found:
        item.fail("values 是空的，请至少写一条 {from, value}")
    return tuple(found)


def _value(item: Item, kind: str) -> int | str | None:
    if item.is_null:
        return None
    if kind == "integer":
        return item.number()
    value = item.text()
    if not _is_month_day(value):
        item.fail(f"{value} 不是有效的 月-日，请按 '06-15' 的样子填写")
    return value


def _is_month_day(text: str) -> bool:
    if not _MONTH_DAY.fullmatch(text):
        return False
    month, day = (int(part) for part in text.split("-"))
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
