"""The abstract Matter (事项) and the Step that each move leaves."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models

from anwei.matters.flow import Flow
from anwei.references import about
from anwei.units.models import Unit


class MatterQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(closed_on=None)

    def held_by(self, unit_ids: Iterable[int]) -> Self:
        """Whose move is next."""
        return self.filter(holder_id__in=list(unit_ids))

    def overdue(self, on: date) -> Self:
        return self.open().filter(due_on__lt=on)


class Matter(models.Model):
    """Something that has to be closed. `holder` is the unit whose move is next; `due_on` may be open."""

    state = models.CharField("状态", max_length=20)
    holder = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="下一步该谁")
    opened_on = models.DateField("发起日期")
    due_on = models.DateField("时限", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    version = models.IntegerField(default=1)

    objects = MatterQuerySet.as_manager()
    flow: ClassVar[Flow]

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["holder", "closed_on", "due_on"])]

    @property
    def state_label(self) -> str:
        return self.flow.states[self.state]

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def owner_unit_ids(self) -> set[int]:
        """Whose matter it is now; rooms widen this where others may act as well."""
        return {self.holder_id}

    def inbox_title(self) -> str:
        return str(self)

    def inbox_source(self) -> str:
        """Where it comes from, as the inbox says it: 要点第13条, 交办单〔12〕号, 收表 …"""
        return str(self._meta.verbose_name)

    def get_absolute_url(self) -> str:
        raise NotImplementedError  # every concrete matter has a page; the house test asks it


def concrete_matters() -> list[type[Matter]]:
    return [model for model in apps.get_models() if issubclass(model, Matter)]


class StepQuerySet(models.QuerySet["Step"]):
    def of(self, matter: Matter) -> "StepQuerySet":
        return self.filter(about=about(matter)).order_by("id")


class Step(models.Model):
    """One move that was made: by whom, when, in what words. Names as text, so that they survive renames."""

    about = models.CharField(max_length=60, db_index=True)
    move = models.CharField(max_length=30)
    label = models.CharField("办理", max_length=40)
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    at = models.DateTimeField("时间")
    by_person = models.CharField("经办人", max_length=120)
    by_person_ref = models.CharField(max_length=60, blank=True)
    by_unit = models.CharField("单位", max_length=120, blank=True)
    text = models.TextField("意见", blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = "办理记录"

    def __str__(self) -> str:
        return f"{self.label}（{self.by_unit}）"
