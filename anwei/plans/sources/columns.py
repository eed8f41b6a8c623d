"""What the columns of a task table mean, found by the words in its head row."""

import re
from dataclasses import dataclass, field

from anwei.plans.sources.source import Grid

HEAD_WITHIN = 30  # rows above the head: title, date, unit of entry
FEWEST_COLUMNS = 3
NUMBER = {"序号", "编号", "序", "号", "条号", "次序", "项号", "任务序号", "任务编号", "no", "no."}
CHAPTER = {
    "章", "章节", "章标题", "类别", "大类", "任务类别", "工作类别", "任务分类", "分类", "领域", "工作领域", "重点领域",
    "板块", "工作板块", "方面", "一级任务", "项目类别", "工作方向", "总体任务",
}  # fmt: skip
TITLE = {
    "重点任务", "重点工作", "主要任务", "工作任务", "任务", "任务名称", "工作事项", "事项", "任务事项", "工作项目",
    "项目", "重点工作任务", "目标任务", "任务目标", "工作目标", "二级任务", "重点事项", "重点任务名称",
    "措施名称", "标题",
}  # fmt: skip
TEXT = {
    "具体内容", "具体任务", "任务内容", "工作内容", "重点内容", "主要内容", "内容", "具体措施", "工作措施", "主要措施",
    "重点措施", "推进措施", "措施", "工作举措", "具体举措", "主要举措", "工作要求", "具体要求", "任务要求", "具体工作",
    "工作任务及要求", "三级任务", "任务措施", "具体工作任务",
}  # fmt: skip
UNIT = re.compile(
    r"(?:共同)?(牵头|主办|主责|负责|责任|配合|协办|协同|参加|参与|承办|落实|主管|监管|实施|督导|包保|分管)"
    r"(?:单位|部门|科室|处室|机构|主体|领导|区领导|市领导|县领导|人员?)"
)
DEADLINE = re.compile(
    r"(?:完成|办结|整改|推进|任务)?(?:时限|时间|期限|日期|时间节点|时间进度)(?:要求|安排)?|进度(?:要求|安排)"
)
DERIVED = {"换算日期"}  # our own task table: computed from 完成时限, nothing is lost by leaving it
SHARED = {"责任分工", "任务分工", "分工", "职责分工", "工作分工"}  # free words: 「甲牵头，乙配合」
BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
BLANK = re.compile(r"[\s\u3000:：*★]+")


@dataclass(slots=True)
class Columns:
    """Column numbers by meaning; `labels` are (column, label as written), the label empty for free words."""

    number: int | None = None
    chapters: list[int] = field(default_factory=list)
    title: int | None = None
    texts: list[int] = field(default_factory=list)
    labels: list[tuple[int, str]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    found: int = 0

    @property
    def is_task_table(self) -> bool:
        return self.found >= FEWEST_COLUMNS and bool(self.labels) and bool(self.texts or self.title is not None)


def disjoint(merges: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Without merges that overlap another one in their first column: no program writes them, only attacks do."""
    kept: list[tuple[int, int, int, int]] = []
    reached: dict[int, int] = {}
    for merge in sorted(merges):
        top, left, bottom, _ = merge
        if top > reached.get(left, -1):
            reached[left] = bottom
            kept.append(merge)
    return kept


def spread(grid: Grid) -> tuple[list[list[str]], set[tuple[int, int]]]:
    """Rows of equal width with merged text carried down, and the cells that only repeat the one above."""
    width = max((len(row) for row in grid.rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in grid.rows]
    carried: set[tuple[int, int]] = set()
    for top, left, bottom, _ in grid.merges:
        if top < len(rows) and left < width:
            for at in range(top + 1, min(bottom + 1, len(rows))):
                rows[at][left] = rows[top][left]
                carried.add((at, left))
    return rows, carried


def find_columns(rows: list[list[str]]) -> tuple[int, Columns] | None:
    """(first row below the head, columns), or None when this is no task table."""
    for at, row in enumerate(rows[:HEAD_WITHIN]):
        columns = read_head(row)
        below = rows[at + 1] if at + 1 < len(rows) else []
        if columns.found and is_second_head(row, below):  # 责任分工 above 牵头单位 | 责任单位
            merged = read_head([low or high for high, low in zip(row, below, strict=True)])
            if merged.is_task_table:
                return at + 2, merged
        if columns.is_task_table:
            return at + 1, columns
    return None


def is_second_head(head: list[str], row: list[str]) -> bool:
    """Every word of the row is itself a column name: a head in two rows, or the head printed again."""
    words = [cell for cell in row if cell.strip()]
    if not words or len(row) != len(head):
        return False
    return all(_is_name(word) or word in head for word in words) and any(_is_name(word) for word in words)


def _is_name(word: str) -> bool:
    return read_head([word]).found == 1


def read_head(row: list[str]) -> Columns:
    columns = Columns()
    for at, cell in enumerate(row):
        name = BLANK.sub("", BRACKETED.sub("", cell)).lower() or BLANK.sub("", cell).lower()
        columns.found += _place(columns, at, name)
    if columns.title is None and len(columns.chapters) > 1:
        columns.title = columns.chapters.pop()
    return columns


def _place(columns: Columns, at: int, name: str) -> bool:
    """Files one head cell under its meaning; False when the word says nothing here."""
    if not name or name in DERIVED:
        return False
    unit = UNIT.search(name)
    deadline = DEADLINE.fullmatch(name)
    if name in NUMBER and columns.number is None:
        columns.number = at
    elif name in CHAPTER:
        columns.chapters.append(at)
    elif name in TEXT or (name in TITLE and columns.title is not None):
        columns.texts.append(at)
    elif name in TITLE:
        columns.title = at
    elif name in SHARED:
        columns.labels.append((at, ""))
    elif unit and len(name) <= len(unit[0]) + 6:
        columns.labels.append((at, unit[0]))
    elif deadline:
        columns.labels.append((at, "完成时限"))
    else:
        columns.unread.append(name)
        return False
    return True
