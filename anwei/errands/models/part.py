"""One receiving unit's part of an errand, and its request for more time."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from anwei.errands.models.errand import FOLLOW, Errand
from anwei.matters.flow import Flow, Move
from anwei.matters.models import Matter, MatterQuerySet
from anwei.units.models import Kind, Unit

ANSWERABLE = ("waiting", "doing", "sent_back")  # while it is the receiver's move
PART_FLOW = Flow(
    states={
        "waiting": "待签收",
        "doing": "办理中",
        "answered": "已反馈",
        "sent_back": "退回续办",
        "done": "办结",
        "released": "免办",
    },
    start="waiting",
    ends=frozenset({"done", "released"}),
    moves=(
        Move("sign", "签收", ("waiting",), "doing", may="errand.answer"),
        Move("answer", "反馈", ("doing", "sent_back"), "answered", may="errand.answer", asks=("text",), holder="giver"),
        Move("close", "办结", ("answered",), "done", may="errand.close", other_than="answer"),
        Move(
            "send_back",
            "退回续办",
            ("answered",),
            "sent_back",
            may="errand.close",
            asks=("text",),
            holder="receiver",
            danger=True,
        ),
        Move("release", "免办", ("waiting", "doing", "answered", "sent_back"), "released", may=FOLLOW, asks=("text",)),
    ),
)


class PartQuerySet(MatterQuerySet):
    def seen_by(self, by: Any) -> "PartQuerySet":
        """The receiver's own, those of units below, and those that one's own unit gave."""
        reach = by.may.reach("errand.read")
        if reach.all:
            return self
        return self.filter(Q(unit_id__in=reach.owners) | Q(errand__giver_id__in=reach.owners))

    def received_by(self, by: Any) -> "PartQuerySet":
        """The ledger's scope: parts of one's own unit and those below."""
        reach = by.may.reach("errand.read")
        return self if reach.all else self.filter(unit_id__in=reach.owners)

    def official(self) -> "PartQuerySet":
        return self.order_by("unit__order", "id")


class PartManager(models.Manager.from_queryset(PartQuerySet)):
    """A part is never spoken of without its errand: the inbox asks each row for its title and number."""

    def get_queryset(self) -> PartQuerySet:
        return super().get_queryset().select_related("errand__giver", "unit")


class ErrandPart(Matter):
    """`due_on` is the errand's deadline until more time is granted. The last answer stands in columns for the ledger;
    earlier ones stay in the steps."""

    flow = PART_FLOW

    due_on = models.DateField("时限")
    errand = models.ForeignKey(Errand, models.CASCADE, related_name="parts", verbose_name="交办单")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="承办单位")
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)
    signed_by = models.CharField("签收人", max_length=120, blank=True)
    answered_at = models.DateTimeField("反馈时间", null=True, blank=True)
    answered_by = models.CharField("反馈人", max_length=120, blank=True)
    answer = models.TextField("办理结果", blank=True)
    extended = models.BooleanField("延期", default=False)

    objects = PartManager()

    class Meta(Matter.Meta):
        ordering = ["-id"]
        verbose_name = "交办事项"
        indexes = [*Matter.Meta.indexes, models.Index(fields=["unit", "-opened_on", "-id"])]
        constraints = [
            models.UniqueConstraint(fields=["errand", "unit"], name="errand_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.errand.title}（{self.unit.short}）"

    @property
    def for_village(self) -> bool:
        return self.unit.kind == Kind.VILLAGE

    def giver(self) -> Unit:
        return self.errand.giver

    def receiver(self) -> Unit:
        return self.unit

    @property
    def signed_on(self) -> date | None:
        return timezone.localtime(self.signed_at).date() if self.signed_at else None

    @property
    def answered_on(self) -> date | None:
        return timezone.localtime(self.answered_at).date() if self.answered_at else None

    @property
    def is_late(self) -> bool:
        """Handed in after the deadline. A part that was sent back counts by its last answer."""
        return self.answered_on is not None and self.answered_on > self.due_on

    def standing(self, on: date, soon: date) -> str:
        """The lamp, by the house's keys; `soon` is the last day that counts as near (calendars.soon)."""
        if self.state == "released":
            return "not_applicable"
        if self.state == "done":
            return "met_late" if self.is_late else "met"
        if self.state == "answered":
            return "submitted"
        if on > self.due_on:
            return "overdue"
        if self.extended:
            return "extended"
        return "due_soon" if self.due_on <= soon else "not_due"

    def inbox_title(self) -> str:
        """For the giver, who has to close it, with the name of the unit that answered."""
        return f"{self.unit.short}反馈：{self.errand.title}" if self.state == "answered" else self.errand.title

    def inbox_source(self) -> str:
        return self.errand.number_words

    def get_absolute_url(self) -> str:
        return f"/errands/parts/{self.pk}"


MORE_TIME_FLOW = Flow(
    states={"asked": "申请中", "granted": "已同意", "refused": "未同意"},
    start="asked",
    ends=frozenset({"granted", "refused"}),
    moves=(
        Move("grant", "同意延期", ("asked",), "granted", may="errand.close"),
        Move("refuse", "不同意延期", ("asked",), "refused", may="errand.close", asks=("text",), danger=True),
    ),
)


class MoreTime(Matter):
    """A unit asks for a later deadline on its part; the giver decides."""

    flow = MORE_TIME_FLOW

    part = models.ForeignKey(ErrandPart, models.CASCADE, related_name="more_time", verbose_name="交办事项")
    until = models.DateField("延至")
    reason = models.CharField("理由", max_length=300)
    asked_by = models.CharField("申请人", max_length=120)

    class Meta(Matter.Meta):
        ordering = ["id"]
        verbose_name = "交办延期申请"
        constraints = [
            models.UniqueConstraint(fields=["part"], condition=Q(state="asked"), name="one_open_request_for_more_time"),
        ]

    def __str__(self) -> str:
        return f"{self.part.unit.short}申请延期至{self.until.year}年{self.until.month}月{self.until.day}日"

    def inbox_title(self) -> str:
        return f"{self}：{self.part.errand.title}"

    def inbox_source(self) -> str:
        return f"{self.part.errand.number_words}·延期申请"

    def get_absolute_url(self) -> str:
        return self.part.get_absolute_url()
