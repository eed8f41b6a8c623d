"""Deadlines: 「6月、12月底前」 「2023年6月30日前」 「第二季度」 「印发后10个工作日内」 「3月—4月」 「常态化」.

N月底前, N月前 and N月 mean the last day of that month, a range or a phase its last day. A date without a year takes the
year named before it in the same text, else the plan's year; without either there is no date, never a guess.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from anwei.plans.reader.draft import Relative
from anwei.plans.reader.numerals import HAN, to_int

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = rf"(?:20\d\d|二[{HAN}]{{3}}|(?<!\d)[23]\d(?=年\d))年度?|(?:今|本|当|明|次|翌|来)年度?"
_DASH = r"(?:-{1,2}|—{1,2}|–|―|~|至|到|－)"
_TAIL = r"(?:底|末|初|份|中旬|上旬|下旬|中)?"
_POINT = (
    rf"(?P<iso>20\d\d[-./]\d{{1,2}}(?:[-./]\d{{1,2}})?)(?: ?\d\d：\d\d(?:：\d\d)?)?(?!\d)"
    rf"|(?P<year>{_YEAR})?的?(?:"
    rf"(?P<month>{_N})月(?:(?:{_N}[日号]?{_DASH})?(?P<day>{_N})[日号]|(?P<part>{_TAIL}))"
    r"|第?(?P<quarter>[一二三四1-4])季度|[Qq](?P<q>[1-4])|前(?P<first_quarters>[二三23])季度"
    r"|(?P<half>上半年|下半年)|(?P<year_end>年底|年末|年终|年内|全年)"
    rf"|(?<=[年度])(?P<bare_end>底|末|内)?)"
    rf"|(?P<list_month>(?<![\d.]){_N})(?=(?:(?:[、，和及]|{_DASH}){_N}){{0,11}}(?:[、，和及]|{_DASH})(?:次年|翌年)?{_N}月)"
    r"|第?(?P<list_quarter>[一二三四1-4])(?=(?:[、，和及-]第?[一二三四1-4]){0,3}[、，和及-]第?[一二三四1-4]季度)"
    rf"|(?P<only_day>(?<=[-—~至到])\d{{1,2}})[日号]"
)
_PATTERN = re.compile(_POINT)
_RANGE = re.compile(rf"(?:起|开始|上旬|中旬|下旬|初)?{_DASH}")
_YEAR_RANGE = re.compile(rf"(?P<from>20\d\d)年?{_DASH}(?=20\d\d年?)")
_ONGOING = re.compile("常态|长期|持续|常年|长效|全年推进|常抓|动态|随时|经常|日常|全过程|贯穿|不间断|永久|滚动")
_RELATIVE = re.compile(
    rf"(?:(?P<start>[^，。；、：（）\n\d]{{2,20}}?)(?:之日起|之日后|之日|之后|以后|后|起)?的?)?(?P<n>\d{{1,3}}|[{HAN}]{{1,4}})(?:个)?(?P<unit>工作日|自然日|日|天|周|星期|月)(?:之内|以内|内)"
)
_RECURRING = re.compile(r"(?:每个?(?:年|月|季度?|半年)(?:度)?|次月|当月|逐月|按月|按季|按季度|各季度|每周|每日|下月)$")
_PHASE_NAME = re.compile(r"第[一二三四五六七八九十\d]{1,2}阶段|[\u4e00-\u9fa5]{2,10}?阶段")

PhaseLookup = Callable[[str], date | None]


@dataclass(slots=True)
class Deadline:
    """What a deadline text says; `problems` are Chinese sentences without their place."""

    dates: list[date] = field(default_factory=list)
    ongoing: bool = False
    relative: Relative | None = None
    problems: list[str] = field(default_factory=list)
    yearless: bool = False
    recurring: bool = False
    spans: list[tuple[int, int]] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        return bool(self.dates or self.ongoing or self.relative or self.yearless or self.recurring or self.problems)


def read_deadline(text: str, year: int | None, phase: PhaseLookup | None = None) -> Deadline:
    """Read the value of a deadline label. `year` is the plan's; `phase` gives the last day of a phase by its name."""
    result = Deadline(ongoing=bool(_ONGOING.search(text)))
    _relative(text, result)
    if not result.relative:
        _Points(text, year, result).read()
    if not result.says_something and phase:
        for match in _PHASE_NAME.finditer(text):
            day = phase(match.group())
            if day:
                result.dates.append(day)
    if re.search("每|按月|按季|逐月|半年", text) and not result.dates:
        result.recurring = True
    result.dates = sorted(dict.fromkeys(result.dates))
    return result


