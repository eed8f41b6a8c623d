"""Tables on paper: columns of fixed width, merged cells, heads that repeat on each page, rows that stay whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell as DocxCell

from anwei.papers.words import HEAD_FONT, TABLE_FONT, TABLE_SIZE, Line, write

_ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
_PADDING = 60  # twentieths of a point, left and right of the words


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    width: float  # millimetres; widths are scaled to fill the sheet
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """`lines` are paragraphs. A cell over several rows stands in the first of them, with None below it and, over
    several columns, None beside it."""

    lines: Sequence[Line]
    rows: int = 1
    columns: int = 1
    align: str = ""
    bold: bool = False


def add_table(
    document: Any,
    width: float,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell | str | None]],
    *,
    head: Sequence[Sequence[Cell | str | None]] | None = None,
    size: float = TABLE_SIZE,
) -> Any:
    """Writes the table; `head` are the head's rows where the labels of the columns do not do."""
    heads = head if head is not None else [[column.label for column in columns]]
    table = document.add_table(rows=0, cols=len(columns))
    table.style = "Table Grid"
    table.autofit = False
    scale = width / sum(column.width for column in columns)
    widths = [column.width * scale for column in columns]
    for grid, wide in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        grid.w = Mm(wide)
    _layout(table)
    for number, row in enumerate([*heads, *rows]):
        _row(table, row, columns, widths, is_head=number < len(heads), size=size)
    _join_below(table, [*heads, *rows])
    return table


def _layout(table: Any) -> None:
    properties = table._tbl.tblPr
    layout = OxmlElement("w:tblLayout")
    layout.set(qn("w:type"), "fixed")
    properties.append(layout)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), str(_PADDING))
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    properties.append(margins)


def _row(
    table: Any,
    row: Sequence[Cell | str | None],
    columns: Sequence[Column],
    widths: Sequence[float],
    *,
    is_head: bool,
    size: float,
) -> None:
    made = table.add_row()
    properties = made._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(("w:tblHeader",) if is_head else ())):
        properties.append(OxmlElement(name))
    cells = list(made._tr.tc_lst)
    for place, given in enumerate(row):
        cell = Cell([given]) if isinstance(given, str) else given
        made_cell = DocxCell(cells[place], table)
        made_cell.width = Mm(widths[place])
        if cell is None:
            continue
        align = cell.align or ("center" if is_head else columns[place].align)
        _fill(made_cell, cell, align, is_head=is_head, size=size)
    for place, given in reversed(list(enumerate(row))):
        if isinstance(given, Cell) and given.columns > 1:
            _join_beside(cells, place, given.columns, sum(widths[place : place + given.columns]))


def _fill(cell: Any, given: Cell, align: str, *, is_head: bool, size: float) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER if is_head or align == "center" else WD_ALIGN_VERTICAL.TOP
    font = HEAD_FONT if is_head or given.bold else TABLE_FONT
    for number, line in enumerate(given.lines or [""]):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        form = paragraph.paragraph_format
        form.space_before = Pt(1) if number == 0 else Pt(0)
        form.space_after = Pt(1)
        form.line_spacing = 1.0
        paragraph.alignment = _ALIGN[align]
        write(paragraph, line, font, size)


def _join_beside(cells: list[Any], place: int, columns: int, width: float) -> None:
    """One cell over several columns: the others go."""
    first = cells[place]
    first.grid_span = columns
    first.width = Mm(width)
    for other in cells[place + 1 : place + columns]:
        other.getparent().remove(other)


def _join_below(table: Any, rows: Sequence[Sequence[Cell | str | None]]) -> None:
    """Cells over several rows: `vMerge` on each row that they cover."""
    for number, row in enumerate(rows):
        for place, given in enumerate(row):
            if isinstance(given, Cell) and given.rows > 1:
                for below in range(number, number + given.rows):
                    cell = _at(table._tbl.tr_lst[below], place)
                    merge = OxmlElement("w:vMerge")
                    if below == number:
                        merge.set(qn("w:val"), "restart")
                    cell.get_or_add_tcPr().append(merge)


def _at(row: Any, place: int) -> Any:
    """The cell that stands at a column, counted with the spans before it."""
    at = 0
    for cell in row.tc_lst:
        if at >= place:
            return cell
        at += cell.grid_span
    raise ValueError(f"no cell at column {place}")
