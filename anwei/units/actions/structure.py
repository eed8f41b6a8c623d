"""What hangs on units: other names, groups and members, who acts for a committee, sectors and who regulates them."""

from collections.abc import Iterable, Iterator
from datetime import date

from anwei.journal.acts import act, say
from anwei.journal.by import By
from anwei.units.actions.units import BELOW
from anwei.units.directory import CompetenceRow, MemberRow
from anwei.units.models import Alias, Competence, Group, GroupKind, GroupMember, Kind, Secretariat, Sector, Unit
from anwei.units.rows import ALWAYS, AliasList, Bad, GroupEntry, Names, SecretariatEntry, SectorEntry

ACTED_FOR = (Kind.COMMITTEE, Kind.SPECIAL_COMMITTEE)
_CHUNK = 500


@act("unit.edit")
def set_aliases(by: By, rows: Iterable[AliasList]) -> tuple[list[Unit], list[Bad]]:
    """Gives each named unit exactly the listed other names. Answers the units whose names changed."""
    names, problems, changed, said = Names.now(), [], [], {}
    taken = {unit.short: unit.pk for unit in names if unit.kind not in BELOW}
    taken |= dict(Alias.objects.values_list("text", "unit_id"))
    has = {}
    for unit_id, text in Alias.objects.values_list("unit_id", "text"):
        has.setdefault(unit_id, set()).add(text)
    gone, new = [], []
    for place, row in enumerate(rows, 1):
        unit = _find(names, row.unit, place, problems)
        if unit is None:
            continue
        wanted = dict.fromkeys(text.strip() for text in row.texts if text.strip())
        for text in list(wanted):
            wrong = _wrong_alias(text, unit, taken)
            if wrong:
                problems.append(Bad(place, text, wrong))
                del wanted[text]
        old = has.get(unit.pk, set())
        gone += [text for text in old if text not in wanted]
        new += [Alias(unit=unit, text=text) for text in wanted if text not in old]
        taken |= dict.fromkeys(wanted, unit.pk)
        if old != set(wanted):
            changed.append(unit)
            said[unit.code] = [sorted(old), list(wanted)]
    Alias.objects.filter(text__in=gone).delete()
    Alias.objects.bulk_create(new, batch_size=_CHUNK)
    say(f"登记别名，改了 {len(changed)} 个单位", about_rows=changed, aliases=said)
    return changed, problems


def _wrong_alias(text: str, unit: Unit, taken: dict[str, int]) -> str:
    if len(text) > 120:
        return f"别名「{text[:20]}…」有{len(text)}字，最多120字，请缩短"
    if taken.get(text, unit.pk) != unit.pk:
        return f"「{text}」已是别的单位的简称或别名，一个写法只能指一个单位，没有登记给{unit}"
    return ""


