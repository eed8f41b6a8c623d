"""点名单: who the vague phrases of a plan mean; on a draft, and for what is still open after adoption."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from anwei.books.doors import turned_away
from anwei.journal.by import NotAllowed, Refused
from anwei.plans.actions import NamingRow, name_units
from anwei.plans.forms import NamingsForm
from anwei.plans.models import Assignment, Measure, Naming, Plan
from anwei.plans.resolving import answers_of
from anwei.plans.reviewing import UNSETTLED, card_of
from anwei.plans.views.doors import plan_or_404
from anwei.units.models import Kind, Unit
from anwei.units.resolution import OPEN_PHRASE, MeasureContext, Resolver

KINDS_NAMED = [Kind.COMMITTEE_OFFICE, Kind.SPECIAL_COMMITTEE, Kind.PARTY_ORGAN, Kind.DEPARTMENT, Kind.VERTICAL_BODY,
               Kind.JUDICIAL_BODY, Kind.TOWN, Kind.SUBDISTRICT, Kind.PARK]  # fmt: skip


@dataclass(slots=True)
class Phrase:
    """One line of the list: what was written in the box and ticked below it, and what is wrong with it."""

    measure: Measure
    reference: Any
    written: str = ""
    ticked: set[int] = field(default_factory=set)
    problem: str = ""

    @property
    def key(self) -> str:
        return str(self.reference.row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def namings_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    if (away := turned_away(request, "plan.edit")) is not None:
        return away
    plan = plan_or_404(request, pk)
    phrases, resolver = open_phrases(plan, request.by.today, request.GET.getlist("again"))
    units = list(Unit.objects.standing_on(request.by.today).filter(kind__in=KINDS_NAMED).official())
    form = NamingsForm(request.POST if request.method == "POST" else None, initial={"decided_on": request.by.today})
    if request.method == "POST":
        rows = filled(request, phrases, units, resolver)
        if not rows and not any(one.problem for one in phrases):
            form.add_error(None, "一处也没有点名，请至少填写一处的单位。")
        if form.is_valid() and not any(one.problem for one in phrases) and _named(request, plan, form, rows):
            return redirect(f"/plans/{pk}/{'review' if plan.state == Plan.DRAFT else 'proposals'}")
    context = {
        "plan": plan,
        "form": form,
        "phrases": phrases,
        "groups": by_kind(units),
        "done": decided(plan),
    }
    wrong = request.method == "POST"
    return render(request, "plans/namings.html", context, status=422 if wrong else 200)


def decided(plan: Plan) -> list[tuple[Naming, int | None]]:
    """Each decision with the reference that it can be decided anew for; an older decision of the same phrase has none."""
    rows = Assignment.objects.filter(measure__plan=plan).values_list("measure__number", "reference", "pk")
    places = {(number, _phrase(reference)): pk for number, reference, pk in rows}
    namings = list(plan.namings.prefetch_related("units"))
    latest = {(row.measure_number, _phrase(row.phrase)): row.pk for row in namings}
    keys = [(row.measure_number, _phrase(row.phrase)) for row in namings]
    return [(row, places.get(key) if latest[key] == row.pk else None) for row, key in zip(namings, keys, strict=True)]


def _phrase(text: str) -> str:
    """«等部门» and «等有关部门» are one phrase, as the resolver has it."""
    return OPEN_PHRASE if text.startswith("等") and "牵头" not in text else text


def open_phrases(plan: Plan, today: date, again: Iterable[str] = ()) -> tuple[list[Phrase], Resolver]:
    """All references that wait for a person, with proposals, and those (by id) that are to be decided anew; and the
    resolver that reads names as the plan's day does."""
    anew = set(again)
    measures = list(plan.measures.prefetch_related("assignments__resolved__unit", "demands", "findings"))
    answers = answers_of(plan, measures, today)
    units = {unit.code: unit for unit in Unit.objects.exclude(kind="establishment")}
    cards = [card_of(measure, answers, units) for measure in measures]
    found = [
        Phrase(card.measure, reference)
        for card in cards
        for role in card.roles
        for reference in role.references
        if reference.row.status in UNSETTLED or str(reference.row.pk) in anew
    ]
    return found, Resolver(answers.directory)


def filled(request: HttpRequest, phrases: list[Phrase], units: list[Unit], resolver: Resolver) -> list[NamingRow]:
    """What the form names, written names first in their order, then the ticked ones; problems stay at their phrase."""
    by_id, by_code = {unit.pk: unit for unit in units}, {unit.code: unit for unit in units}
    rows = []
    for one in phrases:
        one.written = request.POST.get(f"names-{one.key}", "").strip()[:2000]
        one.ticked = {int(v) for v in request.POST.getlist(f"units-{one.key}") if v.isdecimal() and int(v) in by_id}
        named, unknown = read_names(one.written, resolver)
        if unknown:
            one.problem = f"认不出{'、'.join(f'“{name}”' for name in unknown)}，请写规范简称，或在下面勾选。"
            continue
        chosen = [by_code[code] for code in named if code in by_code]
        chosen += [unit for unit in units if unit.pk in one.ticked and unit not in chosen]
        if chosen:
            rows.append(NamingRow(one.measure.number, one.reference.row.reference, chosen))
    return rows


def read_names(written: str, resolver: Resolver) -> tuple[list[str], list[str]]:
    """«区城管局、区教体局，各镇（街道）» -> (codes, names that nobody knows)."""
    codes: list[str] = []
    unknown: list[str] = []
    for name in re.split(r"[、，,；;。\s]+", written):
        if name:
            answer = resolver.resolve(name, MeasureContext())
            codes += answer.units
            unknown += [] if answer.units else [name]
    return list(dict.fromkeys(codes)), unknown


def by_kind(units: Iterable[Unit]) -> list[tuple[str, list[Unit]]]:
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        groups.setdefault(Kind(unit.kind).label, []).append(unit)
    return list(groups.items())


def _named(request: HttpRequest, plan: Plan, form: NamingsForm, rows: list[NamingRow]) -> bool:
    given = form.cleaned_data
    try:
        made = name_units(request.by, plan, rows, decided_on=given["decided_on"], paper=given["paper"])
    except NotAllowed:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    after = "" if plan.state == Plan.DRAFT else "任务还没有变，请在下面确认要增加的任务。"
    messages.success(request, f"已记下{len(made)}处点名。{after}")
    return True
