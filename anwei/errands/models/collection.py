"""A sheet to be collected (收表), and each unit's filling of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from anwei.errands.sheets import SheetColumn
from anwei.matters.flow import Flow, Move
from anwei.matters.models import Matter, MatterQuerySet
from anwei.units.models import Unit

FOLLOW_SHEET = "collection.follow"  # lent by an act on the whole collection; no role holds it

COLLECTION_FLOW = Flow(
    states={"draft": "准备中", "open": "填报中", "done": "已汇总", "withdrawn": "已撤销"},
    start="draft",
    ends=frozenset({"done", "withdrawn"}),
    moves=(
        Move("open", "下发", ("draft",), "open", may="collection.open"),
        Move("finish", "汇总结束", ("open",), "done", may="collection.open"),
        Move("withdraw", "撤销", ("draft", "open"), "withdrawn", may="collection.open", asks=("text",), danger=True),
    ),
)
FILLING_FLOW = Flow(
    states={"filling": "待填报", "handed_in": "已报送", "reopened": "退回补正", "done": "已汇总", "missing": "未报"},
    start="filling",
    ends=frozenset({"done", "missing"}),
    moves=(
        Move("hand_in", "报送", ("filling", "reopened"), "handed_in", may="collection.fill", holder="giver"),
        Move(
            "reopen", "退回补正", ("handed_in",), "reopened", may="collection.open", asks=("text",), holder="filler",
            danger=True,
        ),
        Move("include", "汇总", ("handed_in",), "done", may=FOLLOW_SHEET),
        Move("miss", "未报", ("filling", "reopened"), "missing", may=FOLLOW_SHEET),
    ),
)  # fmt: skip


class CollectionQuerySet(MatterQuerySet):
    def held_by(self, unit_ids: Iterable[int]) -> "CollectionQuerySet":
        """Only a sheet being prepared waits for a move of its own."""
        return super().held_by(unit_ids).filter(state="draft")

    def given_by(self, unit_ids: Iterable[int]) -> "CollectionQuerySet":
        return self.filter(giver_id__in=list(unit_ids))

    def seen_by(self, by: Any) -> "CollectionQuerySet":
        """All for those who may read all; for a unit those that were sent to it."""
        reach = by.may.reach("collection.read")
        if reach.all:
            return self
        return self.filter(id__in=Filling.objects.filter(unit_id__in=reach.owners).values("collection_id"))


class Collection(Matter):
    """`columns` and `examples` come from the empty sheet, checked by the office before it goes out; the file itself is
    an attachment. `due_on` is empty until then."""

    flow = COLLECTION_FLOW

    giver = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="发起单位")
    title = models.CharField("表名", max_length=120)
    note = models.TextField("填报要求", blank=True)
    columns = models.JSONField(default=list)
    examples = models.JSONField(default=list)
    opened_by = models.CharField("发起人", max_length=120)

    objects = CollectionQuerySet.as_manager()

    class Meta(Matter.Meta):
        ordering = ["-id"]
        verbose_name = "收表"
        indexes = [*Matter.Meta.indexes, models.Index(fields=["-opened_on", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(due_on__isnull=False),
                name="open_collection_has_deadline",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == "draft"

    def sheet_columns(self) -> list[SheetColumn]:
        return [SheetColumn(**one) for one in self.columns]

    def owner_unit_ids(self) -> set[int]:
        return {self.giver_id}

    def inbox_source(self) -> str:
        return "收表"

    def get_absolute_url(self) -> str:
        return f"/collections/{self.pk}"


class FillingQuerySet(MatterQuerySet):
    def held_by(self, unit_ids: Iterable[int]) -> "FillingQuerySet":
        """What was handed in waits for nobody: it is merged with the rest."""
        return super().held_by(unit_ids).exclude(state="handed_in")

    def seen_by(self, by: Any) -> "FillingQuerySet":
        reach = by.may.reach("collection.read")
        return self if reach.all else self.filter(unit_id__in=reach.owners)

    def missing(self) -> "FillingQuerySet":
        return self.filter(state__in=["filling", "reopened", "missing"])

    def official(self) -> "FillingQuerySet":
        return self.order_by("unit__order", "id")


class FillingManager(models.Manager.from_queryset(FillingQuerySet)):
    """Rows may be many: they are read where one filling is shown, never with a list."""

    def get_queryset(self) -> FillingQuerySet:
        return super().get_queryset().select_related("collection", "unit").defer("rows", "collection__examples")


class Filling(Matter):
    """One unit's rows. `rows` is what is on the page now; what was handed in stands unchanged in `Copy`."""

    flow = FILLING_FLOW

    due_on = models.DateField("时限")
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="fillings", verbose_name="收表")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="填报单位")
    rows = models.JSONField(default=list)
    row_count = models.IntegerField("行数", default=0)
    nothing = models.BooleanField("零报告", default=False)
    saved_by = models.CharField("保存人", max_length=120, blank=True)
    handed_in_at = models.DateTimeField("报送时间", null=True, blank=True)
    handed_in_by = models.CharField("报送人", max_length=120, blank=True)

    objects = FillingManager()

    class Meta(Matter.Meta):
        ordering = ["-id"]
        verbose_name = "收表填报"
        constraints = [models.UniqueConstraint(fields=["collection", "unit"], name="filling_once")]

    def __str__(self) -> str:
        return f"{self.collection.title}（{self.unit.short}）"

    def giver(self) -> Unit:
        return self.collection.giver

    def filler(self) -> Unit:
        return self.unit

    def owner_unit_ids(self) -> set[int]:
        """Filling is the unit's, also after handing in, so that a second click is told why and not turned away;
        sending back takes the right on all."""
        return {self.unit_id}

    @property
    def is_in(self) -> bool:
        return self.state in ("handed_in", "done")

    @property
    def handed_in_on(self) -> date | None:
        return timezone.localtime(self.handed_in_at).date() if self.handed_in_at else None

    @property
    def is_late(self) -> bool:
        return self.is_in and self.handed_in_on is not None and self.handed_in_on > self.due_on

    def standing(self, on: date, soon: date) -> str:
        """The lamp, by the house's keys."""
        if self.is_in:
            return "met_late" if self.is_late else "met"
        if self.state == "missing" or on > self.due_on:
            return "overdue"
        return "due_soon" if self.due_on <= soon else "not_due"

    def inbox_title(self) -> str:
        return self.collection.title

    def inbox_source(self) -> str:
        return "收表"

    def get_absolute_url(self) -> str:
        return f"/collections/fillings/{self.pk}"


class Copy(models.Model):
    """Rows as they stood at one moment: handed in, or replaced by an upload. Only ever added, so that nothing is lost."""

    HANDED_IN, REPLACED = "handed_in", "replaced"
    REASONS = [(HANDED_IN, "报送"), (REPLACED, "上传前留存")]

    filling = models.ForeignKey(Filling, models.CASCADE, related_name="copies", verbose_name="填报")
    reason = models.CharField("事由", max_length=10, choices=REASONS)
    rows = models.JSONField(default=list)
    row_count = models.IntegerField("行数")
    at = models.DateTimeField("时间")
    by_text = models.CharField("经办人", max_length=120)

    class Meta:
        ordering = ["id"]
        verbose_name = "填报留存"

    def __str__(self) -> str:
        return f"{self.filling} {self.at:%Y-%m-%d %H:%M}"
