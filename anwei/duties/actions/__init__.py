"""Every write of the room, by noun."""

from anwei.duties.actions.adoption import adopt, apply_proposals, receive
from anwei.duties.actions.anchoring import anchor
from anwei.duties.actions.grants import (
    ask_extension,
    confirm_waivers,
    decide_extension,
    hand_back,
    record_make_up,
    reopen_waivers,
    settle_handback,
)
from anwei.duties.actions.parts import (
    accept_parts,
    attach_to_part,
    comment_part,
    detach_from_part,
    fill_part,
    return_part,
)
from anwei.duties.actions.returns import hand_in, resubmit, send_back, start_return, submit_for_check
from anwei.duties.actions.share_diary import record_shares

__all__ = [
    "accept_parts",
    "adopt",
    "anchor",
    "apply_proposals",
    "ask_extension",
    "attach_to_part",
    "comment_part",
    "confirm_waivers",
    "decide_extension",
    "detach_from_part",
    "fill_part",
    "hand_back",
    "hand_in",
    "receive",
    "record_make_up",
    "record_shares",
    "reopen_waivers",
    "resubmit",
    "return_part",
    "send_back",
    "settle_handback",
    "start_return",
    "submit_for_check",
]
