"""What was held in the demonstration's year: studies, films, talks, meetings, summaries, cases, drills."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from anwei.activities.actions import record_activities
from anwei.activities.models import Activity
from anwei.portal.demo.players import Players, day_of
from anwei.units.models import Secretariat, Unit

LAST_DAY = date(2023, 9, 24)
SEASON = ((1, date(2023, 3, 28)), (2, date(2023, 6, 27)), (3, date(2023, 9, 19)))


@dataclass(order=True)
class Held:
    """One row on the day it is entered; `code` is the unit whose clerk enters it."""

    entered: date
    code: str
    row: dict[str, Any] = field(compare=False)


def record_year(players: Players, story: dict[str, Any]) -> None:
    """Enters everything in the order of the days of entry. A row that is refused is a fault of the story: it raises."""
    held = [
        *_studies(players, story["study"]),
        *_films_and_publicity(players, story["study"]["also_film"]),
        *_talks(players),
        *_committees(players),
        *_consultations(players),
        *_cases(players, story["typical_cases"]),
        *_drills(players),
    ]
    wrong: list[str] = []
    for one in sorted(held):
        _, problems = record_activities(players.by(one.code, one.entered, players.writer(one.code)), [one.row])
        wrong += [f"{one.code} {one.entered} {one.row['kind']}: {problem.message}" for problem in problems]
    if wrong:
        raise ValueError("\n".join(wrong[:20]))


def find(unit: Unit, kind: str, day: date) -> Activity:
    return Activity.objects.get(host=unit, kind=kind, happened_on=day, voided_on=None)


def _spread(first: date, last: date, place: int, count: int, players: Players) -> date:
    """The place-th of `count` days spread over a span, on working days."""
    return players.workday(first + timedelta(days=(last - first).days * place // max(count - 1, 1)))


def _held(code: str, day: date, row: dict[str, Any], entered: date | None = None) -> Held:
    base = {"happened_on": day, "organiser": None}
    return Held(entered or day + timedelta(days=1), code, base | row)


def _studies(players: Players, story: dict[str, Any]) -> Iterable[Held]:
    """47 units owe; 45 in the first half, two make it up later; part of them have held the second one already."""
    units = players.members() + players.territory()
    joint = story["joint"]
    late = {one["unit"]: day_of(one["day"]) for one in story["late_units"]}
    slow = story["entered_late"]
    row = {"kind": "collective_study", "topic": story["topic"], "host": "主要负责人", "speaker": "分管负责人"}
    yield _held(
        "committee_office", day_of(joint["day"]),
        row | {"organiser": players.units[joint["host"]], "attendance": 46, "place": "区委一号会议室", "units": [players.units[c] for c in joint["units"]]},
    )  # fmt: skip
    alone = [unit for unit in units if unit.code not in joint["units"]]
    for place, unit in enumerate(alone):
        if unit.code in late:
            yield _held(unit.code, late[unit.code], row | {"attendance": 17})
        elif unit.code == slow["unit"]:
            yield _held(unit.code, day_of(slow["day"]), row | {"attendance": 21}, day_of(slow["entered"]))
        else:
            day = _spread(date(2023, 3, 22), date(2023, 6, 26), place, len(alone), players)
            also = ["screening"] if unit.code in story["also_film"] else []
            extra = {"film": "生命重于泰山"} if also else {}
            yield _held(unit.code, day, row | extra | {"attendance": 15 + place % 18, "also": also})
    second = story["second_half"]
    wanted = [unit for place, unit in enumerate(units) if (place * 7) % 20 < second["share"] * 20]
    for place, unit in enumerate(wanted):
        day = _spread(day_of(second["first"]), day_of(second["last"]), place, len(wanted), players)
        if unit.code not in late:
            yield _held(unit.code, day, row | {"topic": story["second_topic"], "attendance": 14 + place % 15})


def _films_and_publicity(players: Players, filmed: list[str]) -> Iterable[Held]:
    units = players.members() + players.territory()
    for place, unit in enumerate(units):
        if unit.code not in filmed and place % 4:
            day = _spread(date(2023, 4, 6), date(2023, 8, 30), place, len(units), players)
            yield _held(unit.code, day, {"kind": "screening", "film": "生命重于泰山", "attendance": 20 + place % 25})
        if place % 5 != 3:
            day = _spread(date(2023, 6, 1), date(2023, 6, 30), place, len(units), players)
            channel = "进社区、进企业" if unit.is_territory else "专栏、短视频"
            row = {"kind": "publicity", "topic": "安全生产月主题宣传", "channel": channel, "attendance": 60 + place * 3}
            yield _held(unit.code, day, row)


def _talks(players: Players) -> Iterable[Held]:
    """区领导与镇街、部门主要负责人访谈 (recorded by the unit that was talked with)."""
    units = [u for u in players.members() if u.kind == "department"] + players.territory()
    for place, unit in enumerate(units):
        if place % 3 != 2:
            day = _spread(date(2023, 4, 12), date(2023, 9, 14), place, len(units), players)
            row = {
                "kind": "leader_talk",
                "interviewer": "分管副区长",
                "interviewee": "主要负责人",
                "weaknesses": "重点场所底数不够清，整改跟踪不紧",
                "targets": "年底前重大隐患全部销号",
                "demands": "逐项列出清单，按月调度",
            }
            yield _held(unit.code, day, row)


def _committees(players: Players) -> Iterable[Held]:
    """Meetings and summaries of the ten special committees each quarter, entered by the host."""
    hosts = dict(Secretariat.objects.filter(until=None).values_list("committee_id", "host__code"))
    for place, committee in enumerate(players.committees()):
        code = hosts[committee.pk]
        for quarter, day in SEASON:
            if quarter == 3 and place in (4, 8):
                continue
            held = players.workday(day - timedelta(days=place % 4))
            yield _held(code, held, {
                "kind": "committee_meeting", "topic": f"{committee.short}第{'一二三'[quarter - 1]}季度工作例会", "units": [committee],
                "organiser": committee, "host": "专委会主任", "attendance": 12 + place, "minutes": f"专委会纪要〔2023〕{quarter}号",
            })  # fmt: skip
            if quarter < 3 or place % 3 == 0:
                yield _held(code, min(held + timedelta(days=2), LAST_DAY), {
                    "kind": "quarterly_summary", "topic": f"{committee.short}第{'一二三'[quarter - 1]}季度小结", "units": [committee],
                    "organiser": committee, "summary": "会议、会商、联合执法按计划进行，问题见附表。",
                }, min(held + timedelta(days=4), LAST_DAY))  # fmt: skip
        if place % 4 != 3:
            day = _spread(date(2023, 4, 25), date(2023, 9, 5), place, 10, players)
            yield _held(code, day, {
                "kind": "joint_enforcement", "topic": f"{committee.short}联合执法检查", "units": [committee], "organiser": committee,
                "inspected": 9 + place, "problems": 15 + place * 2,
            })  # fmt: skip


def _consultations(players: Players) -> Iterable[Held]:
    hosts = dict(Secretariat.objects.filter(until=None).values_list("committee_id", "host__code"))
    row = {"kind": "risk_consultation", "risks": "汛期、高温、节日人员密集", "measures": "重点场所逐一检查，专人值守"}
    for place, committee in enumerate(players.committees()):
        for quarter, day in SEASON:
            if quarter == 3 and place == 6:
                continue
            held = players.workday(day - timedelta(days=5 + place % 3))
            topic = f"{committee.short}第{'一二三'[quarter - 1]}季度风险会商"
            extra = {"topic": topic, "units": [committee], "organiser": committee, "attendance": 9 + place}
            yield _held(hosts[committee.pk], held, row | extra)
    units = players.territory()
    for place, unit in enumerate(units):
        first = _spread(date(2023, 4, 3), date(2023, 6, 20), place, len(units), players)
        yield _held(unit.code, first, row | {"topic": "辖区重大安全风险研判", "attendance": 11 + place})
        if place % 2:
            second = _spread(date(2023, 7, 12), date(2023, 9, 18), place, len(units), players)
            yield _held(unit.code, second, row | {"topic": "国庆中秋前风险研判", "attendance": 10 + place})


def _cases(players: Players, story: dict[str, Any]) -> Iterable[Held]:
    for place, code in enumerate(story["units"]):
        for quarter, day in SEASON:
            if quarter == 3 and code in story["missing_in_third_quarter"]:
                continue
            held = players.workday(day - timedelta(days=place % 5))
            yield _held(code, held, {
                "kind": "typical_case", "topic": f"第{'一二三'[quarter - 1]}季度典型执法案例", "offender": "某企业（已脱敏）",
                "facts": "现场检查发现隐患未按期整改", "basis": "安全生产法有关规定", "outcome": "责令改正并处罚款",
                "warning": "主体责任不能空转", "url": f"https://www.example.gov.cn/cases/{2023 * 10 + quarter}{place}",
            })  # fmt: skip


def _drills(players: Players) -> Iterable[Held]:
    wanted = [
        "emergency_bureau",
        "fire_brigade",
        "public_security",
        "housing_construction",
        "transport",
        "health",
        "water",
    ]
    units = [players.units[code] for code in wanted] + players.territory()[:9]
    for place, unit in enumerate(units):
        day = _spread(date(2023, 5, 11), date(2023, 9, 14), place, len(units), players)
        yield _held(unit.code, day, {
            "kind": "drill", "topic": f"{unit.short}综合应急演练", "drill_type": "实战演练", "contingency_plan": "生产安全事故应急预案",
            "attendance": 40 + place * 2, "findings": "通信联络、疏散引导有短板，已列改进清单", "place": "演练现场",
        })  # fmt: skip
