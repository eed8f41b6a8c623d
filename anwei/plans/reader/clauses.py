"""The responsibility clause of a measure, wherever it stands: in brackets behind the text, on a line of its own,
without brackets, one label a line, several in one measure, told by labels or by verbs.

Only clauses that leave no doubt are found here: labels; brackets or whole sentences of verbs. Weaker signs in running
text are the matter of `subjects`.
"""

import re
from dataclasses import dataclass, field

from anwei.plans.reader.draft import RoleDraft
from anwei.plans.reader.labels import Label, find_labels
from anwei.plans.reader.script import Script
from anwei.plans.reader.stretches import Stretches, bracket_pairs
from anwei.plans.reader.unit_lists import Unit, UnitList, read_units
from anwei.plans.reader.verbs import VERB, Part, read_verbs, says_when
from anwei.plans.reader.words import ADMIN_HEAD, names_unit, organisation

_CONTACT = re.compile("联系人|联系电话|电话：|传真|邮箱")
_LEADS = re.compile("牵头|主办|主责|主要")
_LIMIT = 3000


@dataclass(slots=True)
class Clauses:
    """What the clauses of a stretch of text say; `regions` are the stretches that are clause and no text."""

    roles: list[RoleDraft] = field(default_factory=list)
    deadlines: list[tuple[int, int]] = field(default_factory=list)
    regions: list[tuple[int, int]] = field(default_factory=list)

    @property
    def found(self) -> bool:
        return bool(self.roles)


def find_clauses(script: Script, start: int, end: int, first_leads: bool = False) -> Clauses:
    """The clauses in tight[start:end]. `first_leads`: the document says that the first unit named leads."""
    found = Clauses()
    text = script.tight
    pairs = bracket_pairs(text, start, end)
    labels = find_labels(script, start, end)
    _labelled(script, labels, pairs, start, end, found)
    covered = Stretches(found.regions)
    pos = start
    for left, right in sorted(pairs.items()):
        if left < pos or right - left > _LIMIT or covered.holds(left):
            continue
        _bracket(script, left, right, found)
        pos = right
    _sentences(script, start, end, Stretches(found.regions), found)
    found.roles.sort(key=lambda role: role.span)
    found.regions.sort()
    found.deadlines.sort()
    if first_leads and not any(role.lead for role in found.roles):
        found.roles = _first_leads(found.roles)
    return found


def _labelled(script: Script, labels: list[Label], pairs: dict[int, int], start: int, end: int, found: Clauses) -> None:
    text = script.tight
    brackets = Stretches([(left + 1, right + 1) for left, right in pairs.items()])
    for index, label in enumerate(labels):
        if label.kind == "neutral":
            continue
        around = brackets.around(label.start)
        stop = _field_end(script, label, labels[index + 1] if index + 1 < len(labels) else None, around, end)
        if label.kind == "role":
            added = role_field(script, label, stop, found)
        else:
            found.deadlines.append((label.end, stop))
            added = True
        if added:
            found.regions.append(_region(text, label, stop, around, pairs, start, end))


def _field_end(script: Script, label: Label, following: Label | None, around: tuple[int, int] | None, end: int) -> int:
    """Where a label's value ends: the next label, the bracket, the full stop, the paragraph (unless the list goes on)."""
    text = script.tight
    stop = min(end, around[1] if around else end)
    if following and following.start < stop:
        stop = following.start
        while stop > label.end and text[stop - 1] in "（【*":
            stop -= 1
    full_stop = _full_stop(text, label.end, stop)
    if around is None:
        begin = label.end
        while begin < stop and text[begin] == "\n":
            begin += 1
        while True:
            line_end = text.find("\n", begin, stop)
            if line_end < 0 or not _goes_on(script, line_end, stop):
                break
            begin = line_end + 1
        stop = stop if line_end < 0 else line_end
    return min(stop, full_stop)


def _full_stop(text: str, start: int, stop: int) -> int:
    at = text.find("。", start, stop)
    return stop if at < 0 else at


