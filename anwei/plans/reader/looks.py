"""What a table's cell looks like, where a lost blank column leaves its head in doubt."""

import re

from anwei.plans.reader.deadlines import read_deadline
from anwei.plans.reader.words import UNIT_TAIL

ROW_NUMBER = re.compile(r"^\d{1,3}[.、．]?$")


def looks_like(text: str, position: int, started: bool) -> str:
    """number, deadline, role or task; `started`: cells of the row stand before it."""
    if position == 0 and ROW_NUMBER.match(text):
        return "number"
    if started and len(text) <= 30 and not UNIT_TAIL.search(text) and read_deadline(text, 2000).says_something:
        return "deadline"
    names = re.split("[、，；]", re.sub("等.*$", "", text))
    if (
        started
        and position > 0
        and sum(1 for name in names if UNIT_TAIL.search(name)) * 2 > len(names)
        and "。" not in text
    ):
        return "role"
    return "task"
