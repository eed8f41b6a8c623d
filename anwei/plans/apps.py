from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "anwei.plans"
    verbose_name = "工作要点"
