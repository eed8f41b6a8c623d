"""Lists of units: 「区发改委、公安**分局，区住建局等有关部门及各镇（街道）」 -> names exactly as written, open or not.

A list is cut at 、 ， ； and line ends outside brackets, at blanks where both sides are whole names, and at 和/及/与 where
both sides are whole names (住房和城乡建设局 is one). Pieces that are only part of a name are put together again
(「各镇、街道」, 「相关行业、领域主管部门」).
"""

import re
from dataclasses import dataclass, field

from anwei.plans.reader.script import COLUMN, WRAP, Script
from anwei.plans.reader.words import ADMIN_HEAD, UNIT_TAIL

_LONGEST = 200
_OPENERS, _CLOSERS = "（【《“‘", "）】》”’"
_HARD = "、，；,;\n/\\。"
_CUT_MARK = re.compile(f"[{re.escape(_OPENERS + _CLOSERS + _HARD)}]")
_LIST_MARK = re.compile("[、，；]")
_STRONG = re.compile(
    r"(?:局|委|办|部|厅|署|大队|支队|总队|中心|公司|集团|政府|管委会|委员会|街道|镇|乡|单位|部门|机构|办事处|办公室|会|企业|学校|医院|法院|检察院|银行|开发区|新区|园区|专班|站|所|处|队|指挥部|领导小组)(?:（[^（）]*）)*$"
)
_WORD_OR_BRACKET = re.compile(f"以及|及其|及|和|与|暨|并|[{_OPENERS}{_CLOSERS}]")
_NO_NAME_OF_ITS_OWN = frozenset(
    ("单位", "部门", "政府", "街道", "社区", "机构", "企业", "学校", "人民政府", "个人", "党委", "办公室")
)
_PLACE = re.compile(r"^(?!各).{0,4}[省市县区州旗镇]$")
_PARTY_OR_STATE = re.compile(r"^[省市县区州旗镇乡]?(?:委|政府|人民政府|党委|纪委)$")
_BODY_WITH_MEMBERS = re.compile(r"(?:安委会|专委会|委员会|领导小组|指挥部|党委|办公室|政府|专委|食安委|减灾委)$")
_MEMBERS = re.compile(r"^各?(?:成员|有关|相关)?(?:单位|部门|科室)")
_ETC = re.compile(
    r"等(?:\d{1,3}|[一二三四五六七八九十]{1,3})?(?:个|家)?"
    r"(?:(?:有关|相关|各|国务院|中央|国家|[省市县区州](?:级|直|属)|[省市县区](?=有关|相关|各)|驻区|驻市|驻县|成员|责任|配合|职能|行业|领域|主管|监管|地方|重点|其他|其它|执法|专业|所属)*"
    r"(?:单位|部门|机构|企业|科室|处室|街道|镇|地|乡镇|成员|局|委办局)|(?:负有|具有|承担|涉及)[^、，]{2,30}(?:部门|单位))?$"
)
_ADVERB = re.compile(
    "(?:(?:按|按照|依照|依据|依|根据)(?:各自|照|照各自)?(?:职责|职能|责任)(?:分工|权限|范围|任务)?(?:要求)?|分别|共同|具体|联合|各自|主要|统一|密切|积极|协同|同时|认真|抓好|做好|要|应|应当|须|需|分工|参照|予以|一起|并)$"
)
_ADVERB_ENDS = "责能任工限围务求别同体合自要一切极时真好应当须需照以起并"
_LEADING = re.compile(r"(?:[：:为是由]|其中|会同|商请|同时|以及|及|和|并由|并|与|由|联合(?!会|国)|[●■◆•·]|\d{1,2}[.)])")
_EMPTY = re.compile(r"^(?:无|/|-+|—+|空|暂无|略|\*+)?$")
_NOTE = re.compile(
    r"（(牵头(?:单位|部门|负责)?|主办(?:单位)?|主责|主要责任单位|组长单位|配合(?:单位)?|协办(?:单位)?|责任单位)）$"
)
_COLLECTIVE_HEAD = re.compile(
    r"^各(?:有关|相关)?(?:镇|乡|乡镇|镇乡|县|市|区|街道|村|镇街|苏木|园区|地|行业|区县|县区|辖区|旗|领域|类|级)(?:（[^（）]*）)?$"
)
_COLLECTIVE_TAIL = re.compile(
    r"^(?:镇|乡|乡镇|县|市|区|街道|村|社区|园区|开发区|街|办事处|农场|林场|苏木|旗|部门|单位|领域)?(?:（[^（）]*）)?(?:人民政府|政府|党委|办事处|管委会|街道办事处|街道办|有关部门|相关部门|主管部门|监管部门|部门|单位|居委会|村委会|工委)?(?:（[^（）]*）)?$"
)
_OWN_BODY = re.compile("各|(?:经济|高新|工业|物流)?(?:开发区|园区|新区|农场|林场)(?:管委会|管理局|管理处)")
_PART_OF_NAME = re.compile(r"[、和及/](?![^（）]*）)")
_TOPIC = re.compile(r"^[省市县区州旗镇][\u4e00-\u9fa5]{2,10}(?:、[\u4e00-\u9fa5]{2,10})*$")
_TOPIC_BODY = re.compile(r"[\u4e00-\u9fa5]{2,}(?:专委会|专业委员会|委员会|领导小组|指挥部|专班|联席会议)(?:办公室)?$")
_HALF_NAME = ("行业", "领域", "专业", "监管", "主管")
_MINISTRY_WORD = re.compile(
    r"^[省市县区州旗]?(?:住房|文化|工业|发展|规划|人力资源|卫生|广播|新闻|教育|体育|农业|科技|商务)$"
)
_PERSON = re.compile(r"^[\u4e00-\u9fa5·]{2,4}$")


