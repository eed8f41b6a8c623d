"""Addresses of the room: the matrix, duties and their dues, what waits for a decision."""

from django.urls import path

from anwei.duties.views import decisions, duty_list, duty_page, matrix

urlpatterns = [
    path("matrix", matrix.matrix_page, name="matrix"),
    path("matrix.xlsx", matrix.matrix_sheet, name="matrix_sheet"),
    path("matrix.json", matrix.matrix_json, name="matrix_json"),
    path("duties", duty_list.duty_list, name="duties"),
    path("duties.json", duty_list.duty_list_json, name="duties_json"),
    path("duties/<int:pk>", duty_page.duty_page, name="duty"),
    path("duties/<int:pk>/handback", duty_page.give_back, name="duty_handback"),
    path("duties/<int:pk>/waive", duty_page.waive, name="duty_waive"),
    path("duties/<int:pk>/reopen", duty_page.reopen, name="duty_reopen"),
    path("dues/<int:pk>/extension", duty_page.ask, name="due_extension"),
    path("dues/<int:pk>/make-up", duty_page.make_up, name="due_make_up"),
    path("extensions/<int:pk>", decisions.extension_page, name="extension"),
    path("extensions/<int:pk>/decide", decisions.decide, name="extension_decide"),
    path("handbacks/<int:pk>", decisions.handback_page, name="handback"),
    path("handbacks/<int:pk>/settle", decisions.settle, name="handback_settle"),
    path("dispatches/<int:pk>", decisions.dispatch_page, name="dispatch"),
    path("dispatches/<int:pk>/sign", decisions.sign, name="dispatch_sign"),
]
