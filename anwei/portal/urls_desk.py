"""Addresses of the first screens: inbox, notices, waivers, dashboard, calendar, definitions, help, search."""

from django.urls import URLPattern, path

from anwei.portal.desk import views
from anwei.portal.desk.waivers import waivers

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("receipts", views.sign_all, name="receipts"),
    path("waivers", waivers, name="waivers"),
    path("notices", views.notices, name="notices"),
    path("notices/read", views.mark_read, name="notices_read"),
    path("notices/<int:pk>/open", views.open_notice, name="notice_open"),
]
