"""docx -> text: one walk over document.xml in reading order."""

from lxml import etree

from anwei.plans.sources.numbering import Numbering, attribute, child, whole
from anwei.plans.sources.package import BROKEN, Package, parse_xml
from anwei.plans.sources.source import Grid, Limits, Source, Unreadable, frozen_rows
from anwei.plans.sources.task_table import flattened, has_its_own_clauses, plan_lines

# Transitional documents use the first namespace, strict ones the second.
WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
MATH = ("http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math")
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
STYLES_PART = "word/styles.xml"
MAIN_PART = "word/document.xml"
CELL_BREAK = "\n"
WIDEST_SPAN = 200


def _words(*names: str) -> frozenset[str]:
    return frozenset(f"{{{space}}}{name}" for space in WORD for name in names)


PARAGRAPH, TABLE, ROW, CELL, RUN, TEXT = (_words(name) for name in ("p", "tbl", "tr", "tc", "r", "t"))
PROPERTIES, BOX, FIELD, INSTRUCTION = (_words(name) for name in ("pPr", "txbxContent", "fldChar", "instrText"))
BREAK, RUN_PROPERTIES, EMBEDDED = _words("br", "cr"), _words("rPr"), _words("altChunk")
DROPPED = _words("del", "moveFrom", "footnoteReference", "endnoteReference", "rt", "pPrChange", "rPrChange", "delText")
HOLDERS = _words("drawing", "pict", "object")
MATH_TEXT = frozenset(f"{{{space}}}t" for space in MATH)
SIGNS = {tag: sign for name, sign in (("tab", "\t"), ("noBreakHyphen", "-"), ("ptab", "\t")) for tag in _words(name)}
OFF = ("0", "false", "off")


def read_docx(name: str, data: bytes, limits: Limits) -> Source:
    """The document's text, task tables in the labelled form that the reader knows, other tables row by row."""
    package = Package(name, data, limits)
    root = package.tree(MAIN_PART)
    body = child(root, "body")
    if body is None:
        raise Unreadable(name, "已损坏（缺少正文部件 word/document.xml）", BROKEN)
    walk = Walk(_numbering(package))
    walk.blocks(body)
    lines = walk.finished()
    if walk.fields:  # a field that never ends would have swallowed the rest: read again with fields shown
        walk = Walk(_numbering(package), show_fields=True)
        walk.blocks(body)
        lines = walk.finished()
    text = "\n".join(lines)
    if not text.strip():
        raise Unreadable(name, "里没有文字（可能全是图片）", "请上传文字版，或先用文字识别软件转换")
    return Source(text, "docx", frozen_rows(walk.tables), tuple(dict.fromkeys(walk.problems)))


def _numbering(package: Package) -> Numbering:
    def styles() -> etree._Element | None:
        content = package.part(STYLES_PART)  # most documents number no style; parsing costs more than the text does
        return parse_xml(package.name, STYLES_PART, content) if content and b"numPr" in content else None

    return Numbering(lambda: package.tree("word/numbering.xml"), styles)


