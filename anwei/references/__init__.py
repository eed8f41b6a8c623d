"""How anything in the house is pointed at: one text, `room.model:id`.

Knows: how to make such a reference from a row and how to take it apart.
Knows not: what the row is, whether it exists, or who may see it.
"""

from anwei.references.about import About, about, split_about

__all__ = ["About", "about", "split_about"]
