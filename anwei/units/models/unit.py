"""Units and the other names they go by."""

from datetime import date

from django.db import models
from django.db.models import Q


class Kind(models.TextChoices):
    """What a unit is. The order of the members is the order in which the kinds stand in every list."""

    COMMITTEE = "committee", "议事协调机构"
    COMMITTEE_OFFICE = "committee_office", "议事协调机构办公室"
    SPECIAL_COMMITTEE = "special_committee", "专业委员会"
    PARTY_ORGAN = "party_organ", "党群机关"
    DEPARTMENT = "department", "区政府部门"
    VERTICAL_BODY = "vertical_body", "垂直管理和驻区单位"
    JUDICIAL_BODY = "judicial_body", "司法机关"
    TOWN = "town", "镇"
    SUBDISTRICT = "subdistrict", "街道"
    PARK = "park", "园区管理机构"
    VILLAGE = "village", "村（社区）"
    ESTABLISHMENT = "establishment", "生产经营单位"
    OUTSIDE_BODY = "outside_body", "区外单位"

    @property
    def is_territory(self) -> bool:
        return self in (Kind.TOWN, Kind.SUBDISTRICT, Kind.PARK)


TERRITORY = [Kind.TOWN, Kind.SUBDISTRICT, Kind.PARK]
MEMBER_KINDS = [Kind.PARTY_ORGAN, Kind.DEPARTMENT, Kind.VERTICAL_BODY]


class UnitQuerySet(models.QuerySet["Unit"]):
    def standing_on(self, on: date) -> "UnitQuerySet":
        """Units that exist on a day."""
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)

    def territory(self) -> "UnitQuerySet":
        return self.filter(kind__in=TERRITORY)

    def members(self) -> "UnitQuerySet":
        """Party organs, departments and vertical bodies: the columns of the matrix's second page."""
        return self.filter(kind__in=MEMBER_KINDS)

    def official(self) -> "UnitQuerySet":
        """In the official order (机构序), never by spelling."""
        return self.order_by("order", "id")


class Unit(models.Model):
    code = models.CharField("代码", max_length=60, unique=True)
    order = models.IntegerField("机构序", db_index=True)
    short = models.CharField("规范简称", max_length=60)
    full = models.CharField("全称", max_length=120)
    kind = models.CharField("种类", max_length=20, choices=Kind.choices, db_index=True)
    grade_class = models.CharField("类别", max_length=4, default="—")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    party_group = models.BooleanField("设党委（党组）", default=False)
    management = models.CharField("管理体制", max_length=200, blank=True)
    note = models.CharField("备注", max_length=300, blank=True)
    since = models.DateField("设立日期", default=date(2000, 1, 1))
    until = models.DateField("撤并日期", null=True, blank=True)
    version = models.IntegerField(default=1)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]
        verbose_name = "单位"
        constraints = [
            models.UniqueConstraint(fields=["full"], name="unit_full_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=models.F("since")), name="unit_until_after_since"
            ),
        ]

    def __str__(self) -> str:
        return self.short

    @property
    def is_territory(self) -> bool:
        return Kind(self.kind).is_territory

    def owner_unit_ids(self) -> set[int]:
        """Whose row this is, for the scopes of rights."""
        return {self.pk}


class Alias(models.Model):
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases", verbose_name="单位")
    text = models.CharField("别名", max_length=120, unique=True)

    class Meta:
        ordering = ["unit__order", "id"]
        verbose_name = "别名"

    def __str__(self) -> str:
        return self.text
