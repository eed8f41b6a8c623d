"""Addresses of a plan once it is more than a draft: its page, its measures, handing down, the breakdown table."""

from django.urls import path

from anwei.duties.views import adoption, breakdown, plan_page

urlpatterns = [
    path("plans/<int:pk>", plan_page.plan_page, name="plan"),
    path("plans/<int:pk>.json", plan_page.plan_json, name="plan_json"),
    path("plans/<int:pk>/measures/<int:measure>", plan_page.measure_page, name="measure"),
    path("plans/<int:pk>/measures/<int:measure>/anchor", plan_page.anchor_day, name="measure_anchor"),
    path("plans/<int:pk>/adopt", adoption.adopt_page, name="plan_adopt"),
    path("plans/<int:pk>/proposals", adoption.proposals_page, name="plan_proposals"),
    path("plans/<int:pk>/breakdown", breakdown.breakdown_page, name="breakdown"),
    path("plans/<int:pk>/breakdown.xlsx", breakdown.breakdown_sheet, name="breakdown_sheet"),
    path("plans/<int:pk>/breakdown.docx", breakdown.breakdown_paper, name="breakdown_paper"),
]
