"""Kinds of activities as data: what is asked of each, who may hold it, which fact it proves."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from anwei.rulebook.reading import DATA, Item, Keys, RulebookError, read
from anwei.rulebook.vocabulary import UNIT_KINDS

FIELD_TYPES: Final = ("text", "long_text", "number", "day", "url", "files", "choice")


@dataclass(frozen=True)
class Field:
    """One question of the entry form."""

    key: str
    label: str
    type: str
    help: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class ActivityKind:
    """A kind of activity. Day, units and files are always asked; `fields` are asked beside them, in this order."""

    key: str
    label: str
    group: str  # heading under which the kind stands in the choice
    fact: str  # the key under which each credited unit's act is offered through evidence
    description: str  # 口径: what counts and by which day
    day_label: str
    fields: tuple[Field, ...]
    required: tuple[str, ...]
    held_by: tuple[str, ...]  # kinds of units that are credited
    joint: bool  # several units may hold one together, each is credited once
    together_with: tuple[str, ...]  # kinds that one and the same session may also have been
    files_required: bool
    late_after_days: int | None  # None: the parameter activity.late_after_days

    @property
    def needs_attendance(self) -> bool:
        return "attendance" in self.required

    def may_be_held_by(self, unit_kind: str) -> bool:
        return unit_kind in self.held_by


def activity_kinds() -> tuple[ActivityKind, ...]:
    """All kinds, in the order in which the form offers them."""
    return tuple(_by_key().values())


def activity_kind(key: str) -> ActivityKind:
    """One kind; RulebookError for a key that does not exist."""
    try:
        return _by_key()[key]
    except KeyError:
        raise RulebookError(f"没有活动种类 {key}，请在 rulebook/data/activity_kinds.yaml 里查对") from None


def load_activity_kinds(path: Path) -> dict[str, ActivityKind]:
    """RulebookError with file and line for bad data."""
    parts = read(path).fields(("fields", "kinds"))
    questions: dict[str, Field] = {}
    for key, value in parts["fields"].pairs():
        if key.text() in questions:
            key.fail(f"键 {key.text()} 写了两次，请删去一处")
        questions[key.text()] = _field(key.text(), value)
    keys, facts = Keys(), Keys()
    found = {kind.key: kind for kind in (_read(item, keys, facts, questions) for item in parts["kinds"].items())}
    for item in parts["kinds"].items():
        for name, value in ((key.text(), value) for key, value in item.pairs()):
            if name == "together_with":
                for entry in value.items():
                    entry.one_of(found)
    return found


@cache
def _by_key() -> dict[str, ActivityKind]:
    return load_activity_kinds(DATA / "activity_kinds.yaml")


def _field(key: str, item: Item) -> Field:
    fields = item.fields(("label", "type"), ("help", "choices"))
    kind = fields["type"].one_of(FIELD_TYPES)
    choices = fields["choices"].texts() if "choices" in fields else ()
    if (kind == "choice") != bool(choices):
        item.fail("choices 只给 type: choice 用，且不能为空")
    return Field(key, fields["label"].text(), kind, fields["help"].text() if "help" in fields else "", choices)


def _read(item: Item, keys: Keys, facts: Keys, questions: Mapping[str, Field]) -> ActivityKind:
    fields = item.fields(
        ("key", "label", "group", "fact", "description", "fields", "required", "held_by"),
        ("day_label", "joint", "together_with", "files_required", "late_after_days"),
    )
    asked = [entry.one_of(questions) for entry in fields["fields"].items()]
    required = [entry.one_of(asked) for entry in fields["required"].items()]
    return ActivityKind(
        key=keys.take(fields["key"]),
        label=fields["label"].text(),
        group=fields["group"].text(),
        fact=facts.take(fields["fact"]),
        description=fields["description"].text(),
        day_label=fields["day_label"].text() if "day_label" in fields else "活动日期",
        fields=tuple(questions[key] for key in asked),
        required=tuple(required),
        held_by=_kinds(fields["held_by"]),
        joint="joint" in fields and fields["joint"].flag(),
        together_with=fields["together_with"].texts() if "together_with" in fields else (),
        files_required="files_required" in fields and fields["files_required"].flag(),
        late_after_days=fields["late_after_days"].number() if "late_after_days" in fields else None,
    )


def _kinds(item: Item) -> tuple[str, ...]:
    if item.is_text:
        item.one_of(("all",))
        return UNIT_KINDS
    return tuple(entry.one_of(UNIT_KINDS) for entry in item.items())
