"""How far the measures of a plan are, seen over their units: the worst standing and «n of m units are done»."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from anwei.duties.standing import DONE, KEYS, NOT_APPLICABLE, OUTSIDE, WORST_FIRST, ranks
from anwei.duties.standings import Table

_INTO = 1 << 32


@dataclass(frozen=True, slots=True)
class Progress:
    """`standing` is the worst of all opened dues; `done` of `units` have nothing open among those that owe."""

    standing: str
    done: int
    units: int


def by_measure(table: Table) -> dict[int, Progress]:
    """series id -> progress, over the opened dues of the units that hold them (a committee counts as itself)."""
    opened = table.opened()
    if not len(opened):
        return {}
    key = opened.series * _INTO + opened.unit
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(key[order]) != 0])
    worst = np.minimum.reduceat(ranks(opened.code)[order], starts)
    series = opened.series[order][starts]
    codes = np.array(WORST_FIRST, np.int8)[worst]
    found: dict[int, Progress] = {}
    for one in np.unique(series):
        mine = series == one
        owing = mine & ~np.isin(codes, OUTSIDE)
        done = owing & np.isin(codes, DONE)
        found[int(one)] = Progress(KEYS[WORST_FIRST[int(worst[mine].min())]], int(done.sum()), int(owing.sum()))
    return found


def unit_progress(table: Table) -> list[tuple[int, str, int, int]]:
    """(unit id, worst standing, done, owed) of one measure's table, dues that are not opened yet left out."""
    opened = table.opened()
    return [
        (int(unit), KEYS[WORST_FIRST[int(ranks(mine.code).min())]], *_counted(mine))
        for unit in dict.fromkeys(opened.unit.tolist())
        if len(mine := opened.where(opened.unit == unit))
    ]


def _counted(table: Table) -> tuple[int, int]:
    return int(np.isin(table.code, DONE).sum()), int((~np.isin(table.code, OUTSIDE)).sum())


def not_applicable(table: Table, series: Iterable[int]) -> dict[int, list[int]]:
    """series id -> ids of the units that confirmed «不涉及» for all that they owe there."""
    found: dict[int, list[int]] = {}
    for one in series:
        mine = table.where(table.series == one)
        waived = {int(unit) for unit in mine.unit[mine.code == NOT_APPLICABLE]}
        found[one] = sorted(waived - {int(unit) for unit in mine.unit[mine.code != NOT_APPLICABLE]})
    return found
