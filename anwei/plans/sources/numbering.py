"""Automatic numbers of a Word document: the text of 一、 lives in numbering.xml, the paragraph only points there."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from anwei.plans.sources.numerals import numeral

PLACE = re.compile(r"%([1-9])")
UNNUMBERED = {"bullet", "none"}
LEVELS = 9
LONGEST_CHAIN = 20  # styles may be based on each other in a circle


@dataclass(slots=True)
class Level:
    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    legal: bool = False  # every figure decimal, whatever its own level says
    restart: int | None = None
    style: str | None = None


@dataclass(slots=True)
class List:
    """One w:num: the abstract list that it counts in, and what it changes there."""

    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


def local(element: etree._Element) -> str:
    """Name without namespace: transitional and strict documents differ only there."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: etree._Element | None, name: str = "val") -> str | None:
    if element is None:
        return None
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return None


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    if element is not None:
        for each in element:
            if local(each) == name:
                return each
    return None


def whole(text: str | None, otherwise: int = 0) -> int:
    """A small whole number; a broken document may hold anything."""
    try:
        return max(-1, min(int(text or ""), 1_000_000))
    except ValueError:
        return otherwise


Part = Callable[[], etree._Element | None]


class Numbering:
    """Counts through a document: `number` is called once for each numbered paragraph, in order.

    The two parts are fetched when the first paragraph asks: most documents number by hand.
    """

    def __init__(self, numbering: Part, styles: Part):
        self._fetch_numbering: Part | None = numbering
        self._fetch_styles: Part | None = styles
        self._abstracts: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, List] = {}
        self._styles: dict[str, tuple[str | None, int | None, str | None]] = {}
        self._of_style: dict[str, tuple[str | None, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def _read_styles(self) -> None:
        if self._fetch_styles is None:
            return
        styles, self._fetch_styles = self._fetch_styles(), None
        if styles is None:
            return
        space = styles.tag[: styles.tag.rfind("}") + 1]  # one namespace for the whole part; find() is many times faster
        for style in styles.iterchildren(f"{space}style"):
            name = style.get(f"{space}styleId")
            if name is not None:
                properties = style.find(f"{space}pPr")
                pointer = None if properties is None else properties.find(f"{space}numPr")
                level = attribute(child(pointer, "ilvl"))
                self._styles[name] = (
                    attribute(child(pointer, "numId")),
                    None if level is None else whole(level),
                    attribute(style.find(f"{space}basedOn")),
                )

    def _read_numbering(self) -> None:
        if self._fetch_numbering is None:
            return
        self._read_styles()
        numbering, self._fetch_numbering = self._fetch_numbering(), None
        linked: dict[str, str] = {}
        for element in () if numbering is None else numbering:
            if local(element) == "abstractNum":
                key = attribute(element, "abstractNumId") or ""
                self._abstracts[key] = self._levels(element)
                if (link := attribute(child(element, "numStyleLink"))) is not None:
                    linked[key] = link
            elif local(element) == "num":
                self._read_list(element)
        for key, style in linked.items():  # a list that only names the style which defines it
            target = self._lists.get(self._styles.get(style, (None, None, None))[0] or "")
            if target is not None:
                self._abstracts[key] = self._abstracts.get(target.abstract, {})

    def _levels(self, element: etree._Element) -> dict[int, Level]:
        levels = ((whole(attribute(each, "ilvl"), -1), each) for each in element if local(each) == "lvl")
        return {at: self._level(each) for at, each in levels if 0 <= at < LEVELS}

    def _level(self, element: etree._Element) -> Level:
        level = Level()
        for each in element:
            name, value = local(each), attribute(each)
            if name == "start":
                level.start = whole(value, 1)
            elif name == "numFmt":
                level.number_format = value or "decimal"
            elif name == "lvlText":
                level.text = value or ""
            elif name == "isLgl":
                level.legal = value not in ("0", "false")
            elif name == "lvlRestart":
                level.restart = whole(value)
            elif name == "pStyle":
                level.style = value
            elif name == "AlternateContent":  # newer formats hide here with a decimal fallback beside them
                for shown in each.iter():
                    if local(shown) == "numFmt":
                        level.number_format = attribute(shown) or level.number_format
        return level

    def _read_list(self, element: etree._Element) -> None:
        numbered = List(attribute(child(element, "abstractNumId")) or "")
        for each in element:
            if local(each) == "lvlOverride":
                at = min(whole(attribute(each, "ilvl")), LEVELS)
                start = attribute(child(each, "startOverride"))
                if start is not None:
                    numbered.starts[at] = whole(start, 1)
                if (level := child(each, "lvl")) is not None:
                    numbered.levels[at] = self._level(level)
        self._lists[attribute(element, "numId") or ""] = numbered

    def of_style(self, style: str | None) -> tuple[str | None, int]:
        """(list, level) that a paragraph style brings, following what it is based on."""
        if style is None:
            return None, 0
        if style not in self._of_style:
            self._read_styles()
            self._of_style[style] = self._looked_up(style)
        return self._of_style[style]

    def _looked_up(self, style: str | None) -> tuple[str | None, int]:
        asked = style
        for _ in range(LONGEST_CHAIN):
            if style is None or style not in self._styles:
                break
            number_id, level, base = self._styles[style]
            if number_id is not None:
                return number_id, self._level_of_style(number_id, asked) if level is None else level
            style = base
        return None, 0

    def _level_of_style(self, number_id: str, style: str | None) -> int:
        self._read_numbering()
        numbered = self._lists.get(number_id)
        levels = self._abstracts.get(numbered.abstract, {}) if numbered else {}
        return next((at for at, level in levels.items() if level.style == style), 0)

    def number(self, number_id: str, at: int) -> str:
        """The next number of this list at this level as it is printed; empty for bullets and unknown lists."""
        self._read_numbering()
        numbered = self._lists.get(number_id)
        if numbered is None or not 0 <= at < LEVELS:
            return ""
        levels = self._abstracts.get(numbered.abstract, {}) | numbered.levels
        level = levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(numbered.abstract, {})
        if at in numbered.starts and (number_id, at) not in self._begun:
            counts[at] = numbered.starts[at] - 1
        self._begun.add((number_id, at))
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [each for each in counts if each > at]:
            restart = levels.get(deeper, Level()).restart
            if restart is None or at < restart:
                del counts[deeper]
        if level.number_format in UNNUMBERED:
            return ""
        return self._printed(level, levels, counts)

    def _printed(self, level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
        def figure(place: re.Match) -> str:
            at = int(place[1]) - 1
            shown = levels.get(at, Level())
            value = counts.get(at, shown.start)
            return numeral(value, "decimal" if level.legal else shown.number_format)

        text = PLACE.sub(figure, level.text).strip()
        return text + " " if text and text[-1].isalnum() else text
