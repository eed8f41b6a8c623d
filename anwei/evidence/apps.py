from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "anwei.evidence"
    verbose_name = "事实依据"
