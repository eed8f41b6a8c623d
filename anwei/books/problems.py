"""What is wrong with a row that came in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` counts from 0 in what was handed in; `field` is the column's name, empty for the row as a whole.
    The message quotes the value, says the rule and what to do."""

    row: int
    field: str
    message: str

    def __str__(self) -> str:
        return self.message
