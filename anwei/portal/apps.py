from datetime import datetime

from django.apps import AppConfig
from django.core.management import call_command

from anwei.jobs.registry import every
from anwei.journal.by import declare

_TEN_MINUTES, _HOUR, _DAY = 600, 3600, 86_400


class PortalConfig(AppConfig):
    name = "anwei.portal"
    verbose_name = "门户"

    def ready(self) -> None:
        # Needs the models, which are there only now.
        from anwei.portal.upkeep.sealing import seal_journal  # noqa: PLC0415
        from anwei.portal.upkeep.ticking import keep_shares  # noqa: PLC0415

        declare(**{"notice.read": "查看工作台和通知"})
        every("shares.keep", _HOUR, keep_shares)
        every("journal.seal", _TEN_MINUTES, seal_journal)
        every("sessions.clear", _DAY, _clear_sessions)


def _clear_sessions(now: datetime) -> None:
    call_command("clearsessions")
