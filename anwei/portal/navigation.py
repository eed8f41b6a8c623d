"""The main navigation: one table; an entry shows where its right reaches anything."""

from typing import Any, NamedTuple

from anwei.journal.by import By


class Entry(NamedTuple):
    """`section` opens a group above this entry; where the entry is not shown, the next one of the group opens it."""

    title: str
    url: str
    icon: str
    right: str
    section: str = ""


WORK, LEDGERS, HOUSE = "年度工作", "台账", "单位和设置"
ENTRIES = [
    Entry("工作台", "/", "inbox", "notice.read"),
    Entry("总览", "/dashboard", "chart-bar", "duty.read"),
    Entry("到期日历", "/calendar", "calendar-due", "duty.read"),
    Entry("工作要点", "/plans", "list-check", "plan.read", WORK),
    Entry("进展一览", "/matrix", "table", "duty.read", WORK),
    Entry("落实情况表", "/returns", "report", "report.read", WORK),
    Entry("交办", "/errands", "send", "errand.read", WORK),
    Entry("收表", "/collections", "clipboard-list", "collection.read", WORK),
    Entry("活动台账", "/activities", "calendar-event", "activity.read", LEDGERS),
    Entry("设施台账", "/installations", "building-factory-2", "register.read", LEDGERS),
    Entry("事故台账", "/accidents", "alert-triangle", "accident.read", LEDGERS),
    Entry("单位", "/units", "building", "unit.read", HOUSE),
    Entry("人员", "/people", "users", "person.edit", HOUSE),
    Entry("设置", "/settings", "settings", "setting.change", HOUSE),
    Entry("日志", "/journal", "history", "journal.read", HOUSE),
]


def navigation(by: By, path: str, counts: dict[str, int] | None = None) -> list[dict[str, Any]]:
    """`counts`: address -> the number shown beside the entry."""
    shown = [one for one in ENTRIES if by.may.reach(one.right)]
    active = max((one.url for one in shown if path == one.url or path.startswith(one.url + "/")), key=len, default="")
    made, open_section = [], ""
    for one in shown:
        section = one.section if one.section != open_section else ""
        open_section = one.section
        made.append(
            {
                "title": one.title,
                "url": one.url,
                "icon": one.icon,
                "active": one.url == active,
                "section": section,
                "count": (counts or {}).get(one.url, 0),
            }
        )
    return made
