"""Clocks: a number of days from an event on, with days in which the clock stood still."""

from collections.abc import Iterable
from datetime import date, timedelta

from anwei.periods.workdays import Workdays

Suspension = tuple[date, date | None]


def relative(day: date, days: int, working: bool, workdays: Workdays) -> date:
    """`days` after `day`, which itself is not counted; in working days where `working`."""
    return workdays.add(day, days) if working else day + timedelta(days=days)


def clock_end(
    started: date,
    days: int,
    working: bool,
    suspended: Iterable[Suspension],
    extended_days: int,
    workdays: Workdays,
) -> date | None:
    """The last day of a clock, or None while it stands still.

    `suspended` holds pairs (from, to): the clock stops on `from` and runs again from `to` on, so `to - from` days do
    not count (handed to the expert on 20 February, opinion received on 10 March: 18 days); to = None is still stopped.
    Overlaps count once; a suspension that begins after the clock has run out does not revive it, one that begins
    before the start counts from the start. `extended_days` are of the same sort as `days`.
    ValueError for negative days and for a suspension that ends before it begins.
    """
    if days < 0 or extended_days < 0:
        raise ValueError(f"期限 {days} 日、延长 {extended_days} 日不能为负数，请填 0 或正整数")
    end = relative(started, days + extended_days, working, workdays)
    for begin, finish in _merged(started, suspended):
        if begin > end:
            break
        if finish is None:
            return None
        lost = workdays.between(begin, finish) if working else (finish - begin).days
        end = relative(end, lost, working, workdays)
    return end


def _merged(started: date, suspended: Iterable[Suspension]) -> list[Suspension]:
    """The suspensions after the start, in order, those that overlap or touch joined."""
    merged: list[Suspension] = []
    for begin, finish in sorted(suspended, key=lambda pair: pair[0]):
        if finish is not None and finish < begin:
            raise ValueError(f"中止期间 {begin} 至 {finish} 止日早于起日，请核对后重填")
        if finish is not None and finish <= started:
            continue
        begin = max(begin, started)
        last = merged[-1] if merged else None
        if last is None or (last[1] is not None and begin > last[1]):
            merged.append((begin, finish))
        elif last[1] is not None:
            merged[-1] = (last[0], None if finish is None else max(last[1], finish))
    return merged
