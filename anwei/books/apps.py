from django.apps import AppConfig


class BooksConfig(AppConfig):
    name = "anwei.books"
    verbose_name = "台账机制"
