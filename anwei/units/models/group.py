"""Groups with dated members, and who acts for a committee."""

from datetime import date

from django.db import models
from django.db.models import Q

from anwei.units.models.unit import Unit


class Dated(models.QuerySet[models.Model]):
    def holding_on(self, on: date) -> "Dated":
        """Rows in force on a day: from `since` on, before `until`."""
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


class GroupKind(models.TextChoices):
    """Lists of units, and parts of a unit that are no unit of their own and are not assessed."""

    MEMBERS = "members", "成员单位"
    LIST = "list", "单位名单"
    BRIGADE = "brigade", "执法大队"
    COMMITTEE = "committee", "镇（街道）安委会"
    COMMITTEE_OFFICE = "committee_office", "镇（街道）安委会办公室"
    STATION = "station", "应急管理站"
    SECTION = "section", "科室"


class Group(models.Model):
    """Members of the safety committee, of a special committee, any list that the office keeps, or a part of a unit."""

    key = models.CharField("代码", max_length=60, unique=True)
    kind = models.CharField("种类", max_length=20, choices=GroupKind.choices, default=GroupKind.MEMBERS)
    name = models.CharField("名称", max_length=120)
    body = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="groups", verbose_name="所属机构"
    )

    class Meta:
        ordering = ["key"]
        verbose_name = "单位组"

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    group = models.ForeignKey(Group, models.CASCADE, related_name="members", verbose_name="单位组")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships", verbose_name="单位")
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        ordering = ["unit__order"]
        verbose_name = "组成员"
        constraints = [
            models.UniqueConstraint(fields=["group", "unit", "since"], name="member_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.group}·{self.unit}"


class Secretariat(models.Model):
    """Who acts for a committee: 区安委会 → 安委办, a special committee → its host department."""

    committee = models.ForeignKey(Unit, models.CASCADE, related_name="secretariats", verbose_name="议事协调机构")
    host = models.ForeignKey(Unit, models.PROTECT, related_name="hosted", verbose_name="办公室所在单位")
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)

    objects = Dated.as_manager()

    class Meta:
        ordering = ["committee__order", "since"]
        verbose_name = "办公室设置"
        constraints = [
            models.UniqueConstraint(fields=["committee"], condition=Q(until=None), name="one_secretariat_now"),
        ]

    def __str__(self) -> str:
        return f"{self.committee}（{self.host}代办）"
