"""The numbers of the gate: tries before the lock, minutes of the lock, how long a session lasts. All from the rulebook."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest

from anwei.portal import clock
from anwei.rulebook.parameters import parameter
from anwei.units.passwords import Policy, policy_on
from anwei.units.queries import overrides_on, setting_on


@dataclass(frozen=True, slots=True)
class Limits:
    """Idle and absolute length of a session, in seconds."""

    idle: int
    absolute: int


def _number(key: str, day: date) -> int:
    return parameter(key).at(day, overrides_on(day)).number


def session_limits() -> Limits:
    day = clock.today()
    return Limits(_number("session.idle_minutes", day) * 60, _number("session.absolute_hours", day) * 3600)


def max_failures(request: HttpRequest | None = None, credentials: object = None) -> int:
    """How many failed attempts lock a name (asked by axes)."""
    return _number("sign_in.max_failures", clock.today())


def lock_time(request: HttpRequest | None = None) -> timedelta:
    """How long the lock lasts (asked by axes)."""
    return timedelta(minutes=_number("sign_in.lock_minutes", clock.today()))


def password_policy() -> Policy:
    day = clock.today()
    return policy_on(day, overrides_on(day))


def second_factor_is_required() -> bool:
    """Whether roles that ask for a second factor get it; a demonstration turns it off."""
    return setting_on("sign_in.two_factor", clock.today(), "required") != "off"
