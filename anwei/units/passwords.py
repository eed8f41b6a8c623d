"""What a password must be (values in the rulebook), and one-time passwords. Pure but for the random numbers."""

import secrets
import string
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from anwei.rulebook.parameters import Override, parameter

# Read aloud and typed from paper: without 0 O 1 l I.
_LETTERS = "".join(sign for sign in string.ascii_letters if sign not in "OlI")
_DIGITS = "23456789"
_CLASSES = (
    (str.isupper, "大写字母"),
    (str.islower, "小写字母"),
    (str.isdigit, "数字"),
    (lambda sign: not sign.isalnum(), "符号"),
)
_LONGEST = 128
_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules in force on a day: length, character classes, how many old ones are barred, days until the change."""

    min_length: int
    min_classes: int
    remembered: int
    max_age_days: int

    @property
    def words(self) -> str:
        """One sentence for the form."""
        return (
            f"至少{self.min_length}位；大写字母、小写字母、数字、符号中至少{self.min_classes}类；不含登录名和单位名；"
            f"不与最近{self.remembered}次相同"
        )


def policy_on(day: date, overrides: Iterable[Override] = ()) -> Policy:
    own = list(overrides)
    return Policy(
        *(
            parameter(f"password.{name}").at(day, own).number
            for name in ("min_length", "min_classes", "remembered", "max_age_days")
        )
    )


def password_problems(password: str, policy: Policy, names: Iterable[str] = ()) -> list[str]:
    """Why a password will not do; empty when it will. `names` must not stand in it (of the person, of the unit)."""
    found = []
    if len(password) < policy.min_length:
        found.append(f"密码只有{len(password)}位，至少要{policy.min_length}位")
    if len(password) > _LONGEST:
        found.append(f"密码有{len(password)}位，最多{_LONGEST}位")
    has = [label for test, label in _CLASSES if any(test(sign) for sign in password)]
    if len(has) < policy.min_classes:
        found.append(
            f"密码只有{'、'.join(has) or '空白'}，大写字母、小写字母、数字、符号中至少要{policy.min_classes}类，请补上"
        )
    low = password.lower()
    found += [
        f"密码里有「{name}」（登录名或单位名），容易被猜到，请换一个"
        for name in dict.fromkeys(names)
        if len(name) >= _SHORTEST_NAME and name.lower() in low
    ]
    return found


def one_time_password() -> str:
    """Three groups of four, letters and digits that cannot be mistaken for each other: about 68 bits."""
    while True:
        groups = ["".join(secrets.choice(_LETTERS + _DIGITS) for _ in range(4)) for _ in range(3)]
        made = "-".join(groups)
        if all(any(test(sign) for sign in made) for test, _ in _CLASSES):
            return made
