"""事故台账: the declaration of the ledger, and the clock on its page."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet

from anwei.accidents import sheet
from anwei.accidents.changing import clock_of
from anwei.accidents.clock import parts
from anwei.accidents.grades import GRADES
from anwei.accidents.models import Accident, AccidentUnit
from anwei.accidents.moves import open_moves
from anwei.accidents.regimes import DISTRICT, LEVELS, regime, regimes
from anwei.books.book import Book, Button, Files
from anwei.books.columns import Column
from anwei.books.filters import Choice, Days, Flag, Keyword
from anwei.books.panels import Panel
from anwei.journal.by import By
from anwei.periods import in_words
from anwei.units.models import Kind, Unit

INVOLVED = Prefetch("involved", queryset=AccidentUnit.objects.valid().select_related("unit"))
_PLACES_FOR_PICKING = 400
_STATES = {"open": "调查中", "submitted": "待批复", "ratified": "已批复", "above": "上级调查", "voided": "已作废"}


def state_of(accident: Accident) -> str:
    if not accident.is_valid:
        return "voided"
    if not accident.district_investigates:
        return "above"
    if accident.ratified_on is not None:
        return "ratified"
    return "submitted" if accident.report_submitted_on is not None else "open"


def _of_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    if state == "voided":
        return rows.exclude(voided_on=None)
    rows = rows.filter(voided_on=None, district_investigates=state != "above")
    found = {
        "open": {"report_submitted_on": None},
        "submitted": {"report_submitted_on__isnull": False, "ratified_on": None},
        "ratified": {"ratified_on__isnull": False},
    }
    return rows.filter(**found.get(state, {}))


def _units(by: By) -> list[tuple[str, str]]:
    units = Unit.objects.standing_on(by.today).exclude(kind=Kind.ESTABLISHMENT).official()
    reach = by.may.reach("accident.read")
    if not reach.all:
        units = units.filter(pk__in=reach.owners)
    return [(str(unit.pk), unit.short) for unit in units[:_PLACES_FOR_PICKING]]


def _facts(accident: Accident) -> list[str]:
    toll = f"死亡{accident.deaths}人，重伤{accident.injuries}人"
    at = f"{accident.happened_at:%H:%M}" if accident.happened_at else ""
    return [f"{accident.get_grade_display()}事故", f"{in_words(accident.happened_on)}{at}", str(accident.town), toll]


def _notices(by: By, accident: Accident) -> Iterable[tuple[str, str]]:
    if accident.voided_on is not None:
        words = f"这一条已于{in_words(accident.voided_on)}作废，自当日起不再计入。理由：{accident.void_reason}"
        yield "warning", words
        return
    level = accident.regime_data.level(accident.grade)
    if accident.district_investigates and level not in ("", DISTRICT):
        yield (
            "warning",
            f"现为{accident.get_grade_display()}事故，应由{LEVELS[level]}级组织调查"
            f"（{accident.regime_data.standing.source}），请办理移交。",
        )


def _buttons(by: By) -> list[Button]:
    if not by.may.reach("accident.record"):
        return []
    return [{"title": "登记事故", "url": "/accidents/record", "icon": "plus", "primary": True}]


def _row_buttons(by: By, accident: Accident) -> list[Button]:
    if not by.may("accident.record", accident):
        return []
    here = accident.get_absolute_url()
    return [{"title": one.title, "url": f"{here}/{one.key}", "icon": one.icon} for one in open_moves(accident)]


def clock_panel(by: By, accident: Accident) -> Panel | None:
    """The clock of the district's investigation; for others, who investigates."""
    if accident.voided_on is not None:
        return None
    if not accident.district_investigates:
        return Panel("调查时限", "accidents/above.html", {"accident": accident}, first=True)
    return Panel("调查时限", "accidents/clock.html", {"parts": parts(clock_of(accident), by.today)}, first=True)


def toll_panel(by: By, accident: Accident) -> Panel:
    """What the toll was, and the grade that followed, day by day."""
    return Panel("伤亡和等级", "accidents/tolls.html", {"tolls": accident.tolls.all()})


ACCIDENTS = Book(
    key="accidents",
    title="事故台账",
    noun="事故",
    url="/accidents",
    read="accident.read",
    model=Accident,
    rows=lambda by: Accident.objects.seen_by(by).prefetch_related(INVOLVED),
    columns=(
        Column("title", "事故名称", width=36),
        Column("number", "事故编号", width=12),
        Column("regime", "事故类别", kind="choice", words=lambda key: regime(key).label, width=16),
        Column("grade", "等级", kind="choice", words=GRADES.__getitem__, width=10),
        Column("happened_on", "发生日期", kind="date", sort=True, width=12),
        Column("town", "属地", kind="unit", sort="town__order", width=14),
        Column("deaths", "死亡人数", kind="number", sort=True, width=10),
        Column("injuries", "重伤人数", kind="number", sort=True, width=10),
        Column("state", "调查进度", kind="choice", value=state_of, words=_STATES.__getitem__, width=12),
        Column("report_submitted_on", "报告提交日期", kind="date", width=12),
        Column("ratified_on", "批复日期", kind="date", width=12),
        Column("investigating_body", "调查主体", width=24, in_list=False),
        Column("district_investigates", "本区调查", value=lambda row: "是" if row.district_investigates else "否",
               width=10, in_list=False),
        Column("units", "参加（配合）调查单位", value=Accident.parties, kind="units", width=36, in_list=False),
        Column("place", "地点", width=24, in_list=False),
        Column("sector", "行业领域", width=18, in_list=False),
        Column("establishment", "事故单位", width=24, in_list=False),
        Column("loss", "直接经济损失（万元）", kind="number", width=12, in_list=False),
        Column("named_grade", "另行认定的等级", kind="choice", words=lambda key: GRADES.get(key, ""), width=12,
               in_list=False),
        Column("handed_up_on", "移交上级日期", kind="date", width=12, in_list=False),
        Column("summary", "简要经过", width=40, in_list=False),
        Column("entered_on", "登记日期", kind="date", sort=True, width=12, in_list=False),
        Column("entered_by", "登记人", width=24, in_list=False),
    ),
    order="-happened_on",
    caliber="本区发生的事故，一起一条。按死亡、重伤（含急性工业中毒）、直接经济损失定级，任一达到即是，取最高级。"
    "调查时限自发生之日起算，技术鉴定时间扣除；上级调查的，区里不计时。作废的自当日起不计，此前的统计不变。",
    filters=(
        Keyword(("title", "number", "establishment"), help="名称、编号、事故单位"),
        Choice("regime", "类别", lambda by: [(one.key, one.label) for one in regimes()]),
        Choice("grade", "等级", lambda by: GRADES.items()),
        Choice("unit", "单位", _units, lambda rows, unit: rows.of_units([int(unit)])),
        Choice("state", "调查进度", lambda by: _STATES.items(), _of_state),
        Days("happened_on", "发生日期"),
        Flag("all", "含已作废的", off=lambda rows: rows.valid()),
    ),
    list_related=("town",),
    facts=_facts,
    notices=_notices,
    buttons=_buttons,
    row_buttons=_row_buttons,
    files=Files("accident.record", sheet.add_files, lambda row: row.is_valid),
    importer=sheet.IMPORTER,
    empty="换一换筛选条件；还没有登记过的，点右上角“登记事故”。",
)  # fmt: skip
