"""落实情况 written beforehand: what the ledgers count for a unit, in one sentence, never to be edited."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from anwei.duties.models import Duty, ShareDay
from anwei.evidence.offers import Acts, acts, clocks, shares
from anwei.periods import Window
from anwei.plans.models import Demand

_SHOWN = 3
COUNTED = (Demand.COUNT, Demand.COVERAGE, Demand.CLOCK)


@dataclass(slots=True)
class Told:
    """What the ledgers say of one measure: phrases in the order of the demands, and how many rows stand behind them."""

    phrases: list[str] = field(default_factory=list)
    rows: int = 0

    def add(self, phrase: str, rows: int) -> None:
        if phrase and phrase not in self.phrases:
            self.phrases.append(phrase)
            self.rows += rows

    def sentence(self, last: date) -> str:
        """「截至6月25日，组织集体学习1次（6月8日，参加23人）；…。」; empty where nothing was counted."""
        return f"截至{month_day(last)}，{'；'.join(self.phrases)}。" if self.phrases else ""


def sentences(unit_id: int, series_ids: Iterable[int], window: Window, on: date) -> dict[int, str]:
    """series id -> the sentence of the window up to `on`; a series of which nothing was counted is left out."""
    told = told_of(unit_id, series_ids, window, on)
    last = min(on, window.end)
    return {series: one.sentence(last) for series, one in told.items() if one.phrases}


def told_of(unit_id: int, series_ids: Iterable[int], window: Window, on: date) -> dict[int, Told]:
    """series id -> what was counted for the unit in the window, as of `on`. Two queries a counted fact."""
    duties = (
        Duty.objects.holding_on(on)
        .filter(unit_id=unit_id, series_id__in=list(series_ids), demand__kind__in=COUNTED)
        .select_related("demand")
    )
    known: dict[tuple[str, str], tuple[str, int]] = {}
    found: dict[int, Told] = {}
    for duty in duties:
        key = (duty.demand.kind, duty.demand.fact)
        if key not in known:
            known[key] = _TELL[duty.demand.kind](duty.demand.fact, unit_id, window, on)
        found.setdefault(duty.series_id, Told()).add(*known[key])
    return found


def _acts(fact: str, unit_id: int, window: Window, on: date) -> tuple[str, int]:
    words, rows = [], 0
    for offer in acts(fact):
        times = sum(row[2] for row in offer.per_day(on, window.start, [unit_id]) if row[1] <= window.end)
        if times:
            words.append(f"{offer.phrase(times)}（{_days(offer, unit_id, window, on, times)}）")
            rows += times
    return "；".join(words), rows


def _days(offer: Acts, unit_id: int, window: Window, on: date, times: int) -> str:
    """「6月8日，参加23人」 for one act, 「6月8日，参加23人；6月20日…等」 for several."""
    rows = offer.between(on, unit_id, window.start, window.end).select_related(offer.subject)[:_SHOWN]
    shown = []
    for row in rows:
        detail = offer.detail(getattr(row, offer.subject)) if offer.detail else ""
        shown.append("，".join(filter(None, (month_day(getattr(row, offer.day)), detail))))
    between = "；" if any("，" in one for one in shown) else "、"
    return between.join(shown) + ("等" if times > _SHOWN else "")


def _share(fact: str, unit_id: int, window: Window, on: date) -> tuple[str, int]:
    """Coverage is read from its diary, because a register cannot be replayed."""
    row = ShareDay.objects.filter(fact=fact, unit_id=unit_id, day__lte=min(on, window.end)).order_by("-day").first()
    offers = shares(fact)
    if row is None or not row.base or not offers:
        return "", 0
    return f"{offers[0].label}：名单内{row.base}个，已达标{row.met}个", row.base


def _clock(fact: str, unit_id: int, window: Window, on: date) -> tuple[str, int]:
    words, rows = [], 0
    for offer in clocks(fact):
        span = (window.start, window.end)
        mine = offer.as_of(on).filter(**{offer.unit: unit_id, f"{offer.started}__range": span})
        ends = list(mine.values_list(offer.finished, flat=True))
        if ends:
            done = sum(1 for day in ends if day is not None and day <= on)
            words.append(f"{offer.label}：{len(ends)}件，已办结{done}件")
            rows += len(ends)
    return "；".join(words), rows


_TELL = {Demand.COUNT: _acts, Demand.COVERAGE: _share, Demand.CLOCK: _clock}


def as_kept(text: str) -> str:
    """Words of a form as they are counted and kept: browsers send each line's end as two characters."""
    return text.replace("\r\n", "\n").strip()


def month_day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def counted_rows(duty: Duty, first: date, last: date, on: date) -> list[dict[str, Any]]:
    """The rows behind a count, for pages: day, text, link, entered on, ledger."""
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
