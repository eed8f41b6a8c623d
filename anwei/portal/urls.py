"""The table of contents."""

from django.urls import URLPattern, URLResolver, include, path

from anwei.activities.urls import urlpatterns as activities
from anwei.portal.urls_gate import urlpatterns as gate

urlpatterns: list[URLPattern | URLResolver] = [*gate, *activities]
