"""Addresses of the room; the ledgers' own come from their books."""

from django.urls import path

from anwei.books.urls import book_urls
from anwei.errands.book import COLLECTIONS, ERRANDS, PARTS
from anwei.errands.views import collections, errands, fillings, parts, villages

PART = "errands/parts/<int:pk>"
ERRAND = "errands/<int:pk>"
COLLECTION = "collections/<int:pk>"
FILLING = "collections/fillings/<int:pk>"
LINK = "e/<str:token>"

urlpatterns = [
    path("errands/new", errands.give, name="errand_give"),
    path(ERRAND, errands.page, name="errand"),
    path(f"{ERRAND}/sign", errands.sign, name="errand_sign"),
    path(f"{ERRAND}/change", errands.change, name="errand_change"),
    path(f"{ERRAND}/withdraw", errands.withdraw, name="errand_withdraw"),
    path(f"{ERRAND}/remind", errands.remind, name="errand_remind"),
    path(f"{ERRAND}/close-answered", errands.close_answered, name="errand_close_answered"),
    path(f"{ERRAND}/number", errands.number, name="errand_number"),
    path(f"{ERRAND}/units", errands.add_units, name="errand_units"),
    path(f"{ERRAND}/files/<int:file_pk>", errands.file, name="errand_file"),
    path(f"{ERRAND}/files/<int:file_pk>/picture", errands.file, {"kind": "picture"}, name="errand_file_shown"),
    path(PART, parts.page, name="errand_part"),
    path(f"{PART}/sign", parts.sign, name="errand_part_sign"),
    path(f"{PART}/answer", parts.answer, name="errand_part_answer"),
    path(f"{PART}/close", parts.close, name="errand_part_close"),
    path(f"{PART}/send-back", parts.send_back, name="errand_part_send_back"),
    path(f"{PART}/release", parts.release, name="errand_part_release"),
    path(f"{PART}/more-time", parts.more_time, name="errand_part_more_time"),
    path(f"{PART}/more-time/<int:asked_pk>/<str:word>", parts.decide, name="errand_part_decide"),
    path(f"{PART}/files/<int:file_pk>", parts.file, name="errand_part_file"),
    path(f"{PART}/files/<int:file_pk>/picture", parts.file, {"kind": "picture"}, name="errand_part_file_shown"),
    path(f"{PART}/errand/files/<int:file_pk>", parts.errand_file, name="errand_part_errand_file"),
    path(
        f"{PART}/errand/files/<int:file_pk>/picture",
        parts.errand_file,
        {"kind": "picture"},
        name="errand_part_errand_file_shown",
    ),
    path(f"{ERRAND}/paper.docx", errands.paper, name="errand_paper"),
    path(f"{PART}/paper.docx", parts.paper, name="errand_part_paper"),
    path(f"{ERRAND}/links", villages.links, name="errand_links"),
    path(f"{PART}/code.svg", villages.code, name="errand_part_code"),
    path(f"{PART}/renew-link", villages.renew, name="errand_part_renew"),
    path(LINK, villages.village, name="errand_link"),
    path(f"{LINK}/sign", villages.village_sign, name="errand_link_sign"),
    path(f"{LINK}/files/<int:file_pk>", villages.village_file, {"of": "part"}, name="errand_link_file"),
    path(
        f"{LINK}/files/<int:file_pk>/picture",
        villages.village_file,
        {"of": "part", "kind": "picture"},
        name="errand_link_file_shown",
    ),
    path(f"{LINK}/errand/files/<int:file_pk>", villages.village_file, {"of": "errand"}, name="errand_link_errand_file"),
    path(
        f"{LINK}/errand/files/<int:file_pk>/picture",
        villages.village_file,
        {"of": "errand", "kind": "picture"},
        name="errand_link_errand_file_shown",
    ),
    path("collections/new", collections.prepare, name="collection_new"),
    path(COLLECTION, collections.page, name="collection"),
    path(f"{COLLECTION}/merged.xlsx", collections.merge, name="collection_merged"),
    path(f"{COLLECTION}/remind", collections.remind, name="collection_remind"),
    path(f"{COLLECTION}/finish", collections.finish, name="collection_finish"),
    path(f"{COLLECTION}/withdraw", collections.withdraw, name="collection_withdraw"),
    path(f"{COLLECTION}/deadline", collections.deadline, name="collection_deadline"),
    path(f"{COLLECTION}/units", collections.add_units, name="collection_units"),
    path(f"{COLLECTION}/files/<int:file_pk>", collections.file, name="collection_file"),
    path(FILLING, fillings.page, name="filling"),
    path(f"{FILLING}/save", fillings.save, name="filling_save"),
    path(f"{FILLING}/upload", fillings.upload, name="filling_upload"),
    path(f"{FILLING}/reopen", fillings.reopen, name="filling_reopen"),
    path(f"{FILLING}/sheet.xlsx", fillings.sheet, name="filling_sheet"),
    path(f"{FILLING}/copies/<int:copy_pk>.xlsx", fillings.kept, name="filling_copy"),
    path(f"{FILLING}/files/<int:file_pk>", fillings.file, name="filling_file"),
    *book_urls(ERRANDS),
    *book_urls(PARTS),
    *book_urls(COLLECTIONS),
]
