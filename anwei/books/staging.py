"""A sheet between upload and confirmation: a file of the house, bound to the person who brought it, gone after a day."""

import json
import os
import re
import secrets
import time
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings

_TOKEN: Final = re.compile(r"[0-9a-f]{32}")
_KEPT: Final = 24 * 3600


@dataclass(slots=True)
class Staged:
    """`mapping` is empty until it is clear; `left` are the rows that were not taken, with their reasons; `made` is
    None until the import was confirmed."""

    token: str
    book: str
    person: str
    name: str
    head: list[str]
    rows: list[list[Any]]
    first: int
    mapping: dict[str, int] = field(default_factory=dict)
    made: int | None = None
    left: list[tuple[int, str]] = field(default_factory=list)

    @property
    def done(self) -> bool:
        return self.made is not None


def stage(book: str, person: str, name: str, head: list[str], rows: list[list[Any]], first: int) -> Staged:
    """Keeps a sheet and clears away what is older than a day."""
    folder = _folder()
    for old in folder.iterdir():
        if time.time() - old.stat().st_mtime > _KEPT:
            old.unlink(missing_ok=True)
    staged = Staged(secrets.token_hex(16), book, person, name, head, rows, first)
    keep(staged)
    return staged


def keep(staged: Staged) -> None:
    path = _path(staged.token)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(staged), ensure_ascii=False, default=_day), encoding="utf-8")
    os.replace(fresh, path)


def find(token: str, book: str, person: str) -> Staged | None:
    """None for a token of somebody else, of another book, or too old."""
    if not _TOKEN.fullmatch(token):
        return None
    try:
        staged = Staged(**json.loads(_path(token).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    if staged.book != book or staged.person != person:
        return None
    staged.left = [(place, words) for place, words in staged.left]
    return staged


def take(staged: Staged) -> bool:
    """Whether this confirmation is the first: of two clicks one wins. `give_back` where the action failed."""
    try:
        os.rename(_path(staged.token), _path(staged.token).with_suffix(".taken"))
    except OSError:
        return False
    return True


def give_back(staged: Staged) -> None:
    os.replace(_path(staged.token).with_suffix(".taken"), _path(staged.token))


def finish(staged: Staged) -> None:
    keep(staged)
    _path(staged.token).with_suffix(".taken").unlink(missing_ok=True)


def _folder() -> Path:
    folder = settings.ANWEI_HOME / "imports"
    folder.mkdir(exist_ok=True)
    return folder


def _path(token: str) -> Path:
    return _folder() / f"{token}.json"


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be kept")
