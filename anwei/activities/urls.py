from django.urls import path

from anwei.activities import views
from anwei.activities.book import ACTIVITIES
from anwei.books.urls import book_urls

urlpatterns = [
    path("activities/record", views.record, name="activity_record"),
    path("activities/<int:pk>/correct", views.correct, name="activity_correct"),
    path("activities/<int:pk>/void", views.void, name="activity_void"),
    *book_urls(ACTIVITIES),
]
