from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "anwei.duties"
    verbose_name = "任务"
