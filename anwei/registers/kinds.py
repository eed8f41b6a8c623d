"""Kinds of installations, as data: what each asks, and which numbers of the rulebook bind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from anwei.rulebook import Override, RulebookError, parameter
from anwei.rulebook.reading import Item, Keys, read

PIPELINE: Final = "long_distance_pipeline"
# What a kind may ask beside name, code and town, which stand in every row.
COLUMNS: Final = ("regulators", "place", "commissioned_on", "retired_on", "length_km", "operator")


@dataclass(frozen=True, slots=True)
class InstallationKind:
    """`old_years` and `evaluation_years` are keys of parameters, empty where nothing is asked."""

    key: str
    label: str
    noun: str
    asks: tuple[str, ...]
    required: tuple[str, ...]
    commissioned_label: str = "投用日期"
    old_years: str = ""
    evaluation_years: str = ""
    note: str = ""

    def years_until_old(self, on: date, overrides: Iterable[Override] = ()) -> int:
        """More years than this in use make it old."""
        return parameter(self.old_years).at(on, overrides).number

    def years_of_evaluation(self, on: date, overrides: Iterable[Override] = ()) -> int:
        """How many years an evaluation holds that does not say so itself."""
        return parameter(self.evaluation_years).at(on, overrides).number


def installation_kinds() -> tuple[InstallationKind, ...]:
    return tuple(_by_key().values())


def installation_kind(key: str) -> InstallationKind:
    """RulebookError for a key that does not exist."""
    try:
        return _by_key()[key]
    except KeyError:
        raise RulebookError(f"没有设施种类 {key}，可用：{'、'.join(_by_key())}") from None


def load_kinds(path: Path) -> dict[str, InstallationKind]:
    """RulebookError with file and line for bad data."""
    keys = Keys()
    return {kind.key: kind for kind in (_read(item, keys) for item in read(path).items())}


@cache
def _by_key() -> dict[str, InstallationKind]:
    return load_kinds(Path(__file__).parent / "kinds.yaml")


def _read(item: Item, keys: Keys) -> InstallationKind:
    texts = ("commissioned_label", "old_years", "evaluation_years", "note")
    fields = item.fields(("key", "label", "noun", "asks", "required"), texts)
    for name in ("old_years", "evaluation_years"):
        if name in fields:
            parameter(fields[name].text())
    return InstallationKind(
        key=keys.take(fields["key"]),
        label=fields["label"].text(),
        noun=fields["noun"].text(),
        asks=tuple(one.one_of(COLUMNS) for one in fields["asks"].items()),
        required=tuple(one.one_of(COLUMNS) for one in fields["required"].items()),
        **{name: fields[name].text() for name in texts if name in fields},
    )
