"""Physical lines joined into paragraphs: a hard wrap is undone, a heading or a field on its own line is kept.

The evidence is the document itself: does it have a wrap width, do its lines end in the middle of sentences?
"""

import itertools
import re
from dataclasses import dataclass

from anwei.plans.reader.labels import label_at
from anwei.plans.reader.numbering import read_bare, read_sign
from anwei.plans.reader.script import COLUMN, Line, Script, Writer
from anwei.plans.reader.words import DATE_LINE, PLAN_TITLE, UNIT_TAIL

_ENDS = tuple("。！？!?…")
_GOES_ON = tuple("，、《（“‘—-和及与的")
_BLOCK = re.compile(
    r"附件\d*(?:[：:]|$|\d+[.、])|附[：:]|附表|（?联系(?:人|电话)|抄送|主送|（此件|——|[●■◆★▲○□◇•·]|[一二三四五六七八九]是(?![否不])|注："
)
_BRACKETS = re.compile("[（【）】]")
_BRACKET_LIMIT = 1500


@dataclass(slots=True)
class _Style:
    """How the document breaks its lines: the width of a full line (0: no common width), and whether it wraps at all."""

    width: int
    wrapped: bool
    inline_headings: bool
    double_spaced: bool


def join_lines(source: str, lines: list[Line]) -> Script:
    """One script for the whole document."""
    style = _style(lines)
    writer = Writer(source)
    previous: Line | None = None
    so_far: list[str] = []
    depth = _Depth()
    blank = False
    for line in lines:
        if line.row is not None:
            writer.add_row(line.row)
            previous = None
            continue
        if not line.tight:
            blank = blank or not style.double_spaced
            continue
        if previous is not None and _joins(previous, line, so_far, depth, blank and not line.after_break, style):
            writer.join(line)
        else:
            writer.add(line)
            so_far = []
            depth = _Depth()
        so_far.append(line.tight)
        depth.read(line.tight)
        previous, blank = line, False
    return writer.script()


class _Depth:
    """How many brackets are open, and for how many characters."""

    def __init__(self) -> None:
        self.open = 0
        self.size = 0

    def read(self, text: str) -> None:
        for char in _BRACKETS.findall(text):
            if char in "（【":
                self.open += 1
                self.size = 0
            elif self.open:
                self.open -= 1
        if self.open:
            self.size += len(text)

    @property
    def inside(self) -> bool:
        return self.open > 0 and self.size < _BRACKET_LIMIT


def starts_block(line: Line) -> bool:
    """Does the line begin something new whatever came before?"""
    gaps = dict(line.gaps) if line.gaps else {}
    text = line.tight
    if read_sign(text, 0) or _BLOCK.match(text) or label_at(text, 0, gaps):
        return True
    if text[0] in "（【" and label_at(text, 1, gaps, opens=True):
        return True
    return bool(gaps) and read_bare(text, 0, gaps) is not None


_ALONE = re.compile(
    r"(?:20\d\d|二[〇○零].{2})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日|[\u4e00-\u9fa5]{1,12}[【（]20\d\d[】）]第?\d{1,4}号|.{2,30}文件"
)


def stands_alone(text: str) -> bool:
    """A date, a document number, a letterhead or a plan's title on a line of its own."""
    if _ALONE.fullmatch(text):
        return True
    return 6 <= len(text) <= 45 and not re.search("[，、。：]", text) and bool(PLAN_TITLE.search(text))


def _joins(previous: Line, line: Line, so_far: list[str], depth: _Depth, blank: bool, style: _Style) -> bool:
    text, last = line.tight, previous.tight[-1]
    sign = read_sign(text, 0)
    if sign and _torn_word(previous, last, sign.number, style):
        return True
    if not blank and _QUANTITY.match(text) and _runs(previous, last):
        return True
    if depth.inside and not blank:
        return not sign or (last in "，、和及（" and sign.kind == "half")
    if sign or starts_block(line):
        return False
    if last in _ENDS or (last == "：" and not _field(so_far)):
        return False
    if _field(so_far):
        return _field_goes_on(so_far, text, blank)
    if last in _GOES_ON:
        return True
    if blank or (COLUMN in (kind for _, kind in line.gaps) and COLUMN in (kind for _, kind in previous.gaps)):
        return False
    if stands_alone(text) or (len(so_far) == 1 and stands_alone(previous.tight)):
        return False
    if last in "；：）】":
        return style.width > 0 and _width(previous) >= style.width - 2
    return _wraps(previous, so_far, style)


