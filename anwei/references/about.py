"""The text reference `room.model:id` that journal, files, outbox and oversight use instead of generic foreign keys."""

import re
from typing import Any, NamedTuple

_FORM = re.compile(r"([a-z_]+)\.([a-z_]+):(\d{1,18})")


class About(NamedTuple):
    room: str
    model: str
    id: int

    def __str__(self) -> str:
        return f"{self.room}.{self.model}:{self.id}"


def about(row: Any) -> str:
    """`duties.due:17` for a saved row. A row without a key is the caller's mistake."""
    if row.pk is None:
        raise ValueError(f"{row!r} has no key yet and cannot be pointed at")
    return f"{row._meta.app_label}.{row._meta.model_name}:{row.pk}"


def split_about(text: str) -> About:
    """The parts of a reference. Raises ValueError where the text is none."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not of the form room.model:id")
    room, model, key = match.groups()
    return About(room, model, int(key))
