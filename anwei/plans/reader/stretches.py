"""Stretches of text, merged where they overlap, so that asking for one costs a bisection."""

from bisect import bisect_right
from collections.abc import Iterable


class Stretches:
    """Half-open stretches (start, end) in order."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        self._merged: list[tuple[int, int]] = []
        for start, end in sorted(stretches):
            if self._merged and start < self._merged[-1][1]:
                self._merged[-1] = (self._merged[-1][0], max(end, self._merged[-1][1]))
            else:
                self._merged.append((start, end))

    def holds(self, at: int) -> bool:
        """Does a stretch hold the position `at`?"""
        return self.touches(at, at + 1)

    def touches(self, start: int, end: int) -> bool:
        """Does any stretch overlap start:end?"""
        index = bisect_right(self._merged, (start, float("inf"))) - 1
        if index >= 0 and self._merged[index][1] > start:
            return True
        return index + 1 < len(self._merged) and self._merged[index + 1][0] < end

    def around(self, at: int) -> tuple[int, int] | None:
        """The outermost bracket whose inside holds `at`, as (opening, closing) position."""
        index = bisect_right(self._merged, (at, float("inf"))) - 1
        if index >= 0 and self._merged[index][1] > at:
            start, end = self._merged[index]
            return (start - 1, end - 1)
        return None
