"""What happens at the door: signing in, being refused, signing out. Recorded without a password."""

from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused
from anwei.units.models import Person


@act("session.record", subject="person")
def record_sign_in(by: By, person: Person, *, address: str, second_factor: bool) -> Person:
    say(f"登录{'（密码和动态口令）' if second_factor else ''}：{person.username}，来自 {address}", address=address)
    return person


@act("session.record", subject="person")
def record_refusal(by: By, person: Person | None, *, username: str, address: str, why: str) -> None:
    """A failed attempt: always raises Refused, so that it stands in the journal as one.

    An unknown name is shortened: people type their password into the wrong field.
    """
    named = person.username if person is not None else f"{username[:2]}…（没有这个登录名）"
    raise Refused(f"登录被拒：{named}，{why}，来自 {address}")


@act("session.record", subject="person")
def record_sign_out(by: By, person: Person, *, why: str) -> Person:
    say(f"退出：{person.username}，{why}")
    return person


@act("session.record", subject="person")
def record_second_factor(by: By, person: Person, *, what: str) -> Person:
    """Binding and releasing a second factor, new recovery codes."""
    say(f"{what}：{person.username}")
    return person
