"""Printed lines -> paragraphs: page numbers and running heads leave, wrapped lines come together again."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

PAGE_NUMBER = re.compile(
    r"[\s—–\-－_·•~～]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／,，共]*\s*(?:共\s*)?\d{1,4}\s*页?)?[\s—–\-－_·•~～]*"
)
EDGE = 2  # lines at the top and bottom of a page that may be running heads
EDGE_ZONE = 0.12  # share of the page's height where a lone number is a page number
OFTEN = 0.5  # share of pages on which a running head stands (odd and even pages may differ)
SAME_PLACE = 4.0  # points
SIGN = re.compile(
    r"[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[）)]|第[一二三四五六七八九十\d]+[章节部]|\d{1,3}[、.．](?!\d)"
)
ENDED = "。；：）)！？"
NEVER_FIRST = "、，。；：！？）》」』】〕”’"
SPARE = 0.3  # full-width signs
SHORTEST = 16  # characters; no column of prose is narrower
NARROW, WIDE = 1.6, 3.2  # characters that a full line may lack: signs that must not begin a line take others along


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; coordinates in points from the upper left corner of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        return max(self.bottom - self.top, 1.0)


def body_lines(pages: list[tuple[list[Line], float]]) -> list[list[Line]]:
    """Each page's lines without running heads, running feet and page numbers; pages come with their height."""
    seen: Counter[tuple[str, int]] = Counter()
    for lines, height in pages:
        seen.update({_place(line, height) for line in (*lines[:EDGE], *lines[-EDGE:])})
    repeated = {place for place, count in seen.items() if count > 1 and count >= OFTEN * len(pages)}
    return [
        [
            line
            for at, line in enumerate(lines)
            if EDGE <= at < len(lines) - EDGE or not _is_running(line, height, repeated)
        ]
        for lines, height in pages
    ]


def _is_at_edge(line: Line, height: float) -> bool:
    return line.bottom < EDGE_ZONE * height or line.top > (1 - EDGE_ZONE) * height


def _place(line: Line, height: float) -> tuple[str, int]:
    """Words and height on the page; in the margins figures may differ («共9页 第3页»), within the text not."""
    words = re.sub(r"\d+", "#", line.text) if _is_at_edge(line, height) else line.text
    return words, round(line.top / SAME_PLACE)


def _is_running(line: Line, height: float, repeated: set[tuple[str, int]]) -> bool:
    if _place(line, height) in repeated:
        return True
    return _is_at_edge(line, height) and PAGE_NUMBER.fullmatch(line.text) is not None


def paragraphs(lines: list[Line]) -> list[str]:
    """A line that reaches the right edge runs on in the next, unless that one is indented or begins with a sign."""
    if not lines:
        return []
    right = _right_edge(lines)
    left = Counter(round(line.x0) for line in lines).most_common(1)[0][0]
    joined = [lines[0].text]
    for before, line in pairwise(lines):
        slack = NARROW if before.text[-1] in ENDED else WIDE
        full = before.x1 >= right - slack * before.size and before.x1 - before.x0 > SHORTEST * before.size
        indented = line.x0 > left + 1.2 * line.size
        sign = SIGN.match(line.text) and before.text[-1] in ENDED
        if full and not indented and not sign:
            gap = " " if before.text[-1:].isascii() and line.text[:1].isascii() and line.text[:1].isalpha() else ""
            joined[-1] += gap + line.text
        else:
            joined.append(line.text)
    return joined


def _right_edge(lines: list[Line]) -> float:
    """Where most long lines end; a single line in the margin must not move it."""
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    ends = Counter(round(line.x1 / 6) for line in lines if line.x1 - line.x0 > width / 2)
    return ends.most_common(1)[0][0] * 6 if ends else max(line.x1 for line in lines)


def cell_text(lines: list[Line], left: float, right: float) -> str:
    """The lines of a table cell between its two rules.

    A line was wrapped when what follows had no room beside it, else the writer ended it there: a column of
    units has one unit a line, and a long name runs on.
    """
    if not lines:
        return ""
    padding = min(max(min(line.x0 for line in lines) - left, 0.0), lines[0].size)
    room = right - left - 2 * padding
    text = lines[0].text
    for before, line in pairwise(lines):
        sign = max(before.x1 - before.x0, 1.0) / max(_signs(before.text), 1.0)
        bound = 1 + len(line.text[1:]) - len(line.text[1:].lstrip(NEVER_FIRST))  # signs that stay with the first
        was_wrapped = before.x1 - before.x0 + (bound + SPARE) * sign > room
        text += line.text if was_wrapped else "\n" + line.text
    return text


def _signs(text: str) -> float:
    """Length in full-width signs."""
    return sum(0.5 if sign.isascii() else 1.0 for sign in text)
