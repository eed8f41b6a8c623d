from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "anwei.portal"
    verbose_name = "门户"