@dataclass(slots=True)
class Unit:
    """One name at tight[start:end]; `note` is what a bracket behind it says about its part (牵头, 配合)."""

    name: str
    start: int
    end: int
    note: str = ""


@dataclass(slots=True)
class UnitList:
    units: list[Unit] = field(default_factory=list)
    open: bool = False


def read_units(script: Script, start: int, end: int, persons: bool = False) -> UnitList:
    """The units named in tight[start:end]; an empty list where there are none (无, /, —)."""
    pieces = _cut(script, start, end, persons)
    if not persons:
        pieces = _join_parts(script, [part for piece in pieces for part in _cut_words(script, *piece)])
    result = UnitList()
    for left, right in pieces:
        unit = _unit(script, left, right, result)
        if unit:
            result.units.append(unit)
    return result


def _trim(script: Script, left: int, right: int) -> tuple[int, int]:
    text = script.tight
    while left < right and text[left] in " \n、，；。：,;*" and not text.startswith("**", left):
        left += 1
    while left < right and text[right - 1] in " \n、，；。：,;":
        right -= 1
    return left, right


def _cut(script: Script, start: int, end: int, persons: bool) -> list[tuple[int, int]]:
    text = script.tight
    cuts: list[tuple[int, int]] = []
    depth, left = 0, start
    blanks = set(script.blanks(start + 1, end))
    pure_blanks = bool(blanks) and not _LIST_MARK.search(text, start, end)
    marks = [mark.start() for mark in _CUT_MARK.finditer(text, start, end)]
    for index in sorted({*marks, *blanks}) if blanks else marks:
        char = text[index]
        if depth == 0 and index in blanks and _blank_cuts(script, left, index, end, pure_blanks, persons):
            cuts.append((left, index))
            left = index
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth = max(depth - 1, 0)
        elif depth == 0 and char in _HARD:
            cuts.append((left, index))
            left = index + 1
    cuts.append((left, end))
    trimmed = [_trim(script, *cut) for cut in cuts]
    return [(a, b) for a, b in trimmed if a < b]


def _blank_cuts(script: Script, left: int, index: int, end: int, pure_blanks: bool, persons: bool) -> bool:
    """Does the blank before tight[index] divide two names? Not inside a word, not before a bracket."""
    text = script.tight
    before = text[left:index].strip("、，； ")
    match = re.compile(r"[^、，；\n]*").match(text, index, min(index + 45, end))
    after = match.group() if match else ""
    kind = script.gaps[index]
    if persons:
        return len(before) >= 2 and len(after) >= 2
    if len(before) < 3 or len(after) < 2 or after[0] in "（）等和及与" or not _STRONG.search(before):
        return False
    if _PLACE.match(before) or (_BODY_WITH_MEMBERS.search(before) and _MEMBERS.match(after)):
        return False
    if _PARTY_OR_STATE.match(before) and not ADMIN_HEAD.match(after):
        return False
    if ADMIN_HEAD.match(after) and not after.startswith(("市场", "市政", "区域", "省市", "公安局")):
        return True
    if kind == COLUMN:
        return len(after) >= 3
    return kind != WRAP and pure_blanks and len(after) >= 3 and bool(_STRONG.search(re.split(r"[和及与]", after)[0]))


