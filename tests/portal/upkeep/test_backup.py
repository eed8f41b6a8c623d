"""Backup and restore: everything comes back, and nothing half done when it cannot."""

import gzip
import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from anwei.portal.upkeep import databases
from anwei.portal.upkeep.archive import BadArchive
from anwei.portal.upkeep.backup import NotRestored, back_up, restore
from anwei.units.models import Unit

NOW = datetime(2023, 9, 25, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def _database(home: Path) -> dict:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": home / "anwei.sqlite3"}


def _write(home: Path, *words: str) -> None:
    with closing(sqlite3.connect(home / "anwei.sqlite3")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE IF NOT EXISTS word (text)")
        connection.executemany("INSERT INTO word VALUES (?)", [(word,) for word in words])
        connection.commit()


def _words(home: Path) -> list[str]:
    with closing(sqlite3.connect(home / "anwei.sqlite3")) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM word ORDER BY rowid")]


@pytest.fixture
def home(tmp_path):
    """A home that has been in use."""
    made = tmp_path / "home"
    for folder in ("files/ab", "secrets", "log"):
        (made / folder).mkdir(parents=True)
    (made / "files" / "ab" / "abcd").write_bytes(b"photo")
    (made / "secrets" / "journal.key").write_text("key")
    (made / "demo-date").write_text("2023-09-25")
    (made / "journal-anchor.txt").write_text("1 2 2 mac\n")
    _write(made, "甲", "乙")
    return made


@pytest.fixture
def target(tmp_path):
    return tmp_path / "backup.tar.gz"


def _empty(tmp_path: Path, name: str = "other") -> Path:
    made = tmp_path / name
    made.mkdir()
    return made


def test_everything_comes_back_in_an_empty_home(home, target, tmp_path):
    back_up(home, _database(home), target, NOW, secrets=True)
    other = _empty(tmp_path)
    restore(other, _database(other), target, NOW)
    assert _words(other) == ["甲", "乙"]
    assert (other / "files" / "ab" / "abcd").read_bytes() == b"photo"
    assert (other / "journal-anchor.txt").read_text() == "1 2 2 mac\n" and (other / "demo-date").exists()
    assert (other / "secrets" / "journal.key").read_text() == "key"
    assert (other / "secrets" / "journal.key").stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in other.glob(".*")) == []


def test_secrets_stay_at_home_unless_asked_for_and_the_file_is_for_its_owner(home, target):
    manifest = back_up(home, _database(home), target, NOW)
    assert not any(name.startswith("secrets/") for name in manifest["files"])
    assert target.stat().st_mode & 0o077 == 0


def test_a_backup_is_one_moment_while_others_write(home, target, tmp_path):
    with closing(sqlite3.connect(home / "anwei.sqlite3")) as writer:
        writer.execute("INSERT INTO word VALUES ('halb')")  # not committed
        back_up(home, _database(home), target, NOW)
        writer.commit()
    other = _empty(tmp_path)
    restore(other, _database(other), target, NOW)
    assert _words(other) == ["甲", "乙"] and _words(home) == ["甲", "乙", "halb"]


def test_a_home_in_use_is_left_alone_unless_replaced_and_then_kept_aside(home, target, tmp_path):
    back_up(home, _database(home), target, NOW)
    _write(home, "丙")
    with pytest.raises(NotRestored, match="已有数据"):
        restore(home, _database(home), target, NOW)
    assert _words(home) == ["甲", "乙", "丙"]
    restore(home, _database(home), target, NOW, replace=True)
    assert _words(home) == ["甲", "乙"]
    assert _words(home / "before-restore-20230925-090000") == ["甲", "乙", "丙"]
    assert (home / "secrets" / "journal.key").read_text() == "key", "secrets that the backup does not hold stay"


def _changed(target: Path, change) -> None:
    """Rewrites the archive with some entries changed: change(name, data) -> data or None to leave it out."""
    with tarfile.open(target) as tar:
        entries = [(member, tar.extractfile(member).read()) for member in tar]
    with tarfile.open(target, "w:gz") as tar:
        for member, data in entries:
            fresh = change(member.name, data)
            if fresh is not None:
                member.size = len(fresh)
                tar.addfile(member, io.BytesIO(fresh))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda name, data: data + b"x" if name.startswith("files/") else data, "与清单不一致"),
        (lambda name, data: None if name.startswith("files/") else data, "备份缺 1 个文件"),
        (lambda name, data: None if name == "manifest.json" else data, "没有备份清单"),
        (lambda name, data: b"{}" if name == "manifest.json" else data, "清单读不懂"),
        (
            lambda name, data: data.replace(b'"format": 1', b'"format": 9') if name == "manifest.json" else data,
            "只认 1",
        ),
        (
            lambda name, data: data.replace(b'"sqlite"', b'"postgresql"') if name == "manifest.json" else data,
            "两种数据库",
        ),
    ],
)
def test_a_damaged_backup_is_refused_and_the_home_stays_as_it_was(home, target, tmp_path, change, words):
    back_up(home, _database(home), target, NOW)
    _changed(target, change)
    _write(home, "丙")
    with pytest.raises((BadArchive, NotRestored), match=words):
        restore(home, _database(home), target, NOW, replace=True)
    assert _words(home) == ["甲", "乙", "丙"] and (home / "files" / "ab" / "abcd").exists()
    assert not list(home.glob(".restore-*")) and not list(home.glob("before-restore-*"))


