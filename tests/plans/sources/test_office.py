"""Old Word and WPS files, through LibreOffice where it is installed."""

import pathlib
import subprocess

import pytest

from anwei.plans.sources import Limits, Unreadable, office, read_source
from tests.plans.sources.samples import docx_of, plan_text

needs_office = pytest.mark.skipif(
    office.office_command() is None,
    reason="没有 LibreOffice（Debian：apt install libreoffice-writer-nogui）：.doc 转换没有测试",
)


def converted(data: bytes, ending: str, place: pathlib.Path) -> bytes:
    """What LibreOffice itself makes of a docx."""
    (place / "given.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    command = [office.office_command(), "--headless", profile, "--convert-to", ending, "--outdir", str(place)]
    subprocess.run([*command, str(place / "given.docx")], check=True, capture_output=True, timeout=120)
    return (place / f"given.{ending}").read_bytes()


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize(
    ("ending", "kind", "name"), [("doc", "doc", "要点.wps"), ("rtf", "rtf", "要点.rtf"), ("odt", "odt", "要点.odt")]
)
def test_an_old_format_gives_the_same_lines_as_the_docx(ending, kind, name, tmp_path):
    lines = [line for line in plan_text().split("\n") if line]
    source = read_source(name, converted(docx_of(lines), ending, tmp_path))
    assert source.kind == kind and source.problems == ()
    assert source.text.split("\n") == lines


@needs_office
@pytest.mark.slow
def test_a_printed_pdf_of_libreoffice_gives_the_same_paragraphs(tmp_path):
    lines = [line for line in plan_text().split("\n") if line]
    source = read_source("要点.pdf", converted(docx_of(lines), "pdf", tmp_path))
    assert source.text.replace(" ", "").split("\n") == lines


def test_without_libreoffice_the_message_says_how_to_convert(monkeypatch):
    monkeypatch.setattr(office.shutil, "which", lambda _: None)
    with pytest.raises(Unreadable, match=r"没有安装 LibreOffice.*另存为 \.docx"):
        read_source("要点.rtf", rb"{\rtf1 abc}")


def test_a_conversion_that_hangs_is_ended_with_all_its_children(monkeypatch, tmp_path):
    mark = tmp_path / "child"
    slow = tmp_path / "soffice"
    slow.write_text(f"#!/bin/sh\n(sleep 30; touch {mark}) &\necho $! > {tmp_path}/id\nwait\n")
    slow.chmod(0o755)
    monkeypatch.setattr(office, "office_command", lambda: str(slow))
    with pytest.raises(Unreadable, match="超过 1 秒，已停止"):
        read_source("要点.rtf", rb"{\rtf1 abc}", Limits(seconds=1))
    child = pathlib.Path(f"/proc/{(tmp_path / 'id').read_text().strip()}/stat")
    assert not child.exists() or child.read_text().split()[2] == "Z"


def test_a_conversion_that_makes_nothing_is_a_broken_file(monkeypatch, tmp_path):
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(office, "office_command", lambda: str(broken))
    with pytest.raises(Unreadable, match="LibreOffice 打不开"):
        read_source("要点.rtf", rb"{\rtf1 abc}")
