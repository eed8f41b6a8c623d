"""What waits for the office itself, beside the matters that it holds: drafts, phrases to be named, who has not signed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from anwei.duties.models import Dispatch
from anwei.duties.queries import proposals
from anwei.journal.by import By
from anwei.plans.models import Assignment, Plan
from anwei.portal.desk.items import Button, Item
from anwei.portal.desk.sources import rank_of

WAITING = (Assignment.TO_BE_NAMED, Assignment.PARTLY)
_SHOWN = 3
_NAMES = 8


def is_office(by: By) -> bool:
    return bool(by.may.reach("plan.adopt").all)


def office_items(by: By) -> list[Item]:
    """Lines that no matter stands for. Six queries and those of the proposals of the plan in force."""
    return [*_drafts(), *_to_be_named(), *_proposals(by.today)]


def _drafts() -> list[Item]:
    return [
        Item(
            title=f"核对并下达《{plan}》",
            url=f"/plans/{plan.pk}/review",
            source="要点草稿",
            giver="—",
            due_on=None,
            turn="本单位",
            rank=rank_of("office"),
            note=f"{plan.imported_on.month}月{plan.imported_on.day}日导入，下达前不发给任何单位",
            buttons=(Button("核对", f"/plans/{plan.pk}/review", main=True),),
        )
        for plan in Plan.objects.drafts().filter(outside=False)
    ]


def _to_be_named() -> list[Item]:
    open_ones: dict[int, list[Assignment]] = {}
    rows = Assignment.objects.filter(measure__plan__state=Plan.ADOPTED, status__in=WAITING)
    for row in rows.select_related("measure__plan").order_by("measure__order", "order"):
        open_ones.setdefault(row.measure.plan_id, []).append(row)
    items = []
    for plan, some in open_ones.items():
        words = "、".join(f"第{row.measure.number}条“{row.reference}”" for row in some[:_SHOWN])
        items.append(
            Item(
                title=f"待点名（{len(some)}项）：{words}{'等' if len(some) > _SHOWN else ''}",
                url=f"/plans/{plan}/namings",
                source="工作要点",
                giver="—",
                due_on=None,
                turn="本单位",
                rank=rank_of("office"),
                note="没有点名的单位不产生任务",
                buttons=(Button("点名", f"/plans/{plan}/namings", main=True),),
            )
        )
    return items


def _proposals(on: date) -> list[Item]:
    items = []
    for plan in Plan.objects.in_force():
        changes = proposals(plan, on)
        if changes:
            items.append(
                Item(
                    title=f"点名、成员有变化，{len(changes)}项任务待确认增减",
                    url=f"/plans/{plan.pk}/proposals",
                    source="工作要点",
                    giver="—",
                    due_on=None,
                    turn="本单位",
                    rank=rank_of("office"),
                    note=changes[0].words,
                    buttons=(Button("确认", f"/plans/{plan.pk}/proposals", main=True),),
                )
            )
    return items


@dataclass(frozen=True, slots=True)
class Signing:
    """签收 n/m of one plan, and who has not."""

    plan: Plan
    signed: int
    sent: int
    missing: list[str]
    more: int
    since: date | None

    @property
    def whole(self) -> bool:
        return self.signed == self.sent


def signing() -> list[Signing]:
    """For every plan in force. Two queries."""
    plans = Plan.objects.in_force().annotate(
        sent=Count("dispatches"), signed=Count("dispatches", filter=Q(dispatches__state="received"))
    )
    waiting: dict[int, list[Dispatch]] = {}
    rows = Dispatch.objects.open().filter(plan__state=Plan.ADOPTED).select_related("unit").order_by("unit__order")
    for row in rows:
        waiting.setdefault(row.plan_id, []).append(row)
    return [_signing(plan, waiting.get(plan.pk, [])) for plan in plans]


def _signing(plan: Plan, waiting: list[Dispatch]) -> Signing:
    names = [one.unit.short for one in waiting]
    return Signing(
        plan=plan,
        signed=plan.signed,
        sent=plan.sent,
        missing=names[:_NAMES],
        more=max(len(names) - _NAMES, 0),
        since=min((one.opened_on for one in waiting), default=None),
    )
