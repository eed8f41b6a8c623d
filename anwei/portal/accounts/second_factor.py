"""Who needs a second factor, and who has one."""

from allauth.mfa.models import Authenticator

from anwei.portal import clock
from anwei.portal.accounts.limits import second_factor_is_required
from anwei.units.models import Person
from anwei.units.rights import roles


def has_second_factor(person: Person) -> bool:
    return Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.TOTP).exists()


def needs_second_factor(person: Person) -> bool:
    """One post in a role that asks for it is enough, whichever post is held at the moment."""
    held = {post.role for post in person.posts_on(clock.today())}
    return any(roles()[role].two_factor for role in held) and second_factor_is_required()
