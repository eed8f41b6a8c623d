"""What this room offers to be counted: one fact per kind of activity."""

from anwei.activities.models import Credit
from anwei.evidence.offers import Acts
from anwei.rulebook import ActivityKind, activity_kinds


def offers() -> list[Acts]:
    """`activity.<kind>` for every kind of the rulebook; a unit counts once per activity and kind."""
    return [_offer(kind) for kind in activity_kinds()]


def _offer(kind: ActivityKind) -> Acts:
    return Acts(
        key=kind.fact,
        label=kind.label,
        rows=lambda: Credit.objects.filter(kind=kind.key, counts=True),
        unit="unit_id",
        day="happened_on",
        subject="activity",
        url=lambda credit: f"/activities/{credit.activity_id}",
    )
