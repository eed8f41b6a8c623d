"""The tick: everything that has to happen every day by itself. Safe at any time and any number of times."""

from datetime import datetime

from anwei.duties.actions import record_shares
from anwei.duties.shares import changed_shares, ended_waivers
from anwei.jobs.registry import rounds
from anwei.units.rights import by_system

SEAL = "journal.seal"


def keep_shares(now: datetime) -> int:
    """The day's coverage, and duties that come back because their first object stands in a register. Where nothing
    changed, the journal gets no entry. Returns the number of rows stored."""
    by = by_system(now)
    if not changed_shares(by.today) and not ended_waivers(by.today):
        return 0
    return record_shares(by)


def tick(now: datetime) -> list[tuple[str, str]]:
    """Does all periodic work once, due or not; the seal comes last and covers the rest. Returns (name, error or "").

    One that fails does not keep the others from being done.
    """
    done = []
    for one in sorted(rounds(), key=lambda one: one.name == SEAL):
        try:
            one.work(now)
            done.append((one.name, ""))
        except Exception as error:
            done.append((one.name, f"{type(error).__name__}: {error}"))
    return done
