"""An official letter: red head, number, title, addressee, text, attachments, signature, and a receipt to cut off.

Source: GB/T 9704-2012, chapter 7; characters and lines as in `Paper`.
"""

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from anwei.papers.paper import TIGHTER, Paper
from anwei.papers.sheets import A4
from anwei.papers.tables import Column
from anwei.papers.words import (
    BODY_FONT,
    BODY_SIZE,
    FOOT_SIZE,
    HEAD_FONT,
    PROPERTY_LENGTH,
    TABLE_FONT,
    TITLE_FONT,
    clean,
    field,
    write,
)

# Offices set letters in lines of 28 points, a little closer than the standard's 28.95, so that they end on their page.
PITCH = 28.0
RED, GREY = "C81010", "555555"
HEAD_SIZE, RECEIPT_SIZE, RECEIPT_PITCH = 44.0, 12.0, 22.0
POINTS_A_MILLIMETRE = 72 / 25.4
CHARACTER = BODY_SIZE + TIGHTER / 20  # the width of one in running text, in points
HEAD_PITCH = 1.25  # the head's line as a multiple of its size
HEAD_GAP, RULE_GAP = 6.0, 12.0  # points below the head, below the red rule
# The round seal of a district's office is 42 mm wide and stands midway between unit and date (7.3.5.1); so far it reaches
# above the one and below the other, in points. The text above it ends within a line of it.
SEAL = 42.0
SEAL_REACH = SEAL / 2 * POINTS_A_MILLIMETRE - PITCH
DATE_INDENT = 4.0  # characters to the right of the date
WRITING_ROOM = 10.0  # millimetres, the height of a row that is filled in by hand


class Letter(Paper):
    """One letter of `issuer`, a unit's full name. Everything is appended in reading order."""

    pitch = PITCH

    def __init__(self, issuer: str, title: str) -> None:
        super().__init__(title, A4)
        self.issuer = clean(issuer)
        self.document.core_properties.author = self.issuer[:PROPERTY_LENGTH]

    def draft_mark(self, text: str) -> None:
        """Red, above the head: that the letter does not yet hold."""
        write(self._line(WD_ALIGN_PARAGRAPH.RIGHT), text, HEAD_FONT, FOOT_SIZE, color=RED)

    def red_head(self) -> None:
        """The issuer in one line; a long name in smaller letters."""
        paragraph = self._paragraph(WD_ALIGN_PARAGRAPH.CENTER)
        size = min(HEAD_SIZE, self.sheet.inner_width * POINTS_A_MILLIMETRE / max(len(self.issuer), 1))
        paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = (
            Pt(HEAD_GAP),
            Pt(size * HEAD_PITCH),
        )
        write(paragraph, self.issuer, TITLE_FONT, size, color=RED)

    def number_line(self, number: str, signer: str) -> None:
        """The number on the left, 「签发：…」 on the right, the red rule below."""
        paragraph = self._line(WD_ALIGN_PARAGRAPH.LEFT)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(self.sheet.inner_width), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.paragraph_format.space_after = Pt(RULE_GAP)
        write(paragraph, f"{number}\t{signer}", BODY_FONT, BODY_SIZE)
        _rule(paragraph, "bottom", val="single", sz="18", space="4", color=RED)

    def addressee(self, names: str) -> None:
        write(self._line(WD_ALIGN_PARAGRAPH.LEFT), f"{names}：", BODY_FONT, BODY_SIZE, spacing=TIGHTER)

    def point(self, lead: str, text: str) -> None:
        """A paragraph whose first words stand out in 黑体: 「办结时限：…」."""
        self._body(lead, HEAD_FONT)
        write(self.document.paragraphs[-1], text, BODY_FONT, BODY_SIZE, spacing=TIGHTER)

    def attachments(self, names: Sequence[str]) -> None:
        """「附件：」, numbered where there are several; a name of two lines goes on below its first character (7.3.4).

        The blank line that the standard has above is left out: a receipt on the same sheet is worth more here.
        """
        for place, name in enumerate(names, 1):
            word = "附件：" if place == 1 else ""
            number = f"{place}. " if len(names) > 1 else ""
            hanging = len(word) + len(number) / 2
            paragraph = self._line(WD_ALIGN_PARAGRAPH.LEFT)
            form = paragraph.paragraph_format
            form.left_indent = Pt((2 + len("附件：") + len(number) / 2) * CHARACTER)
            form.first_line_indent = Pt(-hanging * CHARACTER)
            write(paragraph, f"{word}{number}{name}", BODY_FONT, BODY_SIZE, spacing=TIGHTER)

    def signature(self, date: str) -> None:
        """Unit above date with room for the seal; both stay with the last words above them, on one page."""
        if self.document.paragraphs:
            self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        middle = DATE_INDENT + _characters(date) / 2
        unit = self._line(WD_ALIGN_PARAGRAPH.RIGHT)
        unit.paragraph_format.space_before, unit.paragraph_format.keep_with_next = Pt(SEAL_REACH), True
        unit.paragraph_format.right_indent = Pt(max(middle - _characters(self.issuer) / 2, 0) * CHARACTER)
        write(unit, self.issuer, BODY_FONT, BODY_SIZE, spacing=TIGHTER)
        day = self._line(WD_ALIGN_PARAGRAPH.RIGHT)
        day.paragraph_format.right_indent = Pt(DATE_INDENT * CHARACTER)
        write(day, date, BODY_FONT, BODY_SIZE, spacing=TIGHTER)

    def receipt(self, title: str, columns: Sequence[Column], row: Sequence[str]) -> None:
        """Below a dashed line to cut along: one row, filled in or blank to be written by hand; never torn apart."""
        head = self._line(WD_ALIGN_PARAGRAPH.CENTER)
        head.paragraph_format.space_before, head.paragraph_format.keep_with_next = Pt(SEAL_REACH), True
        head.paragraph_format.line_spacing = Pt(RECEIPT_PITCH)
        write(head, title, HEAD_FONT, BODY_SIZE)
        _rule(head, "top", val="dashed", sz="6", space="8", color=GREY)
        table = self.table(columns, [row], size=RECEIPT_SIZE)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.rows[-1].height = Mm(WRITING_ROOM)
        for cell in table.rows[0].cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True

    def _page(self) -> None:
        """No grid: each line here has its exact pitch, and on a grid the receipt's small lines would take a whole one."""
        super()._page()
        properties = self.document.sections[0]._sectPr
        for grid in properties.findall(qn("w:docGrid")):
            properties.remove(grid)

    def _foot(self) -> None:
        """— 1 —, in 四号 宋体 (7.5)."""
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        write(paragraph, "— ", TABLE_FONT, FOOT_SIZE)
        field(paragraph, "PAGE", TABLE_FONT, FOOT_SIZE)
        write(paragraph, " —", TABLE_FONT, FOOT_SIZE)

    def _line(self, align: Any) -> Any:
        paragraph = self._paragraph(align)
        paragraph.paragraph_format.line_spacing = Pt(self.pitch)
        return paragraph


def _characters(text: str) -> float:
    """How wide a text is, in Chinese characters: Latin letters and figures are half as wide."""
    return sum(0.5 if sign.isascii() else 1 for sign in text)


def _rule(paragraph: Any, side: str, **values: str) -> None:
    """A line along one side of a paragraph; `values` are the attributes of w:pBdr's edge, `sz` in eighths of a point."""
    borders, edge = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in values.items():
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    # The schema wants the properties of a paragraph in this order; Word refuses others.
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
