"""The only writes of these screens: that a notice was read."""

from collections.abc import Iterable
from typing import Any

from anwei.journal.acts import act, say
from anwei.journal.by import By
from anwei.portal.desk.inbox import notices_of


def _reader(by: By, **_: Any) -> list[Any]:
    return [by.unit or by.person]


@act("notice.read", subject=_reader)
def read_notices(by: By, *, ids: Iterable[int] | None = None) -> int:
    """Marks notices of this desk as read, all of them or some; how many were unread. One entry in the journal."""
    rows = notices_of(by).unread()
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    titles = list(rows.values_list("title", flat=True)[:3])
    count: int = rows.update(read_at=by.at, read_by=by.person_text)
    if count:
        say(f"阅知{count}件：{'；'.join(titles)}{'等' if count > len(titles) else ''}")
    return count
