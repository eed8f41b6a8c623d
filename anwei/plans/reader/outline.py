"""The outline: every sign becomes a node below the node that it continues; nothing is called chapter or measure yet.

A sign whose kind is already open continues that level; a new kind goes one level down. The root level starting again at
one opens a new part of the document (a notice and the plan it brings, an annex).
"""

import re
from dataclasses import dataclass, field

from anwei.plans.reader.numbering import Sign, read_bare, read_sign
from anwei.plans.reader.numerals import to_int
from anwei.plans.reader.script import COLUMN, WRAP, Script

_TAIL = re.compile(
    r"附件\d*[：]|附[：]|附件\d*(?=\n|$)|附件[一二三\d][^，。]{0,40}(?=\n|$)|抄送|主送|（?联系人|（?联系电话|（此件|（?咨询电话|报送邮箱"
)
_ANNEX = re.compile(r"附件?\d*[：]?(?=\n|$)|附件[一二三四五\d]{1,2}[.、]?(?=[^：\n]{2,40}(?:\n|$))")
_GLUED = re.compile(
    r"(?=[一二三四五六七八九十（\d第①-⑳⑴-⒇])(?:(?<=[。；）】！？”：…])"  # first what few places pass
    r"|(?<=[\u4e00-\u9fa5])(?=\d{1,3}[.、][^\d])|(?<=[\u4e00-\u9fa5])(?=（[一二三四五六七八九十]{1,3}）)|(?<=[前日底期内化进局委办部会府道镇乡队心司位门院厅])(?=[一二三四五六七八九十]{1,3}、))"
)
_COUNTED = re.compile("([一二三四五六七八九十]{1,2})是(?!否|不)")
_DAY_BEFORE = re.compile("[底日号月末度年]前")
_POINTS = frozenset({"num", "num_dun", "bare", "paren_num", "half", "circle", "enclosed"})
_DATED_TAIL = re.compile(
    r"^(?:20\d\d|二[〇○零]二.)年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日$"
)


@dataclass(slots=True, eq=False)
class Node:
    """A sign with its text: own text is tight[sign.end:own_end], the whole with its children ends at `end`."""

    sign: Sign
    own_end: int = 0
    end: int = 0
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    part: int = 0
    inline: bool = False

    @property
    def start(self) -> int:
        return self.sign.start

    @property
    def path(self) -> tuple[str, ...]:
        names: list[str] = []
        node: Node | None = self
        while node:
            names.append(node.sign.family)
            node = node.parent
        return tuple(reversed(names))


@dataclass(slots=True)
class Outline:
    """Root nodes in order, and where the head (before the first sign) ends."""

    roots: list[Node]
    nodes: list[Node]
    head_end: int


class _Builder:
    def __init__(self, script: Script) -> None:
        self.script = script
        self.stack: list[Node] = []
        self.roots: list[Node] = []
        self.nodes: list[Node] = []
        self.part = 0
        self.closed: int | None = None
        self.last: dict[str, int] = {}

    def level(self, sign: Sign) -> int | None:
        """The stack index of the level that `sign` continues, or None for a new one."""
        for index in range(len(self.stack) - 1, -1, -1):
            open_sign = self.stack[index].sign
            if open_sign.kind == sign.kind and (sign.ordinal == 1 or open_sign.parents == sign.parents or sign.parents):
                return index
        for index in range(len(self.stack) - 1, -1, -1):
            open_sign = self.stack[index].sign
            if open_sign.family == sign.family and sign.ordinal == open_sign.ordinal + 1:
                return index
        return None

    def expects(self, sign: Sign) -> bool:
        """Is `sign` the next number of an open level, or of a count that goes on across chapters?"""
        level = self.level(sign)
        before = self.last.get(sign.kind, 0) if level is None else self.stack[level].sign.ordinal
        return before > 0 and sign.ordinal == before + 1

    def opens(self, sign: Sign) -> bool:
        """Is `sign` the first number of a level that is not open, or of one below the innermost open heading?"""
        level = self.level(sign)
        return sign.ordinal == 1 and (level is None or level > 0)

    def add(self, sign: Sign, inline: bool = False) -> None:
        level = self.level(sign)
        self._close(sign.start)
        if level == 0 and sign.ordinal == 1 and self.stack[0].sign.ordinal >= 1:
            self.part += 1
        depth = len(self.stack) if level is None else level
        if level is None and self.stack:
            depth = self._depth_for_new(sign)
        parent = self.stack[depth - 1] if depth else None
        node = Node(sign, parent=parent, part=self.part, inline=inline)
        del self.stack[depth:]
        self.stack.append(node)
        (parent.children if parent else self.roots).append(node)
        self.nodes.append(node)
        self.last[sign.kind] = sign.ordinal
        self.closed = None

    def _depth_for_new(self, sign: Sign) -> int:
        """A new kind goes below the innermost node, except where chapters come back above: 第二部分 behind 五、,
        the plan's 一、 behind the points 1. 2. of the notice that brings it."""
        if sign.kind.startswith("ordinal_") and not self.stack[0].sign.kind.startswith("ordinal_"):
            self.part += 1
            return 0
        if sign.kind == "han" and sign.ordinal == 1 and all(node.sign.kind in _POINTS for node in self.stack):
            self.part += 1
            return 0
        return len(self.stack)

    def _close(self, at: int) -> None:
        if self.nodes:
            self.nodes[-1].own_end = self.closed if self.closed is not None else at

    def tail(self, at: int) -> None:
        if self.nodes and self.closed is None:
            self.closed = at

    def restart(self) -> None:
        self.stack.clear()
        self.part += 1

    def finish(self, end: int) -> None:
        self._close(end)
        for node in reversed(self.nodes):
            node.end = max([node.own_end, *(child.end for child in node.children)])


