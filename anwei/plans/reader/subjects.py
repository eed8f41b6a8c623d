"""Weaker signs of duty in running text, read only where a measure has no clause.

«由区应急局牵头开展…», or an organisation's name as the subject that opens a sentence («区教体局要…»). A subject is
responsible; it leads only where it 牵头 or 会同, or where its 负责 stands against a 配合. Names must begin and end like an
organisation; «各单位要…» names nobody.
"""

import re

from anwei.plans.reader.draft import RoleDraft
from anwei.plans.reader.script import Script
from anwei.plans.reader.unit_lists import read_units
from anwei.plans.reader.words import ADMIN_HEAD, UNIT_TAIL

_BY = re.compile(r"(?<=由)(?P<units>[^。；！？\n由]{2,80}?)(?P<verb>牵头|负责|会同)")
_SUBJECT_VERB = re.compile(
    "(?P<verb>会同|牵头|要(?!求|点|素|件)|应(?!急)当?|须|负责|组织|开展|督促|制定|指导|落实|加强|强化|推进|每|联合|完善|建立|牢固|严格|持续|定期|进一步|做好|按照|完成|出台|印发|召开|在|于|对|将)"
)
_BY_THEN = re.compile(
    r"(?:20\d\d年)?(?:\d{1,2}月|第?[一二三四]季度|[上下]半年|年)[\d日号底末上中下旬]*(?:之?前|内)[，,]?"
)
_VAGUE = re.compile(
    "^各?(?:地|部门|单位|地区|级.*|有关部门|相关部门|有关单位|相关单位|地各部门|责任单位|牵头单位|生产经营单位|企业)$"
)
_ACTS = (
    "组织|开展|制定|研究|加强|推进|建立|共同|做好|负责|落实|对|完善|联合|在|于|每|定期|及时|督促|建设|搭建|打造|出台|修订|编制|印发|召开|举办"
    "|抓|全面|深入|严|依法|强化|推动|排查|检查|整治|指导|确定|明确|实施|启动|研判|提出|设立|督导|处置|调查|按"
)
_PARTNER = "(?P<units>[^，。；\\n]{1,60}?(?:局|委|办|部|厅|署|大队|支队|中心|公司|集团|政府|会|街道|镇|乡|单位|部门|院|站|所|企业))"


_FURTHER = re.compile(r"(?<=，)(?P<units>[^，。；！？：\n]{3,40}?)(?P<verb>负责|牵头)")


def find_subjects(script: Script, start: int, end: int) -> list[RoleDraft]:
    """Units named in tight[start:end] as those who act; [] where nobody is named beyond doubt."""
    text = script.tight
    roles: list[RoleDraft] = []
    for match in _BY.finditer(text, start, end):
        roles.extend(_roles(script, match.span("units"), match["verb"], end))
    if roles:
        return roles
    starts = [start, *(match.end() for match in re.compile("[。；！\n]").finditer(text, start, end))]
    for at in starts:
        roles.extend(_opening(script, at, end))
    if roles:
        for match in _FURTHER.finditer(text, start, end):
            roles.extend(_roles(script, match.span("units"), match["verb"], end))
    # The same partners are seen from every verb of their sentence.
    return sorted({role.span: role for role in roles}.values(), key=lambda role: role.span)


def _opening(script: Script, start: int, end: int) -> list[RoleDraft]:
    """The subject that opens the sentence at `start`: all names before the first verb that leaves whole names."""
    dated = _BY_THEN.match(script.tight, start, end)
    start = dated.end() if dated else start  # 「6月底前，区应急局完成…」
    stop = re.compile("[，。；！？：\n]|$").search(script.tight, start, min(end, start + 90))
    limit = stop.start() if stop else min(end, start + 90)
    if script.tight[limit : limit + 1] == "：":  # 「市应急局：开展执法检查」
        return _roles(script, (start, limit), "：", end)
    for match in _SUBJECT_VERB.finditer(script.tight, start + 2, limit):
        roles = _roles(script, (start, match.start()), match["verb"], end)
        if roles:
            return roles
    return []


def _roles(script: Script, at: tuple[int, int], verb: str, end: int) -> list[RoleDraft]:
    units = read_units(script, *at)
    names = tuple(unit.name for unit in units.units)
    if not names or not all(_certain(name) for name in names):
        return []
    pos = at[1] + len(verb)
    sentence = re.compile("[。；\n]|$").search(script.tight, pos, end)
    sentence_end = sentence.start() if sentence else end
    # Where 牵头 and 负责 stand together only 牵头 leads.
    near = max(at[0] - 200, 0)
    before = re.split("[。\n]", script.tight[near : at[0]])[-1]
    against = "配合" in script.tight[pos:sentence_end] and "牵头" not in before
    if verb in ("要", "应", "应当", "须") and (told := re.compile("牵头|会同").match(script.tight, pos)):
        verb, pos = told.group(), told.end()
    leads = verb in ("牵头", "会同") or (verb == "负责" and against)
    label = verb if verb in ("牵头", "会同", "负责") else "责任单位"
    role = RoleDraft(label, leads, units.open, names, script.span(at[0], pos))
    return [role, *_partners(script, pos, sentence_end, verb)]


def _certain(name: str) -> bool:
    return bool(2 < len(name) <= 30 and UNIT_TAIL.search(name) and ADMIN_HEAD.match(name) and not _VAGUE.match(name))


def _partners(script: Script, pos: int, end: int, verb: str) -> list[RoleDraft]:
    """The units behind 会同, and those who 配合 in the same sentence."""
    found: list[RoleDraft] = []
    patterns = [
        (
            re.compile(
                "(?<=，)(?P<units>[^，。；\n]{2,80}?)(?:要|应|须)?(?:积极|密切|协同)?(?P<verb>配合|参与|参加|协助)"
            ),
            "配合",
        )
    ]
    if verb == "会同":
        patterns.insert(0, (re.compile(f"{_PARTNER}(?=，|等|{_ACTS}|$)"), "会同"))
    for pattern, name in patterns:
        match = pattern.match(script.tight, pos, end) if name == "会同" else pattern.search(script.tight, pos, end)
        if match:
            units = read_units(script, *match.span("units"))
            names = tuple(unit.name for unit in units.units if UNIT_TAIL.search(unit.name))
            if names:
                label = match["verb"] if name == "配合" else name
                found.append(RoleDraft(label, False, units.open, names, script.span(*match.span("units"))))
    return found
