"""Every write of the room, by noun."""

from anwei.errands.actions.answering import (
    answer,
    answer_for_village,
    ask_more_time,
    close_answered,
    close_part,
    decide_more_time,
    release,
    renew_link,
    send_back,
    sign_part,
)
from anwei.errands.actions.giving import add_units, give, record_document_number, remind, sign_errand, withdraw

__all__ = [
    "add_units",
    "answer",
    "answer_for_village",
    "ask_more_time",
    "close_answered",
    "close_part",
    "decide_more_time",
    "give",
    "record_document_number",
    "release",
    "remind",
    "renew_link",
    "send_back",
    "sign_errand",
    "sign_part",
    "withdraw",
]
