"""Whose signature lets an errand of the committee's office out: posts named by the setting `errand.signer`."""

import re
from datetime import date

from anwei.journal.by import By
from anwei.units.models import Kind, Post
from anwei.units.queries import setting_on

KEY = "errand.signer"
DEFAULT = "副主任、主任"


def signer_titles(on: date) -> list[str]:
    """Beginnings of the post titles that sign, as the office set them."""
    return [word for word in re.split(r"[、，,\s]+", str(setting_on(KEY, on, DEFAULT))) if word]


def signer_words(on: date) -> str:
    return "安委办" + "或".join(signer_titles(on))


def may_sign(by: By) -> bool:
    """Whether the post that acts is one of those; a title «副主任（日常操作）» begins with «副主任»."""
    if by.person is None or by.unit is None or by.unit.kind != Kind.COMMITTEE_OFFICE:
        return False
    posts = Post.objects.holding_on(by.today).filter(person_id=by.person.pk, unit=by.unit)
    role = getattr(by.may, "role", None)
    if role is not None:
        posts = posts.filter(role=role.key)
    words = tuple(signer_titles(by.today))
    return any(post.title.startswith(words) for post in posts)