@act("unit.edit")
def set_groups(by: By, rows: Iterable[GroupEntry]) -> tuple[list[Group], list[Bad]]:
    """Makes and changes groups, known by `key`; members are `set_members`' matter."""
    names, problems, made = Names.now(), [], []
    before = {group.key: group for group in Group.objects.all()}
    for place, row in enumerate(rows, 1):
        body = _find(names, row.body, place, problems) if row.body else None
        wrong = list(_wrong_group(row))
        problems += [Bad(place, row.name or row.key, message) for message in wrong]
        if wrong or (row.body and body is None):
            continue
        group = before.get(row.key) or Group(key=row.key)
        columns = {"name": row.name, "kind": row.kind, "body_id": body.pk if body else None}
        if group.pk is None or any(getattr(group, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(group, name, value)
            group.save()
            before[row.key] = group
            made.append(group)
    say(f"登记或修改单位组 {len(made)} 个", about_rows=made)
    return made, problems


def _wrong_group(row: GroupEntry) -> Iterator[str]:
    if not row.key.strip() or len(row.key) > 60:
        yield f"单位组「{row.name}」的代码「{row.key[:20]}」是空的或超过60字，请改正"
    if not row.name.strip() or len(row.name) > 120:
        yield f"单位组「{row.key}」的名称是空的或超过120字，请改正"
    if row.kind not in GroupKind.values:
        yield f"单位组「{row.name}」的种类「{row.kind}」不认得，请从这些里选：{'、'.join(str(k.label) for k in GroupKind)}"


@act("unit.edit")
def set_members(by: By, rows: Iterable[MemberRow]) -> tuple[list[GroupMember], list[Bad]]:
    """Members with their days, known by group, unit and `since`. A member that is in already gets the new `until`."""
    names, problems, new, old = Names.now(), [], [], []
    groups = {group.key: group for group in Group.objects.all()}
    by_name = {group.name: group for group in groups.values()}
    before = {(m.group_id, m.unit_id, m.since): m for m in GroupMember.objects.all()}
    for place, row in enumerate(rows, 1):
        group, unit = groups.get(row.group) or by_name.get(row.group), _find(names, row.unit, place, problems)
        if group is None:
            problems.append(Bad(place, row.group, f"单位组「{row.group}」没有登记，请先在“单位组”里登记"))
            continue
        if unit is None or _wrong_span(row.since, row.until, f"{group}的成员{unit}", place, problems):
            continue
        member = before.get((group.pk, unit.pk, row.since))
        others = [m for (g, u, _), m in before.items() if (g, u) == (group.pk, unit.pk) and m is not member]
        if any(_overlap(row.since, row.until, m.since, m.until) for m in others):
            problems.append(
                Bad(place, str(unit), f"{group}里{unit}在 {row.since} 前后已是成员，日期重叠，请改正起止日期")
            )
        elif member is None:
            member = before[group.pk, unit.pk, row.since] = GroupMember(
                group=group, unit=unit, since=row.since, until=row.until
            )
            new.append(member)
        elif member.until != row.until:
            member.until = row.until
            old.append(member)
    GroupMember.objects.bulk_create(new, batch_size=_CHUNK)
    GroupMember.objects.bulk_update([m for m in old if m.pk], ["until"], batch_size=_CHUNK)
    say(f"登记组成员 {len(new)} 个，修改 {len(old)} 个", about_rows={m.group for m in [*new, *old]})
    return [*new, *old], problems


@act("unit.edit")
def end_member(by: By, member: GroupMember, *, until: date) -> GroupMember:
    """From `until` on the unit is no member any more."""
    GroupMember.objects.filter(pk=member.pk).update(until=max(until, member.since))
    member.refresh_from_db()
    say(f"{member.group}：{member.unit}自 {member.until} 起不再是成员", about_rows=[member.group, member.unit])
    return member


@act("unit.edit")
def set_secretariat(by: By, rows: Iterable[SecretariatEntry]) -> tuple[list[Secretariat], list[Bad]]:
    """Who acts for a committee from a day on. An earlier host that is still in office ends on that day."""
    names, problems, made = Names.now(), [], []
    for place, row in enumerate(rows, 1):
        committee = _find(names, row.committee, place, problems, "议事协调机构")
        host = _find(names, row.host, place, problems, "办公室所在单位")
        if committee is None or host is None:
            continue
        if committee.kind not in ACTED_FOR:
            problems.append(
                Bad(
                    place,
                    str(committee),
                    f"{committee}是{committee.get_kind_display()}，只有议事协调机构和专委会有人代办",
                )
            )
        elif host == committee:
            problems.append(Bad(place, str(committee), f"{committee}不能由自己代办，请填办公室所在单位"))
        elif not _wrong_span(row.since, row.until, f"{committee}的办公室", place, problems):
            made += _put_secretariat(committee, host, row, place, problems)
    said = "；".join(f"{one.committee}自 {one.since} 由{one.host}代办" for one in made[:5])
    say(f"设置办公室 {len(made)} 处{'：' + said if said else ''}", about_rows=[one.committee for one in made])
    return made, problems


def _put_secretariat(
    committee: Unit, host: Unit, row: SecretariatEntry, place: int, problems: list[Bad]
) -> list[Secretariat]:
    before = list(Secretariat.objects.filter(committee=committee))
    same = next((one for one in before if one.host_id == host.pk and one.since == row.since), None)
    if same is not None:
        if (same.until, same.basis) == (row.until, row.basis):
            return []
        Secretariat.objects.filter(pk=same.pk).update(until=row.until, basis=row.basis)
        return [same]
    open_before = [one for one in before if one.until is None and one.since < row.since]
    Secretariat.objects.filter(pk__in=[one.pk for one in open_before]).update(until=row.since)
    others = [one for one in before if one not in open_before]
    if any(_overlap(row.since, row.until, one.since, one.until) for one in others):
        problems.append(
            Bad(place, str(committee), f"{committee}在 {row.since} 前后已有办公室设置，日期重叠，请改正起止日期")
        )
        return []
    return [
        Secretariat.objects.create(committee=committee, host=host, since=row.since, until=row.until, basis=row.basis)
    ]


@act("unit.edit")
def set_sectors(by: By, rows: Iterable[SectorEntry]) -> tuple[list[Sector], list[Bad]]:
    """Makes and changes sectors, known by name: the words by which texts call them, and a note."""
    problems, made = [], []
    before = {sector.name: sector for sector in Sector.objects.all()}
    for place, row in enumerate(rows, 1):
        if not row.name.strip() or len(row.name) > 60:
            problems.append(Bad(place, row.name[:20], f"行业领域「{row.name[:20]}」是空的或超过60字，请改正"))
            continue
        sector = before.get(row.name)
        if sector is None or (sector.words, sector.note) != (list(row.words), row.note):
            sector = sector or Sector(name=row.name)
            sector.words, sector.note = list(row.words), row.note[:300]
            sector.save()
            before[row.name] = sector
            made.append(sector)
    say(f"登记或修改行业领域 {len(made)} 个", about_rows=made)
    return made, problems


@act("unit.edit")
def set_competences(by: By, rows: Iterable[CompetenceRow]) -> tuple[list[Competence], list[Bad]]:
    """Who regulates a sector, known by sector, mode, unit and `since`; basis, mark and end are written as given."""
    names, problems, new, old = Names.now(), [], [], []
    before = {(c.sector, c.mode, c.unit_id, c.since): c for c in Competence.objects.all()}
    modes = dict(Competence.MODES)
    for place, row in enumerate(rows, 1):
        unit = _find(names, row.unit, place, problems)
        what = f"行业领域「{row.sector}」的{unit or row.unit}"
        if row.mode not in modes:
            problems.append(
                Bad(place, row.sector, f"{what}监管方式「{row.mode}」不认得，请从这些里选：{'、'.join(modes.values())}")
            )
            continue
        if unit is None or not row.sector.strip() or _wrong_span(row.since, row.until, what, place, problems):
            continue
        known = before.get((row.sector, row.mode, unit.pk, row.since))
        columns = {"basis": row.basis[:200], "verified": row.verified, "until": row.until}
        if known is None:
            if row.until is None and any(
                key[:3] == (row.sector, row.mode, unit.pk) and one.until is None for key, one in before.items()
            ):
                problems.append(Bad(place, row.sector, f"{what}已登记且没有截止，请先给原来的一行填截止日期"))
                continue
            known = Competence(sector=row.sector, mode=row.mode, unit=unit, since=row.since, **columns)
            before[row.sector, row.mode, unit.pk, row.since] = known
            new.append(known)
        elif any(getattr(known, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(known, name, value)
            old.append(known)
    Competence.objects.bulk_create(new, batch_size=_CHUNK)
    Competence.objects.bulk_update([c for c in old if c.pk], ["basis", "verified", "until"], batch_size=_CHUNK)
    _missing_sectors({c.sector for c in new})
    say(f"登记行业分工 {len(new)} 条，修改 {len(old)} 条", about_rows={c.unit for c in [*new, *old]})
    return [*new, *old], problems


def _missing_sectors(named: set[str]) -> None:
    known = set(Sector.objects.filter(name__in=named).values_list("name", flat=True))
    Sector.objects.bulk_create([Sector(name=name, words=[]) for name in sorted(named - known)])


def _find(names: Names, word: str, place: int, problems: list[Bad], what: str = "单位") -> Unit | None:
    try:
        return names.find(word, what)
    except ValueError as error:
        problems.append(Bad(place, word, str(error)))
        return None


def _wrong_span(since: date | None, until: date | None, what: str, place: int, problems: list[Bad]) -> bool:
    if since is None or since < ALWAYS:
        problems.append(Bad(place, what, f"{what}的起始日期「{since or '空'}」不合理，请填 {ALWAYS} 以后的日期"))
    elif until is not None and until <= since:
        problems.append(Bad(place, what, f"{what}止于 {until}，不晚于起始日期 {since}，请改正"))
    else:
        return False
    return True


def _overlap(since: date, until: date | None, other_since: date, other_until: date | None) -> bool:
    return since < (other_until or date.max) and other_since < (until or date.max)
