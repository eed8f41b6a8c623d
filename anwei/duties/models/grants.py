"""What was granted on a due, each with its reason and its day, so that any day can be replayed."""

from django.db import models
from django.db.models import Q

from anwei.duties.models.duty import Due, Duty
from anwei.matters.flow import Flow, Move
from anwei.matters.models import Matter
from anwei.periods import in_words
from anwei.units.models import Unit

EXTENSION_FLOW = Flow(
    states={"asked": "申请中", "granted": "已同意", "refused": "未同意", "withdrawn": "已撤回"},
    start="asked",
    ends=frozenset({"granted", "refused", "withdrawn"}),
    moves=(
        Move("grant", "同意延期", ("asked",), "granted", may="extension.decide"),
        Move("refuse", "不同意延期", ("asked",), "refused", may="extension.decide", asks=("text",), danger=True),
        Move("withdraw", "撤回申请", ("asked",), "withdrawn", may="extension.ask"),
    ),
)


class Extension(Matter):
    """A request to move a due's deadline. Decided by the office; granted ones hold from `closed_on`."""

    flow = EXTENSION_FLOW

    due = models.ForeignKey(Due, models.CASCADE, related_name="extensions")
    asked_by = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="申请单位")
    until = models.DateField("延至")
    reason = models.CharField("理由", max_length=300)

    class Meta(Matter.Meta):
        verbose_name = "延期申请"
        constraints = [
            models.UniqueConstraint(fields=["due"], condition=Q(state="asked"), name="one_open_extension_a_due"),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by}申请延期至{self.until}：{self.due.duty.demand}"

    def owner_unit_ids(self) -> set[int]:
        return {self.asked_by_id, *self.due.owner_unit_ids()}

    def inbox_title(self) -> str:
        return f"{self.asked_by}申请延期至{in_words(self.until)}：{self.due.duty.demand.measure}（{self.due.label}）"

    def inbox_source(self) -> str:
        return "延期申请"

    def get_absolute_url(self) -> str:
        return f"/extensions/{self.pk}"


HANDBACK_FLOW = Flow(
    states={"asked": "待安委办定", "transferred": "已转交", "kept": "不同意，仍由原单位办"},
    start="asked",
    ends=frozenset({"transferred", "kept"}),
    moves=(
        Move("transfer", "转交其他单位", ("asked",), "transferred", may="duty.transfer"),
        Move("keep", "仍由原单位办", ("asked",), "kept", may="duty.transfer", asks=("text",)),
    ),
)


class Handback(Matter):
    """A unit says that a duty is not its own; the office transfers it or says why not."""

    flow = HANDBACK_FLOW

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="handbacks")
    asked_by = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="退回单位")
    reason = models.CharField("理由", max_length=300)
    suggested = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="建议转给"
    )

    class Meta(Matter.Meta):
        verbose_name = "任务退回"
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=Q(state="asked"), name="one_open_handback_a_duty"),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by}退回：{self.duty.demand}"

    def owner_unit_ids(self) -> set[int]:
        return {self.asked_by_id}

    def inbox_title(self) -> str:
        return f"{self.asked_by}退回任务：{self.duty.demand.measure}（{self.duty.demand.finish}）"

    def inbox_source(self) -> str:
        return "任务退回"

    def get_absolute_url(self) -> str:
        return f"/handbacks/{self.pk}"


class Waiver(models.Model):
    """«不涉及»: confirmed by the unit (or decided by the office), reopened when the first such object appears."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="waivers")
    confirmed_on = models.DateField("确认日期")
    confirmed_by = models.CharField("确认人", max_length=120)
    reason = models.CharField("理由", max_length=300)
    reopened_on = models.DateField("恢复日期", null=True, blank=True)
    reopen_reason = models.CharField("恢复理由", max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "不涉及"
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=Q(reopened_on=None), name="one_waiver_now"),
        ]

    def __str__(self) -> str:
        return f"{self.duty}：不涉及"


class MakeUp(models.Model):
    """An act after its window heals it only by this record, which names the window. `about` is the fact."""

    due = models.OneToOneField(Due, models.CASCADE, related_name="make_up")
    about = models.CharField(max_length=60)
    happened_on = models.DateField("补办日期")
    recorded_on = models.DateField("记录日期")
    recorded_by = models.CharField("记录人", max_length=120)
    reason = models.CharField("理由", max_length=300)

    class Meta:
        verbose_name = "补办"

    def __str__(self) -> str:
        return f"{self.due}：补办"


class ShareDay(models.Model):
    """Coverage cannot be replayed: the tick stores numerator and denominator per fact, unit and day (on change)."""

    fact = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    day = models.DateField()
    met = models.IntegerField()
    base = models.IntegerField()

    class Meta:
        verbose_name = "覆盖率日记"
        constraints = [models.UniqueConstraint(fields=["fact", "unit", "day"], name="one_share_a_day")]

    def __str__(self) -> str:
        return f"{self.fact} {self.unit} {self.day}: {self.met}/{self.base}"
