"""What was held, and which units it counts for."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from anwei.references import about
from anwei.rulebook import ActivityKind, activity_kind
from anwei.units.models import Unit


class ActivityQuerySet(models.QuerySet["Activity"]):
    def valid(self) -> "ActivityQuerySet":
        return self.filter(voided_on=None)

    def seen_by(self, by: Any) -> "ActivityQuerySet":
        """All, or those with a unit within reach among their credits (the host always has one)."""
        reach = by.may.reach("activity.read")
        if reach.all:
            return self
        return self.with_unit(reach.owners)

    def with_unit(self, unit_ids: Any) -> "ActivityQuerySet":
        return self.filter(id__in=Credit.objects.filter(unit_id__in=unit_ids).values("activity_id"))

    def of_kind(self, kind: str) -> "ActivityQuerySet":
        """Also those that were of this kind together with another. Asked per row, for half the ledger may be of a kind."""
        return self.filter(Exists(Credit.objects.filter(activity=OuterRef("pk"), kind=kind)))


class Activity(models.Model):
    """Never edited: a correction voids the row and adds its successor, so that a replay still gives what the day gave.

    `answers` holds what the kind asks beyond the columns, as checked text for display; nothing is counted from it.
    """

    kind = models.CharField("种类", max_length=40, db_index=True)
    also = models.JSONField("同时是", default=list)
    topic = models.CharField("主题", max_length=200)
    happened_on = models.DateField("日期", db_index=True)
    entered_on = models.DateField("录入日期", db_index=True)
    voided_on = models.DateField("作废日期", null=True, blank=True, db_index=True)
    host = models.ForeignKey(Unit, models.PROTECT, related_name="hosted_activities", verbose_name="主办单位")
    place = models.CharField("地点", max_length=120, blank=True)
    attendance = models.IntegerField("参加人数", null=True, blank=True)
    summary = models.TextField("内容摘要", blank=True)
    link = models.URLField("公布网址", max_length=300, blank=True)
    answers = models.JSONField("其他栏目", default=dict)
    late = models.BooleanField("补录", default=False)
    void_reason = models.CharField("更正理由", max_length=200, blank=True)
    corrected = models.BooleanField("有更正后的一条", default=False)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name="更正自"
    )
    entered_by = models.CharField("录入人", max_length=120)
    source_system = models.CharField("来源系统", max_length=60, blank=True)
    source_id = models.CharField("来源编号", max_length=80, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-id"]
        verbose_name = "活动"
        indexes = [
            models.Index(fields=["-happened_on", "-id"]),
            models.Index(fields=["kind", "-happened_on", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(happened_on__lte=models.F("entered_on")), name="entered_after_happened"),
            models.CheckConstraint(condition=Q(attendance=None) | Q(attendance__gte=1), name="attendance_positive"),
            models.UniqueConstraint(
                fields=["kind", "host", "happened_on", "topic"], condition=Q(voided_on=None), name="activity_held_once"
            ),
        ]

    def __str__(self) -> str:
        return self.topic

    @property
    def kind_data(self) -> ActivityKind:
        return activity_kind(self.kind)

    @property
    def is_valid(self) -> bool:
        return self.voided_on is None

    @property
    def is_locked(self) -> bool:
        """Rows of another system are corrected there."""
        return bool(self.source_system)

    @property
    def state_word(self) -> str:
        if self.is_valid:
            return "有效"
        return "已更正" if self.corrected else "已作废"

    def counted_units(self) -> list[Unit]:
        """Units for which it counts, each once, in the official order. Uses prefetched credits."""
        units = {credit.unit_id: credit.unit for credit in self.credits.all() if credit.counts}
        return sorted(units.values(), key=lambda unit: (unit.order, unit.pk))

    def owner_unit_ids(self) -> set[int]:
        return {self.host_id}

    def about(self) -> str:
        return about(self)

    def get_absolute_url(self) -> str:
        return f"/activities/{self.pk}"


class Credit(models.Model):
    """One unit's share in an activity: the countable fact. Dates and kind stand here too, so that counting reads one
    table. An activity that was of several kinds has one per kind. `counts` is false for a host that only organised:
    it stands here so that one column scopes the ledger."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="credits")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="credits", verbose_name="单位")
    kind = models.CharField(max_length=40)
    counts = models.BooleanField(default=True)
    happened_on = models.DateField()
    entered_on = models.DateField()
    voided_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["unit__order", "id"]
        verbose_name = "参加单位"
        constraints = [
            models.UniqueConstraint(fields=["activity", "unit", "kind"], name="unit_credited_once"),
            models.CheckConstraint(condition=Q(happened_on__lte=models.F("entered_on")), name="credit_after_happened"),
        ]
        indexes = [models.Index(fields=["kind", "unit", "happened_on"])]

    def __str__(self) -> str:
        return f"{self.unit}·{self.activity}"
