"""签收: what was handed down must be received."""

from django.db import models

from anwei.matters.flow import Flow, Move
from anwei.matters.models import Matter
from anwei.plans.models import Plan
from anwei.units.models import Unit

DISPATCH_FLOW = Flow(
    states={"sent": "待签收", "received": "已签收"},
    start="sent",
    ends=frozenset({"received"}),
    moves=(Move("receive", "签收", ("sent",), "received", may="duty.sign"),),
)


class Dispatch(Matter):
    """One plan handed down to one unit. `held` units (committees) receive through the unit that acts for them."""

    flow = DISPATCH_FLOW

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="dispatches")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    duties_count = models.IntegerField("任务数")

    class Meta(Matter.Meta):
        verbose_name = "任务下达"
        constraints = [models.UniqueConstraint(fields=["plan", "unit"], name="one_dispatch_a_unit")]

    def __str__(self) -> str:
        return f"《{self.plan}》下达{self.unit}"

    def owner_unit_ids(self) -> set[int]:
        return {self.unit_id, self.holder_id}

    def inbox_source(self) -> str:
        return "要点下达"

    def get_absolute_url(self) -> str:
        return f"/dispatches/{self.pk}"
