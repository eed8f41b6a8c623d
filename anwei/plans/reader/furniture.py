"""What printing left between the lines: page numbers, running headers and footers."""

import itertools
import re
from collections import Counter

from anwei.plans.reader.labels import label_at
from anwei.plans.reader.numbering import read_sign
from anwei.plans.reader.script import Line

_PAGE_NUMBER = re.compile(
    r"^(?:[-—–―－_·•~]+\d{1,4}[-—–―－_·•~]+|第\d{1,4}页(?:[，,/]?共?\d{1,4}页)?|共\d{1,4}页(?:第\d{1,4}页)?|\d{1,4}/\d{1,4}|[Pp]age\d+(?:of\d+)?)$"
)
_BARE_NUMBER = re.compile(r"^\d{1,3}$")
_MID_SENTENCE = re.compile(r"[^。！？：；）”】\s]$")


def drop_furniture(lines: list[Line]) -> list[Line]:
    """The lines without page furniture; where some stood, the next line knows it (`after_break`).

    Rows of tables are kept whatever they look like.
    """
    cells = {index for index, line in enumerate(lines) if line.row is not None}
    drop = {i for i, line in enumerate(lines) if i not in cells and _PAGE_NUMBER.match(line.tight.replace(" ", ""))}
    drop |= _bare_numbers(lines, cells)
    drop |= _running_heads(lines, drop, cells)
    kept: list[Line] = []
    broken = False
    for index, line in enumerate(lines):
        if index in drop:
            broken = True
            continue
        if broken and not line.tight:
            continue
        line.after_break = line.after_break or broken
        broken = False
        kept.append(line)
    return _close_gaps(kept)


def _close_gaps(lines: list[Line]) -> list[Line]:
    """Empty lines before a page break belong to the page, not to the text."""
    kept: list[Line] = []
    for line in lines:
        if line.after_break and line.tight:
            while kept and not kept[-1].tight:
                kept.pop()
        kept.append(line)
    return kept


def _bare_numbers(lines: list[Line], cells: set[int]) -> set[int]:
    """Lines with nothing but a number are page numbers when they count up and many lines lie between them."""
    bare = [(i, int(line.tight)) for i, line in enumerate(lines) if i not in cells and _BARE_NUMBER.match(line.tight)]
    if not bare:
        return set()
    rising = all(a[1] < b[1] for a, b in itertools.pairwise(bare))
    apart = all(b[0] - a[0] >= 6 for a, b in itertools.pairwise(bare))
    if not (rising and apart):
        return set()
    return {i for i, _ in bare if i == len(lines) - 1 or _breaks_text(lines, i) or len(bare) > 1}


def _breaks_text(lines: list[Line], index: int) -> bool:
    before = next((line.tight for line in reversed(lines[max(index - 3, 0) : index]) if line.tight), "")
    return bool(_MID_SENTENCE.search(before)) or not any(line.tight for line in lines[index + 1 :])


def _running_heads(lines: list[Line], page_numbers: set[int], cells: set[int]) -> set[int]:
    """A short line that comes back at every page: beside a page number or form feed, or in the middle of sentences."""
    counts = Counter(line.tight for line in lines if 2 < len(line.tight) <= 45)
    candidates = {text for text, count in counts.items() if count >= 2}
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if line.tight not in candidates or index in cells or label_at(line.tight, 0, dict(line.gaps)):
            continue
        if not read_sign(line.tight, 0) and line.tight[-1] not in "。；，、）":
            places.setdefault(line.tight, []).append(index)
    drop: set[int] = set()
    for text, indices in places.items():
        beside = [i for i in indices if _beside_page(lines, page_numbers, i)]
        broken = [i for i in indices[1:] if i and _MID_SENTENCE.search(lines[i - 1].tight or "。")]
        if len(beside) >= 2 and len(beside) >= len(indices) - 1:
            drop.update(i for i in indices if i in beside and (i != indices[0] or not _title_like(text)))
        elif len(indices) >= 3 and len(broken) >= len(indices) - 2 and _names_document(text):
            drop.update(indices[1:])
    return drop


def _names_document(text: str) -> bool:
    """Without a page number beside it only the document's own name counts as a running head."""
    return bool(re.search("文件$", text)) or (_title_like(text) and not re.search("[，、：]", text))


def _title_like(text: str) -> bool:
    return bool(re.search("(?:要点|方案|计划|安排|意见|通知|规划|清单|分解表|分工表)$", text))


def _beside_page(lines: list[Line], page_numbers: set[int], index: int) -> bool:
    """Does the line stand next to a page number or at a page's first line?"""
    if lines[index].after_break:
        return True
    for step in (-1, 1):
        near = index + step
        while 0 <= near < len(lines) and not lines[near].tight and abs(near - index) < 4:
            near += step
        if near in page_numbers or (0 <= near < len(lines) and step > 0 and lines[near].after_break):
            return True
    return False
