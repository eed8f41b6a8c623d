from django.urls import path

from anwei.books.urls import book_urls
from anwei.registers import views
from anwei.registers.book import INSTALLATIONS

urlpatterns = [
    path("installations/record", views.record, name="installation_record"),
    path("installations/<int:pk>/correct", views.correct, name="installation_correct"),
    path("installations/<int:pk>/evaluate", views.evaluate, name="installation_evaluate"),
    path("installations/<int:pk>/void", views.void, name="installation_void"),
    path("installations/<int:pk>/evaluations/<int:evaluation_pk>/void", views.unevaluate, name="evaluation_void"),
    *book_urls(INSTALLATIONS),
]
