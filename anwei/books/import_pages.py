"""Excel in: template, upload, columns, preview beside problems, confirmation, bad rows back with their reasons."""

from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from anwei.books import staging
from anwei.books.book import Book, Importer
from anwei.books.doors import turned_away
from anwei.books.matching import Matching, chosen, match
from anwei.books.problems import Problem
from anwei.books.sheets_in import MAX_BYTES, as_rows, read_sheet
from anwei.books.sheets_out import REASON, returned, template
from anwei.books.staging import Staged

SHOWN: Final = 100


def upload_page(request: HttpRequest, book: Book) -> HttpResponseBase:
    importer = _importer(book)
    if away := turned_away(request, importer.may):
        return away
    problem = ""
    if request.method == "POST":
        staged, problem = _staged(request, book, importer)
        if staged is not None:
            return redirect(f"{book.url}/import/{staged.token}")
    context = {"book": book, "importer": importer, "problem": problem}
    return render(request, "books/import.html", context, status=400 if problem else 200)


def template_sheet(request: HttpRequest, book: Book) -> HttpResponseBase:
    importer = _importer(book)
    if away := turned_away(request, importer.may):
        return away
    return template(importer, book.title, request.by)


def check_page(request: HttpRequest, book: Book, token: str) -> HttpResponseBase:
    """GET: the columns where they are unclear or asked for, else the preview; POST: columns chosen, or confirmed."""
    importer = _importer(book)
    if away := turned_away(request, importer.may):
        return away
    staged = _found(request, book, token)
    if staged.done:
        return render(request, "books/import_done.html", {"book": book, "staged": staged, "shown": staged.left[:SHOWN]})
    if request.method == "POST" and request.POST.get("act") == "confirm":
        return _confirm(request, book, importer, staged)
    if request.method == "POST":
        return _choose_columns(request, book, importer, staged)
    matching = _matching(importer, staged)
    if matching.unclear or "columns" in request.GET:
        return _columns_page(request, book, importer, staged, matching)
    return _preview(request, book, importer, staged, matching)


def problem_sheet(request: HttpRequest, book: Book, token: str) -> HttpResponseBase:
    """The rows that were not, or would not be taken."""
    importer = _importer(book)
    if away := turned_away(request, importer.may):
        return away
    staged = _found(request, book, token)
    left = staged.left
    if not staged.done:
        left = _left(_checked(request, importer, staged, _matching(importer, staged))[1])
    rows = [(staged.rows[place], words) for place, words in left]
    return returned(staged.head, rows, f"{book.title}没有导入的行.xlsx")


def _importer(book: Book) -> Importer:
    if book.importer is None:
        raise Http404(f"{book.title}不能导入。")
    return book.importer


def _staged(request: HttpRequest, book: Book, importer: Importer) -> tuple[Staged | None, str]:
    file = request.FILES.get("file")
    if file is None:
        return None, "请选择要导入的表。"
    if (file.size or 0) > MAX_BYTES:
        return None, f"“{file.name}”超过 {MAX_BYTES // 1024 // 1024} MB，请拆成几份再导入。"
    known = [word for field in importer.fields for word in (field.label, *field.aliases)]
    sheet, problem = read_sheet(file.read(), known)
    if sheet is None:
        return None, f"“{file.name}”没有导入：{problem}"
    person = request.by.person_ref
    return staging.stage(book.key, person, str(file.name)[:200], sheet.head, sheet.rows, sheet.first), ""


def _found(request: HttpRequest, book: Book, token: str) -> Staged:
    staged = staging.find(token, book.key, request.by.person_ref)
    if staged is None:
        raise Http404("这次导入已经过期或不是您上传的，请重新上传。")
    return staged


def _matching(importer: Importer, staged: Staged) -> Matching:
    head = [word if word != REASON else "" for word in staged.head]
    return chosen(importer.fields, head, staged.mapping) if staged.mapping else match(importer.fields, head)


