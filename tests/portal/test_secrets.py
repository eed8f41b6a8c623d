"""Keys outside the database: whole, one for all processes, for the owner alone."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from anwei.portal import secrets
from anwei.portal.secrets import read_or_make


def test_a_key_stays_what_it_was_at_the_first_start(tmp_path):
    first = read_or_make(tmp_path, "journal.key")
    assert len(first) >= 48
    assert read_or_make(tmp_path, "journal.key") == first
    assert read_or_make(tmp_path, "session.key") != first


def test_the_key_and_its_folder_are_readable_by_the_owner_alone_and_nothing_else_is_left_there(tmp_path):
    read_or_make(tmp_path, "journal.key")
    folder = tmp_path / "secrets"
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "journal.key").stat().st_mode & 0o077 == 0
    assert [path.name for path in folder.iterdir()] == ["journal.key"]


def test_processes_that_start_together_read_the_same_whole_key(tmp_path):
    together = Barrier(8)

    def start(_):
        together.wait()
        return read_or_make(tmp_path, "journal.key")

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(start, range(8)))
    assert len(keys) == 1 and len(keys.pop()) >= 48


def test_whoever_comes_second_takes_the_first_ones_key(tmp_path, monkeypatch):
    link = os.link

    def other_first(source, target):
        target.write_text("the-key-of-the-other-process", encoding="utf-8")
        link(source, target)

    monkeypatch.setattr(secrets.os, "link", other_first)
    assert read_or_make(tmp_path, "journal.key") == "the-key-of-the-other-process"
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["journal.key"]
