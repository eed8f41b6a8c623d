"""One measure put together: its text without the clause, roles, deadlines, phases, cadences, and what is doubtful."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from anwei.plans.reader.cadences import read_cadences
from anwei.plans.reader.clauses import Clauses, find_clauses
from anwei.plans.reader.deadlines import Deadline, deadlines_in_text, read_deadline
from anwei.plans.reader.draft import CadenceDraft, MeasureDraft, PhaseDraft, Problem, Span
from anwei.plans.reader.heads import Head
from anwei.plans.reader.levels import Levels, heading, heading_end
from anwei.plans.reader.numbering import read_sign
from anwei.plans.reader.outline import Node, Outline
from anwei.plans.reader.phases import Phase, phase_table, read_phases
from anwei.plans.reader.rows import row_clauses, row_text
from anwei.plans.reader.script import Row, Script
from anwei.plans.reader.subjects import find_subjects

_FIRST_LEADS = re.compile("(?:列|排)在?(?:第一位|首位|第一)的?(?:责任)?(?:单位|部门)?(?:为|是|即为)?.{0,4}牵头")

_DATED_TITLE = re.compile(r"（((?=[^（）]*月)[\d年月日号至到\-—~底前中上下旬初末、.]+)）")


@dataclass(slots=True)
class _Raw:
    """What is known of a measure before its fields are read; all stretches are of the tight text."""

    number: str
    chapters: tuple[str, ...]
    start: int
    end: int
    kept: list[tuple[int, int]]
    title: tuple[int, int]
    clauses: Clauses
    parent: Node | None


class MeasureReader:
    """Reads the measures of one document; collects problems on the way."""

    def __init__(self, script: Script, head: Head, outline: Outline, levels: Levels) -> None:
        self.script, self.outline, self.levels = script, outline, levels
        self.year = None if head.years else head.year
        self.problems: list[Problem] = []
        self.yearless: list[Span] = []
        self.phases = read_phases(script.tight, self.year)
        self.phase_day = phase_table(self.phases).get
        self.phase_starts = [phase.start for phase in self.phases]
        self.node_starts = [node.start for node in outline.nodes]
        self.first_leads = bool(_FIRST_LEADS.search(script.tight))

    def from_node(self, node: Node) -> MeasureDraft:
        """The measure that a node of the outline is, with the points below it."""
        script = self.script
        start, end = node.sign.end, node.end
        whole = node in self.levels.own and node.end == node.own_end and not self.first_leads
        clauses = self.levels.own[node] if whole else find_clauses(script, start, end, self.first_leads)
        self._inherit_lead(node, clauses)
        if not clauses.found:
            clauses.roles.extend(find_subjects(script, start, end))
        first_region = min([end, *(left for left, _ in clauses.regions if left > start)])
        title = (start, heading_end(script, start, first_region))
        kept = _without(start, end, clauses.regions)
        return self._draft(
            _Raw(node.sign.number, chapters(script, node.parent), node.start, end, kept, title, clauses, node.parent)
        )

    def _phases_in(self, start: int, end: int) -> list[Phase]:
        return self.phases[bisect_left(self.phase_starts, start) : bisect_left(self.phase_starts, end)]

    def from_row(self, row: Row) -> MeasureDraft:
        """The measure that a row of a task table is; its chapter is the heading above it or its first column."""
        script = self.script
        clauses = row_clauses(script, row)
        texts = row_text(script, row) or [row.places[0][1:]]
        first = texts[0][0]
        number = script.written(*row.number_place).rstrip(".、．") if row.number_place else ""
        sign = read_sign(script.tight, first)
        if sign and sign.end < texts[0][1]:
            number = number or sign.number
            texts = [(sign.end, texts[0][1]), *texts[1:]]
        clauses_in_text = [find_clauses(script, a, b) for a, b in texts]
        for found in clauses_in_text:
            if not clauses.roles:
                clauses.roles.extend(found.roles)
            if not clauses.deadlines:
                clauses.deadlines.extend(found.deadlines)
            clauses.regions.extend(found.regions)
        kept = [part for a, b in texts for part in _without(a, b, [r for r in clauses.regions if a <= r[0] < b])]
        before = bisect_left(self.node_starts, row.places[0][1])
        above = self.outline.nodes[before - 1] if before else None
        path = chapters(script, above)
        if row.chapter:
            own = read_sign(row.chapter, 0)
            name = row.chapter[own.end :] if own else row.chapter
            path = path if path and path[-1] == name else (*path, name)
        edges = [place[1:] for place in row.places] + ([row.number_place] if row.number_place else [])
        start, end = min(edge[0] for edge in edges), max(edge[1] for edge in edges)
        title = (texts[0][0], heading_end(script, *texts[0]))
        return self._draft(_Raw(number, path, start, end, kept, title, clauses, above))

    def _draft(self, raw: _Raw) -> MeasureDraft:
        script, clauses = self.script, raw.clauses
        text = "\n".join(filter(None, (_tidy(script.written(a, b)) for a, b in raw.kept)))
        deadline, deadline_text = self._deadline(raw)
        phases = self._phases_in(raw.start, raw.end)
        if not deadline.says_something and phases:
            deadline, deadline_text = _phase_deadline(phases)
        elif not deadline.says_something and (dated := _DATED_TITLE.search(script.tight, *raw.title)):
            deadline, deadline_text = read_deadline(dated[1], self.year), script.written(*dated.span(1))
        elif not deadline.says_something:
            deadline, deadline_text, phases = self._inherited(raw.parent, deadline)
        span = script.span(raw.start, raw.end)
        self._note(raw, deadline, span)
        return MeasureDraft(
            chapter=raw.chapters[-1] if raw.chapters else "",
            chapter_path=raw.chapters,
            number=raw.number,
            title=_tidy(script.written(*raw.title)).rstrip("。：；，"),
            text=text,
            roles=tuple(clauses.roles),
            deadline_text=deadline_text,
            deadlines=tuple(deadline.dates),
            phases=tuple(PhaseDraft(p.name, p.when, p.last_day, script.span(p.start, p.end)) for p in phases),
            ongoing=deadline.ongoing,
            relative=deadline.relative,
            cadences=self._cadences(raw),
            span=span,
        )

    def _inherit_lead(self, node: Node, clauses: Clauses) -> None:
        """A clause behind a chapter's heading holds for the measures of the chapter: its lead, and what they do not say."""
        parent = node.parent
        while parent:
            above = self.levels.own[parent]
            if above.found:
                if not clauses.roles:
                    clauses.roles.extend(above.roles)
                elif not any(role.lead for role in clauses.roles):
                    clauses.roles[:0] = [role for role in above.roles if role.lead]
                if not clauses.deadlines:
                    clauses.deadlines.extend(above.deadlines)
                return
            parent = parent.parent

    def _deadline(self, raw: _Raw) -> tuple[Deadline, str]:
        """What the deadline labels say, else the running text."""
        script = self.script
        total, texts = Deadline(), []
        for start, end in raw.clauses.deadlines:
            value = script.tight[start:end].strip("，。；、：（） \n")
            if not re.search(r"\w", value):
                continue
            read = read_deadline(value, self.year, self.phase_day)
            texts.append(re.sub("^[为是]", "", script.written(start, end).strip("，。；、：:,;（） \n")))
            _merge(total, read)
            if not read.says_something:
                total.problems.append(f"时限「{value}」读不出日期，请按 年-月-日 填写或注明“长期”")
        if texts:
            return total, "；".join(texts)
        tight = "\n".join(script.tight[a:b] for a, b in raw.kept)
        read = deadlines_in_text(tight, self.year)
        return read, "、".join(tight[a:b].strip("，。") for a, b in read.spans)

    def _inherited(self, parent: Node | None, deadline: Deadline) -> tuple[Deadline, str, list[Phase]]:
        """A measure inside a dated phase is due when the phase ends."""
        while parent:
            phases = self._phases_in(parent.start, parent.own_end)
            if phases:
                return *_phase_deadline(phases), phases
            parent = parent.parent
        return deadline, "", []

    def _cadences(self, raw: _Raw) -> tuple[CadenceDraft, ...]:
        script = self.script
        found = []
        in_text = [(start, end, False) for start, end in raw.kept]
        for start, end, as_deadline in (*in_text, *((a, b, True) for a, b in raw.clauses.deadlines)):
            for c in read_cadences(script.tight[start:end].rstrip("。；，"), as_deadline):
                at = (start + c.start, start + c.end)
                found.append(CadenceDraft(script.written(*at), c.at_least, c.every, c.object, script.span(*at)))
        return tuple(sorted(found, key=lambda cadence: cadence.span))

    def _note(self, raw: _Raw, deadline: Deadline, span: Span) -> None:
        clauses = raw.clauses
        name = raw.number if raw.number.startswith("第") else f"第{raw.number}条" if raw.number else "这一条"
        if not clauses.roles:
            self.problems.append(Problem(span, f"{name}没有写明牵头单位或责任单位，请补充后再采用"))
        elif not any(role.units and not role.persons for role in clauses.roles):
            self.problems.append(Problem(span, f"{name}的责任条款里没有读到单位名称，请核对"))
        for role in clauses.roles:
            for unit in role.units:
                if len(unit) > 40 or "。" in unit:
                    self.problems.append(Problem(role.span, f"「{unit[:30]}」不像单位名称，请核对{name}的{role.role}"))
        self.problems.extend(Problem(span, f"{name}：{message}") for message in dict.fromkeys(deadline.problems))
        if deadline.yearless:
            self.yearless.append(span)


def chapters(script: Script, node: Node | None) -> tuple[str, ...]:
    """The headings from the outermost chapter down to `node`; 第一阶段 and the like keep their sign."""
    path: list[str] = []
    while node:
        title = heading(script, node)
        if node.sign.kind == "phase":
            title = f"{node.sign.number}：{title}" if title else node.sign.number
        path.append(title)
        node = node.parent
    return tuple(reversed(path))


def _phase_deadline(phases: list[Phase]) -> tuple[Deadline, str]:
    found = Deadline(dates=sorted({day for p in phases if (day := p.last_day)}))
    found.yearless = any(p.deadline.yearless for p in phases)
    return found, "；".join(p.when for p in phases)


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


def _tidy(text: str) -> str:
    return re.sub(r"\n{2,}", "\n", text).strip("\n ")


def _merge(total: Deadline, read: Deadline) -> None:
    dates: set[date] = {*total.dates, *read.dates}
    total.dates = sorted(dates)
    total.ongoing = total.ongoing or read.ongoing
    total.relative = total.relative or read.relative
    total.problems.extend(read.problems)
    total.yearless = total.yearless or read.yearless
    total.recurring = total.recurring or read.recurring
