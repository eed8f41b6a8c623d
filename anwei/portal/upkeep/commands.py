"""What the operator's commands have in common: plain words, and exit code 1 with the reason on standard error."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db.utils import OperationalError, ProgrammingError

from anwei.journal.by import Refused
from anwei.portal.upkeep.archive import BadArchive
from anwei.portal.upkeep.backup import NotRestored
from anwei.portal.upkeep.databases import NoTool


class Stop(Exception):
    """The command cannot go on; the message says why and what to do."""


class OperatorCommand(BaseCommand):
    """Subclasses do `work(options)`."""

    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.work(options)
        except (Stop, Refused, BadArchive, NotRestored, NoTool) as reason:
            self.stderr.write(str(reason))
            sys.exit(1)
        except (OperationalError, ProgrammingError) as error:
            self.stderr.write(f"数据库用不了（{error}）。新装或刚升级的，请先运行 anwei migrate。")
            sys.exit(1)

    def work(self, options: dict[str, Any]) -> None:
        raise NotImplementedError

    def say(self, words: str) -> None:
        self.stdout.write(words)
