"""A duty binds a unit to a demand; a due is one window of it with its deadline."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from anwei.plans.models import Demand, Plan, Series
from anwei.units.models import Unit


class DutyQuerySet(models.QuerySet["Duty"]):
    def holding_on(self, on: date) -> "DutyQuerySet":
        """Duties that bind on a day: handed down by then, not transferred away or replaced by then."""
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)

    def of_units(self, unit_ids: Iterable[int]) -> "DutyQuerySet":
        return self.filter(unit_id__in=list(unit_ids))

    def seen_by(self, by: Any) -> "DutyQuerySet":
        """All; or one's own (and below) and those of measures that one gathers."""
        reach = by.may.reach("duty.read")
        if reach.all:
            return self
        return self.filter(Q(unit_id__in=reach.owners) | Q(acceptor_id__in=reach.leads))


class Duty(models.Model):
    """`actor` is who acts for a committee (代…), the unit itself otherwise; `acceptor` is who accepts its reports."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="duties")
    series = models.ForeignKey(Series, models.PROTECT, related_name="duties")
    demand = models.ForeignKey(Demand, models.PROTECT, related_name="duties", verbose_name="要求")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties", verbose_name="单位")
    actor = models.ForeignKey(Unit, models.PROTECT, related_name="acted_duties", verbose_name="经办单位")
    acceptor = models.ForeignKey(Unit, models.PROTECT, related_name="accepted_duties", verbose_name="审核单位")
    lead = models.BooleanField("牵头")
    reason = models.CharField("理由", max_length=300)
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)
    end_reason = models.CharField("终止理由", max_length=200, blank=True)
    came_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="went_to", verbose_name="转自"
    )

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["demand__measure__order", "demand__order", "unit__order"]
        verbose_name = "任务"
        constraints = [
            models.UniqueConstraint(fields=["unit", "demand"], condition=Q(until=None), name="unit_owes_a_demand_once"),
        ]
        indexes = [models.Index(fields=["actor", "until"])]

    def __str__(self) -> str:
        return f"{self.unit}：{self.demand}"

    def owner_unit_ids(self) -> set[int]:
        return {self.unit_id, self.actor_id}

    def lead_unit_ids(self) -> set[int]:
        return {self.acceptor_id}

    def get_absolute_url(self) -> str:
        return f"/duties/{self.pk}"


class Due(models.Model):
    """One window of a duty. `deadline` None: not anchored to a day yet."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="dues")
    window_start = models.DateField("窗口起")
    window_end = models.DateField("窗口止")
    deadline = models.DateField("时限", null=True, blank=True)
    label = models.CharField("窗口", max_length=40)

    class Meta:
        ordering = ["deadline", "id"]
        verbose_name = "到期项"
        constraints = [
            models.UniqueConstraint(fields=["duty", "window_start"], name="one_due_a_window"),
            models.CheckConstraint(
                condition=Q(window_end__gte=models.F("window_start")), name="window_not_upside_down"
            ),
        ]
        indexes = [models.Index(fields=["deadline"])]

    def __str__(self) -> str:
        return f"{self.duty}（{self.label}）"

    def owner_unit_ids(self) -> set[int]:
        return self.duty.owner_unit_ids()

    def lead_unit_ids(self) -> set[int]:
        return self.duty.lead_unit_ids()

    def get_absolute_url(self) -> str:
        return f"/duties/{self.duty_id}"
