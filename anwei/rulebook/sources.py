"""Where a rule comes from, and whether somebody has read it there."""

from dataclasses import dataclass
from typing import Final

from anwei.rulebook.reading import Item

# How a line came to us. Only what was read in its source, or follows from such lines, may be called verified.
MARKS: Final = {
    "seen": "见原文",
    "derived": "由原文推出",
    "plan": "要点原文",
    "convention": "常例",
    "memory": "未见原文",
    "conflict": "出处不一",
    "design": "软件建议值",
}
VERIFIABLE: Final = ("seen", "derived")


@dataclass(frozen=True)
class Source:
    """A law with its article as pages quote it; `ref` is the line of our own collection of facts."""

    law: str
    article: str = ""
    ref: str = ""

    def __str__(self) -> str:
        return f"{self.law}{self.article}"


@dataclass(frozen=True)
class Standing:
    """Source, mark and verification: every rule of the book carries them."""

    source: Source
    mark: str
    verified: bool

    @property
    def mark_in_words(self) -> str:
        return MARKS[self.mark]


STANDING_FIELDS: Final = ("source", "mark", "verified")


def read_standing(fields: dict[str, Item]) -> Standing:
    """Read `source`, `mark`, `verified` from the fields of an entry and hold them against each other."""
    given = fields["source"].fields(("law",), ("article", "ref"))
    source = Source(**{name: item.text() for name, item in given.items()})
    mark = fields["mark"].one_of(MARKS)
    verified = fields["verified"].flag()
    if verified and mark not in VERIFIABLE:
        fields["verified"].fail(
            f"标记为 {mark}（{MARKS[mark]}）的条目不能写 verified: true，核对原文后把 mark 改为 seen 并写明条款"
        )
    if verified and not source.article:
        fields["source"].fail("已核（verified: true）的条目必须写明条款，请补 source.article")
    return Standing(source, mark, verified)
