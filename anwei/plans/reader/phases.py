"""Phases of the work: «动员部署阶段（2023年3月—4月）», «第一阶段：排查摸底（3月底前）»; their last day is a deadline."""

import re
from dataclasses import dataclass
from datetime import date

from anwei.plans.reader.deadlines import Deadline, read_deadline

_NAME = r"第[一二三四五六七八九十\d]{1,2}(?:阶段|步)(?:[：:、，]?[\u4e00-\u9fa5]{0,14})?|[\u4e00-\u9fa5、和]{2,14}?阶段"
_PHASE = re.compile(
    rf"(?P<name>{_NAME})[：，]?（(?P<when>[^（）\n]{{2,40}})）(?:[：，]?(?P<title>[\u4e00-\u9fa5]{{2,14}})(?=[。：\n]))?"
)
_BRACKET_BEHIND = re.compile(r"(?:阶段|步)[^（\n]{0,16}（")
_TIMED = re.compile(r"\d|月|季度|年底|年内|半年|全年")
_LEAD_IN = re.compile("^.*(?:分为|分|个阶段|阶段：|是|在|以及|及|和|、|：)(?=.{2,}阶段)")


@dataclass(slots=True)
class Phase:
    name: str
    when: str
    deadline: Deadline
    start: int
    end: int

    @property
    def last_day(self) -> date | None:
        return self.deadline.dates[-1] if self.deadline.dates else None


def read_phases(text: str, year: int | None) -> list[Phase]:
    """The phases named in `text` with a time in brackets behind them."""
    found: list[Phase] = []
    if not _BRACKET_BEHIND.search(text):
        return found
    for match in _PHASE.finditer(text):
        when = match["when"]
        if not _TIMED.search(when):
            continue
        deadline = read_deadline(when, year)
        if not (deadline.dates or deadline.yearless):
            continue
        name = match["name"]
        lead_in = _LEAD_IN.match(name) if not name.startswith("第") else None
        name = name[lead_in.end() :] if lead_in else name
        if match["title"]:
            name = f"{name}：{match['title']}"
        found.append(Phase(name, when, deadline, match.start(), match.end()))
    return found


def phase_table(phases: list[Phase]) -> dict[str, date]:
    """Last days by every name a deadline may use: 第一阶段, 动员部署阶段, 动员部署."""
    table: dict[str, date] = {}
    for number, phase in enumerate(phases):
        if phase.last_day is None:
            continue
        for name in (
            *re.split("[：，、]", phase.name),
            *([f"第{'一二三四五六七八九十'[number]}阶段"] if number < 10 else []),
        ):
            ordinal = re.match(r"第[一二三四五六七八九十\d]{1,2}阶段", name)
            if ordinal:
                table.setdefault(ordinal.group(), phase.last_day)
                name = name[ordinal.end() :]
            if len(name) >= 2:
                table.setdefault(name, phase.last_day)
                table.setdefault(re.sub("阶段$", "", name) + "阶段", phase.last_day)
    return table
