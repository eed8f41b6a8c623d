"""设施台账: the declaration of the ledger."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet

from anwei.books.book import Book, Button
from anwei.books.columns import Column
from anwei.books.filters import Choice, Days, Flag, Keyword
from anwei.books.panels import Panel
from anwei.journal.by import By
from anwei.periods import in_words
from anwei.registers.ages import full_on
from anwei.registers.kinds import installation_kind, installation_kinds
from anwei.registers.models import STATES, Installation, InstallationUnit
from anwei.registers.rows import regulators_of
from anwei.registers.sheet import IMPORTER
from anwei.rulebook import parameter
from anwei.units.models import Kind, Unit
from anwei.units.queries import overrides_on

CONCERNED = Prefetch("concerned", queryset=InstallationUnit.objects.select_related("unit"))
_LAMPS = {"unevaluated": "overdue", "evaluated": "met"}
_PLACES_FOR_PICKING = 400


def rows(by: By) -> QuerySet[Any]:
    found = Installation.objects.seen_by(by).with_state(by.today, overrides_on(by.today))
    return found.prefetch_related(CONCERNED)


def _kinds(by: By) -> list[tuple[str, str]]:
    return [(kind.key, kind.label) for kind in installation_kinds()]


def _units(by: By) -> list[tuple[str, str]]:
    units = Unit.objects.standing_on(by.today).exclude(kind=Kind.ESTABLISHMENT).official()
    reach = by.may.reach("register.read")
    if not reach.all:
        units = units.filter(pk__in=reach.owners)
    return [(str(unit.pk), unit.short) for unit in units[:_PLACES_FOR_PICKING]]


def _facts(row: Installation) -> list[str]:
    facts = [row.kind_data.label, f"所在：{row.town}"]
    if row.commissioned_on:
        facts.append(f"{in_words(row.commissioned_on)}{row.kind_data.commissioned_label.removesuffix('日期')}")
    return facts


def _notices(by: By, row: Installation) -> Iterable[tuple[str, str]]:
    if not row.is_valid:
        yield "warning", f"这一条已于{in_words(row.voided_on)}作废，自当日起不再计入。理由：{row.void_reason}"
    elif row.state == "unevaluated":
        yield "warning", _overdue_words(row, by.today)


def _overdue_words(row: Installation, on: date) -> str:
    key = row.kind_data.old_years
    limit = parameter(key).at(on, overrides_on(on))
    full = full_on(row.commissioned_on, limit.number)
    standing = "" if limit.verified else "，未核"
    return (
        f"{in_words(full)}满{limit.number}年，自{in_words(full + timedelta(days=1))}起列入“超过{limit.number}年未评估”。"
        f"请评估后登记；年限依据：{limit.source}{standing}。"
    )


def _buttons(by: By) -> list[Button]:
    if not by.may.reach("register.edit"):
        return []
    return [{"title": "登记设施", "url": "/installations/record", "icon": "plus", "primary": True}]


def _row_buttons(by: By, row: Installation) -> list[Button]:
    if not row.is_valid or row.is_locked or not by.may("register.edit", row):
        return []
    here = row.get_absolute_url()
    return [
        {
            "title": "登记评估",
            "url": f"{here}/evaluate",
            "icon": "clipboard-check",
            "primary": row.state == "unevaluated",
        },
        {"title": "更正", "url": f"{here}/correct", "icon": "edit"},
        {"title": "作废", "url": f"{here}/void", "icon": "x"},
    ]


def _source(row: Installation) -> str:
    if not row.source_system:
        return ""
    as_of = f"，截至{in_words(row.as_of)}" if row.as_of else ""
    return f"{row.source_system}　{in_words(row.entered_on)}导入{as_of}"


def evaluations_panel(by: By, row: Installation) -> Panel | None:
    """Evaluations, the voided ones too, for kinds that ask for any."""
    if not row.kind_data.evaluation_years:
        return None
    context = {"evaluations": row.evaluations.all(), "may_void": bool(_row_buttons(by, row))}
    return Panel("评估", "registers/evaluations.html", context)


INSTALLATIONS = Book(
    key="installations",
    title="设施台账",
    noun="设施",
    url="/installations",
    read="register.read",
    model=Installation,
    rows=rows,
    columns=(
        Column("name", "名称", width=30),
        Column("code", "编号", sort=True, width=16),
        Column("kind", "种类", kind="choice", words=lambda key: installation_kind(key).label, width=16),
        Column("town", "所在镇街（园区）", kind="unit", sort="town__order", width=18),
        Column("regulators", "监管部门", value=regulators_of, kind="units", width=28),
        Column("commissioned_on", "投用日期", kind="date", width=12),
        Column("length_km", "长度（公里）", value=lambda row: _plain(row.length_km), kind="number", width=12),
        Column("evaluated_on", "最近评估日期", kind="date", width=12),
        Column("state", "状况", kind="choice", words=STATES.__getitem__, width=18),
        Column("lamp", "评估", kind="lamp", value=lambda row: _LAMPS.get(row.state, ""), in_sheet=False),
        Column("place", "位置", width=24, in_list=False),
        Column("operator", "运营单位", width=24, in_list=False),
        Column("retired_on", "停用日期", kind="date", width=12, in_list=False),
        Column("entered_on", "录入日期", kind="date", sort=True, width=12, in_list=False),
        Column("entered_by", "录入人", width=24, in_list=False),
        Column("source_system", "来源系统", width=18, in_list=False),
        Column("source_id", "来源编号", width=18, in_list=False),
    ),
    order="code",
    caliber="一处设施在一个镇街（园区）内的部分为一行，跨镇街的每段一行。年限逐日计算，满规定年数的次日起算“超过”；"
    "评估在报告载明的有效期内有效，没有载明的按规定年数。停用的不计入，作废的自当日起不计入，此前的统计不变。",
    filters=(
        Keyword(("name", "code", "operator"), help="名称、编号、运营单位"),
        Choice("kind", "种类", _kinds),
        Choice("unit", "单位", _units, lambda rows, unit: rows.of_units([int(unit)])),
        Choice("state", "状况", lambda by: STATES.items()),
        Days("commissioned_on", "投用日期"),
        Flag("all", "含已作废的", off=lambda rows: rows.valid()),
    ),
    list_related=("town", "regulator"),
    facts=_facts,
    notices=_notices,
    buttons=_buttons,
    row_buttons=_row_buttons,
    row_source=_source,
    importer=IMPORTER,
    empty="换一换筛选条件；还没有登记过的，点右上角“登记设施”，或用 Excel 导入。",
)


def _plain(length: Any) -> float | None:
    return None if length is None else float(length)
