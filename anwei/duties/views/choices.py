"""What pages of this room read from an address: the plan, the day, the filters. Bad values fall back with words."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest

from anwei.periods import parse_day
from anwei.plans.models import Plan


def chosen_day(request: HttpRequest) -> date:
    """`?on=2023-06-30`; today where absent, unreadable (with words) or in the future."""
    today: date = request.by.today
    text = request.GET.get("on", "").strip()
    if not text:
        return today
    try:
        day = parse_day(text, "回看日期")
    except ValueError as error:
        messages.error(request, str(error))
        return today
    if day > today:
        messages.error(request, f"回看日期 {day} 在今天之后，已改为今天。")
        return today
    return day


def chosen_plan(request: HttpRequest) -> Plan | None:
    """`?plan=3`; the newest plan in force otherwise. 404 for one that may not be seen."""
    seen = Plan.objects.seen_by(request.by).adopted()
    text = request.GET.get("plan", "")
    if text:
        plan = seen.filter(pk=text).first() if text.isdecimal() and len(text) < 18 else None
        if plan is None:
            raise Http404(f"没有编号为 {text} 的工作要点，或者您看不到它。")
        return plan
    return seen.in_force().main_first().first() or seen.main_first().first()


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    active: bool


def choices(pairs: list[tuple[str, str]], chosen: str) -> list[Choice]:
    return [Choice(value, label, value == chosen) for value, label in pairs]
