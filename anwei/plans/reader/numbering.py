"""Signs that open a chapter, a measure or a list: 一、（一）1. 1、(1) ① 第一阶段 第二章 1.2 任务三.

Which of them is a chapter and which a measure is decided later (outline, levels), from the whole document.
"""

import re
from dataclasses import dataclass

from anwei.plans.reader.numerals import HAN, to_int

_HAN = f"[{HAN}]{{1,4}}"
_UNIT_AFTER_NUMBER = "年月日个项次万亿%％℃小家起处户人名米吨元天级类号线座辆台套件种倍成公工周度岁批期步"
_SIGN = re.compile(
    rf"(?P<ordinal>第(?:{_HAN}|\d{{1,3}})(?P<word>阶段|部分|章|节|篇|条|步|项|批|类|板块))(?![、和及至期内中末间]|的|的?工作)[：:、.]?"
    rf"|(?P<task>(?:重点)?(?:任务|行动|措施|工程|专项|事项|举措|目标|专栏)(?P<task_n>{_HAN}|\d{{1,3}}))(?=[：:、.—-])[：:、.—-]{{1,2}}"
    rf"|(?P<han>{_HAN})(?:、|\.(?!\d)|，(?=[^，、]))"
    rf"|（(?P<paren_han>{_HAN})）[、.]?"
    r"|（(?P<paren_num>\d{1,3})）[、.]?"
    r"|(?P<multi>\d{1,2}(?:\.\d{1,2}){1,3})(?=[^\d.\-—~/])[.、]?"
    r"|(?P<num>\d{1,3})(?:[.．、]|，(?=[^\d]))"
    r"|(?P<half>\d{1,2})）[、.]?"
    r"|(?P<circle>[①-⑳])"
    r"|(?P<enclosed>[⑴-⒇])"
    r"|(?P<enclosed_han>[㈠-㈩])"
)
_BARE = re.compile(rf"(?P<num>\d{{1,3}})|(?P<han>{_HAN})(?![{HAN}])")
_DATE_OR_AMOUNT = re.compile(rf"\d+(?:[.,，]\d+)?(?:[{_UNIT_AFTER_NUMBER}]|[-—~至]\d)")
_HAN_WORD = re.compile(rf"[{HAN}]*(?:级|类|线|号|季度|月|年|等奖|手|把|岗|批次|者)")
LIST_KINDS = frozenset({"paren_num", "half", "circle", "enclosed"})
"""Signs that nearly always count points inside a measure."""

_FAMILY = {"num": "arabic", "num_dun": "arabic", "bare": "arabic"}


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign at tight[start:end]: its kind, its place in the sequence and the number as written without closing sign."""

    kind: str
    ordinal: int
    number: str
    start: int
    end: int
    parents: tuple[int, ...] = ()

    @property
    def family(self) -> str:
        return _FAMILY.get(self.kind, self.kind)


def read_sign(text: str, pos: int, gap_after: bool = False) -> Sign | None:
    """The sign that stands at text[pos:], or None. `gap_after(n)` tells whether a blank follows a bare number."""
    match = _SIGN.match(text, pos)
    if match:
        return _sign(match, text)
    return None


def read_bare(text: str, pos: int, gaps: dict[int, int]) -> Sign | None:
    """A number that only a blank divides from its text: «1 总则», a table's first column."""
    match = _BARE.match(text, pos)
    if not match or not gaps.get(_after_blank(text, match.end())):
        return None
    end = _after_blank(text, match.end())
    ordinal = to_int(match.group())
    rest = text[end : end + 1]
    if ordinal is None or not rest or rest in _UNIT_AFTER_NUMBER or rest in "、，。；：）-—~/.":
        return None
    kind = "bare" if match["num"] else "bare_han"
    return Sign(kind, ordinal, match.group(), pos, end)


def _after_blank(text: str, pos: int) -> int:
    return pos + 1 if text[pos : pos + 1] == " " else pos


def _sign(match: re.Match[str], text: str) -> Sign | None:
    start, end = match.span()
    if match["ordinal"]:
        word = match["word"]
        ordinal = to_int(match["ordinal"][1 : -len(word)])
        if ordinal is None:
            return None
        kind = {"阶段": "phase", "步": "phase", "批": "phase"}.get(word, f"ordinal_{word}")
        return Sign(kind, ordinal, match["ordinal"], start, end)
    if match["task"]:
        return _make("task", match["task_n"], match["task"], start, end)
    if match["han"]:
        if _HAN_WORD.match(text, end):
            return None
        return _make("han", match["han"], match["han"], start, end)
    if match["paren_han"]:
        return _make("paren_han", match["paren_han"], match["paren_han"], start, end)
    if match["paren_num"]:
        return _make("paren_num", match["paren_num"], match["paren_num"], start, end)
    if match["multi"]:
        return _multi(match["multi"], text, start, end)
    if match["num"]:
        return _arabic(match["num"], text, start, end)
    if match["half"]:
        return _make("half", match["half"], match["half"], start, end)
    if match["circle"]:
        return Sign("circle", ord(match["circle"]) - ord("①") + 1, match["circle"], start, end)
    if match["enclosed"]:
        ordinal = ord(match["enclosed"]) - ord("⑴") + 1
        return Sign("paren_num", ordinal, str(ordinal), start, end)
    ordinal = ord(match["enclosed_han"]) - ord("㈠") + 1
    return Sign("paren_han", ordinal, "一二三四五六七八九十"[ordinal - 1], start, end)


def _make(kind: str, digits: str, number: str, start: int, end: int) -> Sign | None:
    ordinal = to_int(digits)
    return None if not ordinal else Sign(kind, ordinal, number, start, end)


def _multi(number: str, text: str, start: int, end: int) -> Sign | None:
    """«1.2 强化…» is a point of its own; «1.12月底前…» and «3.5万户» are 1. and a date, or no sign at all."""
    first, _rest = number.split(".", 1)
    if text[end - 1] not in ".、" and text[end : end + 1] in _UNIT_AFTER_NUMBER:
        return _arabic(first, text, start, start + len(first) + 1)
    parts = tuple(int(part) for part in number.split("."))
    if 0 in parts:
        return None
    return Sign(f"multi{len(parts)}", parts[-1], number, start, end, parts[:-1])


def _arabic(digits: str, text: str, start: int, end: int) -> Sign | None:
    """After «1.» a digit may only stand where a date or an amount begins: «1.2017年10月底前完成…»."""
    ordinal = int(digits)
    if not ordinal:
        return None
    following = text[end : end + 1]
    if following.isdigit() and text[end - 1] == "." and not _DATE_OR_AMOUNT.match(text, end):
        return None
    if not following or following in "，。；：、）%":
        return None
    kind = "num" if text[end - 1] == "." else "num_dun"
    return Sign(kind, ordinal, digits, start, end)
