from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "anwei.matters"
    verbose_name = "事项机制"
