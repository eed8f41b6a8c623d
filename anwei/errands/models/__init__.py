from anwei.errands.models.collection import Collection, Copy, Filling
from anwei.errands.models.errand import Addressee, Errand, NumberRow
from anwei.errands.models.link import Knock, VillageLink
from anwei.errands.models.part import ErrandPart, MoreTime

__all__ = [
    "Addressee",
    "Collection",
    "Copy",
    "Errand",
    "ErrandPart",
    "Filling",
    "Knock",
    "MoreTime",
    "NumberRow",
    "VillageLink",
]