_IN_TEXT = re.compile(
    rf"(?:{_YEAR})?(?:{_N}月{_TAIL}(?:{_N}[日号])?|第?[一二三四1-4]季度末?|年[底末内]|[上下]半年)|20\d\d年[底末内]?|20\d\d[-./]\d{{1,2}}[-./]\d{{1,2}}"
)
_BEFORE = re.compile(  # «6月组织…» too: an event is set for its month or day
    r"(?:之前|以前|前(?!三季|两季|期|往|后)|底前|完成|建成|实现|达到|全面完成|基本|内完成|出台|报送|印发|落实到位|(?:份|间|左右)?，?(?:集中)?(?:组织|开展|举办|召开|举行)++(?!的|了|过|以来|后))"
)
_MADE_BEFORE = re.compile(
    "之?前(?:已|(?:制定|印发|建成|发生|出台|投产|取得|设立|登记|批准|签订|实施|发布|建设|竣工|注册|投用|立项)的)"
)
_UNTIL = re.compile(r"(?:到|于|在|确保|力争|务必|须)$")
_PAST = re.compile(r"(?:截至|截止|自|从|较|比|与|同比|每|次)$|每年$")


def deadlines_in_text(text: str, year: int | None) -> Deadline:
    """Deadlines in running text: only dates that say «before», or by which something is to be finished."""
    result = Deadline()
    pieces: list[str] = []
    for match in _IN_TEXT.finditer(text):
        before, after = text[max(match.start() - 4, 0) : match.start()], text[match.end() : match.end() + 12]
        if _PAST.search(before) or _RECURRING.search(before) or text[match.end() : match.end() + 1] == "来":
            continue
        if _MADE_BEFORE.match(after):
            continue
        marked = _BEFORE.match(after) or (_UNTIL.search(before) and re.match("[，,完建实达基出]", after))
        listed = re.match(rf"(?:[、和及]|{_DASH}){_N}?", after) and re.match(
            rf"[、和及至到—~-]+(?:{_YEAR})?{_N}月{_TAIL}(?:{_N}日)?(?:底|末)?前", after
        )
        if marked or listed:
            pieces.append(match.group())
            result.spans.append((match.start(), match.end() + (1 if after.startswith("前") else 0)))
    carried = year
    for piece in pieces:
        points = _Points(piece, carried, result)
        points.read()
        carried = points.named_year or carried
    _relative(text, result)
    if result.relative is None and "日内" not in text:
        result.problems = [problem for problem in result.problems if "不是有效日期" in problem]
    result.dates = sorted(dict.fromkeys(result.dates))
    return result


def _relative(text: str, result: Deadline) -> None:
    if "内" not in text:
        return
    for match in _RELATIVE.finditer(text):
        number = to_int(match["n"])
        if not number or (match["unit"] == "日" and text[max(match.start("n") - 1, 0)] == "月"):
            continue
        start = _anchor(match["start"] or "")
        if start is None:
            continue
        if match["unit"] == "月":
            result.problems.append(f"时限「{match.group()}」按月计算，请核定天数或填写具体日期")
            continue
        days = number * 7 if match["unit"] in ("周", "星期") else number
        result.relative = Relative(days, match["unit"] == "工作日", start or None)
        result.spans.append(match.span())
        return


def _anchor(start: str) -> str | None:
    """The event a period runs from, without «自» before and «之日起» behind; None where «每N日内» repeats."""
    start = re.sub(r"^.*(?:完成时限|时限|应当|应|要|须|并|自|从|在|于|请|需)", "", start)
    start = re.sub(r"(?:之日起|之日|之后|以后|后|起|的)+$", "", start)
    return None if start.endswith("每") else start


