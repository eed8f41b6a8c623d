from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "anwei.journal"
    verbose_name = "操作日志"
