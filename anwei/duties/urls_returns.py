"""Addresses of the half-yearly return: the unit's table, one measure of it, the lead's desk, the whole district."""

from django.urls import path

from anwei.duties.views import (
    returns,
    returns_district,
    returns_fill,
    returns_incoming,
    returns_json,
    returns_list,
    returns_parts,
)

urlpatterns = [
    path("returns", returns_list.return_list, name="returns"),
    path("returns.xlsx", returns_list.return_list_sheet, name="returns_sheet"),
    path("returns.json", returns_json.return_list_json, name="returns_json"),
    path("returns/start", returns_list.start, name="return_start"),
    path("returns/incoming", returns_incoming.incoming, name="returns_incoming"),
    path("returns/incoming/accept", returns_incoming.accept, name="returns_accept"),
    path("returns/district", returns_district.district, name="returns_district"),
    path("returns/district.xlsx", returns_district.district_sheet, name="returns_district_sheet"),
    path("returns/district.docx", returns_district.district_paper, name="returns_district_paper"),
    path("returns/<int:pk>", returns.return_page, name="return"),
    path("returns/<int:pk>.xlsx", returns.return_sheet, name="return_sheet"),
    path("returns/<int:pk>.json", returns_json.return_json, name="return_json"),
    path("returns/<int:pk>.docx", returns.return_paper, name="return_paper"),
    path("returns/<int:pk>/fill", returns_fill.fill_all, name="return_fill"),
    path("returns/<int:pk>/submit", returns_fill.submit, name="return_submit"),
    path("returns/<int:pk>/send-back", returns_fill.give_back, name="return_send_back"),
    path("returns/<int:pk>/hand-in", returns_fill.give_in, name="return_hand_in"),
    path("parts/<int:pk>", returns_parts.part_page, name="part"),
    path("parts/<int:pk>/fill", returns_fill.fill_one, name="part_fill"),
    path("parts/<int:pk>/resubmit", returns_parts.submit_again, name="part_resubmit"),
    path("parts/<int:pk>/accept", returns_parts.accept, name="part_accept"),
    path("parts/<int:pk>/return", returns_parts.give_back, name="part_return"),
    path("parts/<int:pk>/comment", returns_parts.comment, name="part_comment"),
    path("parts/<int:pk>/files", returns_parts.add_files, name="part_files"),
    path("parts/<int:pk>/files/<int:file_pk>", returns_parts.file, name="part_file"),
    path("parts/<int:pk>/files/<int:file_pk>/picture", returns_parts.picture, name="part_picture"),
    path("parts/<int:pk>/files/<int:file_pk>/remove", returns_parts.remove_file, name="part_file_remove"),
]
