"""A plan draft as a table for the terminal: columns that line up although a Chinese sign takes two places."""

import re
import unicodedata
from collections.abc import Iterator

from anwei.plans.reader import MeasureDraft, PlanDraft

HEAD = ("序号", "重点任务", "牵头单位", "责任单位", "完成时限")
SHARES = (0, 34, 22, 30, 14)  # how the width beside the number is divided
NARROWEST = 60
GAP = " │ "
CLOSING = "、，。；：！？）》」』】〕”’%,.;:!?)]}"
DATE_SIGNS = "年月日.％%"
DATED = re.compile(r"\d[\d.]*\Z")
ONGOING = "常态化"
OPEN = "等部门"  # as plans write it; the reader takes it back as an open list
NUMBERED = re.compile(
    r"(?:第?[一二三四五六七八九十百〇\d]+(?:[、.．]|章|节|部分|阶段)?|[（(][一二三四五六七八九十百\d]+[）)])\s*"
)


def table_lines(draft: PlanDraft, width: int) -> Iterator[str]:
    """Lines of at most `width` places (60 at least): title, head, chapters, measures, a count."""
    widths = column_widths(draft, max(width, NARROWEST))
    whole = sum(widths) + len(GAP) * (len(widths) - 1)
    rule = "─┼─".join("─" * each for each in widths)
    yield from wrapped(draft.title or "（没有标题）", whole)
    yield from wrapped(facts(draft), whole)
    yield ""
    yield from row_lines(HEAD, widths)
    yield rule
    for measure, headings in with_headings(draft):
        for depth, heading in headings:
            yield from wrapped("  " * depth + heading, whole)
        yield from row_lines(cells(measure), widths)
        yield rule


def with_headings(draft: PlanDraft) -> Iterator[tuple[MeasureDraft, list[tuple[int, str]]]]:
    """Each measure with the (depth, heading) lines that begin before it."""
    before: tuple[str, ...] = ()
    for measure in draft.measures:
        path = measure.chapter_path
        new = [depth for depth in range(len(path)) if path[: depth + 1] != before[: depth + 1]]
        yield measure, [(depth, heading(draft, path[depth], measure.span[0])) for depth in new]
        before = path


def heading(draft: PlanDraft, chapter: str, before: int) -> str:
    """The chapter with its number as the document prints it; the draft keeps only the words."""
    at = draft.source_text.rfind(chapter, 0, before)
    line = draft.source_text.rfind("\n", 0, max(at, 0)) + 1
    sign = draft.source_text[line:at].strip() if at >= 0 else ""
    return sign + chapter if NUMBERED.fullmatch(sign) else chapter


def facts(draft: PlanDraft) -> str:
    said = [f"{draft.year}年度" if draft.year else "年度不明", f"{len(draft.measures)} 条"]
    return "｜".join([*said, *filter(None, (draft.issuer, draft.document_number))])


def cells(measure: MeasureDraft) -> tuple[str, ...]:
    return measure.number, measure.title or measure.text, units(measure, True), units(measure, False), due(measure)


def units(measure: MeasureDraft, lead: bool) -> str:
    """Units of the leading or of the other roles in document order; 等 where the document leaves the list open."""
    names: dict[str, None] = {}
    is_open = False
    for role in measure.roles:
        if role.lead == lead and not role.persons:
            names.update(dict.fromkeys(role.units))
            is_open = is_open or role.open
    return "、".join(names) + (OPEN if is_open and names else "")


def due(measure: MeasureDraft) -> str:
    """As the document says it, then the dates it comes to."""
    dates = days(measure)
    return "\n".join(filter(None, (measure.deadline_text or (ONGOING if measure.ongoing else ""), dates)))


def days(measure: MeasureDraft) -> str:
    """Dates as the office writes them, the year only where it is not the same for all: 6.30、12.31."""
    if len({day.year for day in measure.deadlines}) > 1:
        return "、".join(f"{day.year}.{day.month}.{day.day}" for day in measure.deadlines)
    return "、".join(f"{day.month}.{day.day}" for day in measure.deadlines)


def column_widths(draft: PlanDraft, width: int) -> list[int]:
    number = max([places(HEAD[0]), *(places(measure.number) for measure in draft.measures)])
    number = min(number, width // len(HEAD))
    rest = width - number - len(GAP) * (len(HEAD) - 1)
    divided = [rest * share // sum(SHARES) for share in SHARES[1:]]
    divided[0] += rest - sum(divided)
    return [number, *divided]


def row_lines(texts: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    columns = [wrapped(text, width) for text, width in zip(texts, widths, strict=True)]
    for at in range(max(map(len, columns))):
        parts = [
            padded(lines[at] if at < len(lines) else "", width) for lines, width in zip(columns, widths, strict=True)
        ]
        yield GAP.join(parts).rstrip()


def places(text: str) -> int:
    """Places on the terminal: two for wide and full-width signs, none for combining ones."""
    return sum(sign_places(sign) for sign in text)


def sign_places(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def padded(text: str, width: int) -> str:
    return text + " " * (width - places(text))


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` places; figures stay whole and closing signs leave the line start where possible."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0
        for sign in "".join(each for each in paragraph if each.isprintable()):
            size = sign_places(sign)
            if used + size > width and line:
                keep = len(line) - bound_before(line, sign)
                lines.append(line[:keep])
                line = line[keep:]
                used = places(line)
            line, used = line + sign, used + size
        lines.append(line)
    return lines


def bound_before(line: str, sign: str) -> int:
    """How many signs at the end of the line must go down with this one; 0 where all of them would have to."""
    count = 0
    if sign in CLOSING and line[-1] not in CLOSING:
        count = 1
    if sign.isdecimal() or sign in DATE_SIGNS or count:
        run = DATED.search(line)
        count = max(count, len(run[0]) if run else 0)
    return count if count < len(line) else 0
