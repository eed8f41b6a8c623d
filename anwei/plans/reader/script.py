"""The text as the grammar reads it: no blanks, one sign for each meaning, and the way back to the source.

`Script.tight` is what all patterns are matched against: full-width digits and half-width punctuation are unified, blanks
and line wraps are gone, paragraphs end with a line feed. `Script.kept` runs parallel to it (same length) with the
characters as the author wrote them. `Script.gaps` remembers where a blank, a column or a wrap stood, because a blank can
also separate two units.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field

BLANK, COLUMN, WRAP = 1, 2, 3

_NOTHING = "\x01"


def _radicals() -> dict[int, str]:
    """PDF fonts often give radicals (⼀, ⻓) instead of the characters that look the same."""
    table = {}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFA6E)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1:
            table[code] = plain
    table.update(
        zip(
            map(ord, "⻓⻔⻅⻋⻛⻢⻬⻝⻜⻚⻘⻄⺠⻥⻩⻮⻰⻆⻙⻉"),
            "长门见车风马齐食飞页青西民鱼黄齿龙角韦贝",
            strict=True,
        )
    )
    return table


_KEPT = _radicals()
_TIGHT: dict[int, str] = {
    **_KEPT,
    **{0xFF10 + n: str(n) for n in range(10)},
    **{0xFF21 + n: chr(ord("A") + n) for n in range(26)},
    **{0xFF41 + n: chr(ord("a") + n) for n in range(26)},
    **dict(
        zip(
            map(ord, ":∶︰﹕;﹔,﹐()﹙﹚．｡､﹑－～／[]［］﹝﹞〔〕#|｜│┃┆"),
            "：：：：；；，，（）（）.。、、-~/【】【】【】【】#\t\t\t\t\t",
            strict=True,
        )
    ),
    **dict.fromkeys((8203, 8204, 8205, 65279, 173, 8288, 0), _NOTHING),
}
_CHUNK = re.compile(r"[^\s\x01\x00]+")
_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]*")


@dataclass(slots=True)
class Line:
    """One physical line without its blanks; `gaps` holds (index into tight, kind) of what stood before a character."""

    tight: str
    kept: str
    at: "array[int]"
    gaps: list[tuple[int, int]]
    start: int
    raw: str
    indent: int
    after_break: bool = False
    row: "Row | None" = None

    def part(self, low: int, high: int) -> "Line":
        """What stands between two source offsets, as a line of its own (a table's cell)."""
        first, last = bisect_left(self.at, low), bisect_left(self.at, high)
        while first < last and self.tight[first] == " ":
            first += 1
        while last > first and self.tight[last - 1] == " ":
            last -= 1
        gaps = [(index - first, kind) for index, kind in self.gaps if first < index < last]
        return Line(self.tight[first:last], self.kept[first:last], self.at[first:last], gaps, low, "", 0)

    @property
    def columns(self) -> bool:
        return any(kind == COLUMN for _, kind in self.gaps)


_FEW = 24


def _mapped(text: str, table: dict[int, str]) -> str:
    """`text.translate(table)`, much faster where few of the table's characters occur (its values are no keys)."""
    odd = set(text) & _CHARACTERS[id(table)]
    if len(odd) > _FEW:
        return text.translate(table)
    for char in odd:
        text = text.replace(char, table[ord(char)])
    return text


_CHARACTERS = {id(table): frozenset(map(chr, table)) for table in (_KEPT, _TIGHT)}


def plain(text: str) -> str:
    """The text with unified digits and marks (the same length), as patterns want it."""
    return _mapped(text, _TIGHT)


def read_lines(source: str) -> list[Line]:
    """The source cut into lines; empty lines are kept, because they can end a paragraph."""
    clean, kept = _mapped(source, _TIGHT), _mapped(source, _KEPT)
    lines, pos, page_break = [], 0, False
    for match in _LINE.finditer(clean):
        start, end = match.span()
        if start < pos:
            continue
        lines.append(_line(clean, kept, start, end, page_break))
        page_break = end < len(clean) and clean[end] == "\f"
        pos = end + 1
        if source.startswith("\r\n", end):
            pos += 1
    return lines


def _line(clean: str, kept: str, start: int, end: int, page_break: bool) -> Line:
    tight: list[str] = []
    written: list[str] = []
    at = array("L")
    gaps: list[tuple[int, int]] = []
    last, size = -1, 0
    indent = 0
    chunks = list(_CHUNK.finditer(clean, start, end))
    spaced = len(chunks) > 1 and _spaced_out(clean, start, end)
    for chunk in chunks:
        left, right = chunk.span()
        if last < 0:
            indent = sum(2 if char in "\u3000\t" else 1 for char in clean[start:left] if char != _NOTHING)
        else:
            between = clean[last:left].replace(_NOTHING, "").replace("\x00", "")
            if between:
                if _needs_blank(clean, last, left, start, spaced):
                    tight.append(" ")
                    written.append(" ")
                    at.append(last)
                    size += 1
                wide = "\t" in between or "\u3000" in between or len(between) > 1
                gaps.append((size, COLUMN if wide else BLANK))
        tight.append(clean[left:right])
        written.append(kept[left:right])
        at.extend(range(left, right))
        size += right - left
        last = right
    return Line("".join(tight), "".join(written), at, gaps, start, clean[start:end], indent, page_break)


_SPACED = re.compile(r"\S\s")


def _spaced_out(clean: str, start: int, end: int) -> bool:
    """Is the line set with a blank behind nearly every character?"""
    return end - start > 8 and len(_SPACED.findall(clean, start, end)) > 0.4 * (end - start)


def _needs_blank(clean: str, last: int, left: int, start: int, spaced: bool) -> bool:
    """Between two Latin words or numbers the blank is kept, except inside a number that was torn («1 2月底»)."""
    before, after = clean[last - 1], clean[left]
    if not (before.isascii() and after.isascii() and before.isalnum() and after.isalnum()):
        return False
    if before.isdigit() and after.isdigit():
        torn = re.compile(r"\d\s?[月日]").match(clean, left) and re.compile(r"[^\d\s]\s*\d$").search(
            clean[max(start, last - 6) : last]
        )
        return not (spaced or torn)
    return True


@dataclass(slots=True)
class Row:
    """One row of a task table: its cells as (head, line), and later where each stands in the script."""

    number: Line | None
    cells: list[tuple[str, Line]]
    chapter: str = ""
    places: list[tuple[str, int, int]] = field(default_factory=list)
    number_place: tuple[int, int] | None = None


@dataclass(slots=True)
class Script:
    """The joined text; `paragraphs` are (start, end) into `tight`, without the line feed between them."""

    source: str
    tight: str
    kept: str
    at: "array[int]"
    gaps: dict[int, int]
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    row_paragraphs: set[int] = field(default_factory=set)
    gap_places: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.gap_places = sorted(self.gaps)

    def blanks(self, start: int, end: int) -> list[int]:
        """Where in tight[start:end] a blank, a column or a wrap stood before the character."""
        places = self.gap_places
        return places[bisect_left(places, start) : bisect_left(places, end)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the source of tight[start:end]."""
        start = min(max(start, 0), len(self.at))
        end = min(end, len(self.at))
        while start < end and self.tight[end - 1] in "\n ":
            end -= 1
        while start < end and self.tight[start] in "\n ":
            start += 1
        if start >= end:
            here = self.at[start] if start < len(self.at) else len(self.source)
            return (here, here)
        first, last = self.at[start], self.at[end - 1]  # cells of a table may stand in another order than in the source
        return (first, last + 1) if first <= last else (last, first + 1)

    def written(self, start: int, end: int) -> str:
        """What the author wrote at tight[start:end], without blanks and wraps."""
        return self.kept[start:end].strip()

    def gap(self, index: int) -> int:
        return self.gaps.get(index, 0)

    def paragraph_end(self, index: int) -> int:
        """The end of the paragraph that holds `index`."""
        end = self.tight.find("\n", index)
        return len(self.tight) if end < 0 else end

    def paragraph_of(self, index: int) -> int:
        """The number of the paragraph that holds `index`."""
        return max(bisect_left(self.paragraphs, (index + 1, -1)) - 1, 0)


class Writer:
    """Joins lines into a script: `add` starts a paragraph, `join` continues the last one."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._tight: list[str] = []
        self._kept: list[str] = []
        self._at = array("L")
        self._gaps: dict[int, int] = {}
        self._paragraphs: list[tuple[int, int]] = []
        self._rows: list[Row] = []
        self._row_paragraphs: set[int] = set()
        self._size = 0

    def add(self, line: Line) -> None:
        if self._tight:
            self._put("\n", "\n", array("L", [line.at[0] if line.at else line.start]))
        self._paragraphs.append((self._size, self._size))
        self._line(line)

    def add_row(self, row: Row) -> None:
        """Each cell of a table's row becomes a paragraph that the outline does not look at."""
        if row.number is not None and row.number.tight:
            row.number_place = self._cell(row.number)
        row.places = [(head, *self._cell(line)) for head, line in row.cells if line.tight]
        self._rows.append(row)

    def _cell(self, line: Line) -> tuple[int, int]:
        self.add(line)
        self._row_paragraphs.add(len(self._paragraphs) - 1)
        return self._paragraphs[-1]

    def join(self, line: Line) -> None:
        if not self._paragraphs:
            return self.add(line)
        self._gaps[self._size] = WRAP
        self._line(line)

    def _line(self, line: Line) -> None:
        for index, kind in line.gaps:
            self._gaps[self._size + index] = kind
        self._put(line.tight, line.kept, line.at)
        self._paragraphs[-1] = (self._paragraphs[-1][0], self._size)

    def _put(self, tight: str, kept: str, at: "array[int]") -> None:
        self._tight.append(tight)
        self._kept.append(kept)
        self._at.extend(at)
        self._size += len(tight)

    def script(self) -> Script:
        tight, kept = "".join(self._tight), "".join(self._kept)
        return Script(
            self._source, tight, kept, self._at, self._gaps, self._paragraphs, self._rows, self._row_paragraphs
        )
