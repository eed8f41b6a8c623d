"""To whom an errand or a sheet may go, and how many names become one phrase."""

from collections.abc import Iterable
from datetime import date

from anwei.journal.by import By
from anwei.units.models import Kind, Unit
from anwei.units.models.unit import MEMBER_KINDS, UnitQuerySet
from anwei.units.rows import Names

# Bodies without a desk, those that are only copied in, and units known below their town only.
NEVER = (Kind.COMMITTEE, Kind.COMMITTEE_OFFICE, Kind.JUDICIAL_BODY, Kind.VILLAGE, Kind.ESTABLISHMENT, Kind.OUTSIDE_BODY)
TOWNS, DEPARTMENTS, EVERYBODY, BELOW = "towns", "departments", "everybody", "below"
GROUPS = {TOWNS: "全部镇街（含园区）", DEPARTMENTS: "全部部门和驻区单位", EVERYBODY: "全体"}
# A phrase stands for its kinds where every unit of them is addressed, in the official order.
PHRASES: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({Kind.SPECIAL_COMMITTEE}), "各专委会"),
    (frozenset(MEMBER_KINDS), "安委会各成员单位"),
    (frozenset({Kind.TOWN, Kind.SUBDISTRICT}), "各镇（街道）"),
    (frozenset({Kind.VILLAGE}), "各村（社区）"),
)
_FEW = 2  # a phrase for one or two units says less than their names


def receivers(by: By, capability: str = "errand.give") -> UnitQuerySet:
    """Units that this person may give to: the district's for the office, the villages below for others."""
    standing = Unit.objects.standing_on(by.today).official()
    reach = by.may.reach(capability)
    if reach.all:
        return standing.exclude(kind__in=NEVER)
    if by.unit is None:
        return standing.none()
    return standing.filter(pk__in=reach.owners, parent=by.unit, kind=Kind.VILLAGE)


def groups_for(by: By, units: Iterable[Unit]) -> list[tuple[str, str]]:
    """The shortcuts that mean something here, with the number of units."""
    units = list(units)
    if units and all(unit.kind == Kind.VILLAGE for unit in units):
        return [(BELOW, f"全部村（社区）（{len(units)}）")]
    counted = [(key, label, len(of_group(key, units))) for key, label in GROUPS.items()]
    return [(key, f"{label}（{count}）") for key, label, count in counted if count]


def of_group(key: str, units: Iterable[Unit]) -> list[Unit]:
    """全体 leaves the special committees out: their members and hosts are all there."""
    if key == TOWNS:
        return [unit for unit in units if unit.is_territory]
    if key == DEPARTMENTS:
        return [unit for unit in units if unit.kind in MEMBER_KINDS]
    if key == EVERYBODY:
        return [unit for unit in units if unit.kind != Kind.SPECIAL_COMMITTEE]
    return list(units) if key == BELOW else []


def units_by_name(text: str, among: Iterable[Unit]) -> tuple[list[Unit], list[str]]:
    """(units, problems) for names as a paper lists them: 青榆镇、区住建局，…"""
    allowed = {unit.pk for unit in among}
    names, good, problems = Names.now(), [], []
    for sign in "，,；;\n\t　":
        text = text.replace(sign, "、")
    for word in filter(None, (part.strip() for part in text.split("、"))):
        try:
            unit = names.find(word)
        except ValueError as error:
            problems.append(str(error))
            continue
        if unit.pk in allowed:
            good.append(unit)
        else:
            problems.append(f"单位「{word}」不在您能交办的单位之列，请从下面的单位里选")
    return good, problems


def to_words(units: Iterable[Unit], on: date) -> str:
    """The addressees as a paper names them: whole kinds by their phrase, the rest by short name, official order."""
    left = {unit.pk: unit for unit in units}
    first: list[tuple[int, str]] = []
    kinds = {unit.kind for unit in left.values()}
    standing = Unit.objects.standing_on(on).filter(kind__in=kinds)
    below = {unit.parent_id for unit in left.values() if unit.kind == Kind.VILLAGE}
    everyone = [unit for unit in standing if unit.kind != Kind.VILLAGE or unit.parent_id in below]
    for phrase_kinds, phrase in PHRASES:
        members = [unit for unit in everyone if unit.kind in phrase_kinds]
        if len(members) > _FEW and phrase_kinds <= kinds and all(unit.pk in left for unit in members):
            first.append((members[0].order, phrase))
            for unit in members:
                del left[unit.pk]
    named = [(unit.order, unit.short) for unit in left.values()]
    return "、".join(word for _, word in sorted(first + named))
