"""The vocabulary of labels: who leads, who answers, by when; and labels that only end a field.

A label counts where it stands at a boundary (start of a paragraph or bracket, after a mark or a blank) and is followed by
a colon, a blank, a line end or, at the start of a bracket, by its value at once.
"""

import re
from dataclasses import dataclass

from anwei.plans.reader.script import Script

_WHOSE = "(?:省|市|县|区|镇|乡|局|院|州|旗|国家)(?:级|直)?|(?:省|市|县|区)?(?:委|政府)(?:分管|联系|牵头)?"
_DUTY = (
    "主要责任|第一责任|牵头责任|牵头负责|总牵头|牵头|主办|主责|主抓|主要负责|责任落实|落实责任|责任|配合责任|协同责任|协办责任|参与责任|协同配合|参与配合|协作配合|配合|协办|协同|协作"
    "|参加|参与|承办|协助|落实|实施|执行|监管责任|监管|监督|督导|督办|分管|联系|包保|包联|挂点|指导|主管|负责|支持|责任主体|联合"
)
_WHO = "单位|部门|科室|处室|股室|领导小组|领导|责任人|负责人|负责同志|人员|主体|机构|企业|专班|人"
ROLE = (
    rf"(?:{_WHOSE})?(?:第一|主要|总|共同|其他|其它)?(?:{_DUTY})(?:（(?:{_DUTY})）|(?:和|及|与|、|/)(?:{_DUTY}))?(?:{_WHOSE})?(?:{_WHO})"
    rf"(?:（[^（）\n：]{{1,8}}）)?(?:(?:及|和|、|与|/)(?:责任|负责|配合|具体)?(?:{_WHO}))?"
)
_SHORT_ROLE = "牵头|主办|责任|配合|协办|参与|参加|承办|落实责任|责任分工|任务分工|职责分工|工作分工|分工"
DEADLINE = (
    "(?:计划|要求|预计|任务|整改|办理|工作|推进|落实|实施|办结|达标|最终|总体|目标|具体|整治)?(?:完成)?(?:时限|期限|时间节点|时间进度|时间安排|时间要求|时间)(?:要求|安排|节点|进度)?"
    "|(?:计划|要求|预计)?完成(?:日期|节点|年限|年度)|截止(?:时间|日期|时限)|进度(?:安排|要求|时限|计划|目标)|时序(?:进度|要求)|时限"
)
_NEUTRAL = (
    "(?:工作|具体|主要|重点|年度|阶段性|阶段|预期|整治|任务|绩效|考核)?(?:目标|标准|成效|措施|内容|举措|任务|成果|要求|指标|事项)(?:要求|任务|内容|形式|体现)?"
    "|备注|考核(?:方式|办法)|联系(?:人|电话|方式)|电话|传真|邮箱|邮编|地址|说明|注|序号|类别|来源|任务来源|督查单位|责任清单|完成情况|进展情况|检查方式|工作依据|实施路径"
)
_OPEN = r"(?:^|(?<=[\n，。；、：！？,;（【（》”\"'*|／/]))"
_LABEL = re.compile(
    rf"(?P<contact>联系人)|(?P<role>{ROLE})|(?P<deadline>{DEADLINE})|(?P<short>{_SHORT_ROLE})(?=\**：)|(?P<neutral>{_NEUTRAL})(?=\**[：】])"
)
_MARK = re.compile("[\n，。；、：！？（【《》”*/）】]")
_FOLLOW = re.compile(r"[】）》]?\**[：]+\**|】\**")
_NAME_BEFORE = re.compile(r"[\u4e00-\u9fa5*]（")
_VALUE = re.compile("[省市县区州旗](?!级|直属)|各|国家|公安|消防|安委")
_DAY_VALUE = re.compile("(?:为|：)?(?:[12]?\\d|20\\d\\d|常态|长期|全年|年底|持续)")
_LEADS = re.compile("牵头|主办|主责|主抓|主要责任|第一责任|主要负责|总牵头")
_PERSONS = re.compile("领导(?!小组)|责任人|负责人|负责同志|人员|(?<!主体责任)人$")
_PERSONS_AND_UNITS = re.compile("单位|部门|机构|科室")

