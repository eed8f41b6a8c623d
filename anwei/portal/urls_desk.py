"""Addresses of the first screens: inbox, notices, waivers, dashboard, calendar, definitions, help, search; the document for machines."""

from django.urls import URLPattern, path

from anwei.portal.desk import overview, views
from anwei.portal.desk.calibers import caliber_page, help_page
from anwei.portal.desk.search import search_page
from anwei.portal.desk.waivers import waivers
from anwei.portal.openapi import api_page, openapi_json

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("receipts", views.sign_all, name="receipts"),
    path("waivers", waivers, name="waivers"),
    path("notices", views.notices, name="notices"),
    path("notices/read", views.mark_read, name="notices_read"),
    path("notices/<int:pk>/open", views.open_notice, name="notice_open"),
    path("dashboard", overview.dashboard_page, name="dashboard"),
    path("dashboard/chapters.json", overview.chapters_json, name="dashboard_chapters"),
    path("dashboard/trend.json", overview.trend_json, name="dashboard_trend"),
    path("calendar", overview.calendar_page, name="calendar"),
    path("calibers", caliber_page, name="calibers"),
    path("help", help_page, name="help"),
    path("search", search_page, name="search"),
    path("api", api_page, name="api"),
    path("openapi.json", openapi_json, name="openapi"),
]