def _goes_on(script: Script, line_end: int, stop: int) -> bool:
    """Does a list of units go on behind the line feed?"""
    text = script.tight
    if text[line_end - 1] in "、，；和及":
        return True
    after = text[line_end + 1 : min(stop, line_end + 60)].split("\n")[0]
    return (
        len(after) < 40 and names_unit(after.rstrip("。、，；")) and bool(ADMIN_HEAD.match(after)) and "。" not in after
    )


def role_field(script: Script, label: Label, stop: int, found: Clauses) -> bool:
    text = script.tight
    value = text[label.end : stop]
    if not label.colon and not _plausible(value):
        return False
    span = script.span(label.start, stop)
    if label.persons:
        names = read_units(script, label.end, stop, persons=True)
        if not names.units:
            return False
        units = tuple(unit.name for unit in names.units)
        found.roles.append(RoleDraft(label.name, label.lead, names.open, units, span, persons=True))
        return True
    told = read_verbs(script, label.end, stop) if VERB.search(value) else None
    if told and told.verbs and told.parts and not told.strange:
        lone = len(told.parts) == 1 and not told.parts[0].lead
        for part in told.parts:
            name = label.name if lone or not part.role else part.role
            _add_roles(script, name, part.lead or (lone and label.lead), part.units, (part.start, part.end), found)
        found.deadlines.extend(told.deadline_spans)
        return True
    end = _take_deadline(script, label, stop, found)
    units_found = read_units(script, label.end, end)
    if units_found.units:
        _add_roles(script, label.name, label.lead, units_found, (label.start, stop), found)
    return bool(units_found.units) or label.colon


def _take_deadline(script: Script, label: Label, stop: int, found: Clauses) -> int:
    """An unlabelled deadline behind the units («区应急局；2023年6月底前») is no unit."""
    text = script.tight
    for mark in "；，、":
        at = text.rfind(mark, label.end, stop)
        if at > 0:
            piece = text[at + 1 : stop].strip("。 \n")
            if piece and not names_unit(piece) and says_when(piece):
                found.deadlines.append((at + 1, stop))
                return at
    return stop


def _plausible(value: str) -> bool:
    """Behind a label without colon only a list of units counts: its first piece must look like one."""
    first = re.split("[、，；,; \n]", value.strip("\n "))[0]
    return names_unit(re.sub("等.*$", "", first)) and not re.match("要|应|须|负责|的", first)


def _add_roles(script: Script, name: str, lead: bool, units: UnitList, at: tuple[int, int], found: Clauses) -> None:
    """One role, or three where brackets behind names say who leads: 「责任单位：甲（牵头）、乙」."""
    span = script.span(*at)
    noted: list[Unit] = [unit for unit in units.units if unit.note and _LEADS.search(unit.note)]
    if noted and not lead:
        found.roles.append(RoleDraft(noted[0].note, True, False, tuple(unit.name for unit in noted), span))
        rest = tuple(unit.name for unit in units.units if unit not in noted)
        if rest:
            found.roles.append(RoleDraft(name, False, units.open, rest, span))
        return
    found.roles.append(RoleDraft(name, lead, units.open, tuple(unit.name for unit in units.units), span))


_COUNTED = re.compile(r"(?<![^\n])(?:（?\d{1,2}[）.、]|[①-⑳]|[一二三四五六]、|（[一二三四五六]）)$")


def _region(
    text: str, label: Label, stop: int, around: tuple[int, int] | None, pairs: dict[int, int], start: int, end: int
) -> tuple[int, int]:
    if around and label.start - around[0] <= 2000:
        return (around[0], min(around[1] + 1, end))
    left = label.start
    while left > start and text[left - 1] in "【*":
        left -= 1
    counted = _COUNTED.search(text, max(start, left - 6), left)
    left = counted.start() if counted and counted.end() == left else left
    right = stop
    while right < end and text[right] in "；，。、】":
        right += 1
    return (left, right)


_TIMELY = re.compile("前$|内$|底$|期间?$|时$|季节?$|度$")


