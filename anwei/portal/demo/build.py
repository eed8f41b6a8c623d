"""Builds the demonstration district in an empty database: about a thousand acts on their days."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.contrib.auth.hashers import make_password

from anwei.duties.actions import adopt
from anwei.plans.actions import Head, NamingRow, import_plan, name_units, set_head
from anwei.plans.models import Plan
from anwei.portal.demo import activities, ledgers, reports
from anwei.portal.demo.players import Players, day_of, moment
from anwei.units.actions import set_setting
from anwei.units.loading import load_people, load_structure
from anwei.units.rights import by_system

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
LINJIANG = EXAMPLES / "linjiang"
DEMO_DATE = date(2023, 9, 25)
PASSWORD = "Linjiang-2023"
ACCOUNTS = (
    ("2-2", "区安委办副主任（日常操作）"),
    ("2-1", "区安委办主任"),
    ("47-3", "青榆镇联络员（填报）"),
    ("47-2", "青榆镇分管负责人（审核）"),
    ("29-3", "区住建局联络员（可切换到区建筑施工安全专委会办公室的事项）"),
    ("37-2", "区应急局分管负责人"),
    ("13-2", "区委办公室分管负责人（审核安委办自己的报告）"),
    ("9999-1", "没有任何权限的外人"),
)


def build_demo(say: Callable[[str], None]) -> None:
    """Everything that a visitor should find on 25 September 2023. The database must be empty."""
    the_district(by_system(moment(date(2023, 1, 3)), "command"))
    players = Players()
    story = yaml.safe_load((LINJIANG / "year.yaml").read_text(encoding="utf-8"))
    say(f"单位 {len(players.units)} 个、岗位已建立")
    plan = the_plan(players, story)
    say(f"《{plan}》已导入、点名、下达")
    ledgers.before(players, plan)
    activities.record_year(players, story)
    say("活动台账已按日录入")
    reports.first_half(players, plan, story)
    say("上半年落实情况表已报送、审定")
    ledgers.after(players, plan, story)
    autumn = autumn_plan(players)
    say(f"《{autumn}》已下达；延期、不涉及、退回、交办、收表已就位")
    write_notes()


def the_district(by: Any) -> None:
    """Units, people with their printed password, and the settings that a demonstration needs."""
    _fail_on(load_structure(by, LINJIANG))
    _fail_on(load_people(by, LINJIANG, make_password(PASSWORD), must_change_password=False))
    settings_of_demo(by)


def settings_of_demo(by: Any) -> None:
    reason = "演示区"
    # The printed passwords are as old as the district; on the demonstration date they must still open it.
    never = ("password.max_age_days", "365")
    for key, value in (("sign_in.two_factor", "off"), ("report.reviewer_of_office", "party_office"), never):
        set_setting(by, key, value, since=date(2023, 1, 1), reason=reason)


def the_plan(players: Players, story: dict[str, Any]) -> Plan:
    """Imported on 10 March, named and handed down on 17 March; one phrase of measure 24 is left to be named."""
    office = players.office(date(2023, 3, 10))
    text = (EXAMPLES / "key-points-2023.txt").read_text(encoding="utf-8")
    plan = import_plan(office, text=text, source_name="key-points-2023.txt")
    head = Head("2023年安全生产工作要点", 2023, "临江区安全生产委员会", "临安委〔2023〕2号", date(2023, 3, 10))
    plan = set_head(office, plan, plan.version, head)
    for number, short in story["short_names"].items():
        plan.measures.filter(number=number).update(short=short)
    data = yaml.safe_load((LINJIANG / "naming.yaml").read_text(encoding="utf-8"))
    by = players.by("committee_office", date(2023, 3, 17), "office_head")
    rows = [
        NamingRow(str(one["measure"]), one["phrase"], [players.units[code] for code in one["units"]])
        for one in data["namings"]
    ]
    name_units(by, plan, rows, decided_on=day_of(str(data["decided_on"])), paper=data["paper"])
    return adopt(by, plan)


def autumn_plan(players: Players) -> Plan:
    """A second, small plan: one of its deadlines runs from a day that nobody has entered yet."""
    by = players.by("committee_office", date(2023, 9, 18), "office_head")
    text = (LINJIANG / "autumn-plan.txt").read_text(encoding="utf-8")
    plan = import_plan(by, text=text, source_name="autumn-plan.txt")
    head = Head(plan.title, 2023, "临江区安全生产委员会办公室", "临安办〔2023〕18号", date(2023, 9, 18))
    return adopt(by, set_head(by, plan, plan.version, head))


def write_notes() -> None:
    """The demonstration date and the sign-in names, where script/server and the clock look for them."""
    (settings.ANWEI_HOME / "demo-date").write_text(DEMO_DATE.isoformat() + "\n", encoding="utf-8")
    lines = [f"登录名 {name:<8}密码 {PASSWORD}　{who}" for name, who in ACCOUNTS]
    words = "演示账号（登录名＝机构序号-岗位号：1 主要负责人，2 分管负责人，3 联络员；全部岗位同一密码）："
    (settings.ANWEI_HOME / "demo-accounts.txt").write_text("\n".join([words, *lines]) + "\n", encoding="utf-8")


def _fail_on(problems: list[str]) -> None:
    if problems:
        raise ValueError("演示区数据有错：" + "；".join(problems[:5]))
