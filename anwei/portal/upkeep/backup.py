"""A whole home into one file, and back into an empty home."""

import json
import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from anwei.portal.upkeep import databases
from anwei.portal.upkeep.archive import BadArchive, extract_archive, write_archive

ANCHOR = "journal-anchor.txt"
LAST_BACKUP = "last-backup.json"
# Small files of a home that say what kind of home it is.
_MARKS = ("demo-date", ".empty-district")


class NotRestored(Exception):
    """Why nothing was restored; the home is as it was. The message is for the operator."""


def back_up(home: Path, database: dict[str, Any], target: Path, now: datetime, secrets: bool = False) -> dict[str, Any]:
    """Writes the backup and answers its manifest. The anchor is copied before the database and the files after it: so
    every seal in the anchor is in the copy, and every file that the copy names is there."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=home) as place:
        contents: list[tuple[str, Path]] = []
        if (home / ANCHOR).exists():
            contents.append((ANCHOR, Path(shutil.copy2(home / ANCHOR, place))))
        name = databases.DUMP_NAMES[databases.kind_of(database)]
        databases.dump(database, Path(place) / name)
        contents.append((name, Path(place) / name))
        # Uploads on their way lie at the top; what has arrived lies below.
        contents += [(name, path) for name, path in _below(home / "files", "files") if name.count("/") > 1]
        contents += [(f"home/{mark}", home / mark) for mark in _MARKS if (home / mark).exists()]
        if secrets:
            contents += _below(home / "secrets", "secrets")
        facts = {"made_at": now.isoformat(), "database": databases.kind_of(database), "secrets": secrets}
        manifest = write_archive(target, contents, facts)
    said = {"at": now.isoformat(), "file": str(target), "size": target.stat().st_size}
    (home / LAST_BACKUP).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return manifest


def _below(folder: Path, name: str) -> list[tuple[str, Path]]:
    if not folder.is_dir():
        return []
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return [(f"{name}/{path.relative_to(folder).as_posix()}", path) for path in paths]


def restore(home: Path, database: dict[str, Any], source: Path, now: datetime, replace: bool = False) -> dict[str, Any]:
    """Unpacks and checks everything beside the home first; only then things change places, and back when one fails.

    What was in the home before (with `replace`) is kept in `before-restore-…`. Raises NotRestored, BadArchive, NoTool.
    """
    if not replace and not is_empty(home, database):
        raise NotRestored(
            f"{home} 里已有数据，没有恢复。请换一个空目录（ANWEI_HOME=…）；确要替换现有数据的，先停服务，再加 --replace"
        )
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=home) as name:
        place = Path(name)
        manifest = extract_archive(source, place)
        kind = databases.kind_of(database)
        if manifest["database"] != kind:
            raise NotRestored(
                f"备份来自 {manifest['database']}，现在的数据库是 {kind}（ANWEI_DATABASE），两种数据库之间不能直接恢复"
            )
        dump = place / databases.DUMP_NAMES[kind]
        if not dump.exists() or not databases.is_whole(database, dump):
            raise BadArchive("备份里的数据库不完整，没有恢复")
        kept = home / f"before-restore-{now:%Y%m%d-%H%M%S}"
        _change_places(home, place, kept, database, dump)
    return manifest


def is_empty(home: Path, database: dict[str, Any]) -> bool:
    files = home / "files"
    return not databases.has_tables(database) and not (files.is_dir() and any(files.iterdir()))


def _change_places(home: Path, place: Path, kept: Path, database: dict[str, Any], dump: Path) -> None:
    moved: list[tuple[Path, Path]] = []
    placed: list[Path] = []

    def aside(path: Path) -> None:
        if path.exists():
            kept.mkdir(exist_ok=True)
            os.replace(path, kept / path.name)
            moved.append((path, kept / path.name))

    try:
        for name in ("files", ANCHOR, *_MARKS, LAST_BACKUP, *(["secrets"] if (place / "secrets").exists() else [])):
            aside(home / name)
        if databases.kind_of(database) == databases.SQLITE:
            for tail in ("", "-wal", "-shm"):
                aside(Path(f"{database['NAME']}{tail}"))
        for path in [place / "files", place / ANCHOR, place / "secrets", *(place / "home").glob("*")]:
            if path.exists():
                os.replace(path, home / path.name)
                placed.append(home / path.name)
        if home / "secrets" in placed:
            _only_for_owner(home / "secrets")
        databases.load(database, dump)
        (home / "files").mkdir(exist_ok=True)
    except BaseException:
        for path in placed:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for path, put in reversed(moved):
            os.replace(put, path)
        raise


def _only_for_owner(folder: Path) -> None:
    folder.chmod(0o700)
    for path in folder.iterdir():
        path.chmod(0o600)
