"""The clock of an investigation, in the three parts that the office knows: 发生 → 扣除 → 应提交 → 实际."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from anwei.periods import Workdays, clock_end, in_words
from anwei.rulebook import parameter, workday_years

DAYS = "accident.investigation_days"


@dataclass(frozen=True, slots=True)
class Span:
    since: date
    until: date | None
    reason: str = "技术鉴定"


@dataclass(frozen=True, slots=True)
class Clock:
    """Values only. `extended` is the sum of the days granted; `submitted` and `ratified` may be open."""

    happened: date
    suspended: tuple[Span, ...] = ()
    extended: int = 0
    submitted: date | None = None
    ratified: date | None = None
    grade: str = "general"

    @property
    def days(self) -> int:
        return parameter(DAYS).at(self.happened).number

    @property
    def first_end(self) -> date:
        """Without anything deducted or granted."""
        return self.happened + timedelta(days=self.days)

    @property
    def ends(self) -> date | None:
        """The last day for the report; None while the clock stands still."""
        spans = [(one.since, one.until) for one in self.suspended]
        return clock_end(self.happened, self.days, False, spans, self.extended, _workdays())

    @property
    def ratification_ends(self) -> date | None:
        if self.submitted is None:
            return None
        special = "_extraordinary" if self.grade == "extraordinary" else ""
        days = parameter(f"accident.ratification_days{special}").at(self.submitted).number
        return self.submitted + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Part:
    """One step of the drawing: its name, its day in words, and what there is to say."""

    name: str
    day: str
    words: tuple[str, ...]
    standing: str = ""


def parts(clock: Clock, on: date) -> list[Part]:
    """发生, 扣除, 应提交, 实际, 批复."""
    ends = clock.ends
    begun = Part(
        "发生",
        in_words(clock.happened),
        (f"自发生之日起{clock.days}日，至{in_words(clock.first_end)}（{parameter(DAYS).source}）",),
    )
    due = Part("应提交", in_words(ends) if ends else "停止计算中", _due_words(clock, ends))
    return [begun, _deducted(clock), due, _actual(clock, ends, on), _ratified(clock, on)]


def _deducted(clock: Clock) -> Part:
    words = [_span_words(one) for one in clock.suspended]
    closed = sum((one.until - one.since).days for one in clock.suspended if one.until is not None)
    if clock.extended:
        words.append(f"经批准延长{clock.extended}日")
    return Part("扣除", f"{closed}日" if clock.suspended else "无", tuple(words) or ("没有技术鉴定，不扣除",))


def _span_words(span: Span) -> str:
    if span.until is None:
        return f"{span.reason}：{in_words(span.since)}起，尚未结束"
    return f"{span.reason}：{in_words(span.since)}至{in_words(span.until)}，{(span.until - span.since).days}日不计入"


def _due_words(clock: Clock, ends: date | None) -> tuple[str, ...]:
    if ends is None:
        return ("鉴定结束后接着计算",)
    moved = (ends - clock.first_end).days
    return (f"比原期限推后{moved}日",) if moved else ("就是原期限",)


def _actual(clock: Clock, ends: date | None, on: date) -> Part:
    if clock.submitted is not None:
        late = (clock.submitted - ends).days if ends else 0
        words = f"逾期{late}日提交" if late > 0 else f"提前{-late}日提交" if late else "当日提交"
        return Part("实际", in_words(clock.submitted), (words,), "met_late" if late > 0 else "met")
    if ends is None:
        return Part("实际", "未提交", ("停止计算，不算逾期",), "not_due")
    left = (ends - on).days
    words = f"逾期{-left}日" if left < 0 else f"还剩{left}日" if left else "今天到期"
    return Part("实际", "未提交", (words,), "overdue" if left < 0 else "not_due")


def _ratified(clock: Clock, on: date) -> Part:
    ends = clock.ratification_ends
    if ends is None:
        return Part("批复", "—", ("报告提交后起算",))
    words = f"应于{in_words(ends)}前批复"
    if clock.ratified is None:
        return Part("批复", "未批复", (words,), "overdue" if on > ends else "not_due")
    late = clock.ratified > ends
    return Part("批复", in_words(clock.ratified), (words,), "met_late" if late else "met")


def spans(rows: Iterable[object]) -> tuple[Span, ...]:
    """Rows with since, until, reason (of the table of suspensions)."""
    return tuple(Span(row.since, row.until, row.reason) for row in rows)


@cache
def _workdays() -> Workdays:
    return Workdays(workday_years())
