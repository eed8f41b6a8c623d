"""The only code that writes units, people, posts and settings. Every function is an act (`journal.acts`).

Plural actions take rows (`units.rows`) and answer (made, problems): good rows are written, bad ones come back as `Bad`
with their place and a message. A form passes one row.
"""

from anwei.units.actions.people import (
    activate_person,
    add_people,
    add_post,
    change_own_password,
    change_person,
    deactivate_person,
    end_post,
    reset_password,
    unlock_person,
)
from anwei.units.actions.sessions import record_refusal, record_second_factor, record_sign_in, record_sign_out
from anwei.units.actions.settings import set_setting
from anwei.units.actions.structure import (
    end_member,
    set_aliases,
    set_competences,
    set_groups,
    set_members,
    set_secretariat,
    set_sectors,
)
from anwei.units.actions.units import change_unit, register_units

__all__ = [
    "activate_person",
    "add_people",
    "add_post",
    "change_own_password",
    "change_person",
    "change_unit",
    "deactivate_person",
    "end_member",
    "end_post",
    "record_refusal",
    "record_second_factor",
    "record_sign_in",
    "record_sign_out",
    "register_units",
    "reset_password",
    "set_aliases",
    "set_competences",
    "set_groups",
    "set_members",
    "set_secretariat",
    "set_sectors",
    "set_setting",
    "unlock_person",
]
