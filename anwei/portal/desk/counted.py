"""«系统已替你算好»: what the ledgers counted for a unit, and numbers of its own area that registers offer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from anwei.evidence.offers import acts, kind_of, offered, shares
from anwei.periods import window_of

ACTIVITY = "activity."


@dataclass(frozen=True, slots=True)
class Counted:
    """One kind of fact with its number in a span, and the list of its rows."""

    label: str
    times: int
    url: str


@dataclass(frozen=True, slots=True)
class Tally:
    month: str
    kinds: list[Counted]

    @property
    def times(self) -> int:
        return sum(one.times for one in self.kinds)


def tally(units: Iterable[int], unit: int | None, today: date) -> Tally:
    """Every act offered through evidence that counts for the units this month: one query a kind of act."""
    month = window_of(today, "month")
    ids = list(units)
    found = []
    for key, label in offered().items():
        if kind_of(key) != "count":
            continue
        times = sum(row[2] for offer in acts(key) for row in offer.per_day(today, month.start, ids))
        if times:
            found.append(Counted(label, times, _rows(key, unit if len(ids) == 1 else None, month.start, today)))
    return Tally(f"{today.month}月份", found)


def _rows(key: str, unit: int | None, first: date, last: date) -> str:
    """The ledger's list of exactly these rows."""
    if not key.startswith(ACTIVITY):
        return ""
    chosen = f"&unit={unit}" if unit is not None else ""
    kind = key.removeprefix(ACTIVITY)
    return f"/activities?kind={kind}{chosen}&happened_on_from={first}&happened_on_to={last}"


@dataclass(frozen=True, slots=True)
class AreaNumber:
    name: str
    number: int
    unit: str
    url: str
    alarm: bool = False


# What registers offer about an area: key of the share, words, measure word, the list behind it, which of the two
# numbers (all objects, or those that do not meet what is asked).
AREA = (
    ("register.pipeline", "在册油气长输管道", "段", "/installations?kind=long_distance_pipeline", "base"),
    ("register.pipeline_evaluated", "超年限未评估管道", "段", "/installations?kind=long_distance_pipeline", "lacking"),
)


def area_numbers(unit: int, today: date) -> list[AreaNumber]:
    """Only what some register offers; two queries a number."""
    found = []
    for key, name, word, url, which in AREA:
        offers = shares(key)
        if not offers:
            continue
        met = base = 0
        for offer in offers:
            mine = offer.per_unit(today).get(unit, (0, 0))
            met, base = met + mine[0], base + mine[1]
        number = base if which == "base" else base - met
        found.append(AreaNumber(name, number, word, url, which != "base" and number > 0))
    return found
