"""A part may be handed on to the villages below; what they answer is laid beside the town's own answer."""

from anwei.errands.models import Errand, ErrandPart
from anwei.errands.sources import Source
from anwei.journal.by import By
from anwei.references import about


def source_of_part(by: By, pk: int) -> Source | None:
    """A part that this person's unit has to answer."""
    part = ErrandPart.objects.seen_by(by).filter(pk=pk).first()
    if part is None or not by.may("errand.give", part.unit):
        return None
    errand = part.errand
    return Source(errand.number_words, errand.title, errand.text, part.due_on, part.get_absolute_url())


def handed_on(part: ErrandPart) -> list[Errand]:
    """Errands that the receiver gave on from this part."""
    return list(Errand.objects.given_by([part.unit_id]).filter(source=about(part)).exclude(state="withdrawn"))


def answers_below(errands: list[Errand]) -> list[ErrandPart]:
    """The villages' parts of these errands, official order."""
    return list(ErrandPart.objects.filter(errand__in=errands).exclude(state="released").official())


def gathered(parts: list[ErrandPart]) -> str:
    """The villages' answers as a first draft of the town's own."""
    return "\n".join(f"{part.unit.short}：{part.answer}" for part in parts if part.answer)
