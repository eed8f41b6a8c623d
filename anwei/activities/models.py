from typing import Any

from django.db import models
from django.db.models import Q

from anwei.units.models import Unit


class ActivityQuerySet(models.QuerySet["Activity"]):
    def valid(self) -> "ActivityQuerySet":
        return self.filter(voided_on=None)

    def seen_by(self, by: Any) -> "ActivityQuerySet":
        """All, or those that a unit within reach hosted or took part in."""
        reach = by.may.reach("activity.read")
        if reach.all:
            return self
        credited = Credit.objects.filter(unit_id__in=reach.owners).values("activity_id")
        return self.filter(Q(host_id__in=reach.owners) | Q(id__in=credited))


class Activity(models.Model):
    """Never edited: a correction voids the row and adds its successor, so that a replay still gives what the day gave."""

    kind = models.CharField("种类", max_length=40, db_index=True)
    topic = models.CharField("主题", max_length=200)
    happened_on = models.DateField("日期", db_index=True)
    entered_on = models.DateField("录入日期", db_index=True)
    voided_on = models.DateField("作废日期", null=True, blank=True, db_index=True)
    host = models.ForeignKey(Unit, models.PROTECT, related_name="hosted_activities", verbose_name="主办单位")
    place = models.CharField("地点", max_length=120, blank=True)
    attendance = models.IntegerField("参加人数", null=True, blank=True)
    summary = models.TextField("内容摘要", blank=True)
    link = models.URLField("公布网址", max_length=300, blank=True)
    late = models.BooleanField("补录", default=False)
    void_reason = models.CharField("更正理由", max_length=200, blank=True)
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
        indexes = [models.Index(fields=["kind", "-happened_on", "-id"])]
        constraints = [
            models.CheckConstraint(condition=Q(happened_on__lte=models.F("entered_on")), name="entered_after_happened"),
            models.CheckConstraint(condition=Q(attendance=None) | Q(attendance__gte=1), name="attendance_positive"),
        ]

    def __str__(self) -> str:
        return self.topic

    def owner_unit_ids(self) -> set[int]:
        return {self.host_id}

    def get_absolute_url(self) -> str:
        return f"/activities/{self.pk}"


class Credit(models.Model):
    """One unit's share in an activity: the countable fact. Dates and kind stand here too, so that counting reads one table."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="credits")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="credits", verbose_name="单位")
    kind = models.CharField(max_length=40)
    happened_on = models.DateField()
    entered_on = models.DateField()
    voided_on = models.DateField(null=True, blank=True)
    attendance = models.IntegerField("参加人数", null=True, blank=True)

    class Meta:
        ordering = ["unit__order"]
        verbose_name = "参加单位"
        constraints = [models.UniqueConstraint(fields=["activity", "unit"], name="unit_credited_once")]
        indexes = [models.Index(fields=["kind", "unit", "happened_on"])]

    def __str__(self) -> str:
        return f"{self.unit}·{self.activity}"
