"""A district's year in the real tables, made in bulk: plan, duties, dues, facts, reports and what was granted on them.

Of the measures two thirds are counted (an act so many times a month), one third reported. A fixed seed: the same rows
every time.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db import connection

from anwei.activities.models import Activity, Credit
from anwei.duties.models import Due, Duty, Extension, MakeUp, Part, Return, Submission, Waiver
from anwei.periods import Window, windows
from anwei.plans.models import Chapter, Demand, Measure, Plan, Series
from anwei.rulebook import activity_kinds
from anwei.units.models import Kind, Unit

YEAR = 2023
BEGIN, END = date(YEAR, 1, 1), date(YEAR, 12, 31)
BATCH = 5000
CREDITS_AN_ACTIVITY = 20
MADE = (
    Extension, Waiver, MakeUp, Submission, Part, Return, Due, Duty, Demand, Measure, Chapter, Series, Plan, Credit,
    Activity, Unit,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """`units` x `measures` x twelve months are the dues."""

    units: int
    facts: int
    measures: int = 27

    @property
    def dues(self) -> int:
        return self.units * self.measures * 12

    @property
    def name(self) -> str:
        return f"dues_{self.dues}_facts_{self.facts}"


def build(size: Size) -> Plan:
    """Empties the tables and fills them; the plan that all duties hang on."""
    for model in MADE:
        model.objects.all()._raw_delete(connection.alias)
    chance = random.Random(size.dues)
    units = _units(size.units)
    plan = Plan.objects.create(
        title="甲区2023年安全生产工作要点", year=YEAR, issued_on=BEGIN, adopted_on=BEGIN, imported_on=BEGIN,
        state=Plan.ADOPTED, source_text="",
    )  # fmt: skip
    demands = _demands(plan, size.measures)
    duties = _many(Duty, (
        Duty(plan=plan, series_id=d.series_id, demand=d, unit=u, actor=u, acceptor=units[0], lead=False, reason="名单", since=BEGIN)
        for d in demands
        for u in units
    ))  # fmt: skip
    months = windows("month", BEGIN, END)
    dues = _many(Due, (_due(duty, month, chance) for duty in duties for month in months))
    _facts(size.facts, units, chance)
    _reports(plan, duties, dues, chance)
    _granted(duties, dues, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return plan


def _many(model: Any, rows: Iterator[Any]) -> list[Any]:
    """Bulk rows with their keys, so many at a time."""
    made: list[Any] = []
    while batch := list(islice(rows, BATCH)):
        made += model.objects.bulk_create(batch)
    return made


def _units(count: int) -> list[Unit]:
    return _many(Unit, (
        Unit(code=f"unit{n}", order=n, short=f"单位{n}", full=f"甲区单位{n}", kind=Kind.DEPARTMENT) for n in range(count)
    ))  # fmt: skip


def _demands(plan: Plan, count: int) -> list[Demand]:
    kinds = activity_kinds()
    chapter = Chapter.objects.create(plan=plan, order=1, title="重点任务")
    series = _many(Series, (Series(name=f"任务{n}") for n in range(count)))
    measures = _many(Measure, (
        Measure(plan=plan, chapter=chapter, series=s, order=n, number=str(n), title=f"任务{n}", short=f"任务{n}", text="", span_start=0, span_end=0)
        for n, s in enumerate(series, 1)
    ))  # fmt: skip
    return _many(Demand, (
        Demand(
            measure=m, series_id=m.series_id, order=1, kind=Demand.REPORT if n % 3 == 2 else Demand.COUNT, template="bench",
            fact="" if n % 3 == 2 else kinds[n % len(kinds)].fact, who=Demand.ALL, at_least=1 + n % 2, every="month",
            sentence="", finish="", proof="",
        )
        for n, m in enumerate(measures)
    ))  # fmt: skip


def _due(duty: Duty, month: Window, chance: random.Random) -> Due:
    """One in a hundred waits for its day; one in ten is due before its month ends."""
    lot = chance.random()
    deadline = None if lot < 0.01 else month.end - timedelta(days=10) if lot < 0.1 else month.end
    return Due(
        duty=duty, window_start=month.start, window_end=month.end, deadline=deadline, label=f"{month.start.month}月"
    )


def _facts(count: int, units: list[Unit], chance: random.Random) -> None:
    """Credits of activities all over the year; some entered late, some voided later."""
    kinds = [kind.key for kind in activity_kinds()]
    share = min(CREDITS_AN_ACTIVITY, len(units))
    held = [BEGIN + timedelta(days=chance.randrange(365)) for _ in range(-(-count // share))]
    activities = _many(Activity, (
        Activity(kind=kinds[n % len(kinds)], topic=f"活动{n}", happened_on=day, entered_on=day, host=units[n % len(units)], entered_by="—")
        for n, day in enumerate(held)
    ))  # fmt: skip
    credits = (
        Credit(
            activity=activity, unit=unit, kind=activity.kind, happened_on=activity.happened_on,
            entered_on=activity.happened_on + timedelta(days=chance.choice((0, 0, 0, 2, 30))),
            voided_on=activity.happened_on + timedelta(days=90) if chance.random() < 0.02 else None,
        )
        for activity in activities
        for unit in chance.sample(units, share)
    )  # fmt: skip
    _many(Credit, islice(credits, count))


def _reports(plan: Plan, duties: list[Duty], dues: list[Due], chance: random.Random) -> None:
    """Four in five report dues were handed in; of these most were accepted, some returned, some still wait."""
    first = {duty.unit_id: duty for duty in reversed(duties)}
    returns = _many(Return, (
        Return(plan=plan, unit_id=unit, label="全年", window_start=BEGIN, window_end=END, state="draft", holder_id=unit, opened_on=BEGIN)
        for unit in first
    ))  # fmt: skip
    parts = _many(Part, (
        Part(of_return=r, measure_id=first[r.unit_id].demand.measure_id, acceptor_id=first[r.unit_id].acceptor_id, state="open", holder_id=r.unit_id, opened_on=BEGIN)
        for r in returns
    ))  # fmt: skip
    part_of = {part.holder_id: part for part in parts}
    _many(Submission, (
        _submission(due, part_of[due.duty.unit_id], chance)
        for due in dues
        if due.duty.demand.kind == Demand.REPORT and chance.random() < 0.8
    ))  # fmt: skip


def _submission(due: Due, part: Part, chance: random.Random) -> Submission:
    handed_in = due.window_end + timedelta(days=chance.randrange(-20, 10))
    answered = handed_in + timedelta(days=chance.randrange(1, 30))
    lot = chance.random()
    return Submission(
        due=due, part=part, handed_in_on=handed_in, accepted_on=answered if lot < 0.75 else None,
        returned_on=answered if 0.75 <= lot < 0.9 else None,
    )  # fmt: skip


def _granted(duties: list[Duty], dues: list[Due], chance: random.Random) -> None:
    """Waivers, extensions and make-ups for two in a hundred each."""
    _many(Waiver, (
        Waiver(duty=duty, confirmed_on=BEGIN + timedelta(days=60), confirmed_by="—", reason="—", reopened_on=chance.choice((None, date(YEAR, 8, 1))))
        for duty in chance.sample(duties, max(1, len(duties) // 50))
    ))  # fmt: skip
    some = max(1, len(dues) // 50)
    _many(Extension, (
        Extension(due=due, asked_by_id=due.duty.unit_id, until=due.window_end + timedelta(days=20), reason="—", state="granted", holder_id=due.duty.unit_id, opened_on=due.window_start, closed_on=due.window_end)
        for due in chance.sample(dues, some)
    ))  # fmt: skip
    _many(MakeUp, (
        MakeUp(due=due, about="—", happened_on=due.window_end + timedelta(days=9), recorded_on=due.window_end + timedelta(days=10), recorded_by="—", reason="—")
        for due in chance.sample(dues, some)
    ))  # fmt: skip
