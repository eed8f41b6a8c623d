"""The head of a document: title, year, document number, issuer. What the document does not say stays None."""

import re
from dataclasses import dataclass

from anwei.plans.reader.numerals import HAN, to_int
from anwei.plans.reader.script import Script, plain
from anwei.plans.reader.words import NO_PLAN_TITLE, PLAN_NOUN, PLAN_TITLE, UNIT_TAIL

_NUMBER = re.compile(r"(?P<body>[\u4e00-\u9fa5]{1,12})[【（](?P<year>20\d\d)[】）](?:第)?(?P<n>\d{1,4})号")
_YEAR = re.compile(rf"(?P<year>20\d\d|二[{HAN}]{{3}})(?:年|(?=-|—|~|至))")
_SPAN_OF_YEARS = re.compile(r"20\d\d(?:年(?:\d{1,2}月)?(?:\d{1,2}日)?)?(?:-|—|~|至|到)+20\d\d年")
_QUOTED = re.compile(r"《([^《》\n]{4,80})》")
_FORWARDS = re.compile(
    rf"关于(?:印发|下发|转发|发布|印发执行)(?:《)?(?P<title>[^《》\n]{{4,80}}?(?:{PLAN_NOUN})(?:（[^（）]{{1,20}}）)*)(?:》)?的?通知$"
)
_SALUTATION = re.compile(r"(?:各[^。]{2,120}|[^。]{2,60}(?:单位|部门|政府|委员会|局|公司|街道))：$")
_DATE = re.compile(rf"^(?:20\d\d|二[{HAN}]{{3}})年(?:\d{{1,2}}|[{HAN}]{{1,3}})月(?:\d{{1,2}}|[{HAN}]{{1,3}})日$")
_ISSUER_IN_TITLE = re.compile(
    r"^(?P<who>.{2,40}?(?:办公室|委员会|政府|安委会|安委办|局|厅|部|委|指挥部|领导小组|办公厅))关于"
)
_LETTERHEAD = re.compile(r"^(?P<who>.{2,40}?)文件$")
_HEAD_LIMIT = 4000


@dataclass(slots=True)
class Head:
    title: str
    year: int | None
    years: bool
    issuer: str | None
    document_number: str | None
    title_start: int


def read_head(script: Script, head_end: int, year: int | None) -> Head:
    """The head; `year` (the caller's) goes before the title's, the title's before the document number's."""
    paragraphs = [(a, b) for a, b in script.paragraphs if a < head_end or a < 400]
    title, start = _title(script, [p for p in paragraphs if p[0] < max(head_end, 1)][-60:])
    number = _document_number(script, paragraphs[:40])
    several = bool(_SPAN_OF_YEARS.search(plain(title)))
    years = list(_YEAR.finditer(plain(title)))
    named = years[0 if several else -1] if years else None  # «2022年考核及2023年工作要点» is of 2023
    found = to_int(named["year"]) if named else None
    if found is None and number:
        found = int(number[1])
    if several and number and named and int(number[1]) > (found or 0):
        span = re.findall(r"20\d\d", plain(title))
        found = int(number[1]) if int(number[1]) <= int(span[-1]) else found
    issuer = _issuer(script, title, paragraphs[:40])
    return Head(title, year or found, several and year is None, issuer, number[0] if number else None, start)


def _title(script: Script, paragraphs: list[tuple[int, int]]) -> tuple[str, int]:
    """The plan's own title: the last title line before the first sign; else the title inside the notice's; else line one."""
    text = script.tight
    candidates: list[tuple[str, int]] = []
    for index, (start, end) in enumerate(paragraphs):
        line = text[start:end].strip("*#“” ")
        line = re.sub("：$", "", line) if PLAN_TITLE.search(line.rstrip("：")) else line
        if not 4 <= len(line) <= 90 or line[-1] in "。；：，" or _SALUTATION.match(line):
            continue
        if re.search("^(?:为|现将|现就|根据|按照|经|请)|印发给你们|为深入|为认真|为贯彻|附件", line) or (
            line.startswith(("（", "附")) and "年" not in line
        ):
            continue
        joined = _with_line_before(script, paragraphs, index, line)
        bare = re.sub(r"（[^（）]{1,24}）$", "", line)
        if PLAN_TITLE.search(line) or PLAN_TITLE.search(bare):
            candidates.append(joined)
    plain = [c for c in candidates if not c[0].endswith("通知")]
    if plain:
        title, start = plain[-1]
        return _with_years_below(script, paragraphs, title, start), start
    return _from_notice(script, paragraphs)


