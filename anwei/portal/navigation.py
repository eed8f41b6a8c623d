"""The main navigation: one table; an entry shows where its right reaches anything."""

from typing import Any, NamedTuple

from anwei.journal.by import By


class Entry(NamedTuple):
    title: str
    url: str
    icon: str
    right: str


ENTRIES = [
    Entry("工作台", "/", "inbox", "password.change"),
    Entry("工作要点", "/plans", "list-check", "plan.read"),
    Entry("进展一览", "/matrix", "table", "duty.read"),
    Entry("总览", "/dashboard", "chart-bar", "duty.read"),
    Entry("落实情况表", "/returns", "report", "report.read"),
    Entry("活动台账", "/activities", "calendar-event", "activity.read"),
    Entry("设施台账", "/installations", "building-factory-2", "register.read"),
    Entry("交办", "/errands", "send", "errand.read"),
    Entry("收表", "/collections", "clipboard-list", "collection.read"),
    Entry("单位", "/units", "building", "unit.read"),
    Entry("人员", "/people", "users", "person.edit"),
    Entry("设置", "/settings", "settings", "setting.change"),
    Entry("日志", "/journal", "history", "journal.read"),
]


def navigation(by: By, path: str) -> list[dict[str, Any]]:
    shown = [one for one in ENTRIES if by.may.reach(one.right)]
    active = max((one.url for one in shown if path == one.url or path.startswith(one.url + "/")), key=len, default="/")
    return [{"title": one.title, "url": one.url, "icon": one.icon, "active": one.url == active} for one in shown]
