"""The lead's desk: per measure that it gathers, who owes, who has handed in, who is missing; and the words to begin with."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from anwei.duties.models import Due, Part, Waiver
from anwei.periods import Window
from anwei.plans.models import Demand, Measure, Plan
from anwei.units.models import Unit


@dataclass(slots=True)
class Gathering:
    """One measure on the desk: unit ids that owe, and unit id -> state of what came in."""

    measure: Measure
    owed: set[int] = field(default_factory=set)
    states: dict[int, str] = field(default_factory=dict)

    @property
    def handed_in(self) -> int:
        return len(self.states)

    def count(self, state: str) -> int:
        return sum(1 for one in self.states.values() if one == state)

    @property
    def waiting(self) -> int:
        return self.count("submitted")

    @property
    def accepted(self) -> int:
        return self.count("accepted")

    @property
    def returned(self) -> int:
        return self.count("returned")

    @property
    def missing(self) -> set[int]:
        return self.owed - self.states.keys()

    @property
    def total(self) -> int:
        return len(self.owed | self.states.keys())


def gatherings(plan: Plan, window: Window, acceptors: Iterable[int] | None) -> list[Gathering]:
    """Every measure of which these units (None: anybody) accept parts, in the plan's order. Three queries."""
    dues = Due.objects.filter(
        duty__series__in=Measure.objects.filter(plan=plan).values("series"),
        duty__until=None,
        duty__demand__kind=Demand.REPORT,
        window_start__lte=window.end,
        window_end__gte=window.start,
    ).exclude(duty__in=Waiver.objects.filter(reopened_on=None).values("duty"))
    parts = Part.objects.of_window(plan.pk, window.start).exclude(state="open").order_by()
    if acceptors is not None:
        ids = list(acceptors)
        dues, parts = dues.filter(duty__acceptor_id__in=ids), parts.filter(acceptor_id__in=ids)
    found = {one.series_id: Gathering(one) for one in plan.measures.select_related("gatherer").exclude(series=None)}
    for series, unit in dues.values_list("duty__series_id", "duty__unit_id"):
        found[series].owed.add(unit)
    for series, unit, state in parts.values_list("measure__series_id", "of_return__unit_id", "state"):
        found[series].states[unit] = state
    return [one for one in found.values() if one.owed or one.states]


def gather_words(one: Gathering, missing: list[Unit], phrases: list[str], limit: int) -> str:
    """«把各单位要点汇成一段»: counts and facts to begin with, never longer than a lead may write."""
    lacking = f"，缺报{len(missing)}家" if missing else "，无缺报"
    named = f"（{'、'.join(unit.short for unit in missing)}）" if missing else ""
    begin = f"{one.total}家责任单位中{one.handed_in}家已报送，{one.accepted}家已审定"
    facts = f"；{'；'.join(phrases)}" if phrases else ""
    for words in (
        f"{begin}{lacking}{named}{facts}。",
        f"{begin}{lacking}{facts}。",
        f"{begin}{lacking}；{phrases[0] if phrases else ''}。",
        f"{begin}{lacking}。",
    ):
        if len(words) <= limit:
            return words
    return ""
