"""A docx read into what becomes duties, beside python-docx and lxml that only extract the text."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from lxml import etree

from anwei.plans.reader import PlanDraft, read_plan
from anwei.plans.sources.reading import read_source
from anwei.plans.sources.source import Source
from benches.timing import Case, Differs

PLAN = Path(__file__).parent.parent / "examples" / "key-points-2023.txt"
COPIES = 20
MEASURES = 27
HEADS = ("序号", "重点任务", "牵头单位", "责任单位", "完成时限")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FASTER = 1.0

Duty = tuple[str, str, tuple[str, ...], tuple[str, ...], tuple[date, ...], bool, int]
Texts = tuple[list[str], list[list[list[str]]]]  # paragraphs, and tables of rows of cells


def cases(copies: int = COPIES) -> list[Case]:
    """The plan, the plan with its breakdown table as 28x5 cells, and the plan so many times in one document."""
    text = PLAN.read_text(encoding="utf-8")
    files = (
        ("plan", _docx(text), MEASURES, "要点全文27条"),
        ("plan_table", _docx(text, table=True), MEASURES, "要点全文27条，附28×5的任务分解表"),
        (
            f"plan_{copies}_copies",
            _docx("\n".join([text] * copies)),
            copies * MEASURES,
            f"要点全文{copies}份连成一个文件",
        ),
    )
    return [case for file in files for case in _of_file(*file)]


def _of_file(name: str, data: bytes, least: int, what: str) -> list[Case]:
    def agree(ours: tuple[Source, PlanDraft, list[Duty]], peer: Texts) -> None:
        _same_text(ours[0], peer)
        if len(ours[1].measures) < least:
            raise Differs(f"{name}: 读出{len(ours[1].measures)}条措施，应不少于{least}条")

    note = (
        f"{what}。ours：docx 字节 → 文字 → 章、条、牵头和责任单位、日期、频次、疑问（read_source + read_plan）；"
        "不含称谓核定和入库。peer：{peer}"
    )
    said = "python-docx 只取段落和表格的文字", "lxml 解压 document.xml 只取段落和表格的文字（不设目标）"
    return [
        Case(name, lambda: read_duties(data), lambda: by_python_docx(data), agree, FASTER, note.format(peer=said[0])),
        Case(f"{name}_lxml", lambda: read_duties(data), lambda: by_lxml(data), agree, None, note.format(peer=said[1])),
    ]


def read_duties(data: bytes) -> tuple[Source, PlanDraft, list[Duty]]:
    """Ours: from the file's bytes to the values that become duties."""
    source = read_source("plan.docx", data)
    draft, _ = read_plan(source.text)
    duties = [
        (m.number, m.title, m.lead, m.responsible, m.deadlines, m.ongoing, len(m.cadences)) for m in draft.measures
    ]
    return source, draft, duties


def by_python_docx(data: bytes) -> Texts:
    document = docx.Document(io.BytesIO(data))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return [paragraph.text for paragraph in document.paragraphs], tables


def by_lxml(data: bytes) -> Texts:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
    tables = [
        [["\n".join(map(_text, cell.iter(f"{W}p"))) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
        for table in body.iter(f"{W}tbl")
    ]
    return [_text(paragraph) for paragraph in body.iterchildren(f"{W}p")], tables


def _text(paragraph: Any) -> str:
    return "".join(run.text or "" for run in paragraph.iter(f"{W}t"))


def _same_text(source: Source, peer: Texts) -> None:
    """The same paragraphs and the same cells on both sides."""
    paragraphs, tables = peer
    if not source.text.startswith("\n".join(paragraphs)):
        raise Differs("两边取出的段落文字不同")
    if [[list(row) for row in table] for table in source.tables] != tables:
        raise Differs("两边取出的表格文字不同")


def _docx(text: str, table: bool = False) -> bytes:
    """A paragraph a line; where wanted with the breakdown table behind it, a row a measure."""
    document = docx.Document()
    for line in text.strip().split("\n"):
        document.add_paragraph(line)
    if table:
        _add_table(document, text)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


_CLAUSE = re.compile(
    r"(?P<number>\d+)\.(?P<title>[^。]+)。[^（）]*?(?:（[^牵][^（）]*）[^（）]*?)*\n?"
    r"（牵头单位：(?P<lead>[^\n]*?)，责任(?:单位|部门)：(?P<units>[^\n]*?)，完成时限：(?P<due>[^\n，]*)）"
)


def _add_table(document: Document, text: str) -> None:
    rows = [HEADS, *(match.group("number", "title", "lead", "units", "due") for match in _CLAUSE.finditer(text))]
    if len(rows) != MEASURES + 1:
        raise ValueError(f"任务分解表应有{MEASURES}行，只切出{len(rows) - 1}行")
    made = document.add_table(rows=len(rows), cols=len(HEADS), style="Table Grid")
    for row, values in zip(made.rows, rows, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
