"""Responsibility told by verbs: 「由甲牵头，乙、丙配合」 「甲、乙按职责分工负责」 「甲会同乙」 「甲负责，乙配合」.

Rules: who 牵头 (or stands before 会同) leads. Where 负责 stands against 配合 it leads; where 牵头 and 负责 stand together
only 牵头 leads. 「按职责分工负责」 leads nobody and is no unit.
"""

import re
from dataclasses import dataclass, field

from anwei.plans.reader.deadlines import read_deadline
from anwei.plans.reader.script import Script
from anwei.plans.reader.unit_lists import UnitList, read_units
from anwei.plans.reader.words import names_unit

_BY_DUTY = "(?:按照?|依照|依据|依|根据)(?:各自|照各自)?(?:的)?(?:职责|职能|责任)(?:权限|范围|任务|分工)*(?:要求)?"
VERB = re.compile(
    r"(?:作?为|是)(?:牵头|主办|主责|责任|配合|协办|参与|参加)(?:单位|部门)"
    rf"|(?:{_BY_DUTY})(?:分别|共同|具体|各自|协同|密切|积极|抓好|做好|推进|组织|开展|负责|落实|配合|实施|承担|推动|监管|工作|抓好)*"
    "|(?:总体|联合|共同|分别|统一)?牵头(?:负责|组织|实施|落实|抓总|推进|协调|抓好|主办|推动|开展|汇总|统筹)*"
    "|(?:商|联合)?会同"
    "|(?:积极|密切|协同|共同|做好|予以|给予|大力)*(?:配合|协助|协办|协同|支持)(?:落实|实施|做好|推进|负责|工作)*"
    "|(?:共同|积极)?(?:参与|参加)(?:配合|落实|实施)*"
    "|(?:共同|分别|具体|分工|各自|主要|统筹|全面|分级|分头|组织)*负责(?:组织|落实|实施|推进|具体|牵头|协调|配合|协助)*"
    "|(?:分工|分别|分头|共同|具体|各自|抓好|推进|组织|协同)+(?:落实|实施|推进|抓好|承担)+"
    "|(?:督促|业务|监督|加强)?指导(?:监督|督促|配合)*|督导"
    "|主办|承办|主责|落实(?=[，；。）]|$)|各负其责|各司其职"
)
_LEAD_VERB = re.compile("牵头|主办|主责")
_SIDE_VERB = re.compile("配合|协助|协办|协同|参与|参加|支持")
_ALONE = re.compile("^(?:[，、]|并|且|的|等)*$")
_FOLLOWS = re.compile("[，；、。：）\n]|$|等")


@dataclass(slots=True)
class Part:
    """One role told by a verb: the verb as found, its units, whether it leads."""

    role: str
    lead: bool
    units: UnitList
    start: int
    end: int


@dataclass(slots=True)
class Told:
    """What a verb clause says: parts, deadlines between them, and pieces that fit neither (they make it no clause)."""

    parts: list[Part] = field(default_factory=list)
    deadline_spans: list[tuple[int, int]] = field(default_factory=list)
    strange: list[tuple[int, int]] = field(default_factory=list)
    verbs: int = 0


def read_verbs(script: Script, start: int, end: int) -> Told:
    """Read tight[start:end] (the inside of a bracket, a field's value, a sentence) as a verb clause."""
    told = Told()
    for left, right in _statements(script.tight, start, end):
        _statement(script, left, right, told)
    return told


