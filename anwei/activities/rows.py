"""An activity as a row again: where a correction starts from, and what it says before and after."""

from anwei.activities.answers import field_labels
from anwei.activities.drafts import Row
from anwei.activities.models import Activity
from anwei.periods import in_words
from anwei.rulebook import activity_kind


def row_of(activity: Activity) -> Row:
    """The row that would make this activity again."""
    return dict(activity.answers) | {
        "kind": activity.kind,
        "also": list(activity.also),
        "happened_on": activity.happened_on,
        "organiser": activity.host,
        "units": activity.counted_units(),
        "topic": activity.topic,
        "place": activity.place,
        "attendance": activity.attendance,
        "summary": activity.summary,
        "url": activity.link,
        "has_files": True,
    }


def said(activity: Activity) -> dict[str, str]:
    """Every value as text by its label, for the record of a correction."""
    labels = field_labels()
    own = {labels.get(key, key): str(value) for key, value in activity.answers.items()}
    return own | {
        "种类": kinds_in_words(activity),
        "日期": in_words(activity.happened_on),
        "主办单位": activity.host.short,
        "计入单位": "、".join(unit.short for unit in activity.counted_units()),
        "主题": activity.topic,
        "地点": activity.place,
        "参加人数": "" if activity.attendance is None else str(activity.attendance),
        "内容摘要": activity.summary,
        "公布网址": activity.link,
    }


def kinds_in_words(activity: Activity) -> str:
    """集体学习、观看专题片"""
    return "、".join(activity_kind(key).label for key in (activity.kind, *activity.also))
