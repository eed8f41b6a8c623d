"""Which measure of a new version continues which of the old: by number first, then by text. Pure; the office confirms."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# A measure that kept its number and about half of its words is the same one; without the number more must agree.
SAME_NUMBER_FROM, SAME_TEXT_FROM = 0.4, 0.6
_PAIR = 2  # neighbouring characters are what a Chinese text is compared by before the slow comparison


@dataclass(frozen=True, slots=True)
class Text:
    """One measure as it is compared; `key` is whatever the caller knows it by."""

    key: int
    number: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """`old` is None where nothing before it is like it; `likeness` from 0 to 1; `why` for people."""

    new: int
    old: int | None
    likeness: float
    why: str


def paired(new: Sequence[Text], old: Sequence[Text]) -> list[Pairing]:
    """A proposal for each new measure, each old one used at most once."""
    found: dict[int, Pairing] = {}
    numbers: dict[str, Text] = {}
    for one in old:
        numbers.setdefault(one.number, one)
    taken: set[int] = set()
    for one in new:
        same = numbers.get(one.number)
        if same is None or same.key in taken:
            continue
        degree = likeness(one, same)
        if degree >= SAME_NUMBER_FROM:
            found[one.key] = Pairing(one.key, same.key, degree, f"条号相同，文字相同{degree:.0%}")
            taken.add(same.key)
    left = [(one, two) for one in new if one.key not in found for two in old if two.key not in taken]
    ranked = sorted(
        (
            (likeness(one, two), one.key, two.key)
            for one, two in left
            if _overlap(one.text, two.text) >= SAME_TEXT_FROM / 2
        ),
        reverse=True,
    )
    for degree, key, before in ranked:
        if degree >= SAME_TEXT_FROM and key not in found and before not in taken:
            found[key] = Pairing(key, before, degree, f"条号变了，文字相同{degree:.0%}")
            taken.add(before)
    return [found.get(one.key, Pairing(one.key, None, 0.0, "旧版没有相近的条目，作为新任务")) for one in new]


def likeness(one: Text, other: Text) -> float:
    """How much of the two texts agrees; a heading that is the same word for word counts for at least nine tenths."""
    if one.title and one.title == other.title:
        return max(0.9, SequenceMatcher(None, one.text, other.text, autojunk=False).ratio())
    return SequenceMatcher(None, one.text, other.text, autojunk=False).ratio()


def _overlap(one: str, other: str) -> float:
    """Share of common character pairs (Dice): quick, and what differs here differs there."""
    a, b = _grams(one), _grams(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _grams(text: str) -> set[str]:
    return {text[at : at + _PAIR] for at in range(len(text) - _PAIR + 1)}
