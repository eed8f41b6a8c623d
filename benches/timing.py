"""Two sides of one case, timed in turns: at least nine pairs, the order swapped with every pair, no garbage collection
inside a measurement. The ratio is the median of the pairs' ratios, so that a machine that slows down slows both sides."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

PAIRS = 9
WARM_UP = 2
MILLISECONDS = 1000


class Differs(AssertionError):
    """The two sides did not do the same work; the message says where."""


@dataclass(frozen=True, slots=True)
class Case:
    """`agree(ours, peer)` compares what the two sides gave and raises Differs; `goal` bounds ours / peer, None for none."""

    name: str
    ours: Callable[[], Any]
    peer: Callable[[], Any]
    agree: Callable[[Any, Any], None]
    goal: float | None
    note: str
    more_is_better: bool = False
    unit: str = "ms"


def measure(case: Case, pairs: int = PAIRS) -> dict[str, Any]:
    """The figure of a case: medians of both sides and the median of the ratios."""
    for _ in range(WARM_UP):
        case.agree(case.ours(), case.peer())
    times = [_pair(case, swapped=bool(number % 2)) for number in range(max(pairs, 1))]
    return {
        "ours": round(median(ours for ours, _ in times), 3),
        "peer": round(median(peer for _, peer in times), 3),
        "ratio": round(median(ours / peer for ours, peer in times), 3),
        "goal": case.goal,
        "more_is_better": case.more_is_better,
        "unit": case.unit,
        "note": case.note,
    }


def met(figure: dict[str, Any]) -> bool | None:
    """Is the goal met? None where there is none."""
    if figure["goal"] is None:
        return None
    return figure["ratio"] >= figure["goal"] if figure["more_is_better"] else figure["ratio"] <= figure["goal"]


def _pair(case: Case, swapped: bool) -> tuple[float, float]:
    if swapped:
        peer, ours = _once(case.peer), _once(case.ours)
    else:
        ours, peer = _once(case.ours), _once(case.peer)
    return ours, peer


def _once(side: Callable[[], Any]) -> float:
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        kept = side()
        spent = time.perf_counter() - start
    finally:
        gc.enable()
    del kept  # freed behind the clock, on both sides alike
    return spent * MILLISECONDS
