"""From text to plan: lines, paragraphs, outline, measures; one pass each, every pass linear in the text."""

import re
from datetime import date

from anwei.plans.reader.cadences import read_cadences
from anwei.plans.reader.clauses import Clauses, find_clauses, find_subjects
from anwei.plans.reader.deadlines import Deadline, deadlines_in_text, read_deadline
from anwei.plans.reader.draft import CadenceDraft, MeasureDraft, NotAPlan, PhaseDraft, PlanDraft, Problem
from anwei.plans.reader.furniture import drop_furniture
from anwei.plans.reader.heads import Head, looks_like_plan, read_head
from anwei.plans.reader.levels import choose, heading, heading_end
from anwei.plans.reader.outline import Node, Outline, read_outline
from anwei.plans.reader.paragraphs import join_lines
from anwei.plans.reader.phases import Phase, phase_table, read_phases
from anwei.plans.reader.script import Script, read_lines

_FIRST_LEADS = re.compile("(?:列|排)在?(?:第一位|首位|第一)的?(?:责任)?(?:单位|部门)?(?:为|是|即为)?.{0,4}牵头")
_NOT_A_PLAN = "没有读到任何工作措施：文件里没有带序号的任务，也没有责任单位。请确认上传的是工作要点、方案或任务分解表"


class _Reader:
    """What all measures of one document share."""

    def __init__(self, script: Script, head: Head, outline: Outline) -> None:
        self.script, self.head, self.outline = script, head, outline
        self.year = None if head.years else head.year
        self.problems: list[Problem] = []
        self.yearless: list[tuple[int, int]] = []
        self.phases = read_phases(script.tight, self.year)
        table = phase_table(self.phases)
        self.phase_day = table.get
        self.first_leads = bool(_FIRST_LEADS.search(script.tight))

    def measure(self, node: Node) -> MeasureDraft:
        script = self.script
        clauses = find_clauses(script, node.sign.end, node.end, self.first_leads)
        if not clauses.found:
            clauses.roles.extend(find_subjects(script, node.sign.end, node.end))
        kept = _without(node.sign.end, node.end, clauses.regions)
        text = "\n".join(filter(None, (_tidy(script.written(a, b)) for a, b in kept)))
        tight = "\n".join(script.tight[a:b] for a, b in kept)
        span = script.span(node.start, node.end)
        deadline, deadline_text = self._deadline(node, clauses, tight)
        phases = [p for p in self.phases if node.start <= p.start < node.end]
        if not deadline.says_something and phases:
            deadline.dates = sorted({day for p in phases if (day := p.last_day)})
            deadline.yearless = any(p.deadline.yearless for p in phases)
            deadline_text = "；".join(p.when for p in phases)
        elif not deadline.says_something:
            deadline, deadline_text, phases = self._inherited(node, deadline)
        self._note(node, clauses, deadline, deadline_text, span)
        title_end = heading_end(script, node.sign.end, _first_region(clauses, node))
        path = _chapters(script, node)
        return MeasureDraft(
            chapter=path[-1] if path else "",
            chapter_path=path,
            number=node.sign.number,
            title=_tidy(script.written(node.sign.end, title_end)).rstrip("。：；，"),
            text=text,
            roles=tuple(clauses.roles),
            deadline_text=deadline_text,
            deadlines=tuple(deadline.dates),
            phases=tuple(PhaseDraft(p.name, p.when, p.last_day, script.span(p.start, p.end)) for p in phases),
            ongoing=deadline.ongoing,
            relative=deadline.relative,
            cadences=self._cadences(node, clauses),
            span=span,
        )

    def _deadline(self, node: Node, clauses: Clauses, tight: str) -> tuple[Deadline, str]:
        """What the deadline labels say, else the running text."""
        script = self.script
        total, texts = Deadline(), []
        for start, end in clauses.deadlines:
            value = script.tight[start:end].strip("，。；、：:（） \n")
            if not value:
                continue
            read = read_deadline(value, self.year, self.phase_day)
            texts.append(script.written(start, end).strip("，。；、：:,;（） \n"))
            _merge(total, read)
            if not read.says_something:
                total.problems.append(f"时限「{value}」读不出日期，请按 年-月-日 填写或注明“长期”")
        if texts:
            return total, "；".join(texts)
        read = deadlines_in_text(tight, self.year)
        if not read.spans:
            return read, ""
        return read, "、".join(tight[a:b].strip("，。") for a, b in read.spans)

    def _inherited(self, node: Node, deadline: Deadline) -> tuple[Deadline, str, list[Phase]]:
        """A measure inside a dated phase is due when the phase ends."""
        parent = node.parent
        while parent:
            phases = [p for p in self.phases if parent.start <= p.start < parent.own_end]
            if phases:
                found = Deadline(dates=sorted({day for p in phases if (day := p.last_day)}))
                found.yearless = any(p.deadline.yearless for p in phases)
                return found, "；".join(p.when for p in phases), phases
            parent = parent.parent
        return deadline, "", []

    def _cadences(self, node: Node, clauses: Clauses) -> tuple[CadenceDraft, ...]:
        script = self.script
        found = []
        for start, end in (*_without(node.sign.end, node.end, clauses.regions), *clauses.deadlines):
            for c in read_cadences(script.tight[start:end]):
                at = (start + c.start, start + c.end)
                found.append(CadenceDraft(script.written(*at), c.at_least, c.every, c.object, script.span(*at)))
        return tuple(sorted(found, key=lambda cadence: cadence.span))

    def _note(self, node: Node, clauses: Clauses, deadline: Deadline, text: str, span: tuple[int, int]) -> None:
        name = f"第{node.sign.number}条" if not node.sign.number.startswith("第") else node.sign.number
        if not clauses.roles:
            self.problems.append(Problem(span, f"{name}没有写明牵头单位或责任单位，请补充后再采用"))
        elif not any(role.units and not role.persons for role in clauses.roles):
            self.problems.append(Problem(span, f"{name}的责任条款里没有读到单位名称，请核对"))
        for role in clauses.roles:
            for unit in role.units:
                if len(unit) > 40 or "。" in unit:
                    self.problems.append(Problem(role.span, f"「{unit[:30]}」不像单位名称，请核对{name}的{role.role}"))
        for message in dict.fromkeys(deadline.problems):
            self.problems.append(Problem(span, f"{name}：{message}"))
        if deadline.yearless:
            self.yearless.append(span)


