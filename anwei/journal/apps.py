from django.apps import AppConfig

from anwei.journal.by import declare


class JournalConfig(AppConfig):
    name = "anwei.journal"
    verbose_name = "操作日志"

    def ready(self) -> None:
        declare(**{"journal.read": "查看操作日志"})
