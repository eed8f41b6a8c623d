"""Who may come in: the checks that every page of a book makes first."""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse

from anwei.books.book import Book
from anwei.journal.by import By, capability_label


def turned_away(request: HttpRequest, capability: str, *, machine: bool = False) -> HttpResponseBase | None:
    """None where the person has the right anywhere; else sign-in, 401 or 403."""
    by: By = request.by
    if by.may.reach(capability):
        return None
    name = capability_label(capability)
    signed_in = request.user.is_authenticated
    if machine:
        words = f"您没有“{name}”的权限。" if signed_in else "请先登录。"
        return JsonResponse({"error": words}, status=403 if signed_in else 401)
    if not signed_in:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    raise PermissionDenied(f"您现在的岗位没有“{name}”的权限。如确需办理，请联系本单位管理员或区安委办。")


def row_or_404(book: Book, by: By, pk: int) -> Any:
    """The row where this person may see it. What you may not see does not exist."""
    row = book.rows(by).filter(pk=pk).select_related(*book.list_related).first()
    if row is None:
        raise Http404(f"没有这一条{book.noun}，或者您看不到它。")
    return row
