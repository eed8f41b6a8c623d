"""待审: what a lead gathers, side by side; accepted in a batch, returned, commented; and its own words beside them."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from anwei.books.doors import turned_away
from anwei.books.moves import moved
from anwei.duties.actions import accept_parts
from anwei.duties.models import Duty, Part
from anwei.duties.return_desk import Gathering, gather_words, gatherings
from anwei.duties.return_district import told_of_district
from anwei.duties.return_rows import in_window, may_write
from anwei.duties.standing import worst
from anwei.duties.standings import standings
from anwei.duties.views.choices import choices
from anwei.duties.views.returns import own_units, text_limit
from anwei.duties.views.returns_choices import asked_day, periods_of, report_plan, report_plans
from anwei.journal.by import By
from anwei.periods import Window, window_of
from anwei.plans.models import Plan
from anwei.units.models import Unit
from anwei.units.queries import overrides_on

RELATED = ("measure", "acceptor", "of_return__plan", "of_return__unit", "of_return__holder")


@require_safe
def incoming(request: HttpRequest) -> HttpResponseBase:
    if (away := turned_away(request, "report.accept")) is not None:
        return away
    by, plans = request.by, report_plans(request)
    reach = by.may.reach("report.accept")
    everything = reach.all and request.GET.get("scope") == "all"
    acceptors = None if everything else own_units(by)
    at_hand = Part.objects.exclude(state="open")
    if acceptors is not None:
        at_hand = at_hand.filter(acceptor_id__in=acceptors)
    begun = set(at_hand.order_by().values_list("of_return__plan_id", "of_return__window_start").distinct())
    plan = report_plan(request, plans, {one[0] for one in begun})
    if plan is None:
        return render(request, "duties/return_incoming.html", {"plan": None})
    newest = max((start for of, start in begun if of == plan.pk), default=by.today)
    window = window_of(asked_day(request) or newest, "half_year")
    found = gatherings(plan, window, acceptors)
    chosen = chosen_measure(request, found)
    query = {"plan": str(plan.pk), "day": window.start.isoformat()} | ({"scope": "all"} if everything else {})
    context = {
        "plan": plan,
        "plans": plans,
        "window": window,
        "periods": choices(
            [(one.start.isoformat(), one.label) for one in periods_of(plan, by.today)], window.start.isoformat()
        ),
        "found": found,
        "chosen": chosen,
        "query": urlencode(query),
        "may_all": reach.all,
        "everything": everything,
        "sees_all": by.may.reach("report.read").all,
    }
    if chosen is not None:
        context |= gathered(request, plan, window, chosen, acceptors)
    return render(request, "duties/return_incoming.html", context)


def chosen_measure(request: HttpRequest, found: list[Gathering]) -> Gathering | None:
    """`?measure=7`; else the first with something waiting; else the first."""
    text = request.GET.get("measure", "")
    if text:
        one = next((one for one in found if str(one.measure.pk) == text), None)
        if one is None:
            raise Http404("这一条不由您汇总，或者没有这一条。")
        return one
    return next((one for one in found if one.waiting), found[0] if found else None)


def gathered(request: HttpRequest, plan: Plan, window: Window, chosen: Gathering, acceptors: Any) -> dict[str, Any]:
    """The chosen measure: parts in the official order with their standing, who is missing, the lead's own part."""
    by, measure = request.by, chosen.measure
    parts = Part.objects.of_window(plan.pk, window.start).filter(measure=measure).exclude(state="open")
    if acceptors is not None:
        parts = parts.filter(acceptor_id__in=acceptors)
    only = request.GET.get("only") == "1"
    if only:
        parts = parts.filter(state="submitted")
    rows = list(parts.select_related(*RELATED).in_official_order())
    duties = Duty.objects.filter(series_id=measure.series_id, demand__kind="report")
    now = in_window(standings(duties, by.today, overrides_on(by.today)), window)
    own = own_units(by)
    missing = list(Unit.objects.filter(pk__in=chosen.missing).official())
    mine = own_part(plan, window, chosen, own)
    limit = text_limit(by)
    draft = ""
    if mine is not None and request.GET.get("draft") == "1":
        phrases, _ = told_of_district(plan, window, by.today).get(measure.series_id or 0, ([], 0))
        draft = gather_words(chosen, missing, phrases, limit)
    return {
        "rows": [
            {
                "part": part,
                "standing": worst(now.code[now.unit == part.of_return.unit_id]),
                "judges": part.state == "submitted"
                and part.of_return.holder_id not in own
                and part.of_return.unit_id not in own,
            }
            for part in rows
        ],
        "only": only,
        "missing": missing,
        "mine": mine,
        "may_write": mine is not None and may_write(by, mine),
        "mine_locked": mine.locked() if mine is not None else "",
        "draft": draft,
        "limit": limit,
        "start_url": start_url(by, plan, window, chosen, own),
    }


def own_part(plan: Plan, window: Window, chosen: Gathering, own: frozenset[int]) -> Part | None:
    """The gathering lead's own part of the measure, where this person's unit is the one that gathers."""
    rows = Part.objects.of_window(plan.pk, window.start).filter(
        measure=chosen.measure, lead=True, of_return__unit_id__in=own
    )
    found = list(rows.select_related(*RELATED).order_by("of_return__unit__order"))
    return next(
        (one for one in found if one.of_return.unit_id == chosen.measure.gatherer_id), found[0] if found else None
    )


def start_url(by: By, plan: Plan, window: Window, chosen: Gathering, own: frozenset[int]) -> str:
    """Where the gathering unit's own table is begun, if it is this person's."""
    gatherer = chosen.measure.gatherer_id
    return f"/returns/start?plan={plan.pk}&unit={gatherer}&day={window.start}" if gatherer in own else ""


@require_POST
def accept(request: HttpRequest) -> HttpResponseBase:
    """Batch: `part` holds «id:version» of each, so that what is accepted is what was read. Unknown ids do not exist."""
    wanted = dict(_pair(text) for text in request.POST.getlist("part"))
    parts = list(
        Part.objects.seen_by(request.by).exclude(state="open").select_related(*RELATED, "holder").filter(pk__in=wanted)
    )
    if len(parts) != len(wanted):
        raise Http404("有的条目不存在，或者您看不到它。")
    for part in parts:
        part.version = wanted[part.pk]
    if not parts:
        return moved(request, "/returns/incoming", "请先勾选要审定的单位。", lambda: None)
    comment = request.POST.get("words", "").strip()
    done = f"已审定{len(parts)}家。"
    return moved(request, "/returns/incoming", done, lambda: accept_parts(request.by, parts, comment=comment))


def _pair(text: str) -> tuple[int, int]:
    key, _, version = text.partition(":")
    if not all(one.isascii() and one.isdecimal() and len(one) < 18 for one in (key, version)):
        raise Http404("有的条目不存在，或者您看不到它。")
    return int(key), int(version)
