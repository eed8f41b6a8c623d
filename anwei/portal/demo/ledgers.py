"""What else stands on the demonstration day: registers, accidents, signings, waivers, extensions, errands, a sheet."""

from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from anwei.accidents.actions import hand_up, ratify, record_accidents, resume, submit_report, suspend, update_casualties
from anwei.accidents.models import Accident
from anwei.activities.models import Activity
from anwei.duties.actions import (
    ask_extension,
    confirm_waivers,
    decide_extension,
    hand_back,
    receive,
    record_make_up,
    record_shares,
)
from anwei.duties.models import Dispatch, Due, Duty
from anwei.errands.actions import answer, give, hand_in, open_collection, prepare, save_rows, sign_part
from anwei.errands.sheets import read_empty
from anwei.plans.models import Demand, Plan
from anwei.portal.demo.players import Players, day_of
from anwei.references import about
from anwei.registers.actions import register_installations

DUTY_LIST = ["日期", "带班领导（岗位）", "值班人员（岗位）", "联系电话"]
SHARE_DAYS = ("03-31", "06-30", "09-17", "09-18", "09-19", "09-24")


def before(players: Players, plan: Plan) -> None:
    """Signings of March, pipelines of the register, the accidents of the first half."""
    _sign(players, plan)
    _pipelines(players)
    _accidents(players)


def after(players: Players, plan: Plan, story: dict[str, Any]) -> None:
    _waive(players, plan)
    for text in SHARE_DAYS:
        record_shares(players.system(day_of(text)))
    _make_up(players, plan, story["study"]["late_units"])
    _extensions(players, plan)
    _hand_back(players, plan)
    _errands(players)
    _collection(players)


def _sign(players: Players, plan: Plan) -> None:
    for place, dispatch in enumerate(Dispatch.objects.filter(plan=plan).select_related("holder", "unit")):
        day = players.workdays.add(date(2023, 3, 17), 1 + place % 4)
        receive(players.for_unit(dispatch.holder, day), dispatch)


def _pipelines(players: Players) -> None:
    """A pipeline through two towns that is twenty years old on 18 September, and a young one."""
    rows = [
        _pipe("LX-001-1", "岚线输气管道临江段（汀岚）", "汀岚镇", "2003-09-18", "6.4"),
        _pipe("LX-001-2", "岚线输气管道临江段（柳汊）", "柳汊镇", "2003-09-18", "5.2"),
        _pipe("XL-002-1", "新联成品油管道（汀岚）", "汀岚镇", "2016-06-01", "3.9"),
    ]
    made, problems = register_installations(players.office(date(2023, 3, 20)), rows)
    if problems or len(made) != len(rows):
        raise ValueError(f"演示区管道没有登记全：{problems}")


def _pipe(code: str, name: str, town: str, day: str, length: str) -> dict[str, Any]:
    return {
        "kind": "油气长输管道", "code": code, "name": name, "town": town, "regulators": "区发改委、区应急局",
        "commissioned_on": day, "length_km": length, "operator": "某管道公司（虚构）", "place": f"{town}境内",
    }  # fmt: skip


def _accidents(players: Players) -> None:
    """The furniture factory's accident: 60 days, 18 of technical appraisal, report in time, ratified."""
    accident = _recorded(
        players,
        date(2023, 2, 15),
        {
            "title": "临江榆木家具有限公司“2·14”机械伤害事故", "regime": "生产安全事故", "happened_on": "2023-02-14",
            "place": "砂光车间", "town": "舟埠街道", "sector": "工贸", "establishment": "临江榆木家具有限公司", "deaths": 1,
            "units": "区应急局、公安临江分局、区纪委监委、区总工会",
        },
    )  # fmt: skip
    suspend(players.office(date(2023, 2, 20)), accident, day=date(2023, 2, 20))
    accident.refresh_from_db()
    resume(players.office(date(2023, 3, 10)), accident, day=date(2023, 3, 10))
    accident.refresh_from_db()
    submit_report(players.office(date(2023, 4, 28)), accident, day=date(2023, 4, 28))
    accident.refresh_from_db()
    ratify(players.office(date(2023, 5, 10)), accident, day=date(2023, 5, 10))
    site = _recorded(
        players,
        date(2023, 5, 23),
        {
            "title": "新城5号地块“5·23”坍塌事故", "regime": "生产安全事故", "happened_on": "2023-05-23", "place": "深基坑",
            "town": "新城管理局", "sector": "建筑施工", "establishment": "远埠建设（总包）", "deaths": 2, "injuries": 3,
            "units": "区应急局、公安临江分局、区纪委监委、区总工会",
        },
    )  # fmt: skip
    update_casualties(
        players.office(date(2023, 6, 12)), site, day=date(2023, 6, 12), deaths=3, injuries=2, words="1名伤者死亡"
    )
    site.refresh_from_db()
    hand_up(players.office(date(2023, 6, 12)), site, to="市人民政府", day=date(2023, 6, 12), reason="升为较大事故")


def _recorded(players: Players, day: date, row: dict[str, Any]) -> Accident:
    made, problems = record_accidents(players.office(day), [row])
    if problems or not made:
        raise ValueError(f"演示区事故没有登记：{problems}")
    return made[0]


