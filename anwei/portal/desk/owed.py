"""The dues of one desk: what is owed now as lines of the inbox, what is done, what only the ledgers count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from anwei.duties.models import Duty, Return
from anwei.duties.standing import DONE, DUE_SOON, EXTENDED, NOT_APPLICABLE, NOT_DUE, OVERDUE
from anwei.duties.standings import Row, Table, standings
from anwei.evidence.offers import offered
from anwei.journal.by import By
from anwei.plans.models import Demand
from anwei.portal.desk.items import Button, Item
from anwei.portal.desk.sources import rank_of
from anwei.rulebook import Override
from anwei.units.models import Unit

OPEN = (NOT_DUE, DUE_SOON, OVERDUE, EXTENDED)
ACTIVITY = "activity."


@dataclass(frozen=True, slots=True)
class Owed:
    """The table of a desk's dues with its duties; `villages`: whether any lie below the unit; `facts`: key -> what a
    counted act is called."""

    by: By
    table: Table
    duties: dict[int, Duty]
    office: str
    villages: bool
    facts: dict[str, str]

    @classmethod
    def of(cls, by: By, units: Iterable[int], office: str, overrides: list[Override]) -> "Owed":
        mine = Duty.objects.of_units(units)
        table = standings(mine, by.today, overrides)
        duties = mine.holding_on(by.today).select_related("demand__measure", "unit").in_bulk()
        own = by.unit.pk if by.unit is not None else None
        return cls(by, table, duties, office, Unit.objects.filter(parent_id=own, kind="village").exists(), offered())

    def open(self) -> Table:
        """Windows that have begun and whose work is not done."""
        return self.table.opened().where(np.isin(self.table.opened().code, OPEN))

    def done(self) -> list[Row]:
        """Newest first."""
        rows = self.table.where(np.isin(self.table.code, DONE)).rows()
        return sorted(rows, key=lambda row: (row.met_on or date.min, row.duty_id), reverse=True)

    def counted(self) -> int:
        """How many open or done dues the ledgers count by themselves: nobody writes a report for them."""
        opened = self.table.opened()
        ledger = {pk for pk, duty in self.duties.items() if duty.demand.kind != Demand.REPORT}
        return int(np.isin(opened.duty, list(ledger)).sum()) if ledger else 0

    def waived(self) -> set[int]:
        return set(self.table.duty[self.table.code == NOT_APPLICABLE].tolist())

    def items(self) -> list[Item]:
        rows = self.open().rows()
        reports = [row for row in rows if self._demand(row).kind == Demand.REPORT]
        return [self._item(row) for row in rows if self._demand(row).kind != Demand.REPORT] + self._returns(reports)

    def done_items(self, most: int) -> list[Item]:
        return [self._item(row, done=True) for row in self.done()[:most]]

    def _demand(self, row: Row) -> Demand:
        return self.duties[row.duty_id].demand

    def _item(self, row: Row, *, done: bool = False) -> Item:
        duty = self.duties[row.duty_id]
        measure = duty.demand.measure
        what = self.facts.get(duty.demand.fact) or measure.short
        return Item(
            title=f"{what}（{row.label}）" if row.due_id else f"{what}：{row.label}",
            url=f"/duties/{duty.pk}",
            source=f"要点第{measure.number}条",
            source_url=f"/plans/{measure.plan_id}#measure-{measure.number}",
            giver=str(duty.unit) if done else self.office,
            due_on=row.met_on if done else row.deadline,
            turn=self._turn(duty),
            rank=rank_of("dues"),
            note=self._note(duty),
            standing=row.standing,
            units=frozenset({duty.unit_id}),
            buttons=() if done else self._buttons(duty, row),
            tick=duty.pk if not done and not duty.lead and self.by.may("waiver.confirm", duty) else None,
        )

    def _turn(self, duty: Duty) -> str:
        return "本单位" if self.by.unit is not None and duty.unit_id == self.by.unit.pk else f"本单位代{duty.unit}"

    def _note(self, duty: Duty) -> str:
        acting = "" if self.by.unit is not None and duty.unit_id == self.by.unit.pk else f"{duty.unit}｜"
        return acting + ("牵头｜" if duty.lead else "") + f"{duty.demand.measure.short}｜{duty.demand.finish}"

    def _buttons(self, duty: Duty, row: Row) -> tuple[Button, ...]:
        by, page = self.by, f"/duties/{duty.pk}"
        fact = duty.demand.fact
        made = []
        if duty.demand.kind == Demand.COUNT and fact.startswith(ACTIVITY) and by.may("activity.record", duty):
            made.append(Button("办理", f"/activities/record?kind={fact.removeprefix(ACTIVITY)}", main=True))
        elif by.may("duty.sign", duty):
            made.append(Button("办理", row.url if row.due_id is None else page, main=True))
        else:
            made.append(Button("查看", page))
        if self.villages and by.may("duty.hand_on", duty):
            made.append(Button("转村社区", f"{page}#hand-on"))
        if not duty.lead and by.may("waiver.confirm", duty):
            made.append(Button("不涉及", f"/waivers?duty={duty.pk}"))
        if row.due_id and row.standing in ("not_due", "due_soon") and by.may("extension.ask", duty):
            made.append(Button("申请延期", f"{page}#extend-{row.due_id}"))
        return tuple(made)

    def _returns(self, rows: list[Row]) -> list[Item]:
        """Report dues of one unit and period are one line, unless its return is already under way."""
        groups: dict[tuple[int, int, date], list[Row]] = {}
        for row in rows:
            duty = self.duties[row.duty_id]
            groups.setdefault((duty.demand.measure.plan_id, row.unit_id, row.window_start), []).append(row)
        begun = set(
            Return.objects.filter(unit_id__in={key[1] for key in groups}).values_list(
                "plan_id", "unit_id", "window_start"
            )
        )
        return [self._return(key, group) for key, group in groups.items() if key not in begun]

    def _return(self, key: tuple[int, int, date], rows: list[Row]) -> Item:
        plan, unit, start = key
        first = min(rows, key=lambda row: row.deadline or date.max)
        duty = self.duties[first.duty_id]
        acting = "" if self._turn(duty) == "本单位" else f"{duty.unit}｜"
        may_fill = self.by.may("report.fill", duty.unit)
        place = f"/returns/start?plan={plan}&unit={unit}&day={start}"
        buttons = [Button("办理", place, main=True)] if may_fill else [Button("查看", f"/duties?unit={unit}")]
        if may_fill and any(not row.lead for row in rows):
            buttons.append(Button("逐条核不涉及", f"/waivers?kind=report&unit={unit}"))
        return Item(
            title=f"{first.label}落实情况表（含{len(rows)}条）",
            url=place if may_fill else f"/duties?unit={unit}&plan={plan}",
            source="半年报",
            giver=self.office,
            due_on=first.deadline,
            turn="本单位填报人",
            rank=rank_of("returns"),
            note=f"{acting}系统按台账先写好，一次报全部条",
            standing=first.standing,
            units=frozenset({unit}),
            buttons=tuple(buttons),
        )
