"""Accidents, the units that each involves, and what moves the clock of the investigation.

Units, suspensions and extensions are never edited. Whoever changes the clock voids the rows of the investigating units
and adds successors, so that each row carries the clock as it was known from its day of entry on: a replay of an earlier
day finds the row of that day, with the report, the suspensions and extensions known then.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q

from anwei.accidents.grades import GRADES
from anwei.accidents.regimes import Regime, regime
from anwei.references import about
from anwei.units.models import Unit


class Dated(models.QuerySet[Any]):
    def valid(self) -> "Dated":
        return self.filter(voided_on=None)


class AccidentQuerySet(Dated):
    def seen_by(self, by: Any) -> "AccidentQuerySet":
        """All; or those that happened within one's reach or in which one has a part."""
        reach = by.may.reach("accident.read")
        return self if reach.all else self.of_units(reach.owners)

    def of_units(self, unit_ids: Any) -> "AccidentQuerySet":
        rows = AccidentUnit.objects.valid().filter(unit_id__in=unit_ids)
        return self.filter(id__in=rows.values("accident_id"))

    def open(self) -> "AccidentQuerySet":
        """Investigated by the district, not ratified yet."""
        return self.filter(voided_on=None, district_investigates=True, ratified_on=None)


class Accident(models.Model):
    """`named_grade` is the grade that was determined otherwise than by the toll (criteria of special equipment);
    `grade` is the higher of it and the toll's. The toll here is the latest; `Toll` keeps each."""

    number = models.CharField("事故编号", max_length=40)
    title = models.CharField("事故名称", max_length=120)
    regime = models.CharField("事故类别", max_length=30)
    happened_on = models.DateField("发生日期")
    happened_at = models.TimeField("发生时刻", null=True, blank=True)
    place = models.CharField("地点", max_length=120, blank=True)
    town = models.ForeignKey(Unit, models.PROTECT, related_name="accidents", verbose_name="属地")
    sector = models.CharField("行业领域", max_length=60, blank=True)
    establishment = models.CharField("事故单位", max_length=120, blank=True)
    summary = models.TextField("简要经过", blank=True)
    deaths = models.IntegerField("死亡人数", default=0)
    injuries = models.IntegerField("重伤人数", default=0)
    loss = models.IntegerField("直接经济损失（万元）", null=True, blank=True)
    grade = models.CharField("等级", max_length=20, choices=list(GRADES.items()))
    named_grade = models.CharField("另行认定的等级", max_length=20, choices=list(GRADES.items()), blank=True)
    investigating_body = models.CharField("调查主体", max_length=120, blank=True)
    district_investigates = models.BooleanField("本区调查")
    handed_up_on = models.DateField("移交上级日期", null=True, blank=True)
    report_submitted_on = models.DateField("调查报告提交日期", null=True, blank=True)
    ratified_on = models.DateField("批复日期", null=True, blank=True)
    entered_on = models.DateField("登记日期")
    entered_by = models.CharField("登记人", max_length=120)
    voided_on = models.DateField("作废日期", null=True, blank=True, db_index=True)
    void_reason = models.CharField("作废理由", max_length=200, blank=True)
    version = models.IntegerField(default=1)

    objects = AccidentQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-id"]
        verbose_name = "事故"
        indexes = [models.Index(fields=["-happened_on", "-id"]), models.Index(fields=["town", "happened_on"])]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=Q(voided_on=None), name="accident_number_once"),
            models.CheckConstraint(condition=Q(happened_on__lte=F("entered_on")), name="accident_entered_afterwards"),
            models.CheckConstraint(condition=Q(deaths__gte=0, injuries__gte=0), name="accident_toll_not_negative"),
            models.CheckConstraint(
                condition=Q(ratified_on=None) | Q(ratified_on__gte=F("report_submitted_on")),
                name="accident_ratified_after_report",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def regime_data(self) -> Regime:
        return regime(self.regime)

    @property
    def is_valid(self) -> bool:
        return self.voided_on is None

    def units_of(self, role: str) -> list[Unit]:
        """In the official order. Uses prefetched rows."""
        rows = [row for row in self.involved.all() if row.role == role and row.voided_on is None]
        return sorted((row.unit for row in rows), key=lambda unit: (unit.order, unit.pk))

    def parties(self) -> list[Unit]:
        """Who investigates, or cooperates where a higher level does. Uses prefetched rows."""
        return self.units_of(AccidentUnit.INVESTIGATE) + self.units_of(AccidentUnit.COOPERATE)

    def owner_unit_ids(self) -> set[int]:
        return {self.town_id, *self.involved.filter(voided_on=None).values_list("unit_id", flat=True)}

    def about(self) -> str:
        return about(self)

    def get_absolute_url(self) -> str:
        return f"/accidents/{self.pk}"


class AccidentUnit(models.Model):
    """A unit's part in an accident, as known from `entered_on` on. Those that investigate are the rows of the clock."""

    TOWN, INVESTIGATE, COOPERATE = "town", "investigate", "cooperate"
    ROLES = [(TOWN, "属地"), (INVESTIGATE, "参加调查"), (COOPERATE, "配合上级调查")]

    accident = models.ForeignKey(Accident, models.CASCADE, related_name="involved")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="accident_parts", verbose_name="单位")
    role = models.CharField("身份", max_length=12, choices=ROLES)
    started_on = models.DateField("起算日")
    report_submitted_on = models.DateField("报告提交日", null=True, blank=True)
    entered_on = models.DateField()
    voided_on = models.DateField(null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        ordering = ["unit__order", "id"]
        verbose_name = "涉及单位"
        constraints = [
            models.UniqueConstraint(
                fields=["accident", "unit", "role"], condition=Q(voided_on=None), name="accident_part_once"
            )
        ]
        indexes = [models.Index(fields=["role", "started_on"])]

    def __str__(self) -> str:
        return str(self.accident)


class Suspension(models.Model):
    """The clock stands still from `since` until `until` (技术鉴定); None: it still does."""

    accident = models.ForeignKey(Accident, models.CASCADE, related_name="suspensions")
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)
    reason = models.CharField("事由", max_length=200, default="技术鉴定")
    entered_on = models.DateField()
    voided_on = models.DateField(null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        ordering = ["since", "id"]
        verbose_name = "期间扣除"
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="suspension_not_empty"),
            models.UniqueConstraint(
                fields=["accident"], condition=Q(voided_on=None, until=None), name="one_open_suspension"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason}：{self.since}至{self.until or '今'}"


