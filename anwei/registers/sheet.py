"""The sheet of installations: which columns it may bring, and the action that takes it."""

from typing import Any

from anwei.books.book import Importer, SheetField
from anwei.books.problems import Problem
from anwei.journal.by import By
from anwei.registers.actions import register_installations
from anwei.registers.drafts import LABELS, Row, read_rows
from anwei.registers.kinds import installation_kinds
from anwei.units.models import Unit


def _field(name: str, *aliases: str, **options: Any) -> SheetField:
    return SheetField(name, LABELS[name], aliases, **options)


def _kinds(by: By) -> list[str]:
    return [kind.label for kind in installation_kinds()]


def _towns(by: By) -> list[str]:
    return [unit.short for unit in Unit.objects.standing_on(by.today).territory().official()]


FIELDS = (
    _field("kind", "设施种类", "类别", required=True, choices=_kinds),
    _field("code", "设施编号", "管道编号", "代码", required=True, example="GD-0001"),
    _field("name", "设施名称", "管道名称", required=True, width=30),
    _field("town", "所在镇街", "属地", "镇（街道）", "所在乡镇", required=True, choices=_towns),
    _field("regulators", "主管部门", "监管单位", help="几家之间用顿号隔开，主要的写在前面", width=24),
    _field("place", "地点", "地址", "起止点", width=24),
    _field("commissioned_on", "投运日期", "投产日期", "投运时间", example="2003-09-18"),
    _field("retired_on", "停运日期", "报废日期"),
    _field("length_km", "长度", "里程", "管道长度", example="11.6"),
    _field("operator", "企业名称", "管道企业", "产权单位", width=24),
    _field("evaluated_on", "评估日期", "检测评估日期"),
    _field("source_system", "来源", help="从别的系统导入的才填；填了的行在本系统不能改"),
    _field("source_id", "外部编号"),
    _field("as_of", "数据截至"),
)


def check_rows(by: By, rows: list[Row]) -> list[Problem]:
    return read_rows(by, rows)[1]


def take_rows(by: By, rows: list[Row]) -> tuple[list[Any], list[Problem]]:
    return register_installations(by, rows)


IMPORTER = Importer(
    may="register.edit",
    fields=FIELDS,
    check=check_rows,
    make=take_rows,
    note="一处设施在一个镇街（园区）内的部分为一行，跨镇街的每段一行，编号各不相同。",
)
