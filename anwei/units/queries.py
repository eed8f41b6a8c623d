"""Questions about units that other rooms ask."""

from datetime import date

from anwei.rulebook import Override
from anwei.units.models import Secretariat, Setting, Unit


def actors_on(on: date) -> dict[int, int]:
    """committee id -> id of the unit that acts for it, chains followed (区安委会 → 安委办)."""
    direct = dict(Secretariat.objects.holding_on(on).values_list("committee_id", "host_id"))
    found = {}
    for committee, first in direct.items():
        host, seen = first, {committee}
        while host in direct and host not in seen:
            seen.add(host)
            host = direct[host]
        found[committee] = host
    return found


def overrides_on(on: date) -> list[Override]:
    """The district's own values entered so far, for the rulebook, which picks by its own day.

    Of several for the same day the one that was entered last holds.
    """
    rows = Setting.objects.filter(since__lte=on).order_by("since", "id")
    return list({(row.key, row.since): Override(row.key, row.value, row.since, row.reason) for row in rows}.values())


def setting_on(key: str, on: date, default: object = "") -> object:
    """One setting of the house in force on a day."""
    row = Setting.objects.filter(key=key, since__lte=on).order_by("-since", "-id").first()
    return row.value if row else default


def committee_office() -> Unit:
    """区安委办. LookupError with words where the district has none yet."""
    found = Unit.objects.filter(kind="committee_office", until=None).official().first()
    if found is None:
        raise LookupError("本区还没有登记安委办（种类“议事协调机构办公室”），请先在“单位”里登记")
    return found
