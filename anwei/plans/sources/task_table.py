"""A task table (序号 | 重点任务 | 具体内容 | 牵头单位 | 责任单位 | 完成时限) -> the labelled text of a plan."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from anwei.plans.sources.cells import ENDS, SIGNED, lone_text, one_line, unit_line
from anwei.plans.sources.columns import Columns, disjoint, find_columns, is_second_head, spread
from anwei.plans.sources.numerals import chinese
from anwei.plans.sources.source import Grid

CHINESE_NUMBER = re.compile(r"[一二三四五六七八九十百]+[、.．]?")
FIGURE = re.compile(r"[\d\s.．、\-－—–]+|[一二三四五六七八九十百]+")
PART_NUMBER = re.compile(r"(\d+)\s*[-－—–.．]\s*(\d+)")  # 12-1, 12-2: one measure in two rows
REMARK = re.compile(r"\s*(?:注|备注|说明|填表|制表|联系人|审核|附件|填报)")
SUM_ROW = re.compile(r"\s*(?:合计|小计|总计|共计)")
FAULT = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)")
LONGEST_CHAPTER = 60
SHOWN = 20
CLAUSE = re.compile(r"(?:牵头|责任|主责|配合)(?:单位|部门)\s*[:：]|按职责分工负责|牵头[，,；;）)]")
ENOUGH_CLAUSES = 3


@dataclass(slots=True)
class Task:
    """One row of the table: cells by meaning, and which of them only repeat a merged cell above."""

    row: int
    number: str
    title: str
    text: str
    clause: str
    number_carried: bool = False
    title_carried: bool = False


@dataclass(slots=True)
class Measure:
    number: str
    title: str
    parts: list[tuple[list[str], str]] = field(default_factory=list)  # (sentences, clause)

    def add(self, text: str, clause: str) -> None:
        """Parts with the same units share one clause, as one sentence after the other."""
        if self.parts and (self.parts[-1][1] == clause or not clause or not self.parts[-1][1]):
            sentences, held = self.parts[-1]
            if text:
                sentences.append(text if not sentences or sentences[-1][-1] in ENDS else "；" + text)
            self.parts[-1] = (sentences, clause or held)
        else:
            self.parts.append(([text] if text else [], clause))

    def line(self) -> str:
        head = self.number + self.title
        if self.title and self.title[-1] not in ENDS:
            head += "。"
        return head + "".join("".join(sentences) + clause for sentences, clause in self.parts)


def has_its_own_clauses(lines: Sequence[str]) -> bool:
    """Whether running text already says who is responsible: then the task table behind it is its breakdown, and
    reading it as well would give every measure twice."""
    return sum(1 for line in lines if CLAUSE.search(line)) >= ENOUGH_CLAUSES


def flattened(grid: Grid) -> list[str]:
    """Any other table: one row a line, cells parted by tabs; a frame of one cell is only its text."""
    if len(grid.rows) == 1 and len(grid.rows[0]) == 1:
        return grid.rows[0][0].split("\n")
    return ["\t".join(one_line(cell) for cell in row).rstrip("\t") for row in grid.rows if any(row)]


def plan_lines(grid: Grid) -> tuple[list[str], list[str]] | None:
    """(lines of plan text, problems), or None when the table has no head of a task table."""
    grid.merges = disjoint(grid.merges)
    rows, carried = spread(grid)
    found = find_columns(rows)
    if found is None:
        return None
    first, columns = found
    head = rows[first - 1]
    lines = [text for row in rows[: first - 1] if (text := lone_text(row)) and not is_second_head(head, row)]
    writer = Writer(columns, lines, rows_of_headings(grid, rows, carried, columns))
    if columns.unread:
        names = "、".join(columns.unread)
        writer.problems.append(f"任务表的“{names}”列不属于任务、单位或时限，没有读入")
    for at in range(first, len(rows)):
        row = rows[at]
        if any(row) and not is_second_head(head, row):
            writer.take(at, row, carried)
    return writer.finished(), writer.problems


def rows_of_headings(grid: Grid, rows: list[list[str]], carried: set[tuple[int, int]], columns: Columns) -> set[int]:
    """Rows where a heading begins that is merged over several numbers: it is the chapter of these measures."""
    if columns.number is None or columns.title is None or not columns.texts:
        return set()
    found = set()
    for top, left, bottom, _ in grid.merges:
        if left == columns.title:
            span = [at for at in range(top, min(bottom + 1, len(rows))) if (at, columns.number) not in carried]
            numbers = {PART_NUMBER.sub(r"\1", rows[at][columns.number].strip()) for at in span} - {""}
            if len(numbers) > 1:
                found.add(top)
    return found


class Writer:
    """Turns rows into chapter lines and measures, one after the other."""

    def __init__(self, columns: Columns, lines: list[str], heading_rows: set[int]):
        self.columns = columns
        self.heading_rows = heading_rows
        self.lines = lines
        self.problems: list[str] = []
        self.measure: Measure | None = None
        self.before: Task | None = None
        self.chapters = 0
        self.chapter_texts: list[str] = []
        self.sections = 0
        self.counted = 0

    def finished(self) -> list[str]:
        if self.measure is not None:
            self.lines.append(self.measure.line())
            self.measure = None
        return self.lines

    def take(self, at: int, row: list[str], carried: set[tuple[int, int]]) -> None:
        for cell in row:
            if FAULT.search(cell):
                self.problems.append(f"第{at + 1}行有公式错误“{cell[:SHOWN]}”，请在 Excel 中改正后再导入")
        columns = self.columns
        if (alone := self.heading(row)) is not None:
            if not SUM_ROW.match(alone):
                self.heading_line(alone)
            return
        held = [(at, column) in carried for column in (columns.number, columns.title)]
        task = Task(at, *self.words(row), *held)
        if not (task.title or task.text):
            self.problems.append(f"第{at + 1}行没有任务内容（{lone_text(row)[:SHOWN]}），没有读入")
            return
        self.chapter_columns(row)
        measure = self.measure
        if measure is None or not self.continues(task):
            measure = self.begin(task)
        measure.add(task.text, task.clause)
        self.before = task

    def heading(self, row: list[str]) -> str | None:
        """The text of a row that holds one thing only: a chapter, or a remark below the table."""
        columns = self.columns
        filled = [at for at, cell in enumerate(row) if cell.strip()]
        number = row[columns.number].strip() if columns.number is not None else ""
        rest = [at for at in filled if at != columns.number]
        if len({row[at].strip() for at in filled}) == 1 and not FIGURE.fullmatch(row[filled[0]].strip()):
            at = filled[0]
            is_unit = any(at == column for column, _ in columns.labels)
            is_part = self.measure is not None and at in columns.texts and at != 0
            return None if is_unit or is_part else one_line(row[at])
        owned = any(row[at].strip() for at, _ in columns.labels)
        if CHINESE_NUMBER.fullmatch(number) and not owned and len({row[at].strip() for at in rest}) == 1:
            return f"{number.rstrip('、.．')}、{one_line(row[rest[0]])}"
        return None

    def heading_line(self, text: str) -> None:
        self.finished()
        self.before = None
        if REMARK.match(text) or len(text) > LONGEST_CHAPTER or text.endswith("。"):
            self.lines.append(text)
        else:
            self.chapter(text)

    def chapter(self, text: str) -> None:
        self.chapters += 1
        self.lines.append(text if SIGNED.match(text) else f"{chinese(self.chapters)}、{text}")

    def chapter_columns(self, row: list[str]) -> None:
        """A blank below a chapter belongs to it, merged or not."""
        texts = [one_line(row[at]) for at in self.columns.chapters]
        for depth, text in enumerate(texts):
            held = self.chapter_texts[depth] if depth < len(self.chapter_texts) else ""
            if text and text != held:
                self.finished()
                self.before = None
                if depth == 0:
                    self.sections = 0
                    self.chapter(text)
                else:
                    self.sections += 1
                    self.lines.append(text if SIGNED.match(text) else f"（{chinese(self.sections)}）{text}")
                self.chapter_texts[depth:] = [text]
            elif not text and not held:
                self.chapter_texts[depth:] = [""]

    def words(self, row: list[str]) -> tuple[str, str, str, str]:
        columns = self.columns
        number = re.sub(r"\s", "", row[columns.number]) if columns.number is not None else ""
        title = one_line(row[columns.title]) if columns.title is not None else ""
        text = ""
        for at in columns.texts:
            piece = one_line(row[at])
            text += ("；" if text and piece and text[-1] not in ENDS else "") + piece
        if title and text.startswith(title.rstrip(ENDS)):  # 「具体内容」 that repeats the heading sentence
            text = text[len(title.rstrip(ENDS)) :].lstrip(ENDS + " ")
        return number, title, text, self.clause(row)

    def clause(self, row: list[str]) -> str:
        said: dict[str, str] = {}
        for at, label in self.columns.labels:
            words = unit_line(row[at])
            if words and words not in ("/", "-", "—", "——", "－", "无"):
                said[label] = f"{said[label]}、{words}" if label in said else words
        joined = "，".join(f"{label}：{words}" if label else words for label, words in said.items())
        return f"（{joined}）" if joined else ""

    def continues(self, task: Task) -> bool:
        """Whether this row is a further part of the measure above."""
        before = self.before
        if before is None:
            return False
        part, part_before = PART_NUMBER.fullmatch(task.number), PART_NUMBER.fullmatch(before.number)
        if part and part_before:
            same_title = task.title in ("", before.title)
            return part[1] == part_before[1] and same_title
        if task.number and not task.number_carried:
            return False
        if self.columns.number is None:
            return task.title_carried or not task.title
        return task.number_carried or task.title_carried or not task.title

    def begin(self, task: Task) -> Measure:
        self.finished()
        title = task.title
        part = PART_NUMBER.fullmatch(task.number)
        number = part[1] if part else task.number
        if task.title_carried and task.number and not task.number_carried and not part:
            title = ""  # one heading over several numbers: it stands above them, as a chapter
        elif task.row in self.heading_rows:
            self.chapter(title)
            title = ""
        own = SIGNED.match(title)
        if own and (not number or number.rstrip("、.．") == re.sub(r"[\s、.．]", "", own[0])):
            self.measure = Measure("", title)
            return self.measure
        if not number:
            self.counted += 1
            number = str(self.counted)
            if self.columns.number is not None:
                self.problems.append(
                    f"第{task.row + 1}行“{(title or task.text)[:SHOWN]}”没有序号，暂按第{number}条读入"
                )
        elif number.rstrip(".．、").isdigit():
            self.counted = int(number.rstrip(".．、")[-6:])
        closed = number[-1] in "、.．）)章条" or not number[-1].isalnum()
        self.measure = Measure(number if closed else number + ".", title)
        return self.measure
