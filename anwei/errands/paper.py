"""交办单 as a Word file, laid out after GB/T 9704: red head, number, title, addressees, text, deadline, signature, receipt."""

import io
import re
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from anwei.errands.models import Errand, ErrandPart
from anwei.files.models import Attachment
from anwei.periods import in_words

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SONG, FANG, HEI = "方正小标宋简体", "仿宋_GB2312", "黑体"
RED = RGBColor(0xC8, 0x10, 0x10)
# GB/T 9704: margins in mm; sizes in points: 二号 22, 三号 16, 四号 14; 22 lines of 28 characters on a page.
_MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
_WIDTH = 442  # points between the margins
_TITLE, _BODY, _SMALL, _HEAD = 22, 16, 14, 44
_LINE = 28
_GAP = 10
_RECEIPT, _FINE = (Mm(62), Mm(46), Mm(48)), 12
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ONLY_FILES = "现将来件转你们办理，具体事项见附件。"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one hand."""

    text: str
    font: str = FANG
    size: float = _BODY
    color: RGBColor | None = None


def errand_paper(errand: Errand, part: ErrandPart | None = None) -> bytes:
    """The docx. With `part` it is that unit's copy: its own deadline and a receipt with who signed and when."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, value in _MARGINS.items():
        setattr(section, name, Mm(value))
    paper.core_properties.title = _clean(errand.title)
    paper.core_properties.author = _clean(errand.giver.full)
    _head(paper, errand)
    _body(paper, errand, part)
    _signature(paper, errand)
    _receipt(paper, part)
    _page_number(section.footer.paragraphs[0])
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def file_name(errand: Errand) -> str:
    return f"{errand.full_number if errand.number else '草稿'}　{errand.title}.docx"


def _head(paper: Any, errand: Errand) -> None:
    if errand.is_draft:
        _line(paper, Run("草稿　未签发", HEI, _SMALL, RED), align=WD_ALIGN_PARAGRAPH.RIGHT)
    name = errand.giver.full
    size = min(_HEAD, _WIDTH / len(name))
    head = _line(paper, Run(name, SONG, size, RED), align=WD_ALIGN_PARAGRAPH.CENTER, exact=False)
    head.paragraph_format.space_after = Pt(_GAP)
    number = _line(paper, Run(errand.full_number))
    number.paragraph_format.tab_stops.add_tab_stop(Pt(_WIDTH), alignment=2)  # right
    _write(number, Run(f"\t签发：{errand.signed_by or '　　　　'}"))
    _red_rule(number)
    title = _line(paper, Run(errand.title, SONG, _TITLE), align=WD_ALIGN_PARAGRAPH.CENTER, exact=False)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(_BODY), Pt(_GAP)


def _body(paper: Any, errand: Errand, part: ErrandPart | None) -> None:
    _line(paper, Run(f"{part.unit.short if part else errand.to_words}："))
    for text in (errand.text or _ONLY_FILES).splitlines():
        if text.strip():
            _indented(paper, Run(text.strip()))
    due_on = part.due_on if part else errand.due_on
    _indented(paper, Run("办结时限：", HEI), Run(f"{in_words(due_on)}。"))
    contact = f"联系人：{errand.contact}。" if errand.contact else ""
    _indented(paper, Run("反馈方式：", HEI), Run(f"签收后按时限反馈，附佐证。{contact}"))
    names = list(Attachment.objects.of(errand).values_list("name", flat=True))
    for place, name in enumerate(names, 1):
        _indented(paper, Run(f"{'附件：' if place == 1 else '　　　'}{f'{place}. ' if len(names) > 1 else ''}{name}"))


def _signature(paper: Any, errand: Errand) -> None:
    first = _line(paper, Run(errand.giver.full), align=WD_ALIGN_PARAGRAPH.RIGHT)
    first.paragraph_format.space_before, first.paragraph_format.right_indent = Pt(_BODY), Pt(2 * _BODY)
    day = _line(paper, Run(in_words(errand.signed_on) if errand.signed_on else "　　年　月　日"))
    day.alignment, day.paragraph_format.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(4 * _BODY)


def _receipt(paper: Any, part: ErrandPart | None) -> None:
    """The lower half: what comes back. Filled in from the unit's signature, blank to be written by hand."""
    head = _line(paper, Run("回　执", HEI, _BODY), align=WD_ALIGN_PARAGRAPH.CENTER)
    head.paragraph_format.space_before, head.paragraph_format.keep_with_next = Pt(_BODY), True
    _dashed_rule(head)
    signed = timezone.localtime(part.signed_at) if part and part.signed_at else None
    when = f"{in_words(signed.date())}{signed.hour}时{signed.minute:02d}分" if signed else ""
    rows = (
        ("签收单位", "签收人", "签收时间"),
        (part.unit.full if part else "", part.signed_by if part else "", when),
    )
    table = paper.add_table(rows=len(rows), cols=len(_RECEIPT))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, _RECEIPT, strict=True):
        column.width = width
    table.rows[-1].height = Mm(10)  # room for a hand's signature
    for row, texts, font in zip(table.rows, rows, (HEI, FANG), strict=True):
        for cell, text, width in zip(row.cells, texts, _RECEIPT, strict=True):
            cell.width = width
            _write(cell.paragraphs[0], Run(text, font, _FINE))
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            cell.paragraphs[0].paragraph_format.keep_with_next = font == HEI


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return _NOT_XML.sub("", text)


def _line(paper: Any, *runs: Run, align: Any = None, exact: bool = True) -> Paragraph:
    paragraph = paper.add_paragraph()
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    if exact:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_LINE)
    paragraph.alignment = align
    for run in runs:
        _write(paragraph, run)
    return paragraph


def _indented(paper: Any, *runs: Run) -> Paragraph:
    paragraph = _line(paper, *runs, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    paragraph.paragraph_format.first_line_indent = Pt(2 * _BODY)
    return paragraph


def _write(paragraph: Paragraph, run: Run) -> None:
    made = paragraph.add_run(_clean(run.text))
    made.font.size, made.font.name = Pt(run.size), run.font
    made._element.rPr.rFonts.set(qn("w:eastAsia"), run.font)
    if run.color is not None:
        made.font.color.rgb = run.color


def _red_rule(paragraph: Paragraph) -> None:
    _border(paragraph, "bottom", val="single", sz="18", space="4", color="C81010")


def _dashed_rule(paragraph: Paragraph) -> None:
    _border(paragraph, "top", val="dashed", sz="6", space="8", color="555555")


def _border(paragraph: Paragraph, side: str, **values: str) -> None:
    borders, edge = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in values.items():
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _page_number(paragraph: Paragraph) -> None:
    """— 1 —"""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(paragraph, Run("— ", "宋体", _SMALL))
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    number.append(text)
    field.append(number)
    paragraph._p.append(field)
    _write(paragraph, Run(" —", "宋体", _SMALL))
