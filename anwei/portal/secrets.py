"""Keys that lie outside the database: made at first start into ANWEI_HOME/secrets, readable by the owner alone."""

import os
import secrets
from pathlib import Path


def read_or_make(home: Path, name: str) -> str:
    """The key of that name; a new random one where there is none yet. Safe against two processes starting at once."""
    folder = home / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        made = secrets.token_urlsafe(48)
        file.write(made)
    return made