def read_outline(script: Script) -> Outline:
    """The outline of a script; cells of tables have no part in it."""
    builder = _Builder(script)
    in_tail = False
    for number, (start, end) in enumerate(script.paragraphs):
        if number in script.row_paragraphs:
            builder.tail(start)
            continue
        text = script.tight
        if start < end and (_TAIL.match(text, start, end) or _DATED_TAIL.match(text[start : min(end, start + 20)])):
            builder.tail(start)
            in_tail = True
            if _ANNEX.match(text, start, end):
                builder.restart()
                in_tail = False
            continue
        sign = _opening(script, builder, start, end)
        if (
            sign
            and in_tail
            and end - start < 50
            and "。" not in text[start:end]
            and not (sign.kind == "han" and sign.ordinal == 1)
        ):
            continue
        if sign:
            in_tail = False
            builder.add(sign)
        if not in_tail and builder.nodes:
            _glued(script, builder, sign.end if sign else start, end, heading=sign is not None)
    builder.finish(len(script.tight))
    head_end = builder.nodes[0].start if builder.nodes else len(script.tight)
    return Outline(builder.roots, builder.nodes, head_end)


def _opening(script: Script, builder: _Builder, start: int, end: int) -> Sign | None:
    text = script.tight
    while start < end and text[start] in "*#【“":
        start += 1
    sign = read_sign(text, start)
    if sign and sign.end <= end:
        return sign
    counted = _COUNTED.match(text, start, end)
    if counted and all(node.sign.kind == "counted" for node in builder.stack):
        return Sign("counted", to_int(counted[1]) or 1, counted[1], start, counted.end())
    bare = (
        read_bare(text, start, script.gaps)
        if script.gap(start + 1)
        or script.gap(start + 2)
        or script.gap(start + 3)
        or text[start + 1 : start + 5].find(" ") >= 0
        else None
    )
    if bare and (builder.expects(bare) or builder.opens(bare)):
        return bare
    return None


def _glued(script: Script, builder: _Builder, start: int, end: int, heading: bool) -> None:
    """Signs in the middle of a paragraph: accepted where they continue a sequence, or open one behind a heading."""
    text = script.tight
    for match in _GLUED.finditer(text, start + 1, end):
        at = match.start()
        sign = read_sign(text, at)
        if not sign or sign.end >= end or re.match("[项款条目号类级种]", text[sign.end : sign.end + 1]):
            continue
        if (text[at - 1] in "第共近超前约" and not _DAY_BEFORE.match(text, at - 2)) or _in_brackets(
            text, max(start, at - 400), at
        ):
            continue
        previous = text[at - 1]
        behind_mark = previous in "。；）】！？”…"
        if builder.expects(sign) and (behind_mark or previous != "："):
            if sign.kind != "half" and (behind_mark or previous not in "、，"):
                builder.add(sign, inline=True)
        elif (
            builder.opens(sign)
            and sign.kind != "half"
            and (behind_mark or previous == "：" or (heading and at - start < 40))
        ):
            builder.add(sign, inline=True)


def _behind_heading(text: str, builder: _Builder, at: int) -> bool:
    """Does only a heading stand between the last sign and `at`?"""
    begin = builder.nodes[-1].sign.end
    return at - begin < 40 and "。" not in text[begin:at]


def _in_brackets(text: str, start: int, at: int) -> bool:
    return text.count("（", start, at) > text.count("）", start, at) or text.count("《", start, at) > text.count(
        "》", start, at
    )


def blank_before(script: Script, at: int) -> bool:
    """Does a column or blank (no wrap) stand before tight[at]?"""
    return script.gap(at) not in (0, WRAP) or script.gap(at) == COLUMN