def _with_years_below(script: Script, paragraphs: list[tuple[int, int]], title: str, start: int) -> str:
    """A line of brackets below belongs to the title: 「（2024—2026年）」."""
    for a, b in paragraphs:
        if a > start and script.tight[a:b] and a - start <= len(title) + 3:
            line = script.tight[a:b]
            if re.match(r"^（[^（）]{1,24}）$", line) and "年" in line:
                return title + script.written(a, b)
    return title


def _with_line_before(script: Script, paragraphs: list[tuple[int, int]], index: int, line: str) -> tuple[str, int]:
    """A title set over two or three lines: «临江区安全生产委员会 / 2024年工作要点»."""
    _start, _end = paragraphs[index]
    first = index
    while first > 0 and first > index - 2:
        before = script.tight[slice(*paragraphs[first - 1])]
        if (
            not before
            or before[-1] in "。；：，）、"
            or len(before) > 45
            or _NUMBER.search(before)
            or PLAN_TITLE.search(before)
        ):
            break
        if not (
            re.match(rf"(?:20\d\d|二[{HAN}]{{3}})年?", before)
            or re.search("关于|委员会|政府|办公室|年度|全[区市县省]|[省市县区]$", before)
        ):
            break
        if (
            _LETTERHEAD.match(before)
            or _DATE.match(before)
            or (first == index and PLAN_TITLE.search(line) and _YEAR.search(line))
        ):
            break
        first -= 1
    begin = paragraphs[first][0]
    written = "".join(script.written(*paragraphs[i]) for i in range(first, index + 1))
    return written.strip("*#“” "), begin


def _from_notice(script: Script, paragraphs: list[tuple[int, int]]) -> tuple[str, int]:
    text = script.tight
    for index, (start, _) in enumerate(paragraphs):
        for size in (1, 2, 3):
            line = "".join(text[a:b] for a, b in paragraphs[index : index + size])
            if "关于" in line[:40] and line.endswith(("通知", "的通知")):
                found = _FORWARDS.search(line)
                written = "".join(script.written(a, b) for a, b in paragraphs[index : index + size])
                quoted = _QUOTED.search(written)
                return (quoted.group(1) if quoted else found["title"] if found else written), start
    for start, end in paragraphs:
        line = text[start:end]
        if (
            4 <= len(line) <= 60
            and line[-1] not in "。；：，"
            and not _NUMBER.search(line)
            and not _LETTERHEAD.match(line)
        ):
            return script.written(start, end), start
    return "", 0


def _document_number(script: Script, paragraphs: list[tuple[int, int]]) -> tuple[str, str] | None:
    """The document's own number: on a line of its own (or with the title), not inside a reference to another document."""
    text = script.tight
    for start, end in paragraphs:
        match = _NUMBER.search(text, start, end)
        if not match or end - start > 60:
            continue
        before = text[start : match.start()]
        if re.search("《|根据|按照|依据|贯彻|落实", before):
            continue
        return script.written(*match.span()), match["year"]
    return None


def _issuer(script: Script, title: str, paragraphs: list[tuple[int, int]]) -> str | None:
    """From the signature above a date, the letterhead, or the title («… 关于印发 …»)."""
    text = script.tight
    everything = script.paragraphs
    for index in (*range(1, min(len(everything), 80)), *range(max(len(everything) - 12, 1), len(everything))):
        start, end = everything[index]
        if index in script.row_paragraphs or index - 1 in script.row_paragraphs:
            continue
        if _DATE.match(text[start:end]):
            before = everything[index - 1]
            name = text[slice(*before)]
            if 4 <= len(name) <= 40 and UNIT_TAIL.search(name) and "，" not in name:
                return script.written(*before)
    for start, end in paragraphs:
        match = _LETTERHEAD.match(text[start:end])
        if match and UNIT_TAIL.search(match["who"]):
            return script.written(start, end)[:-2]
    for index in range(len(paragraphs[:12])):
        line = "".join(text[a:b] for a, b in paragraphs[index : index + 2])
        match = _ISSUER_IN_TITLE.match(line)
        if match:
            return match["who"]
    return None


def looks_like_plan(title: str, head: str) -> bool:
    """Does the title promise tasks? 要点, 方案, 计划 … do; 总结, 条例, 通报 … do not."""
    if NO_PLAN_TITLE.search(title):
        return False
    return bool(re.search(PLAN_NOUN, title) or re.search(rf"《[^《》]*(?:{PLAN_NOUN})[^《》]*》", head[:_HEAD_LIMIT]))