_QUANTITY = re.compile(
    r"\d{1,4}\.\d{1,3}(?:[亿万千百元米吨度倍%％]|[平立]方|公[里斤顷]|小时|个百分点)|20\d\d年\d{1,2}月|\d{1,4}(?:[万亿座个家处户名人]|公里)"
)


def _runs(previous: Line, last: str) -> bool:
    """Does a line break off within a running sentence? A heading, a field and a list of units do not."""
    text = previous.tight
    return (
        last not in "。！？；：…）】，、"
        and not UNIT_TAIL.search(text)
        and not DATE_LINE.search(text)
        and bool(re.search("[。，、]", text[2:]) or not (read_sign(text, 0) or stands_alone(text)))
        and len(text) > 4
        and label_at(text, 0, {}) is None
    )


def _torn_word(previous: Line, last: str, number: str, style: _Style) -> bool:
    """A full line that ends in the middle of a sentence goes on, even with what looks like a sign: 举一反 / 三、引以为戒."""
    if last == "反" and number == "三":
        return True
    return (
        style.width > 0
        and _width(previous) >= style.width - 2
        and last not in "。！？；：）】，、"
        and not number.isdigit()
    )


def _wraps(previous: Line, so_far: list[str], style: _Style) -> bool:
    """The line ends in the middle of a sentence: a wrap, unless it is a heading on a line of its own."""
    if style.width:
        return _width(previous) >= style.width - 4
    heading = len(so_far) == 1 and len(previous.tight) <= 45 and "。" not in previous.tight
    if heading and read_sign(previous.tight, 0):
        return style.wrapped and style.inline_headings
    if heading and not style.wrapped:
        return False
    return style.wrapped or bool(len(previous.tight) > 25)


def _field(so_far: list[str]) -> bool:
    first = so_far[0]
    return label_at(first, 0, {}) is not None or (first[0] in "（【" and label_at(first, 1, {}, opens=True) is not None)


def _field_goes_on(so_far: list[str], text: str, blank: bool) -> bool:
    """A list of units goes on in the next line while it ends with a mark or in the middle of a name."""
    last = so_far[-1]
    if last[-1] in "，、；：和及（":
        return not (blank and last[-1] == "；")
    if blank or last[-1] in "）】":
        return False
    piece = re.split("[、，；：]", last)[-1]
    if UNIT_TAIL.search(piece) or DATE_LINE.search(piece) or len(text) > 60:
        return bool(
            len(text) <= 60
            and re.match(r"[^、，；。：]{0,12}[、，]", text)
            and not re.search("。", text)
            and UNIT_TAIL.search(text)
        )
    return True


def _width(line: Line) -> int:
    return sum(1 if char.isascii() else 2 for char in line.tight) + line.indent


def _style(lines: list[Line]) -> _Style:
    filled = [line for line in lines if line.tight and line.row is None]
    if not filled:
        return _Style(0, False, True, False)
    blanks = sum(1 for line in lines if not line.tight)
    signs = [line for line in filled if read_sign(line.tight, 0)]
    inline = sum(1 for line in signs if "。" in line.tight[:60])
    middle = [
        line
        for line, after in itertools.pairwise(filled)
        if len(line.tight) >= 8
        and not stands_alone(line.tight)
        and not (len(line.tight) < 20 and UNIT_TAIL.search(line.tight))
        and line.tight[-1] not in "。！？：；）】"
        and not starts_block(after)
        and not _short_heading(line)
    ]
    wrapped = len(middle) >= 3 and len(middle) >= 0.2 * len(filled)
    width = _common_width(middle) if wrapped else 0
    wrapped_twice = wrapped and blanks >= 0.8 * (len(filled) - 1) and len(filled) > 5
    return _Style(width, wrapped, inline * 2 >= len(signs), wrapped_twice)


def _short_heading(line: Line) -> bool:
    return len(line.tight) <= 20 and read_sign(line.tight, 0) is not None


def _common_width(middle: list[Line]) -> int:
    """The width of a full line, in half-width columns, or 0 where lines break at no common width."""
    widths = sorted(_width(line) for line in middle)
    top = widths[int(len(widths) * 0.9)]
    near = sum(1 for width in widths if abs(width - top) <= 6)
    return top if near >= 0.7 * len(widths) else 0
