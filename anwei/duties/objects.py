"""Whether a coverage has anything to cover: objects of any kind per unit, as the registers count them."""

from collections.abc import Iterable
from datetime import date

from anwei.duties.models import Duty
from anwei.evidence.offers import shares
from anwei.plans.models import Demand
from anwei.rulebook import demand_templates


def objects_key(fact: str) -> str:
    """The share that counts every object. What is measured may count fewer: a young pipeline asks for no evaluation yet,
    but its town has one. The catalogue says which (`objects`); without it, what is measured counts."""
    return next((one.objects for one in demand_templates() if one.fact == fact and one.objects), fact)


def objects_held(facts: Iterable[str], on: date) -> dict[tuple[str, int], int]:
    """(fact, unit id) -> how many objects the registers hold on a day; units without any are left out. Two queries a
    fact."""
    found: dict[tuple[str, int], int] = {}
    for fact in sorted(set(facts)):
        for offer in shares(objects_key(fact)):
            for unit, (_, base) in offer.per_unit(on).items():
                found[(fact, unit)] = found.get((fact, unit), 0) + base
    return {key: count for key, count in found.items() if count}


def objects_of(duties: Iterable[Duty], on: date) -> dict[int, int]:
    """duty id -> objects, for the coverages among the duties; 0 where the registers hold none."""
    covered = [duty for duty in duties if duty.demand.kind == Demand.COVERAGE]
    held = objects_held({duty.demand.fact for duty in covered}, on)
    return {duty.pk: held.get((duty.demand.fact, duty.unit_id), 0) for duty in covered}
