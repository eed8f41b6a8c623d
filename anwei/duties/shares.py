"""The diary of shares: what changed since the last entry, for every coverage that is owed, and which «不涉及» ended."""

from datetime import date

from anwei.duties.models import ShareDay, Waiver
from anwei.duties.objects import objects_of
from anwei.evidence.offers import shares
from anwei.plans.models import Demand


def changed_shares(on: date) -> list[ShareDay]:
    """Rows to be stored for a day: (met, base) per fact and unit where they differ from the entry before."""
    facts = set(Demand.objects.filter(kind=Demand.COVERAGE, duties__until=None).values_list("fact", flat=True))
    last = _last(on)
    rows = []
    for fact in sorted(facts - {""}):
        now = _now(fact, on)
        gone = {
            unit: (0, 0) for (key, unit), value in last.items() if key == fact and unit not in now and value != (0, 0)
        }
        rows += [
            ShareDay(fact=fact, unit_id=unit, day=on, met=met, base=base)
            for unit, (met, base) in (now | gone).items()
            if last.get((fact, unit)) != (met, base)
        ]
    return rows


def ended_waivers(on: date) -> list[tuple[Waiver, int]]:
    """(waiver, objects) of the coverages confirmed as «不涉及» whose unit has an object by now."""
    standing = Waiver.objects.filter(
        reopened_on=None, confirmed_on__lte=on, duty__until=None, duty__demand__kind=Demand.COVERAGE
    ).select_related("duty__unit", "duty__actor", "duty__demand__measure")
    waivers = list(standing)
    objects = objects_of([waiver.duty for waiver in waivers], on)
    return [(waiver, objects[waiver.duty_id]) for waiver in waivers if objects.get(waiver.duty_id)]


def _last(on: date) -> dict[tuple[str, int], tuple[int, int]]:
    found: dict[tuple[str, int], tuple[int, int]] = {}
    rows = ShareDay.objects.filter(day__lte=on).order_by("day")
    for fact, unit, met, base in rows.values_list("fact", "unit_id", "met", "base"):
        found[(fact, unit)] = (met, base)
    return found


def _now(fact: str, on: date) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    for offer in shares(fact):
        for unit, (met, base) in offer.per_unit(on).items():
            have = found.get(unit, (0, 0))
            found[unit] = (have[0] + met, have[1] + base)
    return found
