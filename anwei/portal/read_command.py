"""`anwei read`: a plan document -> a table on the terminal, JSON or a workbook. Needs no database."""

import argparse
import importlib
import json
import os
import pathlib
import shutil
import sys

from anwei.plans.reader import NotAPlan, PlanDraft, Problem, draft_to_json, read_plan
from anwei.plans.sources import LIMITS, Unreadable, read_source
from anwei.portal.cli import ChineseHelp, ChineseParser
from anwei.portal.plan_table import table_lines

READ, REFUSED, USAGE = 0, 1, 2
STANDARD_INPUT = "-"
WHOLE_DOCUMENT = (0, 0)
EARLIEST, LATEST = 1949, 2199
UNKNOWN_WIDTH = (120, 40)  # columns and lines when the output is no terminal
QUOTED = 24
WORKBOOK = "anwei.portal.plan_workbook"

DESCRIPTION = (
    "读一份安全生产工作要点（txt、docx、pdf、xlsx、csv；装有 LibreOffice 时还有 doc、wps、odt、rtf），列出任务表。"
)
EPILOG = "退出码：0 已读出（疑问写在标准错误），1 不是要点或读不出，2 用法不对。"


def run(name: str, arguments: list[str]) -> int:
    """Exit code 0 read, 1 no plan or unreadable, 2 usage."""
    parser = make_parser(name)
    try:
        asked = parser.parse_args(arguments)
    except SystemExit as ended:  # argparse leaves the process; the dispatcher returns codes
        return int(ended.code or 0)
    if asked.xlsx and asked.file != STANDARD_INPUT and _is_same_file(asked.xlsx, asked.file):
        sys.stderr.write(f"--xlsx {asked.xlsx} 就是要读的文件，会把它覆盖，请换一个文件名\n")
        return USAGE
    try:
        draft, problems = read(asked.file, asked.year)
    except (Unreadable, NotAPlan, OSError) as error:
        sys.stderr.write(f"{_reason(asked.file, error)}\n")
        return REFUSED
    return show(asked, draft, problems)


def make_parser(name: str) -> argparse.ArgumentParser:
    parser = ChineseParser(
        prog=f"anwei {name}", description=DESCRIPTION, epilog=EPILOG, formatter_class=ChineseHelp, add_help=False
    )
    parser._positionals.title, parser._optionals.title = "参数", "选项"
    parser.add_argument("file", metavar="文件", help="要读的文件；- 表示标准输入")
    layout = parser.add_mutually_exclusive_group()
    layout.add_argument("--json", action="store_true", help="输出 JSON（UTF-8）")
    layout.add_argument("--xlsx", metavar="OUT", help="写成 Excel 任务表 OUT")
    parser.add_argument("--year", type=_year, metavar="年", help="要点的年度（文中没有写明时用）")
    parser.add_argument("-h", "--help", action="help", help="显示这段说明")
    return parser


def read(file: str, year: int | None) -> tuple[PlanDraft, list[Problem]]:
    """The draft and all problems, those of the file first. Raises Unreadable, NotAPlan, OSError."""
    if file == STANDARD_INPUT:
        name, data = "标准输入", sys.stdin.buffer.read(LIMITS.upload + 1)
    else:
        path = pathlib.Path(file)
        name = path.name
        with path.open("rb") as stream:
            data = stream.read(LIMITS.upload + 1)
    source = read_source(name, data)
    draft, problems = read_plan(source.text, year)
    return draft, [*(Problem(WHOLE_DOCUMENT, said) for said in source.problems), *problems]


def show(asked: argparse.Namespace, draft: PlanDraft, problems: list[Problem]) -> int:
    if asked.json:
        _write(json.dumps(draft_to_json(draft, problems), ensure_ascii=False, indent=2) + "\n")
    elif asked.xlsx:
        workbook = importlib.import_module(WORKBOOK).plan_workbook(draft, problems)
        try:
            pathlib.Path(asked.xlsx).write_bytes(workbook)
        except OSError as error:
            sys.stderr.write(f"不能写入 {asked.xlsx}：{_said(error)}\n")
            return REFUSED
        sys.stderr.write(f"已写入 {asked.xlsx}（{len(draft.measures)} 条）\n")
    else:
        width = shutil.get_terminal_size(UNKNOWN_WIDTH).columns
        _write("\n".join(table_lines(draft, width)) + "\n")
    sys.stdout.flush()
    for problem in problems:
        sys.stderr.write(f"疑问：{placed(problem, draft.source_text)}\n")
    return READ


def placed(problem: Problem, text: str) -> str:
    """The message with its line and the words it is about."""
    start, end = problem.span
    if tuple(problem.span) == WHOLE_DOCUMENT:
        return problem.message
    words = " ".join(text[start:end].split())
    shown = words if len(words) <= QUOTED else words[:QUOTED] + "…"
    return f"第{text.count(chr(10), 0, start) + 1}行“{shown}”：{problem.message}"


def _write(text: str) -> None:
    """UTF-8 whatever the terminal's locale says: JSON is for machines, and a table in «?» helps nobody."""
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        stream.write(text.encode("utf-8", "replace"))


def _year(text: str) -> int:
    if not text.isdecimal() or not EARLIEST <= int(text) <= LATEST:
        raise argparse.ArgumentTypeError(f"“{text}”不是年度，请写四位数字，例如 2023")
    return int(text)


def _reason(file: str, error: Exception) -> str:
    if isinstance(error, Unreadable):
        return str(error)
    name = "标准输入" if file == STANDARD_INPUT else file
    if isinstance(error, OSError):
        return f"文件「{name}」打不开：{_said(error)}"
    return f"文件「{name}」：{error}"


def _said(error: OSError) -> str:
    known = {FileNotFoundError: "没有这个文件或目录", IsADirectoryError: "这是一个目录", PermissionError: "没有权限"}
    return known.get(type(error), error.strerror or str(error))


def _is_same_file(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False
