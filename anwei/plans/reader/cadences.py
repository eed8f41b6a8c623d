"""Cadences in running text: 「至少半年组织1次集体学习」 「每季度至少公布1个案例」 「每月」 「每年不少于2次」.

`at_least` is the number named, 1 where only the period is («每月调度»); `object` is what is to be done, without the verbs
that say no more than «do»; it is taken from behind the number, else from behind the period, else from before it.
"""

import re
from dataclasses import dataclass

from anwei.plans.reader.numerals import HAN, to_int

_N = rf"(?:\d{{1,3}}|[{HAN}]{{1,3}})"
_WINDOW = 80
_MONTHS = {1: "month", 3: "quarter", 6: "half_year", 12: "year"}
_PERIOD = re.compile(
    rf"(?=[至不原最确坚保每半一1月季年按逐全])(?P<hedge>至少|不少于|原则上|不低于|最少|确保|坚持|保证)?(?:"
    rf"每(?P<n>{_N})?个?(?P<unit>月|季度|季|半年|年度|年)(?!代|级|龄|轻|份额)"
    r"|(?P<half>(?<![上下过大])半年)(?=(?:至少|不少于|不低于|召开|组织|开展|进行|举办|[一1]次|[一1]调度|[一1]通报))"
    rf"|(?P<one>(?<![{HAN}\d第])[一1]个?(?:季度|月|年))(?=(?:至少|不少于|不低于|[一二两三四]次|[一1]调度|[一1]通报|[一1]小结))"
    r"|(?P<bare>(?<=至少)(?:月|季度|年))"
    r"|(?P<by>(?:按|逐)(?:月|季度|季|半年|年度))(?=调度|通报|小结|分析|报送|汇总|召开|开展|公布|组织|上报|研判|更新|统计|排查)"
    r"|(?P<whole>全年|年度内|年内)(?=[^，。；、：（）\n]{0,8}?(?:至少|不少于|不低于|不得少于))"
    r"|(?P<monthly>(?<![\d一二三四五六七八九十上下])(?:季度|月度|年度))(?=至少|不少于|不低于)"
    r")"
)
_CLASSIFIER = "次|场|个|期|篇|轮|遍|起|部|家|件|条|例|批|份|名|人次|人|堂|课|项|处|户|套|回|天|支|学时|课时"
_AMOUNT = re.compile(
    rf"(?P<hedge>至少|不少于|不低于|最少|原则上|不得少于|保证|各)?(?P<verb>[^\d，。；、：%％]{{0,12}}?)(?P<least>至少|不少于|不低于|不得少于|各)?"
    rf"(?P<n>{_N})(?:(?:-|—|~|至|到|、){_N})?(?P<cl>{_CLASSIFIER})(?:以上)?"
)
_DAY = re.compile(
    r"^的?(?:第[一二三]个?月)?(?:\d{1,2}[日号]|底|末|初|上旬|中旬|下旬|月底|第一周|最后一周)+(?:之?前|内)?[，]?"
)
_VERBS = "组织开展|组织召开|集中开展|开展|组织|召开|举办|举行|进行|公布|公开|发布|报送|上报|报告|通报|调度|实施|安排|集中|完成|编发|印发|刊发|制作|至少|不少于|研究|听取|带队|参加|落实|推送|曝光|公示|向.{1,10}(?:报送|报告|通报)|对.{1,14}(?:开展|进行|组织)"
_LEADING_VERBS = re.compile(rf"^(?:要|应|应当|须|都|各|均|定期|集中|专题|联合|共同|自行)*(?:(?:{_VERBS}))+(?:一次|的)?")
_NO_DEED = re.compile(rf"^(?:的|“|为|{_N}月|[，。；、：）]|$|增长|递增|下降|提高|底$|末$|比|投入|平均|定为|确定)")
_DEED = re.compile(
    "(?:要|应|须|至少|向|对|由|将|集中|专题|定期)*(?:组织|开展|召开|举办|进行|公布|发布|公开|报送|上报|报告|通报|调度|分析|研判|汇总|小结|总结|检查|督查|督导|巡查|排查|培训|演练|会商|更新|编发|印发|曝光|学习|研究|听取|约谈|访谈|考核|评估|统计|走访|深入|带队|自查|梳理|维护|推送|推动|督促|联合|带头|听|专题|集中|不定期|一)"
)


