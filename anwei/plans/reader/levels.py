"""Which nodes are measures: decided from where the responsibility clauses sit in the whole document.

The same sign is a chapter in one document and a measure in another. A node is a measure when its own text carries a
clause; the points below it are then a list inside it. Where only the last point of several carries the clause, it is the
clause of the node above. A node without any clause is a measure when it stands at the level where the others are
measures; a chapter of principles (总体要求, 保障措施 …) without a clause yields nothing.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from anwei.plans.reader.clauses import Clauses, find_clauses
from anwei.plans.reader.labels import label_at
from anwei.plans.reader.numbering import LIST_KINDS
from anwei.plans.reader.outline import Node, Outline
from anwei.plans.reader.phases import read_phases
from anwei.plans.reader.script import Script
from anwei.plans.reader.words import SCHEDULE, frames, principled

_BODY = 30
_DOMINANT = 4
_HEADING_MARKS = re.compile("[“《（【”》）】。！？]")
_NOTICE = re.compile("印发给你们|现印发|遵照执行|贯彻执行|抓好落实|认真组织实施|现将")


@dataclass(slots=True)
class Levels:
    """The measures in document order, how many nodes carry a clause, and each node's own clauses."""

    measures: list[Node] = field(default_factory=list)
    clauses: int = 0
    own: dict[Node, Clauses] = field(default_factory=dict)


@dataclass(slots=True)
class _Facts:
    own: dict[Node, bool]
    below: dict[Node, bool]
    own_at: Counter[tuple[str, ...]]
    several_at: Counter[tuple[str, ...]]
    last_only_at: Counter[tuple[str, ...]]
    fields: set[Node]


def heading(script: Script, node: Node) -> str:
    """The heading sentence of a node: its first sentence, or its first line where that ends without 。"""
    start, end = node.sign.end, node.own_end
    stop = heading_end(script, start, end)
    return script.written(start, stop).rstrip("。：；，.")


def heading_end(script: Script, start: int, end: int) -> int:
    """Where the heading ends: at the first 。 or ； outside quotes, at the line's end, or before a bracketed clause."""
    text = script.tight
    line_end = text.find("\n", start, end)
    line_end = end if line_end < 0 else line_end
    depth = 0
    for mark in _HEADING_MARKS.finditer(text, start, min(line_end, start + 400)):
        char = mark.group()
        if char in "“《（【":
            depth += 1
        elif char in "”》）】":
            depth = max(depth - 1, 0)
        elif depth == 0:
            return mark.start()
    return line_end


def choose(script: Script, outline: Outline) -> Levels:
    """The measures of the document."""
    clauses = {node: find_clauses(script, node.sign.end, node.own_end) for node in outline.nodes}
    facts = _facts(script, outline, clauses)
    levels = Levels(clauses=sum(facts.own.values()), own=clauses)
    decided: dict[Node, str] = {}
    for root in outline.roots:
        _descend(root, facts, decided)
    paths = {node.path for node, what in decided.items() if what == "measure"}
    parts_with_clause = {node.part for node, what in decided.items() if what == "measure"}
    if paths:
        for root in outline.roots:
            if root.part in parts_with_clause:
                _rest(script, root, decided, paths)
    else:
        _without_clauses(script, outline, decided)
    levels.measures = [node for node in outline.nodes if decided.get(node) == "measure"]
    return levels


def _facts(script: Script, outline: Outline, clauses: dict[Node, Clauses]) -> _Facts:
    own = {node: clauses[node].found for node in outline.nodes}
    below: dict[Node, bool] = {}
    for node in reversed(outline.nodes):
        below[node] = any(own[child] or below[child] for child in node.children)
    own_at: Counter[tuple[str, ...]] = Counter(node.path for node in outline.nodes if own[node])
    several: Counter[tuple[str, ...]] = Counter()
    last_only: Counter[tuple[str, ...]] = Counter()
    for node in outline.nodes:
        bearing = [child for child in node.children if own[child] or below[child]]
        if not bearing:
            continue
        if len(node.children) == 1 and not below[bearing[0]]:
            continue  # says nothing: a chapter of one measure, or a measure of one point
        only_last = bearing == [node.children[-1]] and not below[bearing[0]]
        (last_only if only_last else several)[bearing[0].path] += 1
    fields = {node for node in outline.nodes if own[node] and label_at(script.tight, node.sign.end, script.gaps)}
    return _Facts(own, below, own_at, several, last_only, fields)


