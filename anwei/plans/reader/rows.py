"""Rows of a task table as clauses: the head of a column is the label of its cells."""

import re

from anwei.plans.reader.clauses import Clauses, role_field
from anwei.plans.reader.labels import Label, head_kind
from anwei.plans.reader.script import Row, Script


def row_clauses(script: Script, row: Row) -> Clauses:
    """Roles and deadlines of a row, as if each cell had its head as label before it."""
    found = Clauses()
    for head, start, end in row.places:
        kind = head_kind(head)
        if kind == "role":
            role_field(script, Label("role", head, start, start, True), end, found)
        elif kind == "deadline" and re.search(r"\w", script.tight[start:end]):
            found.deadlines.append((start, end))
    return found


def row_text(script: Script, row: Row) -> list[tuple[int, int]]:
    """Where the row's task texts stand."""
    return [(start, end) for head, start, end in row.places if head_kind(head) is None]