HEADINGS = re.compile(rf"^(?:{ROLE}|{DEADLINE}|{_NEUTRAL}|序号|编号|牵头|责任|配合)$")
_HEAD_ROLE = re.compile(rf"^(?:{ROLE}|牵头|责任|配合|主办|协办|承办|参与)$")
_HEAD_DEADLINE = re.compile(rf"^(?:{DEADLINE})$")


@dataclass(frozen=True, slots=True)
class Label:
    """A label at tight[start:end] (end behind its colon); kind: role, deadline or neutral."""

    kind: str
    name: str
    start: int
    end: int
    colon: bool

    @property
    def lead(self) -> bool:
        return leads(self.name)

    @property
    def persons(self) -> bool:
        return names_persons(self.name)


def leads(label: str) -> bool:
    """Does the label name the one that leads? 牵头单位, 主办单位, 主要责任单位 do, 责任单位 does not."""
    return bool(_LEADS.search(label)) and "配合" not in label.split("牵头", maxsplit=1)[0]


def names_persons(label: str) -> bool:
    """Labels such as 牵头领导 or 责任人 name people; 「责任单位及责任人」 is read as units."""
    return bool(_PERSONS.search(label)) and not _PERSONS_AND_UNITS.search(label)


def head_kind(cell: str) -> str | None:
    """What a column headed `cell` holds: role, deadline, or None for anything else."""
    if _HEAD_ROLE.match(cell):
        return "role"
    return "deadline" if _HEAD_DEADLINE.match(cell) else None


def label_at(text: str, pos: int, gaps: dict[int, int], opens: bool = False) -> Label | None:
    """The label at text[pos:], or None; `opens`: pos is the start of a bracket, where a value may follow at once."""
    match = _LABEL.match(text, pos)
    return _label(match, text, gaps, opens) if match else None


def find_labels(script: Script, start: int, end: int) -> list[Label]:
    """All labels in tight[start:end] in order."""
    text = script.tight
    found: list[Label] = []
    pos = start
    for at in _boundaries(script, start, end):
        match = _LABEL.match(text, at, end) if at >= pos else None
        label = _label(match, text, script.gaps, at > 0 and text[at - 1] in "（【") if match else None
        if (
            label
            and label.start > start + 1
            and text[label.end : label.end + 1] == "）"
            and _NAME_BEFORE.match(text, at - 2)
        ):
            continue  # 「区住建局（牵头单位）、区民政局」: a note behind a name
        if label and label.end <= end:
            found.append(label)
            pos = label.end
    return found


def _boundaries(script: Script, start: int, end: int) -> list[int]:
    """Where a label may begin: at the start, behind a mark and behind a blank."""
    marks = [mark.end() for mark in _MARK.finditer(script.tight, start, end)]
    blanks = script.blanks(start + 1, end)
    return sorted({start, *marks, *blanks}) if blanks else [start, *marks]


def _label(match: re.Match[str], text: str, gaps: dict[int, int], opens: bool) -> Label | None:
    kind = match.lastgroup or "role"
    kind = "role" if kind == "short" else kind
    end = match.end()
    name = match.group()
    follow = _FOLLOW.match(text, end)
    if follow:
        bold = match.start() > 0 and text[match.start() - 1] == "*"  # «**牵头单位：**», not «牵头单位：**区应急局»
        value = follow.end() if bold else follow.start() + len(follow.group().rstrip("*"))
        return Label("neutral" if kind == "contact" else kind, name, match.start(), value, True)
    if kind in ("neutral", "contact"):
        return None
    if text[end : end + 1] in ("为", "是") and kind == "role":
        return Label(kind, name, match.start(), end + 1, False)
    whole_line = (end >= len(text) or text[end] == "\n") and (match.start() == 0 or text[match.start() - 1] == "\n")
    glued = _VALUE.match(text, end) if kind == "role" else _DAY_VALUE.match(text, end)
    if gaps.get(end) in (1, 2) or opens or whole_line or glued:
        return Label(kind, name, match.start(), end, False)
    return None