def _descend(node: Node, facts: _Facts, decided: dict[Node, str]) -> None:
    """Walk down to where the clauses sit."""
    if not facts.below[node]:
        if facts.own[node]:
            decided[node] = "measure"
        return
    if _folds(node, facts):
        decided[node] = "measure"
        return
    decided[node] = "chapter"
    for child in node.children:
        _descend(child, facts, decided)


def _folds(node: Node, facts: _Facts) -> bool:
    """Are the points below, although they carry clauses, a list inside this measure?"""
    bearing = [child for child in node.children if facts.own[child] or facts.below[child]]
    if any(child in facts.fields for child in bearing):
        return True
    path = bearing[0].path
    listed = bearing[0].sign.kind in LIST_KINDS
    peers = facts.own_at[node.path]
    if facts.own[node]:
        return listed or peers > facts.several_at[path]
    only_last = len(node.children) > 1 and bearing == [node.children[-1]] and not facts.below[bearing[0]]
    if only_last:
        if facts.several_at[path]:
            return False
        return listed or peers > 0 or facts.last_only_at[path] > 1
    if len(node.children) == 1 and not facts.below[bearing[0]]:
        return facts.last_only_at[path] > facts.several_at[path]
    if node.parent is None:
        return False
    if bearing[0].inline and bearing[0].sign.kind == "circle":
        return True
    if listed or bearing[0].inline:
        return peers > facts.several_at[path]
    return peers >= _DOMINANT * facts.several_at[path]


def _rest(script: Script, node: Node, decided: dict[Node, str], paths: set[tuple[str, ...]]) -> None:
    """Nodes without clause: measures where their peers are, nothing in chapters of principles."""
    if decided.get(node) == "measure":
        return
    if decided.get(node) == "chapter":
        for child in node.children:
            _rest(script, child, decided, paths)
        return
    title = heading(script, node)
    if _timed_phases(script, node):
        for child in node.children:
            decided[child] = "measure"
        return
    path = node.path
    among_tasks = node.parent is not None and path in paths
    if frames(title) if among_tasks else principled(title) or (SCHEDULE.search(title) and len(title) < 16):
        return
    if path in paths:
        decided[node] = "measure"
        return
    if any(other[: len(path)] == path for other in paths):
        if node.children:
            for child in node.children:
                _rest(script, child, decided, paths)
            if node.parent is not None and not any(child in decided for child in node.children):
                decided[node] = "measure"  # points without clauses below a peer of chapters: a task all the same
        elif "。" in script.tight[node.sign.end : node.own_end] and node.own_end - node.sign.end > _BODY:
            decided[node] = "measure"


def _timed_phases(script: Script, node: Node) -> bool:
    """A chapter of dated phases (实施步骤): each phase is a measure with its last day, even without units."""
    if not node.children or not (SCHEDULE.search(heading(script, node)) or node.children[0].sign.kind == "phase"):
        return False
    dated = [child for child in node.children if read_phases(script.tight[child.start : child.own_end][:120], 2000)]
    return len(dated) * 2 > len(node.children)


def _without_clauses(script: Script, outline: Outline, decided: dict[Node, str]) -> None:
    """No clause in the whole document: the points below the chapters, or the chapters themselves where they are text."""
    parts = sorted({root.part for root in outline.roots})
    head = script.tight[: outline.head_end]
    if len(parts) > 1 and _NOTICE.search(head):
        parts = parts[1:]
    kept = set(parts)
    _plain(script, [root for root in outline.roots if root.part in kept], decided)


def _plain(script: Script, siblings: list[Node], decided: dict[Node, str]) -> None:
    """Siblings are measures as soon as one of them is text without points; else their points are looked at."""
    tasks = [node for node in siblings if not _sets_no_task(script, node, decided)]
    grouped = [node for node in tasks if node.children and node.children[0].sign.kind not in LIST_KINDS]
    headings = [node for node in grouped if node.own_end - node.sign.end <= 60 or node.parent is None]
    level_is_chapter = (
        bool(headings) and 2 * len(headings) > len(tasks) and (len(headings) == len(tasks) or tasks[0].parent is None)
    )
    above = set(headings)
    for node in tasks:
        if level_is_chapter and node in above:
            decided[node] = "chapter"
            _plain(script, node.children, decided)
        else:
            decided[node] = "measure"


def _sets_no_task(script: Script, node: Node, decided: dict[Node, str]) -> bool:
    """Chapters of principles; the phases of a schedule are measures themselves."""
    if _timed_phases(script, node):
        decided.update((child, "measure") for child in node.children)
        return True
    title = heading(script, node)
    return principled(title) if node.parent is None else frames(title)