def _statements(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut at ； and 。 outside brackets: each statement has its own 牵头 and 负责."""
    cuts, depth, left = [], 0, start
    for index in range(start, end):
        char = text[index]
        if char in "（【":
            depth += 1
        elif char in "）】":
            depth = max(depth - 1, 0)
        elif depth == 0 and char in "；。\n":
            cuts.append((left, index))
            left = index + 1
    return [(a, b) for a, b in [*cuts, (left, end)] if a < b]


def _verbs(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Verbs outside brackets that end a statement's part; 「牵头单位」 and 「负责人」 are nouns."""
    found = []
    depth, pos = 0, start
    for match in VERB.finditer(text, start, end):
        depth += sum((char in "（【") - (char in "）】") for char in text[pos : match.start()])
        pos = match.start()
        if depth > 0:
            continue
        if match.group().endswith("会同") or (match.end() == end or _FOLLOWS.match(text, match.end())):
            found.append(match)
    return found


def _statement(script: Script, start: int, end: int, told: Told) -> None:
    text = script.tight
    verbs = _verbs(text, start, end)
    told.verbs += len(verbs)
    whole = text[start:end]
    against = bool(_SIDE_VERB.search(whole))
    has_lead = any(_LEAD_VERB.search(verb.group()) or verb.group().endswith("会同") for verb in verbs)
    pos, joined = start, False
    for verb in verbs:
        subject = (pos, verb.start())
        name = verb.group()
        if name.endswith("会同"):
            _add(
                script,
                subject,
                name,
                not (has_lead and told.parts and told.parts[-1].lead and _blank(text, subject)),
                told,
            )
            joined, pos = True, verb.end()
            continue
        lead = bool(_LEAD_VERB.search(name))
        if (
            not lead
            and not has_lead
            and against
            and "负责" in name
            and "配合" not in name
            and not name.startswith(("按", "依", "根据"))
        ):
            lead = True
        if joined:
            _add(script, subject, "会同", False, told)
        else:
            _add(script, subject, name, lead, told)
        joined, pos = False, verb.end()
    if joined:
        _add(script, (pos, end), "会同", False, told)
    else:
        _rest(script, pos, end, told)


def _blank(text: str, span: tuple[int, int]) -> bool:
    return bool(_ALONE.match(text[span[0] : span[1]]))


def _add(script: Script, span: tuple[int, int], role: str, lead: bool, told: Told) -> None:
    """The units before a verb; a deadline among them («2023年6月底前由区应急局牵头») is taken out."""
    start, end = span
    if _blank(script.tight, span):
        return
    first = _first_piece_end(script.tight, start, end)
    piece = script.tight[start:first].strip("，、 ")
    if first < end and piece and not names_unit(piece) and says_when(piece):
        told.deadline_spans.append((start, first))
        start = first + 1
    units = read_units(script, start, end)
    if units.units:
        told.parts.append(Part(role, lead, units, start, end))


def _first_piece_end(text: str, start: int, end: int) -> int:
    while start < end and text[start] in "，、":
        start += 1
    cut = text.find("，", start, end)
    return end if cut < 0 else cut


def says_when(value: str) -> bool:
    """Is `value` a deadline (a day, a period from an event, 长期) rather than a deed or a rhythm?"""
    read = read_deadline(value, 2000)
    return bool(read.dates or read.relative or read.ongoing)


def _comma(text: str, start: int, end: int) -> int:
    """The first ， outside brackets behind the start, or -1."""
    depth = 0
    for index in range(start, end):
        char = text[index]
        depth += (char in "（【") - (char in "）】")
        if char == "，" and depth <= 0 and text[start:index].strip("，、 "):
            return index
    return -1


_BY_WHEN = re.compile(r"(?:20\d\d年)?(?:\d{1,2}月|第?[一二三四]季度|[上下]半年|年[底内])[^，]{0,6}?前")


def _rest(script: Script, start: int, end: int, told: Told) -> None:
    """What stands behind the last verb, or a statement without one: a deadline, further units, or something strange."""
    text = script.tight
    if start >= end or _blank(text, (start, end)):
        return
    value = text[start:end].strip("，、。 ")
    if not value:
        return
    cut = _comma(text, start, end)
    if cut > 0:
        _rest(script, start, cut, told)
        _rest(script, cut + 1, end, told)
        return
    if (
        len(value) <= 30
        and says_when(value)
        and (_BY_WHEN.match(value) or not names_unit(re.split("[、，]", value)[-1]))
    ):
        told.deadline_spans.append((start, end))
        return
    units = read_units(script, start, end)
    if units.units and all(names_unit(unit.name) for unit in units.units):
        told.parts.append(Part("", False, units, start, end))
    else:
        told.strange.append((start, end))
