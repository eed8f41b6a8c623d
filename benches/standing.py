"""The standing of every due of a plan, beside one SQL statement written by hand that gives the same standings."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection

from anwei.duties.models import Duty
from anwei.duties.standing import KEYS
from anwei.duties.standings import Table, soon_day, standings
from anwei.plans.models import Plan
from benches.standing_data import Size, build
from benches.timing import Case, Differs

SIZES = (Size(60, 20_000), Size(60, 200_000), Size(600, 200_000))
ON = date(2023, 9, 25)
NEAR_ONE_STATEMENT = 1.5

# Codes are places in anwei.duties.standing.KEYS.
STATEMENT = """
WITH waived AS (
    SELECT DISTINCT duty_id FROM duties_waiver
    WHERE confirmed_on <= %(on)s AND (reopened_on IS NULL OR reopened_on > %(on)s)
), owed AS (
    SELECT due.id, due.duty_id, due.window_start, due.window_end, duty.unit_id, demand.kind, demand.at_least,
           substr(demand.fact, 10) AS fact_kind, moved.until, coalesce(moved.until, due.deadline) AS deadline
    FROM duties_due AS due
    JOIN duties_duty AS duty ON duty.id = due.duty_id
    JOIN plans_demand AS demand ON demand.id = duty.demand_id
    LEFT JOIN duties_extension AS moved
      ON moved.due_id = due.id AND moved.state = 'granted' AND moved.closed_on <= %(on)s AND NOT EXISTS (
         SELECT 1 FROM duties_extension AS later
         WHERE later.due_id = moved.due_id AND later.state = 'granted' AND later.closed_on <= %(on)s
           AND (later.closed_on, later.id) > (moved.closed_on, moved.id))
    WHERE duty.plan_id = %(plan)s AND duty.since <= %(on)s AND (duty.until IS NULL OR duty.until > %(on)s)
), counted AS (
    SELECT owed.id, count(*) AS times,
           count(*) FILTER (WHERE owed.deadline IS NULL OR credit.happened_on <= owed.deadline) AS timely
    FROM owed JOIN activities_credit AS credit
      ON credit.kind = owed.fact_kind AND credit.unit_id = owed.unit_id
     AND credit.happened_on BETWEEN owed.window_start AND owed.window_end
    WHERE owed.kind = 'count' AND credit.counts AND credit.happened_on <= %(on)s AND credit.entered_on <= %(on)s
      AND (credit.voided_on IS NULL OR credit.voided_on > %(on)s)
    GROUP BY owed.id
), reported AS (
    SELECT due_id, max(CASE WHEN accepted_on <= %(on)s THEN handed_in_on END) AS met_on,
           max(CASE WHEN (accepted_on IS NULL OR accepted_on > %(on)s)
                     AND (returned_on IS NULL OR returned_on > %(on)s) THEN 1 ELSE 0 END) AS waits
    FROM duties_submission WHERE handed_in_on <= %(on)s GROUP BY due_id
)
SELECT owed.id, CASE
    WHEN waived.duty_id IS NOT NULL THEN 7
    WHEN counted.timely >= owed.at_least THEN 3
    WHEN counted.times >= owed.at_least THEN 4
    WHEN coalesce(reported.met_on, made.happened_on) <= owed.deadline THEN 3
    WHEN coalesce(reported.met_on, made.happened_on) IS NOT NULL THEN CASE WHEN owed.deadline IS NULL THEN 3 ELSE 4 END
    WHEN reported.waits = 1 THEN 2
    WHEN owed.deadline IS NULL THEN 9
    WHEN owed.deadline < %(on)s THEN 5
    WHEN owed.until IS NOT NULL THEN 6
    WHEN owed.deadline <= %(soon)s THEN 1
    ELSE 0 END
FROM owed
LEFT JOIN waived ON waived.duty_id = owed.duty_id
LEFT JOIN counted ON counted.id = owed.id
LEFT JOIN reported ON reported.due_id = owed.id
LEFT JOIN duties_makeup AS made ON made.due_id = owed.id AND made.recorded_on <= %(on)s
"""
NOTE = (
    "{units}家单位×{measures}条×12个月＝{dues}项，依据{facts}条。ours：anwei.duties.standings.standings（含次数、办结日、时限等各列）；"
    "peer：一条手写 SQL，只出到期项和状态。计次18/27，报告9/27，另有延期、不涉及、补办；不含限时和覆盖率"
)


def cases(sizes: tuple[Size, ...] = SIZES) -> Iterator[Case]:
    """One size after another: the tables hold one at a time."""
    for size in sizes:
        yield _case(size, build(size))


def _case(size: Size, plan: Plan) -> Case:
    asked = {"on": ON.isoformat(), "soon": soon_day(ON).isoformat(), "plan": plan.pk}

    def ours() -> Table:
        return standings(Duty.objects.filter(plan=plan), ON)

    def peer() -> list[tuple[int, int]]:
        with connection.cursor() as cursor:
            cursor.execute(STATEMENT, asked)
            return cursor.fetchall()

    note = NOTE.format(units=size.units, measures=size.measures, dues=size.dues, facts=size.facts)
    return Case(size.name, ours, peer, same_standings, NEAR_ONE_STATEMENT, note)


def same_standings(ours: Table, peer: list[tuple[int, Any]]) -> None:
    """The same dues, each with the same standing."""
    mine = dict(zip(ours.due.tolist(), ours.code.tolist(), strict=True))
    theirs = dict(peer)
    if mine != theirs:
        due = next(due for due in sorted({*mine, *theirs}) if mine.get(due) != theirs.get(due))
        said = [KEYS[codes[due]] if due in codes else "没有" for codes in (mine, theirs)]
        raise Differs(f"到期项 {due} 的状态不同：ours {said[0]}，peer {said[1]}")
