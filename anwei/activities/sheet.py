"""The sheet of activities: which columns it may bring, and the actions that take it."""

from typing import Any

from anwei.activities.actions import attach_files, record_activities
from anwei.activities.answers import COLUMNS, all_fields
from anwei.activities.drafts import Row, read_rows
from anwei.activities.models import Activity
from anwei.books.book import Importer, SheetField
from anwei.books.problems import Problem
from anwei.journal.by import By
from anwei.rulebook import activity_kinds

_OWN = (
    SheetField(
        "kind",
        "种类",
        ("活动种类", "活动类型", "类别"),
        required=True,
        example="集体学习",
        choices=lambda by: [kind.label for kind in activity_kinds()],
    ),
    SheetField(
        "happened_on", "日期", ("活动日期", "学习日期", "会议日期", "举办日期", "时间"), True, "2023-06-08", width=12
    ),
    SheetField(
        "topic",
        "主题",
        ("活动主题", "学习主题", "会议主题", "名称", "活动名称"),
        example="学习贯彻安全生产重要论述",
        width=36,
    ),
    SheetField("organiser", "主办单位", ("组织单位", "单位", "填报单位"), help="不填的按您的单位", width=18),
    SheetField(
        "units",
        "计入单位",
        ("参加单位", "参会单位", "合办单位"),
        help="几家之间用顿号隔开，也可写“各镇街”“全体成员单位”“各专委会”；不填的计入主办单位",
        width=36,
    ),
    SheetField("also", "同时是", ("同时属于",), help="一场同时属于的其他种类，用顿号隔开", width=18),
)
_ALIASES = {
    "attendance": ("参加人次", "人数", "参会人数", "参学人数"),
    "place": ("活动地点", "会议地点"),
    "summary": ("摘要", "主要内容", "内容"),
    "url": ("网址", "链接"),
    "host": ("主持人",),
    "speaker": ("领学人", "授课人"),
}


def _asked() -> tuple[SheetField, ...]:
    """The columns of every kind's own questions, those with a column of their own first."""
    fields = [field for field in all_fields().values() if field.key != "topic"]
    fields.sort(key=lambda field: field.key not in COLUMNS)
    return tuple(
        SheetField(
            field.key,
            field.label,
            _ALIASES.get(field.key, ()),
            help="、".join(kind.label for kind in activity_kinds() if field in kind.fields),
            choices=(lambda by, words=field.choices: words) if field.choices else None,
            width=30 if field.type == "long_text" else 14,
        )
        for field in fields
    )


def check_rows(by: By, rows: list[Row]) -> list[Problem]:
    return read_rows(by, rows)[1]


def add_files(by: By, activity: Activity, uploads: list[Any]) -> list[str]:
    _, problems, warnings = attach_files(by, activity, uploads=uploads)
    return [*problems, *warnings]


def take_rows(by: By, rows: list[Row]) -> tuple[list[Any], list[Problem]]:
    return record_activities(by, rows)


IMPORTER = Importer(
    may="activity.record",
    fields=(*_OWN, *_asked()),
    check=check_rows,
    make=take_rows,
    note="一行一场活动。第一列“种类”从下拉中选；各类要填的栏目见说明页。",
)
