"""The tick's part in duties: the diary of shares, and waived duties that come back with the first object."""

from anwei.duties.models import Duty, ShareDay, Waiver
from anwei.duties.shares import changed_shares, ended_waivers
from anwei.journal.acts import act, say
from anwei.journal.by import By
from anwei.outbox.notices import Letter, tell
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
    """They bind again from today, and whoever acts for the unit is told."""
    ended = ended_waivers(by.today)
    chosen = [waiver.pk for waiver, _ in ended]
    Waiver.objects.filter(pk__in=chosen).update(reopened_on=by.today, reopen_reason=FIRST_OBJECT)
    tell([_letter(waiver, count) for waiver, count in ended], by.at)
    return [waiver.duty for waiver, _ in ended]


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