def test_a_backup_cannot_write_outside_its_home(home, target, tmp_path):
    back_up(home, _database(home), target, NOW)
    with tarfile.open(target) as tar:
        manifest = json.loads(tar.extractfile("manifest.json").read())
    manifest["files"]["../escaped"] = manifest["files"]["files/ab/abcd"]
    with tarfile.open(target, "w:gz") as tar:
        for name, data in (("manifest.json", json.dumps(manifest).encode()), ("../escaped", b"photo")):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    other = _empty(tmp_path)
    with pytest.raises(BadArchive, match="清单以外"):
        restore(other, _database(other), target, NOW)
    assert not (tmp_path / "escaped").exists()


@pytest.mark.parametrize(
    "data",
    [b"", b"no archive", gzip.compress(b"still none"), gzip.compress(b"x" * 2000)[:40]],
    ids=["empty", "other", "no-archive-inside", "cut"],
)
def test_a_file_that_is_no_backup_says_so(data, target, tmp_path):
    target.write_bytes(data)
    other = _empty(tmp_path)
    with pytest.raises(BadArchive):
        restore(other, _database(other), target, NOW)
    assert list(other.iterdir()) == []


def test_a_backup_that_breaks_off_leaves_no_file(home, target, monkeypatch):
    def full(*_, **__):
        raise OSError("Platte voll")

    monkeypatch.setattr(tarfile.TarFile, "add", full)
    with pytest.raises(OSError, match="Platte voll"):
        back_up(home, _database(home), target, NOW)
    assert list(target.parent.glob("*tar.gz*")) == [] and list(home.glob(".backup-*")) == []


def test_when_the_database_cannot_be_put_in_place_everything_goes_back(home, target, monkeypatch):
    back_up(home, _database(home), target, NOW)
    _write(home, "丙")

    def broken(*_):
        raise databases.NoTool("pg_restore 没有恢复成")

    monkeypatch.setattr(databases, "load", broken)
    with pytest.raises(databases.NoTool):
        restore(home, _database(home), target, NOW, replace=True)
    assert _words(home) == ["甲", "乙", "丙"] and (home / "files" / "ab" / "abcd").read_bytes() == b"photo"


def test_without_the_programs_of_postgresql_the_message_says_what_to_install(home, target, monkeypatch):
    monkeypatch.setattr(databases.shutil, "which", lambda name: None)
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "a",
        "HOST": "",
        "PORT": "",
        "USER": "",
        "PASSWORD": "",
    }
    with pytest.raises(databases.NoTool, match="postgresql-client"):
        back_up(home, database, target, NOW)
    assert not target.exists()


@pytest.mark.slow
def test_the_whole_way_on_the_command_line(tmp_path):
    """An empty district, its first administrator, a sealed journal; backed up and restored elsewhere."""

    def anwei(home: str, *arguments: str) -> subprocess.CompletedProcess:
        environment = {
            **os.environ,
            "ANWEI_HOME": str(tmp_path / home),
            "DJANGO_SETTINGS_MODULE": "anwei.portal.settings",
        }
        environment.pop("ANWEI_DATABASE", None)
        return subprocess.run(
            [sys.executable, "-m", "anwei.portal.cli", *arguments], env=environment, capture_output=True, text=True,
            stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip

    assert anwei("one", "migrate", "-v0").returncode == 0
    made = anwei("one", "createadmin", "--username", "chief", "--unit", "区安委办")
    assert made.returncode == 0 and "一次性密码" in made.stdout
    again = anwei("one", "createadmin")
    assert again.returncode == 1 and "已有管理员" in again.stderr
    assert "已封存" in anwei("one", "journal", "seal").stdout
    file = str(tmp_path / "b.tar.gz")
    assert anwei("one", "backup", file, "--with-secrets").returncode == 0
    assert "已经有了" in anwei("one", "backup", file).stderr
    assert anwei("two", "restore", file).returncode == 0
    verified = anwei("two", "journal", "verify")
    assert verified.returncode == 0 and "尚未封存：0 条" in verified.stdout
    assert "一次性密码" in anwei("two", "reset-password", "chief").stdout
    checked = anwei("two", "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_postgresql_goes_out_and_comes_back_in_one_transaction(home, target, tmp_path, settings):
    database = {**settings.DATABASES["default"], "NAME": connection.settings_dict["NAME"]}
    Unit.objects.create(code="a", order=1, short="甲", full="甲局", kind="department")
    back_up(home, database, target, NOW)
    Unit.objects.all().delete()
    connection.close()
    restore(home, database, target, NOW, replace=True)
    assert Unit.objects.get().short == "甲"
