"""Conversions that a hostile file could make endless run in a child process with a ceiling on memory and time.

PDF streams and sheet dimensions unpack to any size whatever the file's own size; only the operating system
can stop that. The child gets the bytes on standard input and answers with one JSON object.
"""

import importlib
import json
import os
import pathlib
import subprocess
import sys
from dataclasses import astuple

from anwei.plans.sources.source import Grid, Limits, Unreadable

READERS = {
    "pdf": ("anwei.plans.sources.pdf", "read_pdf"),
    "workbook": ("anwei.plans.sources.workbook", "read_workbook"),
}
ROOT = str(pathlib.Path(__file__).resolve().parents[3])
TOO_MUCH = "太复杂，规定的时间和内存内读不完（可能已损坏）"
RESAVE = "请用原来的软件打开后另存一份，或转成 docx 再上传"


def run_boxed(reader: str, name: str, data: bytes, limits: Limits) -> tuple[list[Grid | str], list[str]]:
    """What the reader found (lines of text and grids in order) and its problems. Raises Unreadable."""
    order = json.dumps({"reader": reader, "name": name, "limits": astuple(limits)})
    paths = os.pathsep.join(filter(None, [ROOT, os.environ.get("PYTHONPATH", "")]))
    command = [sys.executable, "-W", "ignore", "-m", "anwei.plans.sources.boxed"]
    try:
        done = subprocess.run(
            command,
            input=order.encode() + b"\n" + data,
            capture_output=True,
            timeout=limits.seconds,
            env={**os.environ, "PYTHONPATH": paths},
            check=False,
        )
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:  # ValueError: died before it could answer
        raise Unreadable(name, TOO_MUCH, RESAVE) from error
    if "fault" in answer:
        raise Unreadable(name, answer["fault"], answer["remedy"])
    return [each if isinstance(each, str) else _grid(*each) for each in answer["found"]], answer["problems"]


def _grid(rows: list[list[str]], merges: list[list[int]], caption: str) -> Grid:
    return Grid(rows, [(top, left, bottom, right) for top, left, bottom, right in merges], caption)


def main() -> None:
    """The child's side."""
    order = json.loads(sys.stdin.buffer.readline())
    limits = Limits(*order["limits"])
    _set_ceilings(limits)
    module, function = READERS[order["reader"]]
    data = sys.stdin.buffer.read()
    try:
        read = getattr(importlib.import_module(module), function)
        found, problems = read(order["name"], data, limits)
        rows = [each if isinstance(each, str) else (each.rows, each.merges, each.caption) for each in found]
        answer = {"found": rows, "problems": problems}
    except Unreadable as error:
        answer = {"fault": error.fault, "remedy": error.remedy}
    except MemoryError:
        answer = {"fault": TOO_MUCH, "remedy": RESAVE}
    except BaseException as error:  # a panic of the sheet library is no Exception; all of it means a broken file
        answer = {"fault": f"已损坏，读不出（{type(error).__name__}）", "remedy": RESAVE}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _set_ceilings(limits: Limits) -> None:
    try:
        resource = importlib.import_module("resource")
    except ModuleNotFoundError:  # not on Windows: there only the time limit holds
        return
    for which, ceiling in ((resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_CPU, limits.seconds)):
        _, hard = resource.getrlimit(which)
        resource.setrlimit(which, (ceiling if hard == resource.RLIM_INFINITY else min(ceiling, hard), hard))


if __name__ == "__main__":
    main()
