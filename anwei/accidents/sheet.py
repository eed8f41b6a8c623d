"""The sheet of accidents: which columns it may bring, and the actions that take rows and files."""

from typing import Any

from anwei.accidents.actions import attach_files, record_accidents
from anwei.accidents.drafts import LABELS, Row, read_rows
from anwei.accidents.grades import GRADES
from anwei.accidents.models import Accident
from anwei.accidents.regimes import regimes
from anwei.books.book import Importer, SheetField
from anwei.books.problems import Problem
from anwei.journal.by import By
from anwei.units.models import Unit


def _field(name: str, *aliases: str, **options: Any) -> SheetField:
    return SheetField(name, LABELS[name], aliases, **options)


def _towns(by: By) -> list[str]:
    return [unit.short for unit in Unit.objects.standing_on(by.today).territory().official()]


FIELDS = (
    _field("number", "编号", help="不填的自动编号"),
    _field("title", "名称", "事故简称", required=True, width=36, example="某公司“2·14”机械伤害事故"),
    _field("regime", "类别", "事故性质", required=True, choices=lambda by: [one.label for one in regimes()]),
    _field("happened_on", "事故日期", "发生时间", "日期", required=True, example="2023-02-14"),
    _field("happened_at", "时刻", example="08:40", width=10),
    _field("place", "事故地点", "发生地点", width=24),
    _field("town", "所在镇街", "镇（街道）", "属地镇街", required=True, choices=_towns),
    _field("sector", "行业", "所属行业", width=18),
    _field("establishment", "发生单位", "企业名称", width=24),
    _field("deaths", "死亡", "死亡人数（人）", width=10),
    _field("injuries", "重伤", "重伤人数（人）", help="含急性工业中毒", width=10),
    _field("loss", "直接经济损失", "损失（万元）", width=12),
    _field("named_grade", "认定等级", help="按伤亡和损失定级的不填", choices=lambda by: GRADES.values()),
    _field("district_investigates", help="是或否；不填的按规定", choices=lambda by: ["是", "否"], width=10),
    _field("investigating_body", "调查单位", help="不填的按规定", width=24),
    _field("units", "参加调查单位", "调查组成员单位", help="几家之间用顿号隔开", width=36),
    _field("summary", "事故经过", "经过", width=40),
)


def check_rows(by: By, rows: list[Row]) -> list[Problem]:
    return read_rows(by, rows)[1]


def take_rows(by: By, rows: list[Row]) -> tuple[list[Any], list[Problem]]:
    return record_accidents(by, rows)


def add_files(by: By, accident: Accident, uploads: list[Any]) -> list[str]:
    _, problems, warnings = attach_files(by, accident, uploads=uploads)
    return [*problems, *warnings]


IMPORTER = Importer(
    may="accident.record",
    fields=FIELDS,
    check=check_rows,
    make=take_rows,
    note="一起事故一行。技术鉴定、延期、提交报告、批复等以后各步，到该起事故的页面上登记。",
)