@dataclass(frozen=True, slots=True)
class Cadence:
    """A cadence at text[start:end]; the fields of `CadenceDraft`."""

    text: str
    at_least: int
    every: str
    object: str
    start: int
    end: int


def read_cadences(text: str, as_deadline: bool = False) -> list[Cadence]:
    """All cadences in a tight running text, in order, each once; a deadline's value needs no deed («每季度末»)."""
    found: list[Cadence] = []
    for match in _PERIOD.finditer(text):
        every = _every(match)
        if every is None or (found and match.start() < found[-1].end):
            continue
        cadence = _cadence(text, match, every)
        if cadence is None and as_deadline:
            cadence = Cadence(text[match.start() :], 1, every, "", match.start(), len(text))
        if cadence:
            found.append(cadence)
    return list({(c.text, c.every): c for c in reversed(found)}.values())[::-1]


def _every(match: re.Match[str]) -> str | None:
    if match["unit"]:
        count = to_int(match["n"]) if match["n"] else 1
        months = {"月": 1, "季度": 3, "季": 3, "半年": 6, "年度": 12, "年": 12}[match["unit"]] * (count or 1)
        return _MONTHS.get(months)
    if match["half"]:
        return "half_year"
    word = match["one"] or match["bare"] or match["by"] or match["monthly"] or match["whole"] or ""
    for name, every in (("半年", "half_year"), ("季", "quarter"), ("月", "month"), ("年", "year")):
        if name in word:
            return every
    return None


def _cadence(text: str, match: re.Match[str], every: str) -> Cadence | None:
    stop = re.compile("[。；，！？：\n）]|$").search(text, match.end(), match.end() + _WINDOW)
    end = stop.start() if stop else min(len(text), match.end() + _WINDOW)
    window = text[match.end() : end]
    day = _DAY.match(window)
    lead = day.end() if day else 0
    amount = _AMOUNT.match(window, lead)
    if amount:
        count = to_int(amount["n"])
        if not count or re.match("[%％]", window[amount.end() :]):
            return None
        deed, length = _object(window, amount)
        if not deed:
            deed = _before(text, match.start())
        return _made(text, match, match.end() + length, count, every, deed)
    if text[end : end + 1] == "，" and not window.strip():
        return None
    rest = window[lead:]
    if "%" in rest[:30] or (not lead and (_NO_DEED.match(rest) or not _DEED.match(rest))):
        return None
    if not rest:
        return None
    rest = re.split("[、]每", rest)[0]
    deed = _clean(rest) or rest
    return _made(text, match, match.end() + lead + len(rest), 1, every, deed)


def _object(window: str, amount: re.Match[str]) -> tuple[str, int]:
    """What is counted: behind the number (「1个案例」), else between period and number (「召开例会2次」)."""
    behind = re.match("的?(?P<deed>[^，。；、：（）]{0,40})", window[amount.end() :])
    length = amount.end() + (behind.end() if behind else 0)
    deed = _clean(re.split(rf"[和及](?={_N}(?:{_CLASSIFIER}))", behind["deed"])[0] if behind else "")
    if deed:
        return deed, length
    return _clean(amount["verb"] or ""), amount.end()


def _clean(deed: str) -> str:
    """The deed without the verbs that only say «do», without a number, without quotes around the whole."""
    deed = re.sub("^的", "", deed.strip())
    deed = _LEADING_VERBS.sub("", deed) or deed
    deed = re.sub(rf"(?:至少|不少于|不低于|{_N}次)+$", "", deed).strip("《》的 ")
    if deed.startswith("“") and deed.endswith("”"):
        return deed[1:-1]
    return deed.strip("“”") if deed.count("“") != deed.count("”") else deed


def _before(text: str, start: int) -> str:
    """The deed named before the period: 「组织应急演练每年不少于2次」."""
    pieces = re.split("[，。；、：！？\n（）]", text[max(start - 60, 0) : start].rstrip("，"))
    head = next((piece for piece in reversed(pieces) if piece and not re.search(r"\d月|年底|\d日", piece)), "")
    head = re.sub(r"^\d{1,2}[.、]|^[①-⑳]|^[一二三四五六七八九]是", "", head)
    return _clean(re.sub("(?:要|应|须|原则上|确保|做到|坚持)+$", "", head))


def _made(text: str, match: re.Match[str], end: int, count: int, every: str, deed: str) -> Cadence:
    return Cadence(text[match.start() : end], count, every, deed, match.start(), end)
