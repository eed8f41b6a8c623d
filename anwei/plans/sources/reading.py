"""The door of this room: `read_source`."""

from dataclasses import replace

from anwei.plans.sources.boxed import RESAVE, run_boxed
from anwei.plans.sources.columns import read_head
from anwei.plans.sources.docx import read_docx
from anwei.plans.sources.kinds import kind_of
from anwei.plans.sources.office import KINDS, to_docx
from anwei.plans.sources.plain import decode
from anwei.plans.sources.sheets import csv_grid, sheets_source
from anwei.plans.sources.source import LIMITS, Grid, Limits, Source, Unreadable, frozen_rows
from anwei.plans.sources.task_table import flattened, has_its_own_clauses, plan_lines

ENDINGS = {
    "txt": {"txt", "text", "md"},
    "csv": {"csv", "txt", "tsv"},
    "docx": {"docx", "docm", "dotx", "wps", "doc"},
    "xlsx": {"xlsx", "xlsm", "xltx", "xlsb", "et", "xls"},
    "pdf": {"pdf"},
    "doc": {"doc", "wps", "dot", "wpt"},
    "xls": {"xls", "et", "xlt"},
    "odt": {"odt"},
    "rtf": {"rtf", "doc"},
}


def read_source(name: str, data: bytes, limits: Limits = LIMITS) -> Source:
    """The text of a file for the reader.

    `name` is only quoted in messages: what the file is, its content says. Raises Unreadable for everything that
    gives no text; nothing else is raised for any bytes.
    """
    if len(data) > limits.upload:
        fault = f"有 {len(data) / 1024 / 1024:.1f} MB，超过 {limits.upload // 1024 // 1024} MB"
        raise Unreadable(name, fault, "请删去图片或拆成几份再上传")
    kind = kind_of(name, data, limits)
    try:
        source = _read(name, kind, data, limits)
    except RecursionError as error:
        raise Unreadable(name, "的结构嵌套太深（可能已损坏）", RESAVE) from error
    return _with_ending_checked(name, source)


def _read(name: str, kind: str, data: bytes, limits: Limits) -> Source:
    if kind == "txt":
        text, problems = decode(name, data)
        grid = csv_grid(name, text, limits)
        if grid is None:
            return Source(text, "txt", (), tuple(problems))
        return sheets_source(name, "csv", [grid], problems)
    if kind == "docx":
        return read_docx(name, data, limits)
    if kind in KINDS:
        return replace(read_docx(name, to_docx(name, kind, data, limits), limits), kind=kind)
    if kind == "pdf":
        return _from_pages(*run_boxed("pdf", name, data, limits))
    found, problems = run_boxed("workbook", name, data, limits)
    return sheets_source(name, kind, [each for each in found if not isinstance(each, str)], problems)


def _from_pages(found: list[Grid | str], problems: list[str]) -> Source:
    """Lines and tables of a PDF in order; a task table becomes labelled text as in every other format."""
    lines: list[str] = []
    running: list[str] = []  # outside tables
    problems = list(problems)
    for each in found:
        if isinstance(each, str):
            lines.append(each)
            running.append(each)
            continue
        labelled = None if has_its_own_clauses(running) else plan_lines(each)
        if labelled is None:
            lines += flattened(each)
        else:
            lines += labelled[0]
            problems += labelled[1]
    if any(isinstance(each, str) and read_head(each.split()).is_task_table for each in found):
        problems.append("PDF 里有一张没有框线的任务表，各列读出的次序可能不对，请逐条核对，最好改传 docx 或 xlsx")
    tables = frozen_rows([each for each in found if isinstance(each, Grid)])
    return Source("\n".join(lines), "pdf", tables, tuple(problems))


def _with_ending_checked(name: str, source: Source) -> Source:
    """A wrong ending is read all the same, and said."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    known = set().union(*ENDINGS.values())
    if ending in known and ending not in ENDINGS[source.kind]:
        said = f"文件「{name}」的内容是 {source.kind}，与后缀 .{ending} 不符，已按内容读入"
        return replace(source, problems=(*source.problems, said))
    return source
