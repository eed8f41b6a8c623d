"""xlsx and xls -> grids: stored values only (a formula cell gives its last result), merged ranges kept."""

import datetime
import io

import python_calamine

from anwei.plans.sources.source import Grid, Limits, Unreadable

RESAVE = "请用 Excel 或 WPS 表格打开后另存为 .xlsx 再上传"
PLAIN_NAMES = ("sheet", "工作表")


def read_workbook(name: str, data: bytes, limits: Limits) -> tuple[list[Grid], list[str]]:
    """Visible sheets in order with their names as captions, and problems. Raises Unreadable."""
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        sheets = [
            (each.name, each.visible == python_calamine.SheetVisibleEnum.Visible) for each in book.sheets_metadata
        ]
    except python_calamine.PasswordError as error:
        raise Unreadable(name, "设有打开密码", "请在 Excel 中取消密码后另存再上传") from error
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise Unreadable(name, "已损坏或没有传完整（工作簿读不出）", RESAVE) from error
    grids, problems = [], []
    for title, visible in sheets:
        if not visible:
            problems.append(f"工作表“{title}”是隐藏的，没有读入；需要时请先取消隐藏")
            continue
        try:
            grid = _grid(name, book.get_sheet_by_name(title), title, limits)
        except (python_calamine.CalamineError, ValueError, OSError) as error:
            problems.append(f"工作表“{title}”已损坏，没有读入（{error}）")
            continue
        if grid.rows:
            grids.append(grid)
    if not grids:
        why = "里没有可读的内容" if not problems else "读不出：" + "；".join(problems)
        raise Unreadable(name, why, RESAVE)
    return grids, problems


def _grid(name: str, sheet: python_calamine.CalamineSheet, title: str, limits: Limits) -> Grid:
    if sheet.height > limits.rows or sheet.width > limits.columns:
        fault = f"的工作表“{title}”有 {sheet.height} 行 {sheet.width} 列，超过 {limits.rows} 行 {limits.columns} 列"
        raise Unreadable(name, fault, "请删去多余的空行空列，或只留任务表再上传")
    rows = [[cell_text(value) for value in row] for row in sheet.to_python()]
    top, left = sheet.start or (0, 0)
    merges = [
        (max(from_row - top, 0), max(from_column - left, 0), to_row - top, to_column - left)
        for (from_row, from_column), (to_row, to_column) in sheet.merged_cell_ranges or []
        if to_row >= top and to_column >= left
    ]
    caption = "" if title.lower().startswith(PLAIN_NAMES) else title
    return Grid(rows, merges, caption)


def cell_text(value: object) -> str:
    """A stored value as the office would write it: 1.0 -> 1, a date -> 2023年6月30日."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value).strip()
