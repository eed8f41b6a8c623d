"""The grade of an accident from its toll: any one number suffices, the highest counts (493号令第三条)."""

from datetime import date
from typing import Final

from anwei.rulebook import parameter

GENERAL: Final = "general"
GRADES: Final = {GENERAL: "一般", "larger": "较大", "major": "重大", "extraordinary": "特别重大"}
_RISING: Final = tuple(GRADES)


def grade_of(deaths: int, injuries: int, loss: int | None, day: date) -> str:
    """`injuries` are serious ones, acute industrial poisoning with them; `loss` is in 万元, None where not known yet."""
    toll = {"deaths": deaths, "injuries": injuries, "loss": loss or 0}
    for grade in reversed(_RISING[1:]):
        if any(count >= parameter(f"accident.grade.{grade}.{name}").at(day).number for name, count in toll.items()):
            return grade
    return GENERAL


def higher(one: str, other: str) -> str:
    """The higher of two grades; an empty one is none."""
    return max(one or GENERAL, other or GENERAL, key=_RISING.index)


def is_higher(one: str, other: str) -> bool:
    return _RISING.index(one) > _RISING.index(other)
