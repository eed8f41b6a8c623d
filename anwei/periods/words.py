"""Dates as the pages and papers write them."""

from datetime import date

from anwei.periods.workdays import Workdays

_WEEKDAYS = "一二三四五六日"


def in_words(day: date) -> str:
    """2023年9月25日"""
    return f"{day.year}年{day.month}月{day.day}日"


def short(day: date) -> str:
    """2023.9.25, for narrow columns"""
    return f"{day.year}.{day.month}.{day.day}"


def weekday(day: date) -> str:
    """星期一"""
    return f"星期{_WEEKDAYS[day.weekday()]}"


def left_in_words(deadline: date, on: date, workdays: Workdays) -> str:
    """「还剩3个工作日」, 「今天到期」, 「逾期2天」: ahead in working days, behind in calendar days.

    Where only days off lie between, the calendar days are named, for 「还剩0个工作日」 reads like overdue.
    """
    if on == deadline:
        return "今天到期"
    if on > deadline:
        return f"逾期{(on - deadline).days}天"
    left = workdays.between(on, deadline)
    if left:
        return f"还剩{left}个工作日"
    return f"还剩{(deadline - on).days}天，其间无工作日"
