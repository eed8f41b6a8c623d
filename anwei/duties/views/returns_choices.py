"""Which plan and which half-year a page of returns speaks of. Bad values fall back or do not exist."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest

from anwei.periods import Window, parse_day, windows
from anwei.plans.models import Demand, Plan


def report_plans(request: HttpRequest) -> list[Plan]:
    """Plans that were handed down and ask for returns, newest first, those in force before those replaced."""
    seen = Plan.objects.seen_by(request.by).adopted().filter(measures__demands__kind=Demand.REPORT)
    return sorted(seen.distinct(), key=lambda plan: (plan.state != Plan.ADOPTED, -(plan.year or 0), -plan.pk))


def report_plan(request: HttpRequest, plans: list[Plan], begun: set[int]) -> Plan | None:
    """`?plan=3`; else the newest of which returns were begun (`begun`: plan ids), else the newest. 404 for a foreign one."""
    text = request.GET.get("plan", "")
    if text:
        found = next((plan for plan in plans if str(plan.pk) == text), None)
        if found is None:
            raise Http404(f"没有编号为 {text[:20]} 的工作要点，或者它不用报落实情况。")
        return found
    return next((plan for plan in plans if plan.pk in begun), plans[0] if plans else None)


def asked_day(request: HttpRequest) -> date | None:
    """`?day=2023-03-01`, any day of the half-year; None where absent or unreadable (with words)."""
    text = request.GET.get("day", "").strip()
    if not text:
        return None
    try:
        return parse_day(text, "期次")
    except ValueError as error:
        messages.error(request, str(error))
        return None


def periods_of(plan: Plan, today: date) -> list[Window]:
    """The half-years of the plan's year that have begun and are not over before it was issued, newest first."""
    year = plan.year or (plan.issued_on or today).year
    found = windows("half_year", date(year, 1, 1), date(year, 12, 31))
    return [
        one for one in reversed(found) if one.start <= today and (plan.issued_on is None or one.end >= plan.issued_on)
    ]