def read_plan(text: str, year: int | None = None) -> tuple[PlanDraft, list[Problem]]:
    """Read a plan document. `year` is used for dates without one, before the title's and the document number's.

    Returns the draft and the problems found; raises NotAPlan where the text holds no measure.
    """
    if not text.strip():
        raise NotAPlan("文件里没有文字，读不出计划。扫描件请先识别文字，或改传 docx、txt 文件")
    lines = read_lines(text)
    script = join_lines(text, drop_furniture(lines, set()))
    outline = read_outline(script)
    head = read_head(script, outline.head_end, year)
    levels = choose(script, outline)
    if not levels.measures or (not levels.clauses and not looks_like_plan(head.title, script.tight[: outline.head_end])):
        raise NotAPlan(_NOT_A_PLAN)
    reader = _Reader(script, head, outline)
    measures = tuple(reader.measure(node) for node in levels.measures)
    problems = reader.problems
    if reader.yearless:
        problems.insert(0, Problem(reader.yearless[0], _year_message(head)))
    draft = PlanDraft(head.title, head.year, head.issuer, head.document_number, text, measures)
    return draft, problems


def _year_message(head: Head) -> str:
    if head.years:
        return f"标题「{head.title}」跨多个年度，没有写年份的时限不能确定是哪一年，请逐条填写日期"
    return "标题和文号里都没有年份，没有写年份的时限未换算成日期，请填写计划年度后重新识别"


def _without(start: int, end: int, regions: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """tight[start:end] without the clause regions."""
    kept, pos = [], start
    for left, right in sorted(regions):
        if left > pos:
            kept.append((pos, left))
        pos = max(pos, right)
    if pos < end:
        kept.append((pos, end))
    return kept


def _first_region(clauses: Clauses, node: Node) -> int:
    return min([node.end, *(left for left, _ in clauses.regions if left > node.sign.end)])


def _tidy(text: str) -> str:
    return re.sub(r"\n{2,}", "\n", text).strip("\n ")


def _chapters(script: Script, node: Node) -> tuple[str, ...]:
    path: list[str] = []
    parent = node.parent
    while parent:
        path.append(heading(script, parent))
        parent = parent.parent
    return tuple(reversed(path))


def _merge(total: Deadline, read: Deadline) -> None:
    dates: set[date] = {*total.dates, *read.dates}
    total.dates = sorted(dates)
    total.ongoing = total.ongoing or read.ongoing
    total.relative = total.relative or read.relative
    total.problems.extend(read.problems)
    total.yearless = total.yearless or read.yearless
    total.recurring = total.recurring or read.recurring
