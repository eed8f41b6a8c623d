"""The standing of a due, derived and never stored: pure arithmetic over columns, one row a due.

Days are NumPy datetime64[D]; NaT stands for «no such day». The rule, in this order: waived · met by its deadline · met
later · handed in and awaiting acceptance · nothing to do yet · without a day · extended · overdue · near · not yet due.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.datetime64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]

NOT_DUE, DUE_SOON, SUBMITTED, MET, MET_LATE, OVERDUE, EXTENDED, NOT_APPLICABLE, IDLE, UNANCHORED = range(10)
KEYS = (
    "not_due",
    "due_soon",
    "submitted",
    "met",
    "met_late",
    "overdue",
    "extended",
    "not_applicable",
    "idle",
    "unanchored",
)
# Worst first, for a cell that holds several dues.
WORST_FIRST = (OVERDUE, DUE_SOON, EXTENDED, SUBMITTED, UNANCHORED, NOT_DUE, MET_LATE, MET, IDLE, NOT_APPLICABLE)
DONE = (MET, MET_LATE)
OUTSIDE = (NOT_APPLICABLE, IDLE)  # nothing is owed
NO_DAY = np.datetime64("NaT", "D")

_RANK = np.empty(len(KEYS), np.int8)
_RANK[list(WORST_FIRST)] = np.arange(len(KEYS))


@dataclass(frozen=True, slots=True)
class Columns:
    """`met_on` is the day that counts (of the act, of handing in); `until` a granted extension's day."""

    deadline: Days
    met_on: Days
    submitted: Flags
    waived: Flags
    idle: Flags
    until: Days


def stand(rows: Columns, on: date, soon: date) -> Codes:
    """The code of each due as of `on`; `soon` is the last day that is still near."""
    day, near = np.datetime64(on, "D"), np.datetime64(soon, "D")
    has_extension = ~np.isnat(rows.until)
    deadline = np.where(has_extension, rows.until, rows.deadline)
    anchored = ~np.isnat(deadline)
    met = ~np.isnat(rows.met_on)
    in_time = met & ((rows.met_on <= deadline) | ~anchored)
    past = anchored & (deadline < day)
    choices = (
        (rows.waived, NOT_APPLICABLE),
        (in_time, MET),
        (met, MET_LATE),
        (rows.submitted, SUBMITTED),
        (rows.idle, IDLE),
        (~anchored, UNANCHORED),
        (past, OVERDUE),
        (has_extension, EXTENDED),
        (anchored & (deadline <= near), DUE_SOON),
    )
    return np.select([c for c, _ in choices], [np.int8(code) for _, code in choices], np.int8(NOT_DUE)).astype(np.int8)


def worst(codes: Codes) -> str:
    """The key of the worst standing; empty where there is none."""
    return KEYS[WORST_FIRST[int(_RANK[codes].min())]] if len(codes) else ""


def ranks(codes: Codes) -> Codes:
    """Place in WORST_FIRST, for grouping by minimum."""
    return _RANK[codes]


def as_days(values: Sequence[date | str | None]) -> Days:
    """Dates or ISO texts into a column; None becomes NaT."""
    return np.array(["NaT" if v is None else v for v in values], dtype="datetime64[D]")


ISO_STEP = len("2023-12-31,")
_DIGITS = (0, 1, 2, 3, 5, 6, 8, 9)  # their places in 2023-12-31


def iso_days(texts: Sequence[str]) -> Days:
    """ISO days joined by single marks (「2023-01-09,2023-02-01」), all texts behind each other, into one column."""
    if not texts:
        return np.empty(0, "datetime64[D]")
    signs = np.frombuffer((",".join(texts) + ",").encode("ascii"), np.uint8).reshape(-1, ISO_STEP)
    y1, y2, y3, y4, m1, m2, d1, d2 = (signs[:, place].astype(np.int64) - ord("0") for place in _DIGITS)
    years = y1 * 1000 + y2 * 100 + y3 * 10 + y4
    months = (years - 1970) * 12 + (m1 * 10 + m2 - 1)
    return months.astype("datetime64[M]").astype("datetime64[D]") + (d1 * 10 + d2 - 1)


def nth_day(
    keys: npt.NDArray[np.int64],
    days: Days,
    wanted: npt.NDArray[np.int64],
    first: Days,
    last: Days,
    nth: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], Days]:
    """How many facts of each wanted key lie in its window, and the day of the nth (NaT where fewer).

    `keys`, `days`: one row a fact, any order. `wanted`, `first`, `last`, `nth`: one row a due. O((f + d) log f).
    """
    offset = np.int64(1 << 24)  # more days than a calendar has
    place = np.sort(keys * offset + days.astype(np.int64) + (offset >> 1))
    low = np.searchsorted(place, wanted * offset + first.astype(np.int64) + (offset >> 1), "left")
    high = np.searchsorted(place, wanted * offset + last.astype(np.int64) + (offset >> 1), "right")
    count = high - low
    reached = count >= nth
    found = np.full(len(wanted), NO_DAY)
    if len(place):
        at = place[np.minimum(low + nth - 1, len(place) - 1)]
        found[reached] = ((at - (wanted * offset)) - (offset >> 1)).astype("datetime64[D]")[reached]
    return count, found
