"""«不涉及» in batches: which duties of a desk may be waived, which the registers propose, and the act itself."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from anwei.books.doors import turned_away
from anwei.books.moves import moved
from anwei.duties.actions import confirm_waivers
from anwei.duties.models import Duty, Waiver
from anwei.duties.objects import objects_of
from anwei.journal.by import By
from anwei.plans.models import Demand
from anwei.portal.desk.numbers import number


@dataclass(frozen=True, slots=True)
class Line:
    duty: Duty
    proposed: bool  # the register holds no such object for this unit
    objects: int | None  # how many it holds, where a register counts them
    chosen: bool

    @property
    def possible(self) -> bool:
        return not self.objects


@require_http_methods(["GET", "HEAD", "POST"])
def waivers(request: HttpRequest) -> HttpResponseBase:
    """GET: what may be ticked (`duty` ticks some, `kind` and `unit` narrow). POST: `duty` ids and the reason."""
    if (away := turned_away(request, "waiver.confirm")) is not None:
        return away
    by = request.by
    if request.method == "POST":
        wanted = _ids(request.POST.getlist("duty"))
        duties = [duty for duty in open_duties(by) if duty.pk in wanted]
        reason = request.POST.get("reason", "")
        return moved(request, "/waivers", f"已确认{len(duties)}项不涉及，不再计入应办；登记册里出现第一个对象时自动恢复。" if duties else "没有选中任务，请先勾选。",
                     lambda: confirm_waivers(by, duties, reason=reason) if duties else None)  # fmt: skip
    return render(request, "portal/waivers.html", _context(request))


def open_duties(by: By) -> list[Duty]:
    """Duties of this desk that are not lead and not waived."""
    reach = by.may.reach("waiver.confirm")
    mine = Duty.objects.of_units(reach.owners).holding_on(by.today).filter(lead=False)
    mine = mine.exclude(waivers__in=Waiver.objects.filter(reopened_on=None))
    return list(
        mine.select_related("demand__measure", "unit", "plan").order_by("demand__measure__order", "demand__order")
    )


def lines(by: By, ticked: set[int]) -> list[Line]:
    """Proposed ones first. Two queries a register."""
    duties = open_duties(by)
    held = objects_of(duties, by.today)
    found = []
    for duty in duties:
        objects = held.get(duty.pk)
        proposed = objects == 0
        found.append(Line(duty, proposed, objects, duty.pk in ticked or (proposed and not ticked)))
    return sorted(found, key=lambda line: not line.proposed)


def proposed(by: By, duties: Iterable[Duty], waived: Collection[int]) -> int:
    """How many of a desk's duties the registers propose to waive: coverage without a single object."""
    left = [duty for duty in duties if not duty.lead and duty.pk not in waived]
    return sum(not count for count in objects_of(left, by.today).values())


def _context(request: HttpRequest) -> dict[str, Any]:
    ticked = _ids(request.GET.getlist("duty"))
    found = lines(request.by, ticked)
    unit, kind = number(request.GET.get("unit")), request.GET.get("kind", "")
    if unit is not None:
        found = [line for line in found if line.duty.unit_id == unit]
    if kind in dict(Demand.KINDS):
        found = [line for line in found if line.duty.demand.kind == kind]
    first = [line for line in found if line.chosen]
    return {
        "lines": first + [line for line in found if not line.chosen],
        "proposed": sum(line.proposed for line in found),
        "several": len({line.duty.unit_id for line in found}) > 1,
    }


def _ids(texts: list[str]) -> set[int]:
    return {pk for text in texts if (pk := number(text)) is not None}
