"""Bringing a plan in, and the original back out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from anwei.books.doors import turned_away
from anwei.files.models import Attachment
from anwei.files.serving import original
from anwei.files.store import plain_name
from anwei.journal.by import NotAllowed, Refused
from anwei.plans.document_actions import import_document
from anwei.plans.forms import ImportForm
from anwei.plans.models import Plan
from anwei.plans.sources import Source, Unreadable, read_source
from anwei.plans.views.doors import plan_or_404

PASTED = "粘贴的正文"


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest) -> HttpResponseBase:
    if (away := turned_away(request, "plan.import")) is not None:
        return away
    plans = Plan.objects.in_force().filter(replaced_by=None)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*given, plans=plans)
    if request.method == "POST" and form.is_valid():
        plan = _imported(request, form)
        if plan is not None:
            return redirect(f"/plans/{plan.pk}/review")
    return render(request, "plans/import.html", {"form": form}, status=422 if form.errors else 200)


def _imported(request: HttpRequest, form: ImportForm) -> Plan | None:
    """None with the reason in the form."""
    given: dict[str, Any] = form.cleaned_data
    file = given["file"]
    name = plain_name(file.name) if file else PASTED
    try:
        source = read_source(name, file.read()) if file else Source(given["text"], "txt")
        if file:
            file.seek(0)
        plan, problems = import_document(
            request.by, source=source, source_name=name, year=given["year"], replaces=given["replaces"],
            outside=given["outside"], originals=[file] if file else [],
        )  # fmt: skip
    except NotAllowed:
        raise
    except (Unreadable, Refused) as error:
        form.add_error("file" if file else "text", str(error))
        return None
    for problem in problems:
        messages.warning(request, f"正文已读入，但原件没有留存：{problem}")
    messages.success(request, f"已读出{plan.measures.count()}条任务，请逐条核对。下达之前，任何单位都看不到它。")
    return plan


@require_safe
def original_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it came in."""
    if (away := turned_away(request, "plan.read")) is not None:
        return away
    found = Attachment.objects.of(plan_or_404(request, pk)).first()
    if found is None:
        raise Http404("这份要点是粘贴进来的，没有原件；正文在“原文”里。")
    return original(found)
