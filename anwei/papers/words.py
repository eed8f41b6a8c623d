"""Fonts and runs of words: what a paper's paragraphs and cells are made of."""

import re
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

# GB/T 9704 names these; where a machine lacks them the word processor takes its own serif (docs/rooms/papers.md).
TITLE_FONT = "方正小标宋简体"
BODY_FONT = "仿宋_GB2312"
HEAD_FONT = "黑体"
SUBHEAD_FONT = "楷体_GB2312"
TABLE_FONT = "宋体"
# 二号, 三号, 四号, 小五 in points.
TITLE_SIZE, BODY_SIZE, FOOT_SIZE, TABLE_SIZE = 22.0, 16.0, 14.0, 9.0
SMALL_STEP = 2.0  # how much smaller the lists below a collective name are
PROPERTY_LENGTH = 255  # characters of a document's title or author in its properties

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; `small` for the lists that explain a name."""

    text: str
    bold: bool = False
    small: bool = False


Line = str | Run | tuple[Run, ...]


def clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def runs_of(line: Line) -> tuple[Run, ...]:
    if isinstance(line, str):
        return (Run(line),)
    return (line,) if isinstance(line, Run) else line


def write(
    paragraph: Any, line: Line, font: str, size: float, *, spacing: int | None = None, color: str | None = None
) -> None:
    """Adds the runs of a line; `color` as RRGGBB. Characters that XML cannot hold are left out."""
    for run in runs_of(line):
        made = paragraph.add_run(clean(run.text))
        dress(made, font, size - (SMALL_STEP if run.small else 0), bold=run.bold, spacing=spacing)
        if color is not None:
            made.font.color.rgb = RGBColor.from_string(color)


def dress(run: Any, font: str, size: float, *, bold: bool = False, spacing: int | None = None) -> None:
    """Font for Chinese and Latin alike, size in points; `spacing` in twentieths of a point between characters."""
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, font
    properties = run._element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for place in ("w:eastAsia", "w:hAnsi", "w:cs"):
        fonts.set(qn(place), font)
    if spacing is not None:
        element = OxmlElement("w:spacing")
        element.set(qn("w:val"), str(spacing))
        properties.append(element)


def field(paragraph: Any, code: str, font: str, size: float) -> None:
    """A field that the word processor fills in: PAGE, NUMPAGES."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run("1" if kind == "shown" else "")
        dress(run, font, size)
        if kind in ("begin", "separate", "end"):
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
            run._element.append(element)
        elif text:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = f" {text} "
            run._element.append(element)
