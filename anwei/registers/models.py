"""Installations, the units that each concerns, and its evaluations."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from anwei.references import about
from anwei.registers.ages import years_before
from anwei.registers.kinds import PIPELINE, InstallationKind, installation_kind, installation_kinds
from anwei.rulebook import Override
from anwei.units.models import Unit


def _known_on(on: date) -> Q:
    """Entered by the day and not voided by it."""
    return Q(voided_on=None, entered_on__lte=on) | Q(voided_on__gt=on, entered_on__lte=on)


class InstallationQuerySet(models.QuerySet["Installation"]):
    def valid(self) -> "InstallationQuerySet":
        return self.filter(voided_on=None)

    def as_of(self, on: date) -> "InstallationQuerySet":
        return self.filter(_known_on(on))

    def seen_by(self, by: Any) -> "InstallationQuerySet":
        reach = by.may.reach("register.read")
        return self if reach.all else self.of_units(reach.owners)

    def of_units(self, unit_ids: Any) -> "InstallationQuerySet":
        """In these towns, or regulated by these units."""
        return self.filter(id__in=InstallationUnit.objects.filter(unit_id__in=unit_ids).values("installation_id"))

    def of_kind(self, kind: str) -> "InstallationQuerySet":
        return self.filter(kind=kind)

    def pipelines(self) -> "InstallationQuerySet":
        return self.of_kind(PIPELINE)

    def in_service(self, on: date) -> "InstallationQuerySet":
        """Not yet taken out of use; one without a day of commissioning counts as in use."""
        return self.filter(Q(retired_on=None) | Q(retired_on__gt=on)).exclude(commissioned_on__gt=on)

    def older_than_years(self, years: int, on: date) -> "InstallationQuerySet":
        """From the day after the years are full. Without a day of commissioning nobody knows, so not."""
        return self.filter(commissioned_on__lt=years_before(on, years))

    def evaluated(self, on: date, within_years: int) -> "InstallationQuerySet":
        """With an evaluation known on the day that holds on it."""
        holding = Evaluation.objects.as_of(on).holding(on, within_years)
        return self.filter(Exists(holding.filter(installation=OuterRef("pk"))))

    def with_state(self, on: date, overrides: Iterable[Override] = ()) -> "InstallationQuerySet":
        """Each row with `state`, one of STATES, as of a day; the years come from the rulebook, kind by kind."""
        own = list(overrides)
        cases = [When(voided_on__lte=on, then=Value("voided")), When(retired_on__lte=on, then=Value("retired"))]
        for kind in installation_kinds():
            if kind.old_years:
                old = Q(kind=kind.key, commissioned_on__lt=years_before(on, kind.years_until_old(on, own)))
                holding = Evaluation.objects.as_of(on).holding(on, kind.years_of_evaluation(on, own))
                held = Exists(holding.filter(installation=OuterRef("pk")))
                cases += [When(old & Q(held), then=Value("evaluated")), When(old, then=Value("unevaluated"))]
        return self.annotate(state=Case(*cases, default=Value("in_use"), output_field=models.CharField()))


STATES = {
    "in_use": "在用",
    "unevaluated": "超过年限未评估",
    "evaluated": "超过年限已评估",
    "retired": "已停用",
    "voided": "已作废",
}


class Installation(models.Model):
    """A section that lies in one town: a pipeline through two towns has two rows. `evaluated_on` repeats the latest
    evaluation, because rules ask columns."""

    kind = models.CharField("种类", max_length=40)
    code = models.CharField("编号", max_length=60)
    name = models.CharField("名称", max_length=120)
    town = models.ForeignKey(Unit, models.PROTECT, related_name="installations", verbose_name="所在镇街（园区）")
    regulator = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="regulated_installations", verbose_name="主要监管部门"
    )
    place = models.CharField("位置", max_length=120, blank=True)
    commissioned_on = models.DateField("投用日期", null=True, blank=True, db_index=True)
    retired_on = models.DateField("停用日期", null=True, blank=True)
    evaluated_on = models.DateField("最近评估日期", null=True, blank=True)
    length_km = models.DecimalField("长度（公里）", max_digits=8, decimal_places=3, null=True, blank=True)
    operator = models.CharField("运营单位", max_length=120, blank=True)
    source_system = models.CharField("来源系统", max_length=60, blank=True)
    source_id = models.CharField("来源编号", max_length=80, blank=True)
    as_of = models.DateField("来源截至", null=True, blank=True)
    entered_on = models.DateField("录入日期", db_index=True)
    entered_by = models.CharField("录入人", max_length=120)
    voided_on = models.DateField("作废日期", null=True, blank=True, db_index=True)
    void_reason = models.CharField("作废理由", max_length=200, blank=True)
    version = models.IntegerField(default=1)

    objects = InstallationQuerySet.as_manager()

    class Meta:
        ordering = ["code", "id"]
        verbose_name = "设施"
        indexes = [
            models.Index(fields=["code", "id"]),
            models.Index(fields=["kind", "commissioned_on"]),
            models.Index(fields=["-entered_on", "-id"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(voided_on=None), name="installation_code_once"),
            models.UniqueConstraint(
                fields=["source_system", "source_id"],
                condition=Q(voided_on=None) & ~Q(source_system=""),
                name="installation_imported_once",
            ),
            models.CheckConstraint(
                condition=Q(retired_on=None) | Q(commissioned_on=None) | Q(retired_on__gte=F("commissioned_on")),
                name="installation_retired_after_commissioned",
            ),
            models.CheckConstraint(
                condition=Q(length_km=None) | Q(length_km__gt=0), name="installation_length_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_data(self) -> InstallationKind:
        return installation_kind(self.kind)

    @property
    def is_valid(self) -> bool:
        return self.voided_on is None

    @property
    def is_locked(self) -> bool:
        """Rows of another system are kept there."""
        return bool(self.source_system)

    def owner_unit_ids(self) -> set[int]:
        return {one.unit_id for one in self.concerned.all()}

    def about(self) -> str:
        return about(self)

    def get_absolute_url(self) -> str:
        return f"/installations/{self.pk}"


class InstallationUnit(models.Model):
    """A unit that an installation concerns, once: the town where it lies, or a department that regulates it. Shares
    are counted over these rows, so that a unit which is both counts it once."""

    TOWN, REGULATOR = "town", "regulator"
    ROLES = [(TOWN, "属地"), (REGULATOR, "监管")]

    installation = models.ForeignKey(Installation, models.CASCADE, related_name="concerned")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="concerning_installations", verbose_name="单位")
    role = models.CharField("身份", max_length=10, choices=ROLES)

    class Meta:
        ordering = ["unit__order", "id"]
        verbose_name = "涉及单位"
        constraints = [
            models.UniqueConstraint(fields=["installation", "unit"], name="installation_concerns_a_unit_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit}（{self.get_role_display()}）"


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def valid(self) -> "EvaluationQuerySet":
        return self.filter(voided_on=None)

    def as_of(self, on: date) -> "EvaluationQuerySet":
        return self.filter(_known_on(on), evaluated_on__lte=on)

    def holding(self, on: date, within_years: int) -> "EvaluationQuerySet":
        """As long as its report says, else so many years from the day it was made."""
        given = Q(valid_until__gte=on)
        return self.filter(given | Q(valid_until=None, evaluated_on__gte=years_before(on, within_years)))


class Evaluation(models.Model):
    """An evaluation of an installation. Never edited: a wrong one is voided and entered anew."""

    installation = models.ForeignKey(Installation, models.CASCADE, related_name="evaluations", verbose_name="设施")
    evaluated_on = models.DateField("评估日期")
    valid_until = models.DateField("报告载明有效至", null=True, blank=True)
    organisation = models.CharField("评估单位", max_length=120, blank=True)
    conclusion = models.CharField("结论", max_length=300, blank=True)
    entered_on = models.DateField("录入日期")
    entered_by = models.CharField("录入人", max_length=120)
    voided_on = models.DateField("作废日期", null=True, blank=True)
    void_reason = models.CharField("作废理由", max_length=200, blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["-evaluated_on", "-id"]
        verbose_name = "评估"
        constraints = [
            models.UniqueConstraint(
                fields=["installation", "evaluated_on"], condition=Q(voided_on=None), name="evaluated_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("evaluated_on")),
                name="evaluation_holds_afterwards",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.installation} {self.evaluated_on}评估"

    def owner_unit_ids(self) -> set[int]:
        return self.installation.owner_unit_ids()
