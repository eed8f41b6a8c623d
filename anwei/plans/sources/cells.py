"""The text of table cells as one line."""

import re

SIGNED = re.compile(
    r"\s*(?:[一二三四五六七八九十百〇]+\s*[、.．]|[（(][一二三四五六七八九十百]+[）)]"
    r"|第[一二三四五六七八九十百\d]+[章节部分编]|\d+\s*[、.．])"
)
BRACKETS = {"（": 1, "(": 1, "）": -1, ")": -1}
ENDS = "。；;！？!?：:"


def lone_text(row: list[str]) -> str:
    """The row's words on one line, each repeated cell once."""
    return " ".join(dict.fromkeys(one_line(cell) for cell in row if cell.strip()))


def one_line(cell: str) -> str:
    """A cell's lines as one: joined by nothing after a sign of punctuation, else by a blank."""
    joined = ""
    for line in cell.split("\n"):
        line = line.strip().replace("\t", " ")
        gap = " " if joined and line and joined[-1].isascii() and line[0].isascii() else ""
        if joined and line and SIGNED.match(line) and joined[-1] not in ENDS:
            gap = "；"  # a numbered list inside the cell: keep its items apart
        joined += gap + line
    return joined


def unit_line(cell: str) -> str:
    """A cell with one unit a line: lines are parted by 、 unless they part themselves or a bracket is open."""
    joined, depth = "", 0
    for line in (each.strip() for each in re.split(r"[\n\t]", cell)):
        if joined and line and depth <= 0 and joined[-1] not in "、，,；;：:及和与" and line[0] not in "、，,；;（(":
            joined += "、"
        joined += line
        depth += sum(BRACKETS.get(sign, 0) for sign in line)
    return balanced(joined.strip("；;，,、。 "))


def balanced(text: str) -> str:
    """A stray bracket in a cell would close the clause too early, or never."""
    kept, depth = "", 0
    for sign in text:
        if sign in "）)" and depth == 0:
            continue
        depth += BRACKETS.get(sign, 0)
        kept += sign
    return kept + "）" * depth
