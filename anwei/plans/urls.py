"""Addresses of the room. `/plans/<id>` itself and what follows adoption belong to duties."""

from django.urls import path

from anwei.plans.views import importing, measures, namings, plan_list, review

urlpatterns = [
    path("plans", plan_list.plan_list, name="plans"),
    path("plans.json", plan_list.plan_list_json, name="plans_json"),
    path("plans/import", importing.import_page, name="plan_import"),
    path("plans/<int:pk>/original", importing.original_file, name="plan_original"),
    path("plans/<int:pk>/review", review.review_page, name="plan_review"),
    path("plans/<int:pk>/findings/<int:finding>/settle", review.settle, name="finding_settle"),
    path("plans/<int:pk>/references/<int:reference>/accept", review.accept, name="reference_accept"),
    path("plans/<int:pk>/discard", review.discard_page, name="plan_discard"),
    path("plans/<int:pk>/head", measures.head_page, name="plan_head"),
    path("plans/<int:pk>/parents", measures.parents_page, name="plan_parents"),
    path("plans/<int:pk>/namings", namings.namings_page, name="plan_namings"),
    path("plans/<int:pk>/measures/add", measures.add_page, name="measure_add"),
    path("plans/<int:pk>/measures/<int:measure>/remove", measures.remove_page, name="measure_remove"),
    path("plans/<int:pk>/measures/<int:measure>/edit", measures.measure_page, name="measure_edit"),
    path("plans/<int:pk>/measures/<int:measure>/demands", measures.demands_page, name="measure_demands"),
]
