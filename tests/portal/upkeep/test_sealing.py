"""Seals: what was written stays as it was, or verifying names the place."""

import pytest
from django.core.management import call_command
from django.db import connection

from anwei.journal.models import Entry, Seal
from anwei.portal.upkeep import sealing
from anwei.units.actions import set_setting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_anchor(tmp_path, monkeypatch):
    monkeypatch.setattr(sealing, "anchor", lambda: tmp_path / "anchor.txt")


@pytest.fixture
def sealed(district):
    """Three entries, sealed in two goes."""
    by = district.by("office")
    for minutes in (20, 25):
        set_setting(by, "session.idle_minutes", minutes, since=by.today, reason="测试")
    sealing.seal_journal(by.at)
    set_setting(by, "session.idle_minutes", 30, since=by.today, reason="测试")
    sealing.seal_journal(by.at)
    return by


def _by_hand(statement: str, *values: object) -> None:
    """What somebody with the database in hand would do: the triggers away, then a change."""
    with connection.cursor() as cursor:
        for table in ("journal_entry", "journal_subject", "journal_seal"):
            for verb in ("update", "delete"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")
        cursor.execute(statement, values)


def _range(seal: Seal) -> str:
    return f"第{seal.first}至{seal.last}条"


def test_a_whole_journal_is_whole(sealed):
    verdict = sealing.verify_journal()
    assert (verdict.whole, verdict.changed, verdict.unsealed) == (3, [], 0)
    assert sealing.seal_journal(sealed.at) is None, "nothing new"


def test_what_comes_after_is_not_yet_sealed(sealed):
    set_setting(sealed, "session.idle_minutes", 35, since=sealed.today, reason="测试")
    assert sealing.verify_journal().unsealed == 1


def test_a_changed_entry_names_its_range(sealed):
    first, second = Seal.objects.all()
    _by_hand("UPDATE journal_entry SET summary = 'nie gewesen' WHERE id = %s", first.first)
    changed = sealing.verify_journal().changed
    assert any(_range(first) in one for one in changed) and not any(_range(second) in one for one in changed)


def test_a_removed_entry_names_its_range_and_the_missing_number(sealed):
    first, _ = Seal.objects.all()
    _by_hand("DELETE FROM journal_subject WHERE entry_id = %s", first.last)
    _by_hand("DELETE FROM journal_entry WHERE id = %s", first.last)
    assert any(_range(first) in one and "封存2条，现有1条" in one for one in sealing.verify_journal().changed)


def test_a_truncated_journal_shows_by_the_anchor_outside_the_database(sealed):
    last = Seal.objects.last()
    _by_hand("DELETE FROM journal_seal WHERE id = %s", last.pk)
    _by_hand("DELETE FROM journal_subject WHERE entry_id >= %s", last.first)
    _by_hand("DELETE FROM journal_entry WHERE id >= %s", last.first)
    assert any("锚文件" in one for one in sealing.verify_journal().changed)


def test_the_wrong_key_cannot_make_a_journal_whole(sealed, settings):
    settings.JOURNAL_KEY = b"another"
    assert len(sealing.verify_journal().changed) == 2


def test_the_command_says_what_it_found_and_ends_with_one_when_changed(sealed, capsys):
    call_command("journal", "verify")
    assert "封存且完好：3 条" in capsys.readouterr().out
    _by_hand("UPDATE journal_entry SET by_person = 'x' WHERE id = %s", Seal.objects.first().first)
    with pytest.raises(SystemExit) as ended:
        call_command("journal", "verify")
    assert ended.value.code == 1 and "与封存时不一致" in capsys.readouterr().err


def test_while_the_triggers_stand_nothing_changes(sealed):
    with pytest.raises(Exception, match="append-only"):
        Entry.objects.update(summary="nie gewesen")
