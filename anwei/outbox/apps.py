from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "anwei.outbox"
    verbose_name = "通知"
