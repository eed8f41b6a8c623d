"""Regimes: after which procedure an accident is investigated, and by which level. Data, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from anwei.accidents.grades import GRADES
from anwei.rulebook import RulebookError, Standing, parameter
from anwei.rulebook.reading import Item, Keys, read
from anwei.rulebook.sources import STANDING_FIELDS, read_standing

DISTRICT: Final = "district"
LEVELS: Final = {DISTRICT: "本区", "city": "设区市", "province": "省", "state": "国家"}


@dataclass(frozen=True, slots=True)
class Regime:
    """`investigates` gives the level for a grade; empty where it is told accident by accident."""

    key: str
    label: str
    window: str
    investigates: Mapping[str, str]
    bodies: Mapping[str, str]
    standing: Standing

    def level(self, grade: str) -> str:
        """district, city, province or state; empty where this regime does not say."""
        return self.investigates.get(grade, "")

    def body(self, grade: str) -> str:
        return self.bodies.get(self.level(grade), "")


def regimes() -> tuple[Regime, ...]:
    return tuple(_by_key().values())


def regime(key: str) -> Regime:
    """RulebookError for a key that does not exist."""
    try:
        return _by_key()[key]
    except KeyError:
        raise RulebookError(f"没有事故类别 {key}，可用：{'、'.join(_by_key())}") from None


def load_regimes(path: Path) -> dict[str, Regime]:
    """RulebookError with file and line for bad data."""
    keys = Keys()
    return {one.key: one for one in (_read(item, keys) for item in read(path).items())}


@cache
def _by_key() -> dict[str, Regime]:
    return load_regimes(Path(__file__).parent / "regimes.yaml")


def _read(item: Item, keys: Keys) -> Regime:
    fields = item.fields(("key", "label", "window", *STANDING_FIELDS), ("investigates", "bodies"))
    parameter(fields["window"].text())
    levels = fields["investigates"].fields(tuple(GRADES)) if "investigates" in fields else {}
    bodies = fields["bodies"].fields((), tuple(LEVELS)) if "bodies" in fields else {}
    return Regime(
        key=keys.take(fields["key"]),
        label=fields["label"].text(),
        window=fields["window"].text(),
        investigates={grade: one.one_of(LEVELS) for grade, one in levels.items()},
        bodies={level: one.text() for level, one in bodies.items()},
        standing=read_standing(fields),
    )
