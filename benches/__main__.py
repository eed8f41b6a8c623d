"""The command behind script/bench: names -> child processes on each database -> a table or JSON.

Exit 0: measured (a goal that is missed is shown, a busy machine is no failure); 1: a measurement failed; 2: wrong usage.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benches.child import NO_DATABASE
from benches.table import table
from benches.timing import PAIRS
from tests.servers import NoServer, postgres

# name -> does it need a database?
NAMES = {"read": False, "standing": True}
DATABASES = ("sqlite", "postgresql")


def main(arguments: list[str]) -> int:
    asked = _parser().parse_args(arguments)
    if unknown := sorted(set(asked.names) - set(NAMES)):
        print(f"没有名为「{'、'.join(unknown)}」的测量，可选：{'、'.join(NAMES)}", file=sys.stderr)  # noqa: T201
        return 2
    names = asked.names or list(NAMES)
    found: dict[str, dict[str, Any]] = {}
    failed = False
    for name in names:
        for database in _databases(NAMES[name], asked.database):
            status, figures = _run(name, database, max(asked.pairs, PAIRS))
            failed = failed or status != 0
            found |= figures
    print(json.dumps(found, ensure_ascii=False, indent=2) if asked.json else table(found))  # noqa: T201
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="script/bench", description="每条要快的路径与对照做法并排计时")
    parser.add_argument("names", nargs="*", metavar="名称", help=f"{'、'.join(NAMES)}；不写则全部")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--database", choices=DATABASES, help="只用这一种数据库；不写则两种（PostgreSQL 须已安装）")
    parser.add_argument("--pairs", type=int, default=PAIRS, help=f"对数，不少于 {PAIRS}")
    return parser


def _databases(needed: bool, only: str | None) -> tuple[str, ...]:
    if not needed:
        return (NO_DATABASE,)
    return (only,) if only else DATABASES


def _run(name: str, database: str, pairs: int) -> tuple[int, dict[str, dict[str, Any]]]:
    """Figures of one child; where PostgreSQL is missing that is said and nothing fails."""
    print(f"== {name} · {database}", file=sys.stderr)  # noqa: T201
    try:
        with _address(database) as address, tempfile.TemporaryDirectory(prefix="anwei-bench-") as home:
            environment = {**os.environ, "ANWEI_HOME": home, "ANWEI_DATABASE": address}
            environment.pop("ANWEI_TODAY", None)
            command = [sys.executable, "-m", "benches.child", name, database, str(pairs)]
            child = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    except NoServer as problem:
        print(f"!! 跳过 {name} · {database}：{problem}", file=sys.stderr)  # noqa: T201
        return 0, {}
    return child.returncode, json.loads(child.stdout) if child.returncode == 0 else {}


@contextmanager
def _address(database: str) -> Iterator[str]:
    """ANWEI_DATABASE of a fresh database: a file in the child's own home, or a server that ends with it."""
    if database != "postgresql":
        yield ""
        return
    with postgres() as address:
        yield address


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
