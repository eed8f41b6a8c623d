"""Files of a row: only below its address, only where the row may be seen."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from anwei.books.book import Book
from anwei.books.doors import row_or_404, turned_away
from anwei.books.pages import render_detail
from anwei.files import serving
from anwei.files.models import Attachment
from anwei.journal.by import Refused

MOST_AT_ONCE = 20


def file(request: HttpRequest, book: Book, pk: int, file_pk: int) -> HttpResponseBase:
    return turned_away(request, book.read) or serving.original(_attachment(request, book, pk, file_pk))


def picture(request: HttpRequest, book: Book, pk: int, file_pk: int) -> HttpResponseBase:
    return turned_away(request, book.read) or serving.picture(_attachment(request, book, pk, file_pk))


def add(request: HttpRequest, book: Book, pk: int) -> HttpResponseBase:
    """Takes what can be taken, says of each other file why not."""
    if book.files is None:
        raise Http404("这里不收附件。")
    if away := turned_away(request, book.files.may):
        return away
    row = row_or_404(book, request.by, pk)
    uploads = request.FILES.getlist("files")
    if not uploads or len(uploads) > MOST_AT_ONCE:
        return render_detail(
            request, book, row, 400, upload_problems=[f"请选择要上传的附件，一次至多 {MOST_AT_ONCE} 个。"]
        )
    try:
        words = book.files.add(request.by, row, uploads)
    except Refused as refused:
        return render_detail(request, book, row, 403, upload_problems=[str(refused)])
    for one in words:
        messages.warning(request, one)
    return redirect(f"{book.url_of(row)}#files")


def _attachment(request: HttpRequest, book: Book, pk: int, file_pk: int) -> Attachment:
    row = row_or_404(book, request.by, pk)
    found = Attachment.objects.of(row).filter(pk=file_pk).first()
    if found is None:
        raise Http404("没有这个附件。")
    return found
