"""A duty as something that a town hands on to its villages (房间 errands): its words and its next deadline."""

from anwei.duties.models import Duty
from anwei.errands.sources import Source
from anwei.journal.by import By


def source_of_duty(by: By, pk: int) -> Source | None:
    """None where this person may not hand the duty on, or it no longer binds."""
    duty = Duty.objects.seen_by(by).filter(pk=pk, until=None).select_related("demand__measure", "unit").first()
    if duty is None or not by.may("duty.hand_on", duty):
        return None
    measure = duty.demand.measure
    coming = duty.dues.filter(deadline__gte=by.today).order_by("deadline").values_list("deadline", flat=True).first()
    return Source(f"要点第{measure.number}条", measure.title, measure.text, coming, duty.get_absolute_url())
