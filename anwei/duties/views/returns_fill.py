"""Writing a return: row by row or all at once, handing it to the checker, checking, handing in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from anwei.books.moves import moved, next_page
from anwei.duties.actions import fill_part, hand_in, send_back, submit_for_check
from anwei.duties.models import Part
from anwei.duties.return_rows import FIELDS, Line, mark_of, return_table
from anwei.duties.sentences import as_kept
from anwei.duties.views.returns import page, seen_return, text_limit
from anwei.duties.views.returns_parts import seen_part
from anwei.journal.by import NotAllowed, Refused, Stale

_THEIRS = (("words", "落实情况"), ("trouble", "存在问题"), ("next_step", "下一步打算"))


@require_POST
def fill_all(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Saves every row that was changed. What could not be saved stays in its place with the reason beside it."""
    made = seen_return(request, pk)
    saved, wrong = 0, {}
    for part in made.parts.select_related("measure", "acceptor", "holder", "of_return__unit", "of_return__holder"):
        typed = typed_for(request, part)
        if typed is None or not touched(request, part, typed):
            continue
        try:
            fill_part(request.by, part, version_of(request, part), **typed)
            saved += 1
        except NotAllowed:
            raise
        except Refused as refused:
            wrong[part.pk] = (typed, refused)
    if saved:
        messages.success(request, f"已保存{saved}条。")
    if not wrong:
        if not saved:
            messages.info(request, "没有改动，不用保存。")
        anchor = request.POST.get("save", "")
        return HttpResponseRedirect(f"{made.get_absolute_url()}{f'#part-{anchor}' if anchor.isdecimal() else ''}")
    table = return_table(made, request.by, request.by.today)
    for line in table.parts:
        if line.part and line.part.pk in wrong:
            explain(line, *wrong[line.part.pk])
    messages.error(request, f"有{len(wrong)}条没有保存，请看各条下面的说明，改好后再保存。")
    return page(request, table, status=400)


@require_POST
def fill_one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One row: from the table through htmx, or from the part's own page as a plain form."""
    part = seen_part(request, pk)
    typed = typed_for(request, part) or {}
    problem: Refused | None = None
    try:
        fill_part(request.by, part, version_of(request, part), **{name: typed.get(name, "") for name in FIELDS})
    except Refused as refused:
        problem = refused
    if not request.htmx:
        if problem is None:
            messages.success(request, "已保存。")
        else:
            messages.error(request, str(problem))
        return HttpResponseRedirect(next_page(request, part.get_absolute_url()))
    return row(request, part, typed, problem)


def row(request: HttpRequest, part: Part, typed: dict[str, str], problem: Refused | None) -> HttpResponse:
    """The one row again, and the count of what is written."""
    table = return_table(part.of_return, request.by, request.by.today)
    line = next(line for line in table.parts if line.part and line.part.pk == part.pk)
    if problem is not None:
        explain(line, typed, problem)
    context = {"line": line, "table": table, "limit": text_limit(request.by), "saved": problem is None, "writing": True}
    return render(request, "duties/return_saved.html", context)


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """提交审核. Sent from the table itself, so that what was typed last is saved first."""
    made = seen_return(request, pk)
    if any(name.startswith("words-") for name in request.POST):
        answer = fill_all(request, pk)
        if answer.status_code != HttpResponseRedirect.status_code:
            return answer
    phone = request.POST.get("phone", "")
    return moved(request, made.get_absolute_url(), "已提交本单位审核人审核。", lambda: submit_for_check(
        request.by, made, phone=phone))  # fmt: skip


@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    made = seen_return(request, pk)
    return moved(request, made.get_absolute_url(), "已退回填报人修改。", lambda: send_back(
        request.by, made, words=request.POST.get("words", "")))  # fmt: skip


@require_POST
def give_in(request: HttpRequest, pk: int) -> HttpResponseBase:
    made = seen_return(request, pk)
    return moved(request, made.get_absolute_url(), "已上报，各条已送到审核单位。", lambda: hand_in(request.by, made))


def typed_for(request: HttpRequest, part: Part) -> dict[str, str] | None:
    """What the form holds for a part; None where the part is not in it."""
    names = {name: f"{name}-{part.pk}" for name in FIELDS}
    if names["words"] not in request.POST:
        return None
    return {name: as_kept(request.POST.get(key, "")) for name, key in names.items()}


def version_of(request: HttpRequest, part: Part) -> int:
    """The version that the form was made from; one that is no number never fits."""
    text = request.POST.get(f"version-{part.pk}", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def touched(request: HttpRequest, part: Part, typed: dict[str, str]) -> bool:
    """Whether this person changed the row: not what a colleague changed meanwhile, nor what is as it was."""
    if request.POST.get(f"mark-{part.pk}") == mark_of(typed[name] for name in FIELDS):
        return False
    return any(getattr(part, name) != text for name, text in typed.items())


def explain(line: Line, typed: dict[str, str], why: Refused) -> None:
    """Keeps what was typed, says why it was not saved, and what a colleague wrote meanwhile."""
    line.typed, line.problem = typed, str(why)
    if isinstance(why, Stale) and line.part is not None:
        said = [f"{label}：{getattr(line.part, name)}" for name, label in _THEIRS if getattr(line.part, name)]
        line.theirs = "；".join(said) or "（对方清空了这一条）"