def _columns_form(importer: Importer, staged: Staged, *given: Any, **options: Any) -> forms.Form:
    columns = [("", "表里没有"), *((str(place), word or f"第{place + 1}列") for place, word in enumerate(staged.head))]
    fields = {
        field.name: forms.ChoiceField(label=field.label, required=field.required, choices=columns, help_text=field.help)
        for field in importer.fields
    }
    return type("ColumnsForm", (forms.Form,), fields)(*given, prefix="column", **options)


def _columns_page(
    request: HttpRequest, book: Book, importer: Importer, staged: Staged, matching: Matching, form: Any = None
) -> HttpResponseBase:
    form = form or _columns_form(importer, staged, initial={name: str(at) for name, at in matching.mapping.items()})
    context = {"book": book, "staged": staged, "matching": matching, "form": form}
    return render(request, "books/import_columns.html", context)


def _choose_columns(request: HttpRequest, book: Book, importer: Importer, staged: Staged) -> HttpResponseBase:
    form = _columns_form(importer, staged, request.POST)
    if form.is_valid():
        given = {name: int(column) for name, column in form.cleaned_data.items() if column}
        matching = chosen(importer.fields, staged.head, given)
        for field in matching.doubled:
            form.add_error(field.name, "同一列选了两次，请改选。")
        if not form.errors:
            staged.mapping = given
            staging.keep(staged)
            return redirect(f"{book.url}/import/{staged.token}")
    return _columns_page(request, book, importer, staged, _matching(importer, staged), form)


def _checked(
    request: HttpRequest, importer: Importer, staged: Staged, matching: Matching
) -> tuple[list[tuple[int, dict[str, Any]]], list[tuple[int, Problem]]]:
    """(place in the sheet, row) of all rows; (place, problem) of what is wrong."""
    rows = list(as_rows(staged.rows, matching.mapping))
    problems = importer.check(request.by, [row for _, row in rows])
    return rows, [(rows[one.row][0], one) for one in problems]


def _preview(
    request: HttpRequest, book: Book, importer: Importer, staged: Staged, matching: Matching
) -> HttpResponseBase:
    rows, problems = _checked(request, importer, staged, matching)
    bad = dict(_left(problems))
    good = [(place, row) for place, row in rows if place not in bad]
    used = [field for field in importer.fields if field.name in matching.mapping]
    context = {
        "book": book,
        "staged": staged,
        "matching": matching,
        "fields": used,
        "good_count": len(good),
        "bad_count": len(bad),
        "good": [(staged.first + place, [row.get(field.name) for field in used]) for place, row in good[:SHOWN]],
        "bad": [
            (staged.first + place, [staged.rows[place][matching.mapping[field.name]] for field in used], words)
            for place, words in list(bad.items())[:SHOWN]
        ],
    }
    return render(request, "books/import_preview.html", context)


def _confirm(request: HttpRequest, book: Book, importer: Importer, staged: Staged) -> HttpResponseBase:
    """The action takes the good rows in one transaction; of two confirmations one wins."""
    here = f"{book.url}/import/{staged.token}"
    if _matching(importer, staged).unclear:
        return redirect(here)
    if not staging.take(staged):
        return redirect(here)
    rows = list(as_rows(staged.rows, _matching(importer, staged).mapping))
    try:
        made, problems = importer.make(request.by, [row for _, row in rows])
    except BaseException:
        staging.give_back(staged)
        raise
    staged.made = len(made)
    staged.left = _left([(rows[one.row][0], one) for one in problems])
    staging.finish(staged)
    return redirect(here)


def _left(problems: list[tuple[int, Problem]]) -> list[tuple[int, str]]:
    """One line of reasons per row, in the order of the sheet."""
    reasons: dict[int, list[str]] = {}
    for place, problem in problems:
        reasons.setdefault(place, []).append(problem.message)
    return [(place, "；".join(reasons[place])) for place in sorted(reasons)]
