"""Classes of units in the yearly assessment, and how far the ladder of supervision may go with each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from anwei.rulebook.reading import DATA, Item, Keys, RulebookError, read
from anwei.rulebook.sources import STANDING_FIELDS, Standing, read_standing

# The steps of the ladder in rising order.
STEPS: Final = {
    "remind": "提醒、催办",
    "prompt_letter": "提示函",
    "chase_order": "督办通知书",
    "circular": "通报点名",
    "admonition": "约谈",
}


@dataclass(frozen=True)
class Cap:
    """Whether a step may be taken, and in which form where it is not the ordinary one."""

    allowed: bool
    form: str = ""


@dataclass(frozen=True)
class Profile:
    """`key` is the class as units carry it: 甲, 乙一, 乙二, 丙, 丁, 随, —."""

    key: str
    label: str
    steps: Mapping[str, Cap]
    ranked: bool  # takes part in the ranking of the yearly assessment
    assessment: str
    note: str
    standing: Standing


def profiles() -> tuple[Profile, ...]:
    return tuple(_by_key().values())


def profile(key: str) -> Profile:
    """One class; RulebookError for a key that does not exist."""
    try:
        return _by_key()[key]
    except KeyError:
        raise RulebookError(f"没有单位类别 {key}，可用：{'、'.join(_by_key())}") from None


def load_profiles(path: Path) -> dict[str, Profile]:
    """RulebookError with file and line for bad data."""
    keys = Keys()
    return {entry.key: entry for entry in (_read(item, keys) for item in read(path).items())}


@cache
def _by_key() -> dict[str, Profile]:
    return load_profiles(DATA / "profiles.yaml")


def _read(item: Item, keys: Keys) -> Profile:
    fields = item.fields(("key", "label", "steps", "ranked", "assessment", *STANDING_FIELDS), ("note",))
    steps = fields["steps"].fields(tuple(STEPS))
    return Profile(
        key=keys.take(fields["key"]),
        label=fields["label"].text(),
        steps={name: _cap(steps[name]) for name in STEPS},
        ranked=fields["ranked"].flag(),
        assessment=fields["assessment"].text(),
        note=fields["note"].text() if "note" in fields else "",
        standing=read_standing(fields),
    )


def _cap(item: Item) -> Cap:
    """true, false, or the form in which the step is taken with this class."""
    if item.is_text:
        return Cap(True, item.text())
    return Cap(item.flag())
