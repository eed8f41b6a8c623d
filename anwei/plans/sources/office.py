"""Old office formats -> docx through LibreOffice, where it is installed."""

import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

from anwei.plans.sources.source import Limits, Unreadable

KINDS = {"doc": "旧版 Word 或 WPS 文字（.doc/.wps）", "odt": "ODT 文档", "rtf": "RTF 文档"}
RESAVE = "请用 Word 或 WPS 打开后另存为 .docx 再上传"


def office_command() -> str | None:
    """Path of LibreOffice's command, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_docx(name: str, kind: str, data: bytes, limits: Limits) -> bytes:
    """The same document as docx. Raises Unreadable when LibreOffice is missing, fails or takes too long."""
    command = office_command()
    if command is None:
        raise Unreadable(name, f"是{KINDS[kind]}，这台服务器没有安装 LibreOffice，不能直接读", RESAVE)
    with tempfile.TemporaryDirectory(prefix="anwei-office-", ignore_cleanup_errors=True) as place:
        folder = pathlib.Path(place)
        given = folder / f"given.{kind}"
        given.write_bytes(data)
        (folder / "out").mkdir()
        _run(name, [
            command, "--headless", "--norestore", "--nolockcheck", "--nodefault",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(given),
        ], folder, limits)  # fmt: skip
        made = folder / "out" / "given.docx"
        if not made.is_file() or made.stat().st_size == 0:
            raise Unreadable(name, f"是{KINDS[kind]}，LibreOffice 打不开（可能已损坏或设有密码）", RESAVE)
        return made.read_bytes()


def _run(name: str, command: list[str], folder: pathlib.Path, limits: Limits) -> None:
    """Runs in a process group of its own, so that a hanging conversion ends as a whole and nothing else does."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=limits.seconds)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(name, f"用 LibreOffice 转换超过 {limits.seconds} 秒，已停止", RESAVE) from error
    finally:
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
