"""A paper being written: title, lines, tables, signatures, the foot with page numbers; then its bytes."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENTATION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from anwei.papers.sheets import A4, Sheet
from anwei.papers.tables import Cell, Column, add_table
from anwei.papers.words import (
    BODY_FONT,
    BODY_SIZE,
    FOOT_SIZE,
    HEAD_FONT,
    PROPERTY_LENGTH,
    SUBHEAD_FONT,
    TABLE_FONT,
    TABLE_SIZE,
    TITLE_FONT,
    TITLE_SIZE,
    Line,
    clean,
    field,
    write,
)

# 22 lines of 28 characters on A4: exact lines of 28.95 pt and characters a quarter point closer (GB/T 9704 5.2.3).
LINE_PITCH, TIGHTER = 28.95, -5
SIDES_SIZE = 10.5
SIGNATURES = ("制表人", "审核人（分管负责人）", "联系电话")


class Paper:
    """One document on one kind of sheet. Everything is appended in reading order."""

    pitch = LINE_PITCH  # points from line to line of running text

    def __init__(self, title: str, sheet: Sheet = A4) -> None:
        self.sheet = sheet
        self.document: Any = Document()
        self.document.core_properties.title = clean(title)[:PROPERTY_LENGTH]
        self.document.core_properties.author = ""
        self._language()
        self._page()
        self._foot()

    def _language(self) -> None:
        """Chinese throughout, so that the word processor takes Chinese shapes and breaks lines the Chinese way."""
        properties = self.document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "zh-CN")
        language.set(qn("w:eastAsia"), "zh-CN")
        properties.append(language)

    def _page(self) -> None:
        section, sheet = self.document.sections[0], self.sheet
        section.page_width, section.page_height = Mm(sheet.width), Mm(sheet.height)
        section.orientation = WD_ORIENTATION.LANDSCAPE if sheet.across else WD_ORIENTATION.PORTRAIT
        section.top_margin, section.bottom_margin = Mm(sheet.top), Mm(sheet.bottom)
        section.left_margin, section.right_margin = Mm(sheet.left), Mm(sheet.right)
        section.footer_distance = Mm(max(sheet.bottom - 10, 8))
        properties = section._sectPr
        for old in properties.findall(qn("w:docGrid")):
            properties.remove(old)
        if not sheet.across:
            grid = OxmlElement("w:docGrid")
            grid.set(qn("w:type"), "lines")
            grid.set(qn("w:linePitch"), str(round(LINE_PITCH * 20)))
            properties.append(grid)

    def _foot(self) -> None:
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        size = SIDES_SIZE if self.sheet.across else FOOT_SIZE
        for words, code in (("第", "PAGE"), ("页　共", "NUMPAGES")):
            write(paragraph, words, TABLE_FONT, size)
            field(paragraph, code, TABLE_FONT, size)
        write(paragraph, "页", TABLE_FONT, size)

    def title(self, text: str) -> None:
        paragraph = self._paragraph(WD_ALIGN_PARAGRAPH.CENTER)
        paragraph.paragraph_format.space_after = Pt(8)
        paragraph.paragraph_format.keep_with_next = True
        # Off the grid, on which each line of a long title would take two.
        paragraph.paragraph_format.line_spacing = Pt(self.pitch)
        loose = OxmlElement("w:snapToGrid")
        loose.set(qn("w:val"), "0")
        paragraph._p.get_or_add_pPr().insert_element_before(loose, "w:spacing", "w:ind", "w:jc", "w:rPr")
        write(paragraph, text, TITLE_FONT, TITLE_SIZE)

    def sides(self, left: str, right: str, middle: str = "", size: float = SIDES_SIZE) -> None:
        """A line with words at its two ends: 「填报单位（盖章）… 截至…」."""
        paragraph = self._paragraph(WD_ALIGN_PARAGRAPH.LEFT)
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(self.sheet.inner_width / 2), WD_TAB_ALIGNMENT.CENTER)
        stops.add_tab_stop(Mm(self.sheet.inner_width), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.paragraph_format.space_after = Pt(3)
        write(paragraph, f"{left}\t{middle}\t{right}", TABLE_FONT, size)

    def heading(self, text: str, level: int = 1) -> None:
        """「一、」 in 黑体, 「（一）」 in 楷体."""
        font = HEAD_FONT if level == 1 else SUBHEAD_FONT
        self._body(text, font)

    def body(self, text: Line) -> None:
        """A paragraph of running text, two characters in."""
        self._body(text, BODY_FONT)

    def plain(self, text: Line, align: str = "left", size: float = BODY_SIZE) -> None:
        """A line that is not indented: 主送, 落款, a note below a table."""
        where = {
            "left": WD_ALIGN_PARAGRAPH.LEFT,
            "center": WD_ALIGN_PARAGRAPH.CENTER,
            "right": WD_ALIGN_PARAGRAPH.RIGHT,
        }
        write(self._paragraph(where[align]), text, BODY_FONT if size == BODY_SIZE else TABLE_FONT, size)

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell | str | None]],
        *,
        head: Sequence[Sequence[Cell | str | None]] | None = None,
        size: float = TABLE_SIZE,
    ) -> Any:
        return add_table(self.document, self.sheet.inner_width, columns, rows, head=head, size=size)

    def signatures(self, names: Sequence[str] = ("", "", "")) -> None:
        """「制表人　审核人（分管负责人）　联系电话」 below a table; empty names leave room to write."""
        left, middle, right = (f"{label}：{name or '　' * 6}" for label, name in zip(SIGNATURES, names, strict=True))
        paragraph_before = self._paragraph(WD_ALIGN_PARAGRAPH.LEFT)
        paragraph_before.paragraph_format.line_spacing = Pt(6)
        self.sides(left, right, middle)

    def page_break(self) -> None:
        self.document.add_page_break()

    def to_bytes(self) -> bytes:
        buffer = BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    def _body(self, text: Line, font: str) -> None:
        paragraph = self._paragraph(WD_ALIGN_PARAGRAPH.JUSTIFY)
        paragraph.paragraph_format.first_line_indent = Pt(2 * (BODY_SIZE + TIGHTER / 20))
        paragraph.paragraph_format.line_spacing = Pt(self.pitch)
        write(paragraph, text, font, BODY_SIZE, spacing=TIGHTER)

    def _paragraph(self, align: Any) -> Any:
        paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        form.space_before = form.space_after = Pt(0)
        paragraph.alignment = align
        return paragraph