def _waive(players: Players, plan: Plan) -> None:
    """Towns without any pipeline confirm «不涉及»; one park has not looked at it yet."""
    touched = {"town_tinglan", "town_liucha", "new_town"}
    duties = Duty.objects.filter(plan=plan, demand__kind=Demand.COVERAGE, until=None).select_related(
        "unit", "demand__measure"
    )
    for duty in duties:
        if duty.unit.is_territory and duty.unit.code not in touched:
            by = players.by(duty.unit.code, date(2023, 4, 3))
            confirm_waivers(by, [duty], reason="辖区内没有油气长输管道")


def _make_up(players: Players, plan: Plan, late: list[dict[str, str]]) -> None:
    for one in late:
        due = Due.objects.get(
            duty__plan=plan, duty__unit__code=one["unit"], duty__demand__template="collective_study",
            window_start=date(2023, 1, 1),
        )  # fmt: skip
        day = day_of(one["day"])
        study = Activity.objects.get(host__code=one["unit"], kind="collective_study", happened_on=day, voided_on=None)
        record_make_up(players.office(players.workdays.add(day, 1)), due, fact=about(study), reason=one["reason"])


def _extensions(players: Players, plan: Plan) -> None:
    """One granted, one waiting for the office."""
    granted = _due(plan, "subdistrict_chengting", "publicity")
    asked = ask_extension(
        players.by("subdistrict_chengting", date(2023, 9, 11)), granted, until=date(2023, 12, 29), reason="化工园区宣传阵地改造，延至改造完成后集中开展"
    )  # fmt: skip
    decide_extension(players.by("committee_office", date(2023, 9, 12), "office_head"), asked, grant=True, words="同意")
    waiting = _due(plan, "town_qingyu", "publicity")
    ask_extension(
        players.by("town_qingyu", date(2023, 9, 22)),
        waiting,
        until=date(2023, 12, 29),
        reason="与老街自建房整治宣传合并开展",
    )


def _due(plan: Plan, code: str, template: str) -> Due:
    """An open due of a unit that no activity of this year has met yet: the one of the theme's second measure."""
    found = Due.objects.filter(
        duty__plan=plan, duty__unit__code=code, duty__demand__kind=Demand.REPORT, deadline__gt=date(2023, 9, 25)
    )
    return found.order_by("duty__demand__measure__order").first() or Due.objects.get(pk=0)


def _hand_back(players: Players, plan: Plan) -> None:
    duty = Duty.objects.filter(
        plan=plan, unit__code="justice", demand__kind=Demand.REPORT, lead=False, until=None
    ).last()
    if duty is not None:
        by = players.by("justice", date(2023, 9, 21))
        hand_back(
            by, duty, reason="不承担该领域监管职责，建议由行业主管部门落实", suggested=players.units["emergency_bureau"]
        )


def _errands(players: Players) -> None:
    """Two errands of September: one answered by some, one waiting to be signed for."""
    towns = players.territory()
    office = players.by("committee_office", date(2023, 9, 20), "office_clerk")
    first = give(
        office, units=towns, title="国庆中秋假期值班安排", due_on=date(2023, 9, 26),
        text="请报国庆、中秋假期带班领导和值班人员安排，明确24小时联系电话。",
    )  # fmt: skip
    for place, part in enumerate(first.parts.select_related("unit").order_by("unit__order")):
        by = players.for_unit(part.unit, date(2023, 9, 21))
        if place % 5 != 0:
            part = sign_part(by, part=part)
        if place % 3 == 1:
            answer(by, part=part, text="带班和值班已排定，表已报送，电话畅通。")
    departments = [players.units[code] for code in ("commerce", "culture_tourism", "transport", "market_regulation")]
    give(
        players.by("committee_office", date(2023, 9, 25), "office_clerk"), units=[*departments, players.units["town_qingyu"]],
        title="节前人员密集场所检查安排", due_on=date(2023, 9, 28),
        text="请于9月28日前报本行业领域、本辖区节前检查安排，列明带队领导、检查对象和时间。",
    )  # fmt: skip


def _collection(players: Players) -> None:
    """收表: duty lists of the holiday; some are in, some are being written, the rest is missing."""
    office = players.by("committee_office", date(2023, 9, 21), "office_clerk")
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.add_worksheet("值班").write_row(0, 0, DUTY_LIST)
    book.close()
    empty, problem = read_empty([DUTY_LIST])
    if empty is None:
        raise ValueError(problem)
    upload = SimpleUploadedFile("国庆值班安排表.xlsx", buffer.getvalue())
    sheet = prepare(office, title="国庆中秋值班安排表", note="一天一行，9月29日至10月6日。", sheet=empty, upload=upload)
    columns = list(empty.columns)
    units = players.territory()
    open_collection(office, collection=sheet, columns=columns, units=units, due_on=date(2023, 9, 27), note=sheet.note)
    for place, filling in enumerate(sheet.fillings.select_related("unit", "collection").order_by("unit__order")):
        if place % 3 == 2:
            continue
        by = players.for_unit(filling.unit, date(2023, 9, 22))
        rows = [
            [f"2023-09-{29 + day}", "分管负责人", "值班员", f"0791-86{2000 + place * 10 + day}"] for day in range(2)
        ]
        saved = save_rows(by, filling=filling, version=filling.version, rows=rows)
        if place % 3 == 0:
            hand_in(by, filling=saved)
