"""«这次活动计入»: which dues a row of some ledger counts for, and where they stand now. Shown on that row's page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from anwei.books.panels import Panel
from anwei.duties.models import Due, Duty
from anwei.duties.standings import Row, standings
from anwei.evidence.offers import Acts, acts, kind_of, offered
from anwei.journal.by import By
from anwei.plans.models import Demand
from anwei.units.queries import overrides_on

SHOWN = 60


@dataclass(frozen=True, slots=True)
class CountedDue:
    duty: Duty
    row: Row
    kind: str  # what the fact is called in its ledger


def panel(by: By, subject: Any) -> Panel | None:
    """For people who may see duties at all."""
    if not by.may.reach("duty.read"):
        return None
    found = counted_for(by, subject)
    context = {"dues": found[:SHOWN], "total": len(found), "units": len({one.duty.unit_id for one in found})}
    return Panel(
        f"这次活动计入{len(found)}项任务" if found else "这次活动计入", "duties/credited.html", context, first=True
    )


def counted_for(by: By, subject: Any) -> list[CountedDue]:
    """Dues within reach whose window holds the day of one of the subject's facts, in the plan's order."""
    facts = facts_of(subject, by.today)
    duties = Duty.objects.seen_by(by).holding_on(by.today).filter(
        demand__kind=Demand.COUNT, unit_id__in={unit for _, unit, _ in facts}, demand__fact__in={key for key, _, _ in facts}
    )  # fmt: skip
    rows = {row.due_id: row for row in standings(duties, by.today, overrides_on(by.today)).rows()}
    labels = offered()
    dues = Due.objects.filter(pk__in=[pk for pk in rows if pk]).select_related("duty__demand__measure", "duty__unit")
    return [
        CountedDue(due.duty, rows[due.pk], labels[due.duty.demand.fact])
        for due in dues.order_by("duty__unit__order", "duty__demand__measure__order", "duty__demand__order")
        if any(_inside(due, fact) for fact in facts)
    ]


def facts_of(subject: Any, on: date) -> set[tuple[str, int, date]]:
    """(fact key, unit id, day) of every countable row behind the subject, as of a day. One query a key."""
    found: set[tuple[str, int, date]] = set()
    for key in offered():
        if kind_of(key) == "count":
            for offer in _about(acts(key), subject):
                rows = offer.as_of(on).filter(**{offer.subject: subject}).values_list(offer.unit, offer.day)
                found |= {(key, unit, day) for unit, day in rows}
    return found


def _about(offers: Iterable[Acts], subject: Any) -> list[Acts]:
    """Those whose rows hang on rows like the subject."""
    return [one for one in offers if one.rows().model._meta.get_field(one.subject).related_model is type(subject)]


def _inside(due: Due, fact: tuple[str, int, date]) -> bool:
    key, unit, day = fact
    duty = due.duty
    return duty.demand.fact == key and duty.unit_id == unit and due.window_start <= day <= due.window_end
