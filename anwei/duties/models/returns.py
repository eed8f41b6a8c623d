"""The half-yearly return (落实情况表): one per unit and period for all measures together."""

from typing import Any

from django.db import models
from django.db.models import Q

from anwei.duties.models.duty import Due
from anwei.matters.flow import Flow, Move
from anwei.matters.models import Matter, MatterQuerySet, Step
from anwei.plans.models import Measure, Plan
from anwei.units.models import Unit

RETURN_FLOW = Flow(
    states={"draft": "填报中", "checking": "待审核", "handed_in": "已上报"},
    start="draft",
    ends=frozenset({"handed_in"}),
    moves=(
        Move("to_check", "提交审核", ("draft",), "checking", may="report.fill", needs=("unwritten",)),
        Move("send_back", "退回修改", ("checking",), "draft", may="report.check", asks=("text",)),
        Move("hand_in", "审核并上报", ("checking",), "handed_in", may="report.check", other_than="to_check"),
    ),
)


class ReturnQuerySet(MatterQuerySet):
    def seen_by(self, by: Any) -> "ReturnQuerySet":
        """All; or one's own, of the committees that one acts for, and below. A lead sees its parts, not the whole table."""
        reach = by.may.reach("report.read")
        if reach.all:
            return self
        return self.filter(Q(unit_id__in=reach.owners) | Q(holder_id__in=reach.owners))

    def handed_in(self) -> "ReturnQuerySet":
        return self.filter(state="handed_in")

    def of_window(self, start: Any) -> "ReturnQuerySet":
        return self.filter(window_start=start)


class Return(Matter):
    """填报人 → 审核人 → handed in once. `unit` is whose return it is; committees' are filled by who acts for them."""

    flow = RETURN_FLOW

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="returns")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="returns", verbose_name="单位")
    label = models.CharField("期次", max_length=40)
    window_start = models.DateField("期初")
    window_end = models.DateField("期末")
    phone = models.CharField("联系电话", max_length=30, blank=True)
    filled_by = models.CharField("填报人", max_length=120, blank=True)
    checked_by = models.CharField("审核人", max_length=120, blank=True)
    handed_in_on = models.DateField("上报日期", null=True, blank=True)

    objects = ReturnQuerySet.as_manager()

    class Meta(Matter.Meta):
        verbose_name = "落实情况表"
        constraints = [models.UniqueConstraint(fields=["plan", "unit", "window_start"], name="one_return_a_period")]

    def __str__(self) -> str:
        return f"{self.unit}{self.label}落实情况表"

    def owner_unit_ids(self) -> set[int]:
        return {self.unit_id, self.holder_id}

    def unwritten(self) -> str:
        """What is missing: a measure for which no ledger counts anything needs words of the unit."""
        empty = [
            part.measure.number for part in self.parts.select_related("measure") if not part.facts and not part.words
        ]
        return f"第{'、'.join(empty[:8])}条还没有填写落实情况（台账里没有可计的事项，请写一两句话）。" if empty else ""

    def inbox_source(self) -> str:
        return "半年报"

    def get_absolute_url(self) -> str:
        return f"/returns/{self.pk}"


PART_FLOW = Flow(
    states={"open": "填报中", "submitted": "待审", "returned": "已退回补正", "accepted": "已审定"},
    start="open",
    ends=frozenset({"accepted"}),
    moves=(
        Move(
            "submit",
            "上报",
            ("open", "returned"),
            "submitted",
            may="report.check",
            needs=("unamended",),
            other_than="amend",
            holder="acceptor_unit",
        ),
        Move("accept", "审定", ("submitted",), "accepted", may="report.accept", other_than="submit"),
        Move(
            "return", "退回补正", ("submitted",), "returned", may="report.accept", asks=("text",), holder="actor_unit"
        ),
        Move("comment", "提意见", ("submitted",), "submitted", may="report.accept", asks=("text",)),
        # A lead gathers after its own table was handed in, so its words may grow until the office has accepted them.
        Move("consolidate", "汇总", ("submitted",), "submitted", may="report.check", needs=("not_a_lead",)),
        Move("amend", "补正", ("returned",), "returned", may="report.fill"),
    ),
)


