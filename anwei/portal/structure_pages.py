"""The structure of the district out of a workbook: upload, see what would change, confirm."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from anwei.books.doors import turned_away
from anwei.journal.by import By
from anwei.portal.structure_workbook import (
    ALIASES,
    COMPETENCES,
    GROUPS,
    SECRETARIATS,
    UNITS,
    Structure,
    export,
    read_structure,
)
from anwei.units.actions import (
    register_units,
    set_aliases,
    set_competences,
    set_groups,
    set_members,
    set_secretariat,
    set_sectors,
)
from anwei.units.rows import Bad, Names

STAGED = "structure_import"
_LONGEST_LIST = 200


class UploadForm(forms.Form):
    file = forms.FileField(label="单位结构表", help_text="用“导出”得到的 .xlsx 表，改好后上传；先看结果，确认后才写入")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows of each sheet were made or changed, and what was not taken."""

    counts: list[tuple[str, int]]
    problems: list[str]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)


@require_GET
def download(request: HttpRequest) -> HttpResponseBase:
    return turned_away(request, "unit.read") or export(request.by)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    if away := turned_away(request, "unit.edit"):
        return away
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"].read()
        structure, problems = read_structure(data)
        if structure is not None:
            _forget(request)
            name = _storage().save("structure.xlsx", ContentFile(data))
            request.session[STAGED] = name
            return redirect("structure_preview")
        for one in problems:
            form.add_error("file", one)
    return render(request, "units/import.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest) -> HttpResponse:
    """GET: what would happen, tried and taken back. POST: all of it, if nothing is wrong with the sheet."""
    if away := turned_away(request, "unit.edit"):
        return away
    name = request.session.get(STAGED)
    if not name or not _storage().exists(name):
        raise Http404("没有待确认的导入，请重新上传")
    with _storage().open(name) as file:
        structure, unread = read_structure(file.read())
    if structure is None:
        raise Http404("上传的表读不出来，请重新上传")
    if request.method == "POST":
        with transaction.atomic():
            outcome = bring_in(request.by, structure)
            if outcome.problems or unread:
                transaction.set_rollback(True)
        if not outcome.problems and not unread:
            _forget(request)
            messages.success(request, f"已导入，登记或修改 {outcome.total} 处。")
            return redirect("units")
    outcome = tried(request.by, structure)
    problems = [*unread, *outcome.problems]
    shown = {"outcome": outcome, "problems": problems[:_LONGEST_LIST], "count": len(problems)}
    return render(request, "units/import_preview.html", shown, status=422 if request.method == "POST" else 200)


def tried(by: By, structure: Structure) -> Outcome:
    """What bringing it in would do; nothing stays, not even in the journal."""
    with transaction.atomic():
        outcome = bring_in(by, structure)
        transaction.set_rollback(True)
    return outcome


def bring_in(by: By, structure: Structure) -> Outcome:
    """All sheets through the actions, in the order in which they rest on each other."""
    structure = _by_code(structure)
    counts: dict[str, int] = {}
    problems: list[str] = []

    def take(sheet: str, key: str, answer: tuple[list[Any], list[Bad]]) -> None:
        made, bad = answer
        counts[sheet] = counts.get(sheet, 0) + len(made)
        problems.extend(_placed(sheet, structure.places.get(key, []), bad))

    take(UNITS, "units", register_units(by, structure.units))
    take(ALIASES, "aliases", set_aliases(by, structure.aliases))
    take(GROUPS, "groups", set_groups(by, structure.groups))
    take(GROUPS, "members", set_members(by, structure.members))
    take(SECRETARIATS, "secretariats", set_secretariat(by, structure.secretariats))
    take(COMPETENCES, "sectors", set_sectors(by, structure.sectors))
    take(COMPETENCES, "competences", set_competences(by, structure.competences))
    return Outcome(list(counts.items()), problems)


def _by_code(structure: Structure) -> Structure:
    """Units on the other sheets by their code: whoever renames a unit on the first sheet need not go through the rest.

    A word that names no unit as the register stands is left for what the first sheet brings.
    """
    names = Names.now()

    def code(word: str) -> str:
        try:
            return names.find(word).code
        except ValueError:
            return word

    return replace(
        structure,
        units=[replace(row, parent=code(row.parent) if row.parent else "") for row in structure.units],
        aliases=[replace(row, unit=code(row.unit)) for row in structure.aliases],
        groups=[replace(row, body=code(row.body) if row.body else "") for row in structure.groups],
        members=[replace(row, unit=code(row.unit)) for row in structure.members],
        secretariats=[
            replace(row, committee=code(row.committee), host=code(row.host)) for row in structure.secretariats
        ],
        competences=[replace(row, unit=code(row.unit)) for row in structure.competences],
    )


def _placed(sheet: str, places: list[int], bad: list[Bad]) -> Iterator[str]:
    for one in bad:
        line = f"第{places[one.place - 1]}行" if 0 < one.place <= len(places) else ""
        yield f"{sheet}{line}：{one.message}"


def _storage() -> FileSystemStorage:
    return FileSystemStorage(settings.ANWEI_HOME / "imports" / "structure")


def _forget(request: HttpRequest) -> None:
    name = request.session.pop(STAGED, None)
    if name:
        _storage().delete(name)
