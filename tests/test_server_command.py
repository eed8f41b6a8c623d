"""`script/server` as somebody meets it: what it says, that it answers, and that nothing is left when it ends."""

import os
import signal
import socket
import subprocess
import urllib.request
from contextlib import contextmanager

import pytest

from tests.house import ROOT
from tests.servers import free_port

COMMAND = ROOT / "script" / "server"
UP = "安委已启动"


def environment(home, port) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANWEI_", "DJANGO_"))}
    return {**kept, "ANWEI_HOME": str(home), "ANWEI_EMPTY": "1", "PORT": str(port)}


@contextmanager
def running(home, port):
    """A started server and what it said up to then."""
    process = subprocess.Popen(
        [COMMAND], env=environment(home, port), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/"
    )
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            if UP in line:
                break
        yield process, "".join(said)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


@pytest.mark.slow
def test_an_empty_district_starts_twice_from_one_home_answers_and_leaves_nothing_behind(tmp_path):
    port, home = free_port(), tmp_path / "home"
    for _ in range(2):
        with running(home, port) as (process, said):
            assert f"{UP}：http://127.0.0.1:{port}/" in said, said
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            assert opener.open(f"http://127.0.0.1:{port}/healthz", timeout=20).status == 200
        assert process.returncode == 0
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=5)
    assert (home / "anwei.sqlite3").exists()
    assert not (home / "demo-date").exists()


def test_a_busy_port_is_named_together_with_the_way_out(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ended = subprocess.run([COMMAND], env=environment(tmp_path, port), capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert f"127.0.0.1:{port}" in ended.stderr and "PORT=" in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("port", ["80a", "0", "70000", "-1"])
def test_what_is_no_port_is_quoted_back(tmp_path, port):
    ended = subprocess.run([COMMAND], env=environment(tmp_path, port), capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert f"PORT={port} 不是端口号" in ended.stderr
