from anwei.duties.models.duty import Due, Duty
from anwei.duties.models.grants import Extension, Handback, MakeUp, ShareDay, Waiver
from anwei.duties.models.receipt import Dispatch
from anwei.duties.models.returns import Part, Return, Submission

__all__ = [
    "Dispatch",
    "Due",
    "Duty",
    "Extension",
    "Handback",
    "MakeUp",
    "Part",
    "Return",
    "ShareDay",
    "Submission",
    "Waiver",
]
