"""From text to plan: lines, tables, paragraphs, outline, measures; every pass is linear in the text."""

from anwei.plans.reader.draft import MeasureDraft, NotAPlan, PlanDraft, Problem
from anwei.plans.reader.furniture import drop_furniture
from anwei.plans.reader.heads import Head, looks_like_plan, read_head
from anwei.plans.reader.levels import Levels, choose
from anwei.plans.reader.measures import MeasureReader
from anwei.plans.reader.outline import Outline, read_outline
from anwei.plans.reader.paragraphs import join_lines
from anwei.plans.reader.script import Script, read_lines
from anwei.plans.reader.tables import read_tables
from anwei.plans.reader.words import NO_PLAN_TITLE

_NOT_A_PLAN = "没有读到任何工作措施：文件里没有带序号的任务，也没有责任单位。请确认上传的是工作要点、方案或任务分解表"
_SAME = 12


def read_plan(text: str, year: int | None = None) -> tuple[PlanDraft, list[Problem]]:
    """Read a plan document. `year` is used for dates without one, before the title's and the document number's.

    Returns the draft and the problems found; raises NotAPlan where the text holds no measure.
    """
    if not text.strip():
        raise NotAPlan("文件里没有文字，读不出计划。扫描件请先识别文字，或改传 docx、txt 文件")
    lines = drop_furniture(read_tables(read_lines(text)))
    script = join_lines(text, lines)
    outline = read_outline(script)
    levels = choose(script, outline)
    head = read_head(script, _head_end(script, outline, levels), year)
    reader = MeasureReader(script, head, outline, levels)
    measures = _measures(script, levels, reader)
    if not measures or not _is_plan(script, outline, levels, head, measures):
        raise NotAPlan(_NOT_A_PLAN)
    problems = reader.problems
    if reader.yearless:
        problems.insert(0, Problem(reader.yearless[0], _year_message(head)))
    return PlanDraft(head.title, head.year, head.issuer, head.document_number, text, measures), problems


def _head_end(script: Script, outline: Outline, levels: Levels) -> int:
    """Where the plan itself begins: its first chapter (a notice before it may have points of its own) or table."""
    first_row = min((row.places[0][1] for row in script.rows if row.places), default=len(script.tight))
    part = levels.measures[0].part if levels.measures else 0
    first_root = next((root.start for root in outline.roots if root.part == part), len(script.tight))
    return min(first_root, first_row)


def _is_plan(script: Script, outline: Outline, levels: Levels, head: Head, measures: tuple[MeasureDraft, ...]) -> bool:
    """A table of tasks, a clause, a title that promises tasks, or units named as those who act."""
    if script.rows or levels.clauses or looks_like_plan(head.title, script.tight[: outline.head_end]):
        return True
    acting = sum(1 for measure in measures if measure.roles)
    return acting > 1 and 2 * acting >= len(measures) and not NO_PLAN_TITLE.search(head.title)


def _measures(script: Script, levels: Levels, reader: MeasureReader) -> tuple[MeasureDraft, ...]:
    """Measures of the text and of its tables in order; a table that repeats the text's measures adds none."""
    rows = [row for row in script.rows if row.places]
    nodes = levels.measures if levels.clauses or not rows else []
    found = [reader.from_node(node) for node in nodes]
    known = {_key(measure) for measure in found}
    found.extend(measure for measure in map(reader.from_row, rows) if _key(measure) not in known)
    return tuple(sorted(found, key=lambda measure: measure.span))


def _key(measure: MeasureDraft) -> str:
    return measure.title[:_SAME]


def _year_message(head: Head) -> str:
    if head.years:
        return f"标题「{head.title}」跨多个年度，没有写年份的时限不能确定是哪一年，请逐条填写日期"
    return "标题和文号里都没有年份，没有写年份的时限未换算成日期，请填写计划年度后重新识别"
