"""An errand: what was handed out on one day, to whom, until when."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from anwei.matters.flow import Flow, Move
from anwei.matters.models import Matter, MatterQuerySet
from anwei.units.models import Kind, Unit

# Rights that no role holds: an act lends them to itself after it has checked what a table of roles cannot say.
SIGN = "errand.sign"  # the post that signs (setting errand.signer)
FOLLOW = "errand.follow"  # what follows from an act on the whole errand

ERRAND_FLOW = Flow(
    states={"draft": "待签发", "doing": "办理中", "done": "办结", "withdrawn": "已撤回"},
    start="draft",
    ends=frozenset({"done", "withdrawn"}),
    moves=(
        Move("sign", "签发", ("draft",), "doing", may=SIGN),
        Move("issue", "下发", ("draft",), "doing", may=FOLLOW),
        Move("finish", "全部办结", ("doing",), "done", may=FOLLOW),
        Move("withdraw", "撤回", ("draft", "doing"), "withdrawn", may="errand.close", asks=("text",), danger=True),
    ),
)


class ErrandQuerySet(MatterQuerySet):
    def held_by(self, unit_ids: Iterable[int]) -> "ErrandQuerySet":
        """Only a draft waits for a move of its own; afterwards the moves are those of the parts."""
        return super().held_by(unit_ids).filter(state="draft")

    def given_by(self, unit_ids: Iterable[int]) -> "ErrandQuerySet":
        """我发起."""
        return self.filter(giver_id__in=list(unit_ids))

    def seen_by(self, by: Any) -> "ErrandQuerySet":
        """The giver's own, and what was issued to a unit within reach; all for those who may read all."""
        reach = by.may.reach("errand.read")
        if reach.all:
            return self
        mine = Addressee.objects.filter(unit_id__in=reach.owners, told=True)
        return self.filter(id__in=mine.values("errand_id"))


class Errand(Matter):
    """`number` is given at signing, per giver and year, without gaps. `source` is the reference of what is handed on
    (room.model:id), `source_words` what it is called: 要点第13条."""

    flow = ERRAND_FLOW

    due_on = models.DateField("时限")
    giver = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="交办单位")
    title = models.CharField("事项", max_length=120)
    text = models.TextField("内容", blank=True)
    contact = models.CharField("联系人和电话", max_length=80, blank=True)
    source = models.CharField(max_length=60, blank=True, db_index=True)
    source_words = models.CharField("来源", max_length=120, blank=True)
    year = models.IntegerField("年度", null=True, blank=True)
    number = models.IntegerField("编号", null=True, blank=True)
    outside_number = models.CharField("公文系统文号", max_length=60, blank=True)
    signed_on = models.DateField("签发日期", null=True, blank=True)
    signed_by = models.CharField("签发人", max_length=120, blank=True)
    drafted_by = models.CharField("拟稿人", max_length=120)
    units = models.ManyToManyField(Unit, through="Addressee", related_name="+", verbose_name="主送")
    to_words = models.TextField("主送", blank=True)  # as the paper says it, so that it survives renames

    objects = ErrandQuerySet.as_manager()

    class Meta(Matter.Meta):
        ordering = ["-id"]
        verbose_name = "交办单"
        indexes = [*Matter.Meta.indexes, models.Index(fields=["-opened_on", "-id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["giver", "year", "number"], condition=Q(number__isnull=False), name="errand_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(number__isnull=False), name="issued_errand_has_number"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == "draft"

    @property
    def by_office(self) -> bool:
        """Whether this is a paper of the committee's office, which a named post signs."""
        return self.giver.kind == Kind.COMMITTEE_OFFICE

    @property
    def number_words(self) -> str:
        """交办单〔12〕号; a draft has no number yet."""
        return f"交办单〔{self.number}〕号" if self.number else "交办单（未签发）"

    @property
    def full_number(self) -> str:
        """As the paper writes it: the document system's number where it was filled in."""
        return self.outside_number or (f"交办单〔{self.year}〕{self.number}号" if self.number else "交办单〔　　〕　号")

    def owner_unit_ids(self) -> set[int]:
        return {self.giver_id}

    def inbox_source(self) -> str:
        return self.number_words

    def get_absolute_url(self) -> str:
        return f"/errands/{self.pk}"


class Addressee(models.Model):
    """One unit that an errand is for; `told` from the day of issue on. The giver stands here as well (`giver`), so that
    one indexed column scopes the ledger."""

    errand = models.ForeignKey(Errand, models.CASCADE, related_name="addressees")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    giver = models.BooleanField(default=False)
    told = models.BooleanField(default=False)

    class Meta:
        ordering = ["unit__order", "unit_id"]
        verbose_name = "主送单位"
        indexes = [models.Index(fields=["unit", "told"])]
        constraints = [models.UniqueConstraint(fields=["errand", "unit"], name="errand_addressee_once")]

    def __str__(self) -> str:
        return f"{self.errand}·{self.unit}"


class NumberRow(models.Model):
    """The last number of a giver's year. Locked by the transaction that issues, so that no number is lost or doubled."""

    giver = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        verbose_name = "交办单编号"
        constraints = [models.UniqueConstraint(fields=["giver", "year"], name="errand_number_row_once")]

    def __str__(self) -> str:
        return f"{self.giver} {self.year}: {self.last}"