class Walk:
    """Collects lines; nested text (cells, text boxes) is walked by a child walk that shares the counters."""

    def __init__(self, numbering: Numbering, show_fields: bool = False, inside: bool = False):
        self.numbering = numbering
        self.show_fields = show_fields
        self.inside = inside  # in a cell or box: an empty numbered paragraph shows its number
        self.lines: list[str] = []
        self.tables: list[Grid] = []
        self.from_tables: list[tuple[int, int]] = []  # spans of lines that are labelled task tables
        self.problems: list[str] = []
        self.fields: list[list] = []  # [instruction, result has begun] of each open field
        self.pending: list[str] = []  # text of paragraphs whose mark was deleted: the next one continues it

    def finished(self) -> list[str]:
        if self.pending:
            self.lines.append("".join(self.pending))
            self.pending = []
        return self.lines

    def nested(self, element: etree._Element) -> list[str]:
        walk = Walk(self.numbering, self.show_fields, inside=True)
        walk.blocks(element)
        self.tables += walk.tables
        self.problems += walk.problems
        return walk.finished()

    def blocks(self, parent: etree._Element) -> None:
        for element in parent:
            tag = element.tag
            if tag in PARAGRAPH:
                self.paragraph(element)
            elif tag in TABLE:
                self.table(element)
            elif tag in EMBEDDED:
                self.problems.append("文件里嵌入了另一份文件，这一部分没有读入，请在 Word 中打开后另存一份再导入")
            elif tag == ALTERNATE:
                self.blocks(_shown_branch(element))
            elif tag not in DROPPED and isinstance(tag, str) and len(element):
                self.blocks(element)

    def paragraph(self, element: etree._Element) -> None:
        pieces: list[str] = []
        boxes: list[etree._Element] = []
        self.inline(element, pieces, boxes)
        text = "".join(pieces)
        properties = element[0] if len(element) and element[0].tag in PROPERTIES else None
        if properties is not None and child(child(properties, "rPr"), "del") is not None:
            self.pending.append(text)
            return
        text, self.pending = "".join([*self.pending, text]), []
        number = "" if properties is None else self.number(properties)
        if number and (text.strip() or self.inside):
            glued = number[-1] in ".．" and text[:1].isdigit()  # «1.» before «2017年» would read as 1.2017
            text = f"{number} {text}" if glued else number + text
        self.lines += text.split("\n")
        for box in boxes:
            self.lines += self.nested(box)

    def number(self, properties: etree._Element) -> str:
        pointer = child(properties, "numPr")
        style_list, style_level = self.numbering.of_style(attribute(child(properties, "pStyle")))
        number_id = attribute(child(pointer, "numId")) or style_list
        level = attribute(child(pointer, "ilvl"))
        return self.numbering.number(number_id, style_level if level is None else whole(level)) if number_id else ""

    def inline(self, parent: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
        for element in parent:
            tag = element.tag
            if tag in RUN:
                if not (len(element) and element[0].tag in RUN_PROPERTIES and _is_hidden(element[0])):
                    self.inline(element, pieces, boxes)
            elif tag in TEXT or tag in MATH_TEXT:
                if not self.fields or self.visible():
                    pieces.append(element.text or "")
            elif tag in PROPERTIES or tag in RUN_PROPERTIES or tag in DROPPED:
                continue
            elif tag in SIGNS:
                pieces.append(SIGNS[tag])
            elif tag in BREAK:
                pieces.append("\n")
            elif tag in FIELD:
                self.field(attribute(element, "fldCharType"))
            elif tag in INSTRUCTION:
                if self.fields:
                    self.fields[-1][0] += element.text or ""
            elif tag in HOLDERS:
                boxes.extend(_boxes(element))
            elif tag == ALTERNATE:
                self.inline(_shown_branch(element), pieces, boxes)
            elif isinstance(tag, str) and len(element):
                self.inline(element, pieces, boxes)

    def field(self, what: str | None) -> None:
        if what == "begin":
            self.fields.append(["", False])
        elif what == "separate" and self.fields:
            self.fields[-1][1] = True
        elif what == "end" and self.fields:
            self.fields.pop()

    def visible(self) -> bool:
        """Only a field's result is printed; the table of contents would double every heading."""
        return self.show_fields or all(
            shown and instruction.split()[:1] != ["TOC"] for instruction, shown in self.fields
        )

    def table(self, element: etree._Element) -> None:
        grid = Grid([])
        open_merges: dict[int, tuple[int, int, int]] = {}  # column -> (first row, width, last row)
        for row in _members(element, ROW):
            if child(child(row, "trPr"), "del") is None:
                self.row(row, grid, open_merges)
        grid.merges += [(top, at, last, at + width - 1) for at, (top, width, last) in open_merges.items()]
        grid.merges = [merge for merge in grid.merges if merge[0] != merge[2] or merge[1] != merge[3]]
        self.tables.append(grid)
        labelled = None if self.inside or has_its_own_clauses(self.running()) else plan_lines(grid)
        if labelled is None:
            self.lines += flattened(grid)
        else:
            lines, problems = labelled
            self.from_tables.append((len(self.lines), len(self.lines) + len(lines)))
            self.lines += lines
            self.problems += problems

    def running(self) -> list[str]:
        """The lines so far that did not come out of a task table: a plan may be several tables, one a chapter."""
        running, at = [], 0
        for start, end in self.from_tables:
            running += self.lines[at:start]
            at = end
        return running + self.lines[at:]

    def row(self, element: etree._Element, grid: Grid, open_merges: dict[int, tuple[int, int, int]]) -> None:
        before = whole(attribute(child(child(element, "trPr"), "gridBefore")))
        cells: list[str] = [""] * min(before, WIDEST_SPAN)
        at_row = len(grid.rows)
        for cell in _members(element, CELL):
            properties = child(cell, "tcPr")
            width = max(1, min(whole(attribute(child(properties, "gridSpan")), 1), WIDEST_SPAN))
            merge = child(properties, "vMerge")
            column = len(cells)
            continues = merge is not None and attribute(merge) != "restart" and column in open_merges
            if continues:
                top, held, _ = open_merges[column]
                open_merges[column] = (top, held, at_row)
                text = ""
            else:
                if column in open_merges:
                    top, held, last = open_merges.pop(column)
                    grid.merges.append((top, column, last, column + held - 1))
                open_merges[column] = (at_row, width, at_row)
                text = CELL_BREAK.join(self.nested(cell)).strip()
            cells += [text] + [""] * (width - 1)
        grid.rows.append(cells)


def _members(parent: etree._Element, wanted: frozenset[str]) -> list[etree._Element]:
    """Rows or cells, also those that stand inside content controls or insertions."""
    found = []
    for element in parent:
        if element.tag in wanted:
            found.append(element)
        elif isinstance(element.tag, str) and element.tag not in DROPPED and element.tag not in PARAGRAPH | TABLE:
            found += _members(element, wanted)
    return found


def _is_hidden(properties: etree._Element) -> bool:
    vanish = child(properties, "vanish")
    return vanish is not None and attribute(vanish) not in OFF


def _shown_branch(element: etree._Element) -> etree._Element:
    """Of the branches of mc:AlternateContent one is shown; the first that holds text, else the last."""
    branches = [each for each in element if isinstance(each.tag, str)]
    for branch in branches:
        if any(each.tag in TEXT for each in branch.iter()):
            return branch
    return branches[-1] if branches else element


def _boxes(holder: etree._Element) -> list[etree._Element]:
    """Text boxes of a drawing; a box inside an already chosen box or in the fallback picture counts once."""
    found: list[etree._Element] = []
    for element in holder:
        if element.tag in BOX:
            found.append(element)
        elif element.tag == ALTERNATE:
            found += _boxes(_shown_branch(element))
        elif isinstance(element.tag, str):
            found += _boxes(element)
    return found
