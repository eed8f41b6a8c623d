"""Sheets of paper and their type area. Lengths in millimetres."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float

    @property
    def across(self) -> bool:
        return self.width > self.height

    @property
    def inner_width(self) -> float:
        return self.width - self.left - self.right


# GB/T 9704-2012 5.2: head margin 37±1, binding margin 28±1, type area 156 × 225.
A4 = Sheet(210, 297, 37, 35, 28, 26)
# Tables that go with a document: the wide sheets of the same paper family.
A4_ACROSS = Sheet(297, 210, 22, 18, 20, 18)
A3_ACROSS = Sheet(420, 297, 20, 18, 22, 18)
