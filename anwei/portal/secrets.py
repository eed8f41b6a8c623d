"""Keys that lie outside the database: made at first start into ANWEI_HOME/secrets, readable by the owner alone."""

import os
import secrets
import tempfile
from pathlib import Path


def read_or_make(home: Path, name: str) -> str:
    """The key of that name; a new random one where there is none yet.

    Safe against two processes starting at once: the key is written whole beside its place and then linked there, which
    the second cannot do any more; both read the one that was first, and nobody an empty one.
    """
    folder = home / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    if not path.exists():
        _make(path)
    return path.read_text(encoding="utf-8").strip()


def _make(path: Path) -> None:
    handle, written = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        os.link(written, path)
    except FileExistsError:
        pass  # the other process was first
    finally:
        os.unlink(written)