class Extension(models.Model):
    """More days, by the government that is responsible for the investigation."""

    accident = models.ForeignKey(Accident, models.CASCADE, related_name="extensions")
    days = models.IntegerField("延长天数")
    approved_by = models.CharField("批准机关", max_length=120)
    approved_on = models.DateField("批准日期")
    reason = models.CharField("理由", max_length=200)
    entered_on = models.DateField()
    voided_on = models.DateField(null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        ordering = ["approved_on", "id"]
        verbose_name = "调查延期"
        constraints = [models.CheckConstraint(condition=Q(days__gt=0), name="investigation_extended_by_days")]

    def __str__(self) -> str:
        return f"延长{self.days}日（{self.approved_by}{self.approved_on}批准）"


class Toll(models.Model):
    """The toll as of a day, with the grade that followed from it."""

    accident = models.ForeignKey(Accident, models.CASCADE, related_name="tolls")
    day = models.DateField("截至")
    deaths = models.IntegerField("死亡人数")
    injuries = models.IntegerField("重伤人数")
    loss = models.IntegerField("直接经济损失（万元）", null=True, blank=True)
    grade = models.CharField("等级", max_length=20, choices=list(GRADES.items()))
    words = models.CharField("说明", max_length=200, blank=True)
    entered_on = models.DateField()
    entered_by = models.CharField("录入人", max_length=120)

    class Meta:
        ordering = ["day", "id"]
        verbose_name = "伤亡"

    def __str__(self) -> str:
        return f"{self.day}：死亡{self.deaths}人，重伤{self.injuries}人，{self.get_grade_display()}"
