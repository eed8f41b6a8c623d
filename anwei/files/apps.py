from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "anwei.files"
    verbose_name = "附件"
