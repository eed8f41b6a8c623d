"""A deadline that runs from an event («市级督查反馈后5个工作日内») gets its day when the event has happened."""

from datetime import date

from anwei.duties.calendars import workdays
from anwei.duties.queries import to_anchor
from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused
from anwei.periods import relative
from anwei.plans.models import Measure


@act("plan.adopt")
def anchor(by: By, measure: Measure, *, happened_on: date) -> date:
    """Sets the deadline of every due of the measure that runs from its event. Returns the deadline.

    A day that was entered wrongly is entered again: the dues keep their mark, the journal keeps both days.
    """
    waiting = to_anchor(measure)
    if not measure.relative or not waiting.exists():
        raise Refused(f"{measure}没有等着定起算日的任务。")
    if happened_on > by.today:
        raise Refused(f"起算日 {happened_on} 在今天之后，事情发生后再填。")
    if happened_on.year != measure.plan.year:
        raise Refused(f"起算日 {happened_on} 不在《{measure.plan}》的 {measure.plan.year} 年内，请核对年份。")
    rule = measure.relative
    deadline = relative(happened_on, int(rule["days"]), bool(rule["working"]), workdays())
    count = waiting.update(deadline=deadline)
    say(f"{measure}起算日 {happened_on}，时限 {deadline}，{count}项", about_rows=[measure, measure.plan])
    return deadline
