"""What a watcher asks, the log, the worker, the self check."""

import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from anwei.duties.actions import record_shares
from anwei.duties.models import ShareDay
from anwei.jobs import registry
from anwei.jobs.models import Beat, Job
from anwei.journal.models import Seal
from anwei.outbox.models import Notice
from anwei.portal.upkeep import health
from anwei.portal.upkeep.backup import LAST_BACKUP

pytestmark = pytest.mark.django_db


def test_liveness_asks_nothing_of_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get("/healthz")
    assert answer.status_code == 200 and answer.content == b"ok\n"


def test_readiness_says_what_it_needs_and_no_detail():
    answer = Client().get("/readyz")
    said = answer.json()
    assert answer.status_code == 200 and said["ready"] and said["database"] and said["queue_age_minutes"] == 0
    assert set(said) == {"ready", "database", "disk", "queue_age_minutes", "backup_age_hours"}


def test_old_work_in_the_queue_means_that_no_worker_is_there():
    now = timezone.now()
    Job.objects.create(kind="note", run_after=now - timedelta(hours=2), made_at=now)
    answer = Client().get("/readyz")
    assert answer.status_code == 503 and answer.json()["queue_age_minutes"] >= 119


def test_without_a_database_it_is_alive_and_not_ready(monkeypatch):
    def away():
        raise DatabaseError("password=geheim")

    monkeypatch.setattr(health.connection, "cursor", away)
    assert Client().get("/healthz").status_code == 200
    answer = Client().get("/readyz")
    assert answer.status_code == 503 and "geheim" not in answer.content.decode()


def test_the_age_of_the_last_backup(settings, tmp_path):
    settings.ANWEI_HOME = tmp_path
    done = timezone.now() - timedelta(hours=30)
    (tmp_path / LAST_BACKUP).write_text(json.dumps({"at": done.isoformat()}))
    assert 29.9 < Client().get("/readyz").json()["backup_age_hours"] < 30.1
    (tmp_path / LAST_BACKUP).write_text("kaputt")
    assert Client().get("/readyz").json()["backup_age_hours"] is None


def test_each_request_is_one_line_without_its_question(caplog):
    with caplog.at_level("INFO", logger="anwei.request"):
        Client().get("/units?q=Geheimes")
    line = caplog.records[-1].msg
    assert (line["path"], line["status"], line["method"]) == ("/units", 302, "GET")
    assert len(line["request_id"]) == 16 and "Geheimes" not in str(line)


def test_the_answer_carries_the_number_that_the_log_names(caplog):
    with caplog.at_level("INFO", logger="anwei.request"):
        answer = Client().get("/units")
    assert answer["X-Request-ID"] == caplog.records[-1].msg["request_id"]


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_what_is_due_and_stops(district, monkeypatch, tmp_path, settings):
    settings.ANWEI_HOME = tmp_path
    call_command("worker", "--once")
    assert set(Beat.objects.exclude(last_good_at=None).values_list("name", flat=True)) >= {
        "journal.seal",
        "sessions.clear",
    }


def test_the_self_check_finds_what_is_wrong(district, settings, tmp_path):
    out = StringIO()
    settings.ANWEI_HOME = tmp_path
    (tmp_path / "secrets").mkdir(mode=0o755)
    (tmp_path / "secrets").chmod(0o755)
    with pytest.raises(SystemExit):
        call_command("check", stdout=out, stderr=out)
    assert "别人可读" in out.getvalue() and "✓ 数据库" in out.getvalue()
    (tmp_path / "secrets").chmod(0o700)
    out = StringIO()
    call_command("check", stdout=out)
    assert "可以使用" in out.getvalue() and "还没有备份过" in out.getvalue()


def test_the_tick_does_everything_at_once_and_a_second_one_changes_nothing(district, settings, tmp_path):
    settings.ANWEI_HOME = tmp_path
    record_shares(district.system())  # any act: something to seal
    out = StringIO()
    call_command("tick", stdout=out)
    assert "✓ shares.keep" in out.getvalue() and out.getvalue().strip().endswith("✓ journal.seal")
    assert Seal.objects.count() == 1
    call_command("tick", stdout=out)
    assert (Seal.objects.count(), ShareDay.objects.count(), Notice.objects.count()) == (1, 0, 0)


def test_work_that_fails_in_the_tick_is_named_and_the_rest_is_done(district, settings, tmp_path, monkeypatch):
    settings.ANWEI_HOME = tmp_path

    def broken(now):
        raise OSError("盘满了")

    rounds = {
        name: replace(one, work=broken) if name == "shares.keep" else one for name, one in registry._rounds.items()
    }
    monkeypatch.setattr(registry, "_rounds", rounds)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("tick", stdout=out, stderr=out)
    assert "✕ shares.keep：OSError: 盘满了" in out.getvalue() and "有1项没有做成" in out.getvalue()
    assert "✓ journal.seal" in out.getvalue()