def _bracket(script: Script, left: int, right: int, found: Clauses) -> bool:
    """A bracket without labels is a clause when it tells by verbs who does it, lists units alone, or only says by when."""
    text = script.tight
    inside = text[left + 1 : right]
    if len(inside) < 2 or _CONTACT.search(inside):
        return False
    if VERB.search(inside):
        told = read_verbs(script, left + 1, right)
        if all(b - a <= 14 and _TIMELY.search(text[a:b]) for a, b in told.strange):
            told.deadline_spans.extend(told.strange)
            told.strange.clear()
        if told.verbs and told.parts and not told.strange and _all_units(told.parts, loose=True):
            _take(script, told.parts, found)
            found.deadlines.extend(told.deadline_spans)
            found.regions.append((left, right + 1))
            return True
        return False
    closes = right + 1 >= len(text) or text[right + 1] in "\n。；" or text[left - 1 : left] in "。；\n"
    if closes and _units_and_day(script, left, right, found):
        return True
    if not closes or text[left - 1 : left] not in "。；\n！”":
        return False
    value = inside.strip("。，")
    if len(value) <= 40 and not names_unit(value) and says_when(value):
        found.deadlines.append((left + 1, right))
        found.regions.append((left, right + 1))
        return True
    units = read_units(script, left + 1, right)
    if units.units and all(names_unit(unit.name) and ADMIN_HEAD.match(unit.name) for unit in units.units[:3]):
        _add_roles(script, "责任单位", False, units, (left + 1, right), found)
        found.regions.append((left, right + 1))
        return True
    return False


def _units_and_day(script: Script, left: int, right: int, found: Clauses) -> bool:
    """«（区应急局、区消防救援大队，6月底前）»: units beyond doubt, then by when."""
    text = script.tight
    cut = max(text.rfind("，", left, right), text.rfind("；", left, right))
    when = text[cut + 1 : right].strip("。，")
    if cut < 0 or len(when) > 20 or names_unit(when) or not says_when(when):
        return False
    units = read_units(script, left + 1, cut)
    if not units.units or not all(names_unit(unit.name) and organisation(unit.name) for unit in units.units):
        return False
    _add_roles(script, "责任单位", False, units, (left + 1, cut), found)
    found.deadlines.append((cut + 1, right))
    found.regions.append((left, right + 1))
    return True


def _all_units(parts: list[Part], loose: bool) -> bool:
    """Are all names plausible? Inside brackets a short name without ending (发改、住建) will do beside a real one."""
    names = [unit.name for part in parts for unit in part.units.units]
    good = [name for name in names if names_unit(name)]
    short = [name for name in names if len(name) <= 10 and not re.search("[的谁应要]", name)]
    return bool(good) and (len(good) == len(names) or (loose and all(name in short or name in good for name in names)))


def _take(script: Script, parts: list[Part], found: Clauses) -> None:
    for part in parts:
        _add_roles(script, part.role or "责任单位", part.lead, part.units, (part.start, part.end), found)


_SENTENCE = re.compile(r"[^。；！？\n（）【】]+(?:（[^（）\n]*）[^。；！？\n（）【】]*)*")
_CLAUSE_VERB = re.compile("牵头|负责|配合|会同|参与|分工|[为是]责任(?:单位|部门)")


def _sentences(script: Script, start: int, end: int, covered: Stretches, found: Clauses) -> None:
    """Whole sentences that only say who leads and who helps: 「由区应急局牵头，区公安局配合。」"""
    text = script.tight
    pos = start
    while match := _SENTENCE.search(text, pos, end):
        left, right = match.span()
        pos = right + 1
        if covered.touches(left, right) or right - left > 400:
            continue
        if not _CLAUSE_VERB.search(match.group()):
            continue
        told = read_verbs(script, left, right)
        if not told.verbs or not told.parts or told.strange or not _all_units(told.parts, loose=False):
            continue
        if not all(organisation(unit.name) for part in told.parts for unit in part.units.units):
            continue
        _take(script, told.parts, found)
        found.deadlines.extend(told.deadline_spans)
        while right < end and text[right] in "。；":
            right += 1
        found.regions.append((left, right))


def _first_leads(roles: list[RoleDraft]) -> list[RoleDraft]:
    for index, role in enumerate(roles):
        if role.units and not role.persons:
            first = RoleDraft(role.role, True, False, role.units[:1], role.span)
            rest = RoleDraft(role.role, False, role.open, role.units[1:], role.span)
            return [*roles[:index], first, *([rest] if rest.units else []), *roles[index + 1 :]]
    return roles
