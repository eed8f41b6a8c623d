"""The tick's part in duties: the diary of shares, and waived duties that come back with the first object."""

from anwei.duties.models import Duty, ShareDay, Waiver
from anwei.duties.objects import objects_of
from anwei.duties.shares import changed_shares
from anwei.journal.acts import act, say
from anwei.journal.by import By
from anwei.outbox.notices import Letter, tell
from anwei.plans.models import Demand
from anwei.references import about

FIRST_OBJECT = "台账出现第一个对象"


@act("share.record")
def record_shares(by: By) -> int:
    """Stores numerator and denominator of every coverage where they changed since the last entry; reopens «不涉及» where
    the registers hold an object by now. Returns the number of rows stored. Repeated, it changes nothing."""
    rows = changed_shares(by.today)
    ShareDay.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["fact", "unit", "day"], update_fields=["met", "base"]
    )
    reopened = _reopen(by)
    say(f"记覆盖率{len(rows)}行，恢复任务{len(reopened)}项", about_rows=reopened)
    return len(rows)


def _reopen(by: By) -> list[Duty]:
    """Coverages confirmed as «不涉及» whose unit has an object now bind again; whoever acts for the unit is told."""
    standing = Waiver.objects.filter(
        reopened_on=None, confirmed_on__lte=by.today, duty__until=None, duty__demand__kind=Demand.COVERAGE
    ).select_related("duty__unit", "duty__actor", "duty__demand__measure")
    waivers = {waiver.duty_id: waiver for waiver in standing}
    duties = [waiver.duty for waiver in waivers.values()]
    objects = objects_of(duties, by.today)
    back = [duty for duty in duties if objects.get(duty.pk)]
    chosen = [waivers[duty.pk].pk for duty in back]
    Waiver.objects.filter(pk__in=chosen).update(reopened_on=by.today, reopen_reason=FIRST_OBJECT)
    tell([_letter(waivers[duty.pk], objects[duty.pk]) for duty in back], by.at)
    return back


def _letter(waiver: Waiver, count: int) -> Letter:
    duty = waiver.duty
    title = f"任务恢复：{duty.unit}｜{duty.demand}（{FIRST_OBJECT}，现有{count}个）"
    return Letter(
        to=about(duty.actor),
        kind="duty",
        title=title,
        key=f"reopened:{waiver.pk}",
        about=about(duty),
        url=duty.get_absolute_url(),
    )
