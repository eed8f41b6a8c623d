"""下达: what will happen, the pairs with the version before, the deed; and what changes propose afterwards."""

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from anwei.books.doors import turned_away
from anwei.books.moves import moved
from anwei.duties.actions import adopt, apply_proposals
from anwei.duties.actions.adoption import proposals
from anwei.duties.making import Owed, owed_by
from anwei.journal.by import NotAllowed, Refused
from anwei.plans.models import Assignment, Measure, Plan
from anwei.plans.pairing import Pairing, Text, paired
from anwei.plans.reviewing import OPEN
from anwei.plans.views.doors import draft_or_404, plan_or_404
from anwei.units.models import Unit

FORM = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Forecast:
    """What handing down would do now. `hindrances` must be gone first, `left_open` may stay."""

    owed: list[Owed]
    units: list[tuple[Unit, int, int]]  # unit, duties, measures led
    leads: int
    responsible: int
    hindrances: list[tuple[str, str]]  # words, address
    left_open: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PairRow:
    measure: Measure
    pairing: Pairing
    chosen: int | None


@FORM
def adopt_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    if (away := turned_away(request, "plan.adopt")) is not None:
        return away
    plan = draft_or_404(request, pk)
    old = list(plan.replaces.measures.all()) if plan.replaces else []
    rows = pair_rows(request, plan, old) if plan.replaces else []
    if request.method == "POST":
        pairs = {row.measure.pk: row.chosen for row in rows} if plan.replaces else None
        try:
            adopt(request.by, plan, pairs=pairs)
        except NotAllowed:
            raise
        except Refused as refused:
            messages.error(request, str(refused))
            plan.refresh_from_db()
        else:
            messages.success(request, f"《{plan}》已下达，各单位的工作台里可以签收。")
            return redirect(f"/plans/{pk}")
    used = {row.chosen for row in rows}
    context = {
        "plan": plan,
        "forecast": forecast(plan),
        "rows": rows,
        "old": old,
        "dropped": [one for one in old if one.pk not in used],
    }
    return render(request, "duties/adopt.html", context, status=409 if request.method == "POST" else 200)


def forecast(plan: Plan) -> Forecast:
    owed = owed_by(plan)
    duties = Counter(one.unit for one in owed)
    led = Counter(unit for unit, _ in {(one.unit, one.measure.pk) for one in owed if one.lead})
    rows = Assignment.objects.filter(measure__plan=plan)
    unknown = rows.filter(status=Assignment.UNKNOWN).count()
    open_ = rows.filter(status__in=OPEN).count()
    unsettled = plan.findings.filter(settled="").count()
    here = f"/plans/{plan.pk}"
    hindrances = [
        (plan.issued_on is None, "没有填印发日期", f"{here}/head"),
        (plan.year is None, "没有填年度", f"{here}/head"),
        (unknown > 0, f"还有{unknown}个称谓认不出是哪个单位", f"{here}/namings"),
        (plan.outside, "这是上级文件，不下达", f"{here}/head"),
    ]
    left_open = [
        (open_ > 0, f"待点名（{open_}项）：下达以后还可以点名，点到的单位那时再加任务", f"{here}/namings"),
        (unsettled > 0, f"还有{unsettled}处疑问没有处理", f"{here}/review"),
    ]
    return Forecast(
        owed=owed,
        units=[(unit, duties[unit], led[unit]) for unit in sorted(duties, key=lambda unit: (unit.order, unit.pk))],
        leads=rows.filter(lead=True, resolved__isnull=False).count(),
        responsible=rows.filter(lead=False, resolved__isnull=False).count(),
        hindrances=[(words, url) for holds, words, url in hindrances if holds],
        left_open=[(words, url) for holds, words, url in left_open if holds],
    )


def pair_rows(request: HttpRequest, plan: Plan, old: list[Measure]) -> list[PairRow]:
    """Each new measure with its proposal; what the form says stands over it."""
    measures = list(plan.measures.all())
    known = {one.pk for one in old}
    found = []
    for measure, pairing in zip(measures, paired(_texts(measures), _texts(old)), strict=True):
        chosen = pairing.old
        if request.method == "POST":
            said = request.POST.get(f"old-{measure.pk}", "")
            chosen = int(said) if said.isdecimal() and int(said) in known else None
        found.append(PairRow(measure, pairing, chosen))
    return found


def _texts(measures: list[Measure]) -> list[Text]:
    return [Text(one.pk, one.number, one.title, one.text) for one in measures]


@FORM
def proposals_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What namings and changed members suggest for a plan in force; nothing changes without this click."""
    if (away := turned_away(request, "plan.adopt")) is not None:
        return away
    plan = plan_or_404(request, pk)
    if plan.state != Plan.ADOPTED:
        return redirect(f"/plans/{pk}")
    if request.method == "POST":
        keys = request.POST.getlist("proposal")
        if not keys:
            messages.error(request, "没有勾选要调整的任务。")
            return redirect(f"/plans/{pk}/proposals")
        words = "任务已按勾选调整：增加{result[0]}项，终止{result[1]}项。"
        return moved(request, f"/plans/{pk}", words, lambda: apply_proposals(request.by, plan, keys))
    found = proposals(plan, request.by.today)
    context = {
        "plan": plan,
        "added": [one for one in found if one.add is not None],
        "ended": [one for one in found if one.end is not None],
    }
    return render(request, "duties/proposals.html", context)
