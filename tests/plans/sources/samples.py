"""The example plan in every kind of file, made afresh by the tests: no binary lies in the repository."""

import csv
import io
import re
import zipfile
from pathlib import Path

import docx
import xlsxwriter

PLAN = Path(__file__).parents[3] / "examples" / "key-points-2023.txt"
HEAD = ("序号", "重点任务", "具体内容", "牵头单位", "责任单位", "完成时限")
MEASURE = re.compile(
    r"(?P<number>\d+)\.(?P<title>[^。]+)。(?P<text>.*?)\n?"
    r"（牵头单位：(?P<lead>[^\n]*?)，责任(?:单位|部门)：(?P<units>[^\n]*?)，完成时限：(?P<due>[^\n，]*)）",
    re.S,
)


def plan_text() -> str:
    return PLAN.read_text(encoding="utf-8")


def plan_rows() -> list[tuple[str, ...]]:
    """(chapter, number, title, text, lead, units, due) of the 27 measures, cut with one expression of our own."""
    rows = []
    for chapter in re.split(r"\n(?=[一二三四五六七]、)", plan_text())[1:]:
        heading, _, body = chapter.partition("\n")
        rows += [
            (heading, *(found[key] for key in ("number", "title", "text", "lead", "units", "due")))
            for found in MEASURE.finditer(body)
        ]
    return rows


def docx_of(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def saved(document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def docx_table() -> bytes:
    """A title and one table with the chapters as rows merged over all columns."""
    document = docx.Document()
    document.add_paragraph("区2023年安全生产工作要点")
    table = document.add_table(rows=1, cols=len(HEAD), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, HEAD, strict=True):
        cell.text = name
    before = ""
    for chapter, *rest in plan_rows():
        if chapter != before:
            row = table.add_row().cells
            row[0].merge(row[-1]).text = chapter
            before = chapter
        for cell, text in zip(table.add_row().cells, rest, strict=True):
            cell.text = text
    return saved(document)


def xlsx_table(title: str = "区2023年安全生产工作要点任务分解表") -> bytes:
    """A column of merged chapters on the left, numbers as numbers, the title merged above."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 6, title)
        for at, name in enumerate(("工作类别", *HEAD)):
            sheet.write(2, at, name)
        rows = plan_rows()
        for at, (_, number, *rest) in enumerate(rows, 3):
            sheet.write_number(at, 1, int(number))
            for column, text in enumerate(rest, 2):
                sheet.write_string(at, column, text)
        chapters = [row[0] for row in rows]
        for chapter in dict.fromkeys(chapters):
            first, count = chapters.index(chapter) + 3, chapters.count(chapter)
            if count > 1:
                sheet.merge_range(first, 0, first + count - 1, 0, chapter)
            else:
                sheet.write(first, 0, chapter)
    return made.getvalue()


def csv_table(encoding: str = "gb18030") -> bytes:
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(["区2023年安全生产工作要点", *[""] * 6])
    writer.writerow(["章标题", *HEAD])
    before = ""
    for chapter, *rest in plan_rows():
        writer.writerow([chapter if chapter != before else "", *rest])
        before = chapter
    return made.getvalue().encode(encoding)


def sheet_of(rows: list[list], merges: tuple = (), name: str | None = None) -> bytes:
    """A workbook of one sheet; `merges` are (first row, first column, last row, last column, text)."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        for merge in merges:
            sheet.merge_range(*merge)
    return made.getvalue()


def package(parts: dict[str, str | bytes]) -> bytes:
    """A zip with these parts, compressed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for path, content in parts.items():
            target.writestr(path, content)
    return made.getvalue()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx_xml(body: str, numbering: str = "", styles: str = "", namespace: str = WORD) -> bytes:
    """A docx with this inner XML; the prefixes w, mc, wps and wp are declared."""
    spaces = (
        f'xmlns:w="{namespace}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    parts = {"word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>"}
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {spaces}>{numbering}</w:numbering>"
    if styles:
        parts["word/styles.xml"] = f"<w:styles {spaces}>{styles}</w:styles>"
    return package(parts)


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf_of(pages: list[list[tuple[float, float, str]]], font_size: int = 12, trailer: str = "") -> bytes:
    """A PDF by hand: pages of (x, y from above, text) with the reader's own Chinese font (no embedded file)."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects += [
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
        "/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    kids = []
    for page in pages:
        shown = "".join(
            f"BT /F1 {font_size} Tf 1 0 0 1 {x} {842 - y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"
            for x, y, text in page
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}endstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    made, places = "%PDF-1.4\n", []
    for at, content in enumerate(objects, 1):
        places.append(len(made))
        made += f"{at} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    made += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF\n"
    return made.encode("latin-1")


def printed(lines: list[str], columns: int = 38, rows: int = 44, head: str = "", number: bool = True) -> bytes:
    """A PDF printed as Word would: paragraphs indented by two signs and wrapped, page numbers, a running head."""
    sheet = []
    for line in lines:
        rest, indent = line, 2
        while rest:
            take = columns - indent
            sheet.append((60 + 12 * indent, rest[:take]))
            rest, indent = rest[take:], 0
    pages = []
    for at in range(0, len(sheet), rows):
        page = [(x, 90 + 15 * row, text) for row, (x, text) in enumerate(sheet[at : at + rows])]
        if head:
            page.insert(0, (200, 40, head))
        if number:
            page.append((280, 800, f"— {len(pages) + 1} —"))
        pages.append(page)
    return pdf_of(pages)
