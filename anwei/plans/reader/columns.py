"""Cells of a table's line, and which columns they stand in where the table was laid out with blanks (a PDF as text)."""

import itertools
import unicodedata

from anwei.plans.reader.script import COLUMN, Line

_SLACK = 3


def cells(line: Line, tabbed: bool) -> list[Line]:
    """A line cut at its tabs (empty cells are kept) or at its wide blanks."""
    if tabbed and "\t" in line.raw:
        parts, at = [], line.start
        for piece in line.raw.split("\t"):
            parts.append(line.part(at, at + len(piece)))
            at += len(piece) + 1
        return parts
    cuts = [index for index, kind in line.gaps if kind == COLUMN]
    edges = [0, *cuts, len(line.tight)]
    return [line.part(line.at[a], line.at[b - 1] + 1) for a, b in itertools.pairwise(edges) if a < b <= len(line.at)]


def starts(parts: list[Line], line: Line) -> list[int]:
    """The place, in half-width columns, at which each cell of `line` begins."""
    begins = [part.at[0] - line.start for part in parts]
    places, width, pos = [], 0, 0
    for begin in begins:
        width += sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line.raw[pos:begin])
        pos = begin
        places.append(width)
    return places


def beneath(above: dict[int, int], parts: list[Line], line: Line) -> dict[int, Line] | None:
    """The cells under those of the row above (column -> place), or None where one stands under no cell or two under one."""
    placed: dict[int, Line] = {}
    for part, place in zip(parts, starts(parts, line), strict=True):
        column = min(above, key=lambda index: abs(above[index] - place), default=None)
        if column is None or abs(above[column] - place) > _SLACK or column in placed:
            return None
        placed[column] = part
    return placed


def in_order(columns: dict[int, Line], line: Line) -> dict[int, int]:
    """Where each column of a row begins; empty where the row was not laid out from left to right on this line."""
    filled = sorted(index for index, part in columns.items() if part.tight)
    places = starts([columns[index] for index in filled], line)
    if any(a >= b for a, b in itertools.pairwise(places)):
        return {}
    return dict(zip(filled, places, strict=True))
