"""Who regulates what, and what the district has set otherwise than the rulebook."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from anwei.units.models.group import Dated
from anwei.units.models.unit import Unit


class Sector(models.Model):
    """A sector and the words by which plans and inspections call it."""

    name = models.CharField("行业领域", max_length=60, unique=True)
    words = models.JSONField("叫法", default=list)
    note = models.CharField("备注", max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "行业领域"

    def __str__(self) -> str:
        return self.name


class Competence(models.Model):
    """«行业主管部门» has an answer here: sector → regulator, with basis and dates."""

    DIRECT, GENERAL, LOCAL = "direct", "general", "local"
    MODES = [(DIRECT, "直接监管"), (GENERAL, "综合监管"), (LOCAL, "属地")]

    sector = models.CharField("行业领域", max_length=60, db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="competences", verbose_name="单位")
    mode = models.CharField("监管方式", max_length=8, choices=MODES)
    basis = models.CharField("依据", max_length=200, blank=True)
    verified = models.BooleanField("已核", default=False)
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        ordering = ["sector", "mode", "id"]  # as entered: the main regulator first
        verbose_name = "行业领域分工"
        constraints = [
            models.UniqueConstraint(
                fields=["sector", "mode", "unit"], condition=Q(until=None), name="one_competence_now"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sector}·{self.get_mode_display()}·{self.unit}"


class Setting(models.Model):
    """A district's own value of a rulebook parameter, from a day on, with its reason. Never changed, only followed."""

    key = models.CharField("参数", max_length=80, db_index=True)
    value = models.JSONField("值")
    since = models.DateField("自")
    reason = models.CharField("理由", max_length=300)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="录入人")

    class Meta:
        ordering = ["key", "-since", "-id"]
        verbose_name = "设置"

    def __str__(self) -> str:
        return f"{self.key}={self.value}（自{self.since}）"
