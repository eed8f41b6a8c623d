"""The tests' own PostgreSQL: there when wanted, gone afterwards, and really the one that the second round runs on."""

import psycopg
import pytest
from django.db import connection

from tests import servers
from tests.conftest import in_ci


@pytest.fixture
def installed():
    if servers.postgres_programs() is None:
        reason = "没有安装 PostgreSQL（Debian：apt install postgresql）"
        pytest.fail(reason, pytrace=False) if in_ci() else pytest.skip(reason)


def test_a_private_server_answers_in_utf8_and_is_gone_afterwards(installed):
    with servers.postgres() as url, psycopg.connect(url) as asked:
        assert asked.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert asked.execute("SELECT lower('安委会ABC')").fetchone() == ("安委会abc",)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


def test_a_server_is_stopped_when_the_tests_beside_it_fail(installed):
    with pytest.raises(ZeroDivisionError), servers.postgres() as url:
        raise ZeroDivisionError
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


def test_a_machine_without_postgresql_is_told_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(servers, "postgres_programs", lambda: None)
    assert servers.main(["true"]) == 2
    assert "apt install postgresql" in capsys.readouterr().err


@pytest.mark.postgres
def test_the_second_round_runs_on_postgresql(db):
    assert connection.vendor == "postgresql"
