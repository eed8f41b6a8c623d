"""Stretches of text, merged where they overlap, so that asking for one costs a bisection."""

import re
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


def bracket_pairs(text: str, start: int, end: int) -> dict[int, int]:
    """Opening to closing position of the round and square brackets in text[start:end]; the last unclosed one ends with the paragraph."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for match in re.compile("[（【）】]").finditer(text, start, end):
        if match.group() in "（【":
            stack.append(match.start())
        elif stack:
            want = "（" if match.group() == "）" else "【"
            if text[stack[-1]] == want:
                pairs[stack.pop()] = match.start()
            elif len(stack) > 1 and text[stack[-2]] == want:
                stack.pop()
                pairs[stack.pop()] = match.start()
    if stack:
        stop = text.find("\n", stack[-1], end)
        pairs[stack[-1]] = end if stop < 0 else stop
    return pairs
