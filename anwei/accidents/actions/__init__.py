from anwei.accidents.actions.clock import extend, hand_up, ratify, resume, submit_report, suspend
from anwei.accidents.actions.ledger import (
    attach_files,
    name_units,
    record_accidents,
    update_casualties,
    void_accident,
)

__all__ = [
    "attach_files",
    "extend",
    "hand_up",
    "name_units",
    "ratify",
    "record_accidents",
    "resume",
    "submit_report",
    "suspend",
    "update_casualties",
    "void_accident",
]