class PartQuerySet(MatterQuerySet):
    def seen_by(self, by: Any) -> "PartQuerySet":
        """All; one's own and below at any time; of the measures that one gathers what was handed in."""
        reach = by.may.reach("report.read")
        if reach.all:
            return self
        own = Q(of_return__unit_id__in=reach.owners) | Q(of_return__holder_id__in=reach.owners)
        return self.filter(own | (Q(acceptor_id__in=reach.leads) & ~Q(state="open")))

    def of_window(self, plan_id: int, start: Any) -> "PartQuerySet":
        return self.filter(of_return__plan_id=plan_id, of_return__window_start=start)

    def in_official_order(self) -> "PartQuerySet":
        return self.order_by("-lead", "of_return__unit__order", "id")


class Part(Matter):
    """One measure in a unit's return. `facts` is written by the system; `words` are the unit's own, at most
    `return.text_limit` characters (the column holds the most that a district may allow)."""

    flow = PART_FLOW

    of_return = models.ForeignKey(Return, models.CASCADE, related_name="parts")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="parts", verbose_name="重点任务")
    acceptor = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="审核单位")
    lead = models.BooleanField("牵头", default=False)
    facts = models.TextField("台账计出", blank=True)
    words = models.CharField("补充", max_length=1000, blank=True)
    trouble = models.CharField("存在问题", max_length=1000, blank=True)
    next_step = models.CharField("下一步打算", max_length=1000, blank=True)
    comment = models.CharField("汇总单位意见", max_length=300, blank=True)
    evidence_count = models.IntegerField("佐证件数", default=0)

    objects = PartQuerySet.as_manager()

    class Meta(Matter.Meta):
        verbose_name = "落实情况"
        ordering = ["measure__order"]
        constraints = [models.UniqueConstraint(fields=["of_return", "measure"], name="one_part_a_measure")]

    def __str__(self) -> str:
        return f"{self.of_return.unit}·第{self.measure.number}条（{self.of_return.label}）"

    def acceptor_unit(self) -> Unit:
        return self.acceptor

    def actor_unit(self) -> Unit:
        return self.of_return.holder

    def owner_unit_ids(self) -> set[int]:
        return self.of_return.owner_unit_ids()

    def lead_unit_ids(self) -> set[int]:
        return {self.acceptor_id}

    def locked(self) -> str:
        """Why nothing may be changed now, and what to do instead; empty where the unit may write."""
        if self.state == "accepted":
            return (
                "本条已审定，不能再改。情况有变化的，在下一期落实情况表里写明；"
                "台账记错的，到台账里更正，自更正之日起按更正后的计。"
            )
        if self.state == "submitted" and not self.lead:
            return f"本条已上报，正等{self.acceptor}审；需要修改的，请{self.acceptor}退回补正。"
        if self.state == "open" and self.of_return.state == "checking":
            return "正在本单位审核；需要修改的，请审核人先退回修改。"
        return ""

    def unamended(self) -> str:
        """A part that was returned goes up again only after something in it was put right."""
        if self.state != "returned":
            return ""
        last = Step.objects.of(self).last()
        return "" if last is not None and last.move == "amend" else "退回以后还没有补正，请先修改再上报。"

    def not_a_lead(self) -> str:
        return "" if self.lead else "只有牵头单位汇总本条时可以在上报后补写；需要修改的，请审核单位退回补正。"

    def inbox_source(self) -> str:
        return f"要点第{self.measure.number}条"

    def get_absolute_url(self) -> str:
        return f"/parts/{self.pk}"


class Submission(models.Model):
    """The countable fact of a report due: handed in, accepted or returned, each with its day."""

    due = models.ForeignKey(Due, models.CASCADE, related_name="submissions")
    part = models.ForeignKey(Part, models.CASCADE, related_name="submissions")
    handed_in_on = models.DateField("上报日期")
    accepted_on = models.DateField("审定日期", null=True, blank=True)
    returned_on = models.DateField("退回日期", null=True, blank=True)
    return_reason = models.CharField("退回理由", max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "上报"
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_on=None) | Q(returned_on=None), name="accepted_or_returned_not_both"
            ),
            models.UniqueConstraint(fields=["due"], condition=Q(returned_on=None), name="one_submission_stands_a_due"),
        ]

    def __str__(self) -> str:
        return f"{self.due}：{self.handed_in_on}上报"