def _cut_words(script: Script, left: int, right: int) -> list[tuple[int, int]]:
    """Cut at 和, 及, 与 … outside brackets where whole names stand on both sides."""
    text = script.tight
    parts: list[tuple[int, int]] = []
    begin, depth, pos = left, 0, left
    while word := _WORD_OR_BRACKET.search(text, pos, right):
        index, found = word.start(), word.group()
        pos = index + 1
        if found in _OPENERS:
            depth += 1
        elif found in _CLOSERS:
            depth = max(depth - 1, 0)
        elif depth == 0 and index > begin and _divides(text, begin, word, right):
            parts.append((begin, index))
            begin = pos = word.end()
    parts.append((begin, right))
    return [(a, b) for a, b in (_trim(script, *part) for part in parts) if a < b]


def _divides(text: str, begin: int, word: re.Match[str], right: int) -> bool:
    if word.group() == "及其" or word.group() == "并":
        return False
    before = text[begin : word.start()]
    after = _ADVERB.sub("", text[word.end() : right])
    if "等" in before and _ETC.search(before):
        return len(after) >= 2
    loose = word.group() in ("及", "以及")
    known = UNIT_TAIL.search(before) if loose else _STRONG.search(before)
    if not known or len(before) < 2 or after in _NO_NAME_OF_ITS_OWN:
        return False
    head = re.split("[和及与等]", after)[0] if not UNIT_TAIL.search(after) else after
    return len(after) >= 2 and bool(UNIT_TAIL.search(head) or ADMIN_HEAD.match(after))


def _join_parts(script: Script, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Names with a 、 of their own: 「各镇、街道」, 「行业、领域主管部门」, 「区住房、城乡建设局」."""
    joined: list[tuple[int, int]] = []
    text = script.tight
    for left, right in parts:
        if (
            joined
            and text[joined[-1][1] : left].strip() in ("、", "和", "及", "/")
            and _is_part(text[joined[-1][0] : joined[-1][1]], text[left:right])
        ):
            joined[-1] = (joined[-1][0], right)
        else:
            joined.append((left, right))
    return joined


def _is_part(before: str, after: str) -> bool:
    if before.startswith("各") and not _OWN_BODY.match(after) and _COLLECTIVE_TAIL.match(after):
        head, *parts = _PART_OF_NAME.split(before)
        if _COLLECTIVE_HEAD.match(head):
            return all(_COLLECTIVE_TAIL.match(part) for part in parts)
    if (
        after in ("政府", "人民政府", "办事处", "管委会")
        and before.endswith(("党委", "工委", "委"))
        and len(before) > 2
    ):
        return True
    if ADMIN_HEAD.match(after):
        return False
    if _TOPIC.match(before) and not UNIT_TAIL.search(before) and _TOPIC_BODY.search(after):
        return True
    if before.endswith(_HALF_NAME) and UNIT_TAIL.search(after) and not UNIT_TAIL.search(before):
        return True
    return bool(_MINISTRY_WORD.match(before) and re.search("(?:局|委|厅|部|委员会)$", after))


def _unit(script: Script, left: int, right: int, result: UnitList) -> Unit | None:
    """The name itself, without 等部门, 由, 按职责分工 and the like around it."""
    text = script.tight
    if right - left > _LONGEST:
        return None
    changed = True
    while changed and left < right:
        changed = False
        leading = _LEADING.match(text, left, right)
        if leading and not (leading.group() == "与" and right - left < 3):
            left, changed = leading.end(), True
        adverb = _ADVERB.search(text[left:right]) if left < right and text[right - 1] in _ADVERB_ENDS else None
        if adverb and adverb.group():
            right, changed = left + adverb.start(), True
        etc = _ETC.search(text[left:right]) if "等" in text[left:right] else None
        if etc:
            result.open = True
            right, changed = left + etc.start(), True
        left, right = _trim(script, left, right)
    if left >= right or _EMPTY.match(text[left:right]):
        return None
    note = _NOTE.search(text[left:right]) if text[right - 1] == "）" else None
    if note:
        right = left + note.start()
    left, right = _balance(text, left, right)
    name = script.written(left, right)
    return Unit(name, left, right, note.group(1) if note else "") if name and re.search(r"[\w*]", name) else None


def _balance(text: str, left: int, right: int) -> tuple[int, int]:
    """A bracket without its partner at either end is no part of the name."""
    while (
        left < right
        and text[right - 1] in _CLOSERS
        and text.count(text[right - 1], left, right)
        > text.count(_OPENERS[_CLOSERS.index(text[right - 1])], left, right)
    ):
        right -= 1
    while (
        left < right
        and text[left] in _OPENERS
        and text.count(text[left], left, right) > text.count(_CLOSERS[_OPENERS.index(text[left])], left, right)
    ):
        left += 1
    return left, right
