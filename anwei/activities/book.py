"""活动台账: the declaration of the ledger."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet

from anwei.activities import sheet
from anwei.activities.answers import COLUMNS, all_fields
from anwei.activities.models import Activity, Credit
from anwei.books.book import Book, Button, Files
from anwei.books.columns import Column
from anwei.books.filters import Choice, Days, Flag, Keyword
from anwei.files.models import Attachment
from anwei.journal.by import By
from anwei.periods import in_words
from anwei.references import about
from anwei.rulebook import activity_kind, activity_kinds
from anwei.units.models import Kind, Unit

CREDITS = Prefetch("credits", queryset=Credit.objects.select_related("unit").order_by("unit__order", "id"))
PLACES_FOR_PICKING = 400


def _kinds(by: By) -> list[tuple[str, str]]:
    return [(kind.key, kind.label) for kind in activity_kinds()]


def _units(by: By) -> list[tuple[str, str]]:
    """Units whose activities this person may see, in the official order; establishments are found by keyword."""
    units = Unit.objects.standing_on(by.today).exclude(kind=Kind.ESTABLISHMENT).official()
    reach = by.may.reach("activity.read")
    if not reach.all:
        units = units.filter(pk__in=reach.owners)
    return [(str(unit.pk), unit.short) for unit in units[:PLACES_FOR_PICKING]]


def _of_unit(rows: QuerySet[Any], unit: str) -> QuerySet[Any]:
    return rows.with_unit([int(unit)])


def _answer(key: str) -> Callable[[Activity], Any]:
    return lambda activity: activity.answers.get(key)


def _label(kind: str) -> str:
    return activity_kind(kind).label


def _answers() -> tuple[Column, ...]:
    """What single kinds ask: on the detail page where answered, and in the sheet, so that it can be read back."""
    rest = [field for field in all_fields().values() if field.key not in COLUMNS]
    return tuple(
        Column(
            field.key,
            field.label,
            value=_answer(field.key),
            kind="number" if field.type == "number" else "text",
            width=30 if field.type == "long_text" else 14,
            in_list=False,
        )
        for field in rest
    )


def _facts(activity: Activity) -> list[str]:
    facts = [in_words(activity.happened_on), f"主办：{activity.host}"]
    if activity.attendance:
        facts.append(f"{activity.attendance}人参加")
    return facts + (["补录"] if activity.late else [])


def _notices(by: By, activity: Activity) -> Iterable[tuple[str, str]]:
    if activity.voided_on is not None:
        word = activity.state_word.removeprefix("已")
        yield (
            "warning",
            f"这一条已于{in_words(activity.voided_on)}{word}，自当日起不再计入。理由：{activity.void_reason}",
        )
    elif _asks_link(activity) and not Attachment.objects.filter(about=about(activity)).exists():
        yield "warning", "公布的案例须有网址或截图，请更正补上网址，或添加公布页面的截图。"


def _asks_link(activity: Activity) -> bool:
    asked = {field.key for field in activity.kind_data.fields}
    return {"url", "outcome"} <= asked and not activity.link


def _buttons(by: By) -> list[Button]:
    if not by.may.reach("activity.record"):
        return []
    return [{"title": "录入活动", "url": "/activities/record", "icon": "plus", "primary": True}]


def _row_buttons(by: By, activity: Activity) -> list[Button]:
    buttons: list[Button] = []
    if activity.corrects_id:
        buttons.append({"title": "看更正前", "url": f"/activities/{activity.corrects_id}", "icon": "history"})
    if activity.corrected:
        buttons.append(
            {"title": "看更正后", "url": activity.corrected_by.get_absolute_url(), "icon": "arrow-forward-up"}
        )
    if not activity.is_valid or activity.is_locked or not by.may("activity.correct", activity):
        return buttons
    return [
        *buttons,
        {"title": "更正", "url": f"/activities/{activity.pk}/correct", "icon": "edit"},
        {"title": "作废", "url": f"/activities/{activity.pk}/void", "icon": "x"},
    ]


def _source(activity: Activity) -> str:
    return f"{activity.source_system}　{in_words(activity.entered_on)}导入" if activity.source_system else ""


ACTIVITIES = Book(
    key="activities",
    title="活动台账",
    noun="活动",
    url="/activities",
    read="activity.read",
    model=Activity,
    rows=lambda by: Activity.objects.seen_by(by),
    columns=(
        Column("topic", "主题", width=40),
        Column("kind", "种类", kind="choice", words=_label, width=14),
        Column("also", "同时是", value=lambda row: "、".join(map(_label, row.also)), width=16, in_list=False),
        Column("happened_on", "日期", kind="date", sort=True, width=12),
        Column("organiser", "主办单位", value="host", kind="unit", width=18),
        Column("units", "计入单位", value=Activity.counted_units, kind="units", width=40),
        Column("attendance", "参加人数", kind="number", width=10),
        Column("place", "地点", width=20, in_list=False),
        Column("summary", "内容摘要", width=50, in_list=False),
        Column("link", "公布网址", kind="link", width=30, in_list=False),
        *_answers(),
        Column("entered_on", "录入日期", kind="date", sort=True, width=12),
        Column("late", "补录", value=lambda row: "补录" if row.late else "", width=8),
        Column("state", "状态", value="state_word", width=10),
        Column("entered_by", "录入人", width=24, in_list=False),
    ),
    order="-happened_on",
    caliber="凡举办过的学习、会议、宣传、培训、演练、执法、公布等，一场一条。按活动当天计；合办的，计入单位各计一次；"
    "一场同时属于几类的，各类各计一次。更正、作废自当日起生效，此前的统计不变。",
    filters=(
        Keyword(("topic",), help="主题中的字"),
        Choice("kind", "种类", _kinds, lambda rows, kind: rows.of_kind(kind)),
        Choice("unit", "单位", _units, _of_unit),
        Days("happened_on", "日期"),
        Flag("all", "含已更正、作废的", off=lambda rows: rows.valid()),
    ),
    list_related=("host",),
    list_prefetch=(CREDITS,),
    facts=_facts,
    notices=_notices,
    buttons=_buttons,
    row_buttons=_row_buttons,
    row_source=_source,
    files=Files("activity.record", sheet.add_files, lambda row: row.is_valid),
    importer=sheet.IMPORTER,
    empty="换一换筛选条件；还没有录入过的，点右上角“录入活动”。",
)
