"""Servers of the tests' own: a private PostgreSQL, started on a free loopback port and gone afterwards.

    python -m tests.servers COMMAND…      runs COMMAND with ANWEI_DATABASE pointing at a fresh server

PostgreSQL refuses to run as root, so under root it runs as the system's own `postgres` user (or `nobody`).
"""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg

START_SECONDS = 60
STOP_SECONDS = 30
PR_SET_PDEATHSIG = 1  # prctl(2)


class NoServer(RuntimeError):
    """The server cannot be started here; the text says what is missing."""


def free_port() -> int:
    """A loopback port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def postgres_programs() -> Path | None:
    """The directory with initdb and postgres, the newest version first; None where PostgreSQL is not installed."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    found = shutil.which("initdb")
    candidates = [*versions, Path(found).resolve().parent] if found else versions
    return next((path for path in candidates if (path / "initdb").exists() and (path / "postgres").exists()), None)


def _other_user() -> dict[str, object]:
    """Keywords for subprocess that leave root behind; empty for everybody else."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names.get("nobody")
    if entry is None:
        raise NoServer("没有可用来运行 PostgreSQL 的普通用户（postgres 或 nobody）")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _end_with_parent() -> None:
    """Runs in the child: when the tests are killed without a chance to clean up, the server ends too (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _wait_until_ready(server: subprocess.Popen, url: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            psycopg.connect(url, connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise NoServer("PostgreSQL 没有启动：\n" + log.read_text(errors="replace")[-4000:])


@contextmanager
def postgres():
    """A fresh PostgreSQL server; yields `postgres://anwei@127.0.0.1:PORT/anwei`. Raises NoServer.

    Nothing is kept: writes are not synced and the directory is removed. UTF-8 with C.UTF-8, as in production.
    """
    programs = postgres_programs()
    if programs is None:
        raise NoServer("没有安装 PostgreSQL（Debian：apt install postgresql）")
    user = _other_user()
    home = Path(tempfile.mkdtemp(prefix="anwei-postgres-"))
    if user:
        os.chown(home, user["user"], user["group"])
    port, log, server = free_port(), home / "log", None
    try:
        made = subprocess.run(
            [
                programs / "initdb", "--pgdata", home / "data", "--username", "anwei", "--auth", "trust",
                "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
            ],
            cwd=home, capture_output=True, text=True, check=False, **user,
        )  # fmt: skip
        if made.returncode:
            raise NoServer("initdb 失败：\n" + made.stdout + made.stderr)
        options = {
            "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "",
            "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": 50,
        }  # fmt: skip
        with log.open("wb") as stream:
            server = subprocess.Popen(
                [programs / "postgres", "-D", home / "data", *(f"-c{name}={value}" for name, value in options.items())],
                cwd=home, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, start_new_session=True,
                preexec_fn=_end_with_parent, **user,
            )  # fmt: skip
        _wait_until_ready(server, f"postgres://anwei@127.0.0.1:{port}/postgres", log)
        with psycopg.connect(f"postgres://anwei@127.0.0.1:{port}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE anwei")
        yield f"postgres://anwei@127.0.0.1:{port}/anwei"
    finally:
        if server is not None:
            _stop(server)
        shutil.rmtree(home, ignore_errors=True)


def _stop(server: subprocess.Popen) -> None:
    """SIGINT is PostgreSQL's fast shutdown; SIGQUIT when it does not come about."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is not None:
            return
        server.send_signal(number)
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue


def _leave(number: int, _frame) -> None:
    raise SystemExit(128 + number)


def main(command: list[str]) -> int:
    """Runs the command beside a fresh server and gives back its exit status; 2 when there is no server."""
    if not command:
        print(__doc__, file=sys.stderr)  # noqa: T201
        return 2
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGHUP, _leave)
    try:
        with postgres() as url:
            child = subprocess.Popen(command, env={**os.environ, "ANWEI_DATABASE": url})
            try:
                return child.wait()
            finally:
                if child.poll() is None:
                    child.terminate()
                    child.wait()
    except NoServer as problem:
        print(problem, file=sys.stderr)  # noqa: T201
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
