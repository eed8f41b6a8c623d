"""The half-yearly returns of June: filled, checked, handed in, accepted; some late, one missing, one sent back."""

from datetime import date, timedelta
from typing import Any

from anwei.duties.actions import accept_parts, fill_part, hand_in, return_part, start_return, submit_for_check
from anwei.duties.models import Due, Part, Return
from anwei.plans.models import Demand, Plan
from anwei.portal.demo.players import CLERK, REVIEWER, Players, day_of
from anwei.units.models import Unit
from anwei.units.queries import actors_on

WORDS = (
    "按要点分工推进，已制定清单并逐项落实，每月调度一次。",
    "组织专项检查，发现问题当场交办，整改情况逐条复核。",
    "召开专题会议部署，责任到人，阶段任务按期完成。",
    "开展排查摸底并建立台账，重点部位安排专人盯守。",
)
TROUBLE = ("", "基层力量偏少。", "", "部分场所底数变动快，更新不及时。")
NEXT = ("继续按月调度。", "三季度组织一次回头看。", "补齐短板，年底前完成。", "加强培训和演练。")


def first_half(players: Players, plan: Plan, story: dict[str, Any]) -> None:
    told = story["returns"]
    actors = actors_on(date(2023, 6, 8))
    for place, unit in enumerate(_owing(plan)):
        actor = Unit.objects.get(pk=actors.get(unit.pk, unit.pk))
        if actor.code in told["missing"]:
            continue
        handed_in = day_of(told["late"].get(unit.code, "06-07"))
        made = _fill(players, plan, unit, actor, handed_in - timedelta(days=2), place)
        hand_in(players.for_unit(actor, handed_in, REVIEWER), made)
    _accept(players, told)
    _send_back(players, plan, told["sent_back"])


def _owing(plan: Plan) -> list[Unit]:
    dues = Due.objects.filter(
        duty__plan=plan, duty__until=None, duty__demand__kind=Demand.REPORT, window_start=date(2023, 1, 1)
    )
    return list(Unit.objects.filter(pk__in=dues.values("duty__unit_id")).official())


def _fill(players: Players, plan: Plan, unit: Unit, actor: Unit, day: date, place: int) -> Return:
    clerk = players.for_unit(actor, day, CLERK)
    made = start_return(clerk, unit, plan=plan, day=day)
    for number, part in enumerate(made.parts.select_related("of_return").order_by("measure__order")):
        at = (place + number) % len(WORDS)
        fill_part(clerk, part, part.version, words=WORDS[at], trouble=TROUBLE[at], next_step=NEXT[at])
    return submit_for_check(clerk, made, phone="0791-8600" + f"{1000 + place}")


def _accept(players: Players, told: dict[str, Any]) -> None:
    """Each acceptor looks through what came in; two units' parts are still waiting on the demonstration day."""
    waiting = set(told["waiting_for_acceptance"])
    day = date(2023, 6, 12)
    parts = Part.objects.filter(state="submitted").select_related(
        "acceptor", "of_return__unit", "of_return__holder", "measure"
    )
    by_acceptor: dict[int, list[Part]] = {}
    for part in parts:
        if part.of_return.unit.code not in waiting and part.of_return.unit.code != told["sent_back"]["unit"]:
            by_acceptor.setdefault(part.acceptor_id, []).append(part)
    for mine in by_acceptor.values():
        accept_parts(players.for_unit(mine[0].acceptor, _after(mine, day), REVIEWER), mine)


def _after(parts: list[Part], day: date) -> date:
    """Not before the last of them came in."""
    return max([day, *(part.of_return.handed_in_on or day for part in parts)]) + timedelta(days=1)


def _send_back(players: Players, plan: Plan, told: dict[str, str]) -> None:
    """One unit's parts are accepted but one, which its lead returns with a reason."""
    parts = list(
        Part.objects.filter(of_return__unit__code=told["unit"], of_return__plan=plan, state="submitted").select_related(
            "acceptor", "of_return__holder", "of_return__unit", "measure"
        )
    )
    for part in parts[1:]:
        accept_parts(players.for_unit(part.acceptor, date(2023, 6, 13), REVIEWER), [part])
    if parts:
        return_part(players.for_unit(parts[0].acceptor, date(2023, 6, 13), REVIEWER), parts[0], words=told["words"])
