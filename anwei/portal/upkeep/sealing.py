"""Sealing the journal, with the key and the anchor of this home."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from anwei.journal import seals
from anwei.journal.models import Seal
from anwei.portal.upkeep.backup import ANCHOR


def anchor() -> Path:
    return settings.ANWEI_HOME / ANCHOR


def seal_journal(now: datetime) -> Seal | None:
    return seals.seal(settings.JOURNAL_KEY, now, anchor())


def verify_journal() -> seals.Verdict:
    return seals.verify(settings.JOURNAL_KEY, anchor())
