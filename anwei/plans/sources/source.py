"""What every way of reading a file shares: the result, the refusal, the limits and the grid of a table."""

from dataclasses import dataclass, field


class Unreadable(ValueError):
    """The file cannot be turned into text; the message (Chinese) names the file, the fault and the way out."""

    def __init__(self, name: str, fault: str, remedy: str):
        super().__init__(f"文件「{name}」{fault}，{remedy}")
        self.name = name
        self.fault = fault
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings against hostile or hopeless files; the defaults are far above any real plan.

    Sizes are bytes, `seconds` is wall time of one conversion in a child process.
    """

    upload: int = 50 * 1024 * 1024
    part: int = 64 * 1024 * 1024  # one unpacked part of an Office file
    unpacked: int = 300 * 1024 * 1024  # all parts together
    ratio: int = 200  # unpacked : packed, only asked above `ratio_from`
    ratio_from: int = 10 * 1024 * 1024
    entries: int = 10_000
    pages: int = 500
    rows: int = 20_000
    columns: int = 200
    memory: int = 2 * 1024 * 1024 * 1024
    seconds: int = 120


LIMITS = Limits()


@dataclass(slots=True)
class Grid:
    """A table as it stands in the file.

    `rows` are lists of cell texts; a merged cell has its text in its upper left corner and is listed in
    `merges` as (first row, first column, last row, last column), all counted from 0.
    """

    rows: list[list[str]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The text that the reader gets.

    `kind` is what the content is (txt, csv, docx, pdf, xlsx, xls, doc, odt, rtf), whatever the file is called;
    `tables` are the tables in document order as rows of cell texts; `problems` are Chinese sentences.
    """

    text: str
    kind: str
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    problems: tuple[str, ...] = ()


def frozen_rows(grids: list[Grid]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Grids as immutable rows for `Source.tables`."""
    return tuple(tuple(tuple(row) for row in grid.rows) for grid in grids)
