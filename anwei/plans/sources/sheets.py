"""Grids of workbooks and csv files -> plan text."""

import csv

from anwei.plans.sources.columns import find_columns
from anwei.plans.sources.source import Grid, Limits, Source, Unreadable, frozen_rows
from anwei.plans.sources.task_table import plan_lines

HEADED = "请核对表头：至少要有“重点任务”（或“具体内容”）、“牵头单位”（或“责任单位”）、“完成时限”三列"
SNIFFED = 65_536  # characters
SNIFFED_ROWS = 50
EVEN = 0.8  # share of csv rows that must be as wide as the head


def sheets_source(name: str, kind: str, grids: list[Grid], problems: list[str]) -> Source:
    """Every sheet with the head of a task table, as labelled plan text; the others are named as left out."""
    lines: list[str] = []
    problems = list(problems)
    for grid in grids:
        labelled = plan_lines(grid)
        if labelled is None:
            problems.append(f"工作表“{grid.caption or '未命名'}”里没有找到任务表的表头，没有读入")
            continue
        above, found = labelled
        if grid.caption and grid.caption not in "".join(above[:3]) and not lines and not _has_title(grid):
            lines.append(grid.caption)
        lines += above
        problems += found
    if not lines:
        raise Unreadable(name, "里没有找到任务表的表头", HEADED)
    return Source("\n".join(lines), kind, frozen_rows(grids), tuple(problems))


def _has_title(grid: Grid) -> bool:
    """Whether anything stands above the head."""
    found = find_columns(grid.rows)
    return found is not None and any(any(row) for row in grid.rows[: found[0] - 1])


def csv_grid(name: str, text: str, limits: Limits) -> Grid | None:
    """The grid of a csv task table, or None when the text is no such table."""
    for delimiter in (",", ";", "\t"):
        if find_columns(_csv_rows(text[:SNIFFED], delimiter)[:SNIFFED_ROWS]) is None:
            continue
        rows = _csv_rows(text, delimiter)
        if not rows or not _is_even(rows):
            continue
        if len(rows) > limits.rows or max(map(len, rows)) > limits.columns:
            raise Unreadable(name, f"超过 {limits.rows} 行或 {limits.columns} 列", "请只留任务表再上传")
        return Grid(rows)
    return None


def _csv_rows(text: str, delimiter: str) -> list[list[str]]:
    """Rows that hold anything; none at all when this is no csv."""
    try:
        rows = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
        return [[cell.strip() for cell in row] for row in rows if any(row)]
    except csv.Error:
        return []


def _is_even(rows: list[list[str]]) -> bool:
    widths = [len(row) for row in rows]
    usual = max(set(widths), key=widths.count)
    return usual > 1 and sum(width == usual for width in widths) >= EVEN * len(widths)
