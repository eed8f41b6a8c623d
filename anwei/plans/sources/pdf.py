"""pdf -> lines and tables in reading order. Runs in the child process of `boxed` only: parsing has no ceiling."""

import io
import logging
from dataclasses import dataclass
from itertools import pairwise

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfplumber.utils.exceptions import PdfminerException

from anwei.plans.sources.pdf_lines import Line, body_lines, cell_text, paragraphs
from anwei.plans.sources.source import Grid, Limits, Unreadable

RESAVE = "请上传原来的 docx，或重新导出 PDF 再上传"
MIDDLE = 0.5
SAME_RULE = 3.0  # points
CELL_MARGIN = 1.0  # points that a rule may lie off the text
UNMAPPED = "(cid:"
UNMAPPED_SHARE = 0.05


@dataclass(slots=True)
class Page:
    """Lines outside tables, and tables with their top edge, of one page; lengths in points."""

    lines: list[Line]
    tables: list[tuple[float, Grid]]
    pictures: int
    height: float


def read_pdf(name: str, data: bytes, limits: Limits) -> tuple[list[Grid | str], list[str]]:
    """Paragraphs and grids in reading order, and problems. Raises Unreadable."""
    logging.disable(logging.CRITICAL)  # the parser complains to the log about every oddity
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > limits.pages:
                fault = f"有 {len(document.pages)} 页，超过 {limits.pages} 页"
                raise Unreadable(name, fault, "请只留要点正文和任务表再上传")
            pages = [_page(page) for page in document.pages]
    except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed) as error:
        raise Unreadable(name, "设有打开密码", "请取消密码后另存再上传") from error
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect):
            raise Unreadable(name, "设有打开密码", "请取消密码后另存再上传") from error
        raise Unreadable(name, "已损坏或没有传完整（PDF 结构读不出）", RESAVE) from error
    _refuse_without_text(name, pages)
    blank = [str(at) for at, page in enumerate(pages, 1) if page.pictures and not page.lines and not page.tables]
    problems = [f"第{'、'.join(blank)}页只有图片，没有文字，没有读入；请补上文字版"] if blank else []
    return _in_order(pages), problems


def _page(page: pdfplumber.page.Page) -> Page:
    tables = [table for table in page.find_tables() if len(table.rows) * len(table.columns) > 1]
    boxes = [table.bbox for table in tables]

    def outside(thing: dict) -> bool:
        if thing["object_type"] != "char":
            return True
        across, down = (thing["x0"] + thing["x1"]) * MIDDLE, (thing["top"] + thing["bottom"]) * MIDDLE
        return not any(x0 <= across <= x1 and top <= down <= bottom for x0, top, x1, bottom in boxes)

    lines = _lines(page.filter(outside) if boxes else page)
    made = Page(lines, [(table.bbox[1], _grid(page, table)) for table in tables], len(page.images), float(page.height))
    page.close()
    return made


def _lines(page: pdfplumber.page.Page) -> list[Line]:
    found = page.extract_text_lines(return_chars=False, strip=True, x_tolerance_ratio=0.5)
    return [Line(each["text"], each["x0"], each["x1"], each["top"], each["bottom"]) for each in found if each["text"]]


def _grid(page: pdfplumber.page.Page, table: pdfplumber.table.Table) -> Grid:
    """The rules of all cells give rows and columns; a cell that reaches over several is merged over them."""
    rows = _middles([edge for _, top, _, bottom in table.cells for edge in (top, bottom)])
    columns = _middles([edge for x0, _, x1, _ in table.cells for edge in (x0, x1)])
    grid = Grid([[""] * len(columns) for _ in rows])
    for x0, top, x1, bottom in table.cells:
        down = [at for at, middle in enumerate(rows) if top <= middle <= bottom]
        across = [at for at, middle in enumerate(columns) if x0 <= middle <= x1]
        if not down or not across:
            continue
        box = (x0 - CELL_MARGIN, top - CELL_MARGIN, x1 + CELL_MARGIN, bottom + CELL_MARGIN)
        grid.rows[down[0]][across[0]] = cell_text(_lines(page.within_bbox(box, strict=False)), x0, x1)
        if len(down) > 1 or len(across) > 1:
            grid.merges.append((down[0], across[0], down[-1], across[-1]))
    return grid


def _middles(edges: list[float]) -> list[float]:
    """The middles between neighbouring rules; rules closer than a hair are one."""
    rules: list[float] = []
    for edge in sorted(edges):
        if not rules or edge - rules[-1] > SAME_RULE:
            rules.append(edge)
    return [(low + high) * MIDDLE for low, high in pairwise(rules)]


def _refuse_without_text(name: str, pages: list[Page]) -> None:
    words = "".join(line.text for page in pages for line in page.lines)
    words += "".join(cell for page in pages for _, grid in page.tables for row in grid.rows for cell in row)
    if not words.strip():
        if any(page.pictures for page in pages):
            raise Unreadable(name, "是扫描件，里面只有图片没有文字", "请上传 docx 原件，或先用文字识别软件转成文字版")
        raise Unreadable(name, "里没有文字", RESAVE)
    if words.count(UNMAPPED) * len("(cid:1234)") > UNMAPPED_SHARE * len(words):
        raise Unreadable(name, "没有内嵌文字对照表，读出来是乱码", "请上传 docx 原件，或用 Word、WPS 重新导出 PDF")


def _in_order(pages: list[Page]) -> list[Grid | str]:
    """Lines joined to paragraphs; a table that runs on over the page break becomes one."""
    kept = body_lines([(page.lines, page.height) for page in pages])
    found: list[Grid | str] = []
    run: list[Line] = []

    def flush() -> None:
        found.extend(paragraphs(run))
        run.clear()

    for page, lines in zip(pages, kept, strict=True):
        tables = sorted(page.tables, key=lambda each: each[0])
        for line in lines:
            while tables and tables[0][0] < line.top:
                flush()
                _append(found, tables.pop(0)[1])
            run.append(line)
        for _, grid in tables:
            flush()
            _append(found, grid)
    flush()
    return found


def _append(found: list[Grid | str], grid: Grid) -> None:
    """Continues the table before when nothing stands between them and the columns agree."""
    before = found[-1] if found else None
    if not isinstance(before, Grid) or len(before.rows[0]) != len(grid.rows[0]):
        found.append(grid)
        return
    rows, merges = grid.rows, grid.merges
    if len(rows) > 1 and rows[0] == before.rows[0]:  # the head is printed again on each page
        rows = rows[1:]
        merges = [(max(top - 1, 0), left, bottom - 1, right) for top, left, bottom, right in merges if bottom > 0]
    if not rows[0][0] and any(rows[0]) and before.rows[-1][0]:  # a row that the page break cut in two
        before.rows[-1] = [high + low for high, low in zip(before.rows[-1], rows[0], strict=True)]
        rows = rows[1:]
        merges = [(max(top - 1, 0), left, bottom - 1, right) for top, left, bottom, right in merges if bottom > 0]
    start = len(before.rows)
    before.rows += rows
    before.merges += [(top + start, left, bottom + start, right) for top, left, bottom, right in merges]