class _Points:
    """Walks over the points in time of one text, carrying the last year that was named."""

    def __init__(self, text: str, year: int | None, result: Deadline) -> None:
        self.text, self.plan_year, self.result = text, year, result
        self.named_year: int | None = None

    def read(self) -> None:
        pos, start_of_range = 0, None
        text = self.text
        while pos < len(text) and (match := _PATTERN.search(text, pos)):
            if match.end() == match.start():
                pos = match.end() + 1
                continue
            if (
                _RECURRING.search(text[max(match.start() - 3, 0) : match.start()])
                and not match["year_end"]
                and not match["month"]
            ):
                self.result.recurring = True
                pos = match.end()
                continue
            year_range = _YEAR_RANGE.match(text, match.start())
            if year_range and not match["month"]:
                pos = year_range.end()
                start_of_range = (int(year_range["from"]), 1)
                bare = re.compile(r"(20\d\d)年?(?!\d|\d{0,2}月)").match(text, pos)
                if bare:
                    self.named_year = int(bare[1])
                    self.result.dates.append(date(int(bare[1]), 12, 31))
                    pos, start_of_range = bare.end(), None
                continue
            goes_on = _RANGE.match(text, match.end())
            found = self._point(match, start_of_range, ends_range=goes_on is None)
            if goes_on and found:
                start_of_range, pos = found, goes_on.end()
                continue
            start_of_range, pos = None, match.end()

    def _year(self, written: str | None) -> int | None:
        if not written:
            return self.named_year or self.plan_year
        digits = written.rstrip("度").rstrip("年")
        if digits in ("今", "本", "当"):
            return self.plan_year
        if digits in ("明", "次", "翌", "来"):
            base = self.named_year or self.plan_year
            return base + 1 if base else None
        number = to_int(digits)
        if number is not None and number < 100:
            number += 2000
        self.named_year = number
        return number

    def _point(self, match: re.Match[str], began: tuple[int, int] | None, ends_range: bool) -> tuple[int, int] | None:
        """Add the date of one point (unless a range goes on behind it); returns (year, month) for a range's start."""
        if match["iso"]:
            return self._iso(match["iso"], ends_range)
        if match["list_month"]:
            return self._add(self._year(None), to_int(match["list_month"]) or 0, None, match, ends_range)
        if match["only_day"]:
            return self._date(*began, int(match["only_day"]), match.group(), ends_range) if began and began[0] else None
        year = self._year(match["year"])
        month, day = self._month_and_day(match)
        if month is None:
            return None
        if began and not match["year"] and year and began[0] and (year, month) < began:
            year = began[0] + (1 if month < began[1] else 0)
        elif began and match["year"] and match["year"][0] in "次翌来明" and began[0]:
            year = began[0] + 1
        return self._add(year, month, day, match, ends_range)

    def _month_and_day(self, match: re.Match[str]) -> tuple[int | None, int | None]:
        if match["month"]:
            part = match["part"] or ""
            day = to_int(match["day"]) if match["day"] else {"上旬": 10, "初": 10, "中旬": 20, "中": 15}.get(part)
            return to_int(match["month"]) or 0, day
        quarter = match["quarter"] or match["q"] or match["first_quarters"] or match["list_quarter"]
        if quarter:
            return (to_int(quarter) or 0) * 3, None
        if match["half"]:
            return (6 if match["half"] == "上半年" else 12), None
        if match["year_end"] or match["year"]:
            return 12, None
        return None, None

    def _iso(self, written: str, ends_range: bool) -> tuple[int, int] | None:
        parts = [int(part) for part in re.split("[-./]", written)]
        self.named_year = parts[0]
        return self._date(parts[0], parts[1], parts[2] if len(parts) > 2 else None, written, ends_range)

    def _add(
        self, year: int | None, month: int, day: int | None, match: re.Match[str], ends_range: bool
    ) -> tuple[int, int] | None:
        if year is None:
            if 1 <= month <= 12:
                self.result.yearless = True
            return (0, month)
        return self._date(year, month, day, match.group(), ends_range)

    def _date(self, year: int, month: int, day: int | None, written: str, ends_range: bool) -> tuple[int, int] | None:
        try:
            last = calendar.monthrange(year, month)[1]
            found = date(year, month, last if day is None else day)
        except (ValueError, calendar.IllegalMonthError):
            self.result.problems.append(f"时限「{written}」不是有效日期，请按 年-月-日 核对")
            return None
        if ends_range:
            self.result.dates.append(found)
        return (year, month)
