"""Figures as a table for people: columns lined up, Chinese counted as two, the notes below."""

import unicodedata
from typing import Any

from benches.timing import met

HEADS = ("测量", "ours", "peer", "比值", "目标", "单位", "")
WORDS = {None: "", True: "达到", False: "未达到"}


def table(figures: dict[str, dict[str, Any]]) -> str:
    """One line a figure, also those without a goal; each note once below, with a number."""
    notes: dict[str, int] = {}
    rows = [HEADS]
    for name, figure in figures.items():
        number = notes.setdefault(figure["note"], len(notes) + 1)
        rows.append(
            (
                f"{name} [{number}]", f"{figure['ours']:.2f}", f"{figure['peer']:.2f}", f"{figure['ratio']:.2f}",
                _goal(figure), figure["unit"], WORDS[met(figure)],
            )
        )  # fmt: skip
    widths = [max(_width(row[at]) for row in rows) for at in range(len(HEADS))]
    lines = ["  ".join(_filled(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([*lines, "", *(f"[{number}] {note}" for note, number in notes.items())])


def _goal(figure: dict[str, Any]) -> str:
    if figure["goal"] is None:
        return "—"
    return f"{'≥' if figure['more_is_better'] else '≤'} {figure['goal']:g}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _filled(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
