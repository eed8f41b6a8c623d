from django.urls import path

from anwei.accidents import views
from anwei.accidents.book import ACCIDENTS
from anwei.accidents.moves import STEPS
from anwei.books.urls import book_urls

urlpatterns = [
    path("accidents/record", views.record, name="accident_record"),
    *(path(f"accidents/<int:pk>/{one.key}", views.step, {"key": one.key}, name=f"accident_{one.key}") for one in STEPS),
    *book_urls(ACCIDENTS),
]
