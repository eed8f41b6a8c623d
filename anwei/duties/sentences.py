"""落实情况 written beforehand: one sentence per counted fact of a unit, out of the ledgers, never to be edited."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from anwei.duties.models import Duty
from anwei.evidence.offers import acts
from anwei.periods import Window
from anwei.plans.models import Demand

_SHOWN_DAYS = 3


def sentences(unit_id: int, series_ids: Iterable[int], window: Window, on: date) -> dict[int, str]:
    """series id -> 「集体学习1次（6月8日）；应急演练2次（…）」 for the window up to `on`. One query per counted fact."""
    duties = (
        Duty.objects.holding_on(on)
        .filter(unit_id=unit_id, series_id__in=list(series_ids), demand__kind=Demand.COUNT)
        .select_related("demand")
    )
    facts: dict[str, str] = {}
    found: dict[int, list[str]] = {}
    for duty in duties:
        fact = duty.demand.fact
        if fact not in facts:
            facts[fact] = _counted(fact, unit_id, window, min(on, window.end))
        if facts[fact]:
            found.setdefault(duty.series_id, []).append(facts[fact])
    return {
        series: f"截至{_day(min(on, window.end))}，{'；'.join(dict.fromkeys(words))}。"
        for series, words in found.items()
    }


def _counted(fact: str, unit_id: int, window: Window, last: date) -> str:
    words = []
    for offer in acts(fact):
        rows = offer.per_day(last, window.start, [unit_id])
        times = sum(row[2] for row in rows)
        if times:
            days = "、".join(_day(row[1]) for row in rows[:_SHOWN_DAYS])
            words.append(f"{offer.label}{times}次（{days}{'等' if len(rows) > _SHOWN_DAYS else ''}）")
    return "；".join(words)


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def counted_rows(duty: Duty, first: date, last: date, on: date) -> list[dict[str, Any]]:
    """The rows behind a count, for the duty's page: day, text, link, entered on."""
    found = []
    for offer in acts(duty.demand.fact):
        rows = offer.between(on, duty.unit_id, first, last).select_related(offer.subject)
        for row in rows:
            subject = getattr(row, offer.subject)
            found.append(
                {
                    "day": getattr(row, offer.day),
                    "text": str(subject),
                    "url": offer.url(row),
                    "entered_on": row.entered_on,
                    "ledger": offer.label,
                }
            )
    return found
