"""The database out into a file and back, as one moment: SQLite by VACUUM INTO, PostgreSQL by pg_dump."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

SQLITE, POSTGRES = "sqlite", "postgresql"
DUMP_NAMES = {SQLITE: "database.sqlite3", POSTGRES: "database.dump"}


class NoTool(Exception):
    """A program that is needed is not there, or failed. The message is for the operator."""


def kind_of(database: dict[str, Any]) -> str:
    return SQLITE if database["ENGINE"].endswith("sqlite3") else POSTGRES


def dump(database: dict[str, Any], target: Path) -> None:
    """A whole copy as of one moment; writers go on meanwhile."""
    if kind_of(database) == SQLITE:
        with closing(sqlite3.connect(f"file:{database['NAME']}?mode=ro", uri=True, timeout=60)) as connection:
            connection.execute("VACUUM INTO ?", [str(target)])
        return
    _run(database, ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(target)], "备份")


def load(database: dict[str, Any], source: Path) -> None:
    """Puts a dump in the place of what is there. SQLite: one rename; PostgreSQL: one transaction."""
    if kind_of(database) == SQLITE:
        place = Path(database["NAME"])
        # The write-ahead log of the old database must not be read into the new one.
        for tail in ("-wal", "-shm"):
            Path(f"{place}{tail}").unlink(missing_ok=True)
        os.replace(source, place)
        return
    _run(
        database,
        ["pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
         "--exit-on-error", "--dbname", database["NAME"], str(source)],
        "恢复",
    )  # fmt: skip


def is_whole(database: dict[str, Any], source: Path) -> bool:
    """Whether a dump can be read to its end."""
    if kind_of(database) == SQLITE:
        try:
            with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as connection:
                return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        except sqlite3.DatabaseError:
            return False
    return subprocess.run([_tool("pg_restore"), "--list", source], capture_output=True, check=False).returncode == 0


def has_tables(database: dict[str, Any]) -> bool:
    if kind_of(database) == SQLITE:
        place = Path(database["NAME"])
        if not place.exists():
            return False
        with closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    answer = _run(database, ["psql", "-tAc", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"], "查看")
    return answer.strip() != "0"


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NoTool(
            f"本机没有 {name}，不能备份或恢复 PostgreSQL。请安装 PostgreSQL 客户端（Debian：apt install postgresql-client），"
            "或在数据库服务器上另行备份"
        )
    return found


def _run(database: dict[str, Any], command: list[str], what: str) -> str:
    environment = {
        **os.environ,
        "PGHOST": database["HOST"],
        "PGPORT": str(database["PORT"]),
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGDATABASE": database["NAME"],
    }
    done = subprocess.run(
        [_tool(command[0]), *command[1:]],
        env={name: value for name, value in environment.items() if value},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NoTool(f"{command[0]} 没有{what}成：{done.stderr.strip()[-600:]}")
    return done.stdout
