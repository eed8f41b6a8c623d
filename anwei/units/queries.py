"""Questions about units that other rooms ask."""

from datetime import date

from anwei.units.models import Secretariat, Setting


def actors_on(on: date) -> dict[int, int]:
    """committee id -> id of the unit that acts for it, chains followed (区安委会 → 安委办)."""
    direct = dict(Secretariat.objects.holding_on(on).values_list("committee_id", "host_id"))
    found = {}
    for committee in direct:
        host, seen = direct[committee], {committee}
        while host in direct and host not in seen:
            seen.add(host)
            host = direct[host]
        found[committee] = host
    return found


def settings_on(on: date) -> dict[str, object]:
    """The district's own values in force on a day, by key: handed to the rulebook as overrides."""
    values: dict[str, object] = {}
    for row in Setting.objects.filter(since__lte=on).order_by("since", "id"):
        values[row.key] = row.value
    return values
