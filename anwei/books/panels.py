"""Rooms above add a panel to a detail page of a room below, without the lower room knowing them.

panels.register("activities.activity", lambda by, row: Panel("这次活动计入", "duties/credited.html", {"duties": …}))
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from anwei.journal.by import By


@dataclass(frozen=True, slots=True)
class Panel:
    """`template` is included with `context` (and `by`, `row`); `first` puts it above the row's own values."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    first: bool = False


Maker = Callable[[By, Any], Panel | None]

_makers: dict[str, list[Maker]] = {}


def register(kind: str, maker: Maker) -> None:
    """`kind` is `room.model`. Called in AppConfig.ready(); the maker may return None: no panel for this row or person."""
    _makers.setdefault(kind, []).append(maker)


def panels_of(by: By, row: Any) -> list[Panel]:
    kind = f"{row._meta.app_label}.{row._meta.model_name}"
    made = (maker(by, row) for maker in _makers.get(kind, []))
    return [panel for panel in made if panel is not None]
