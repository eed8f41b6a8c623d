"""What is wrong with a register before anybody relies on it. Every problem quotes the value and says what to do."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from anwei.units.directory import ACTED_FOR_KINDS, KIND_LABELS, SPECIAL_COMMITTEE, Directory
from anwei.units.resolution import wording
from anwei.units.resolution.answer import MeasureContext
from anwei.units.resolution.collectives import Collectives, common_collectives


@dataclass(frozen=True, slots=True)
class Problem:
    """`about` is the code, alias or phrase at fault; `message` is for people."""

    about: str
    message: str


def check_directory(directory: Directory, collectives: Collectives | None = None) -> tuple[Problem, ...]:
    """All problems of a register, over all days for rows and as of `directory.on` for who acts for whom."""
    rules = collectives or common_collectives()
    parts = (_units, _parents, _names, _committees, _spans, _members, _namings, _competences)
    found = [problem for part in parts for problem in part(directory)]
    found += _shadowed(directory, rules)
    return tuple(dict.fromkeys(found))


def _units(directory: Directory) -> Iterator[Problem]:
    for code, times in Counter(unit.code for unit in directory.units).items():
        if times > 1:
            yield Problem(code, f"代码「{code}」用了{times}次，每个单位须有自己的代码，请改其中一个")
    official = [unit for unit in directory.standing if unit.kind not in ("village", "establishment")]
    for order, times in Counter(unit.order for unit in official).items():
        if times > 1:
            names = "、".join(unit.short for unit in official if unit.order == order)
            yield Problem(str(order), f"机构序「{order}」有{times}个单位（{names}），请给每个单位不同的序号")
    for unit in directory.units:
        if unit.kind not in KIND_LABELS:
            yield Problem(
                unit.code, f"{unit.short}的种类「{unit.kind}」不认得，请改为其中之一：{'、'.join(KIND_LABELS)}"
            )
        if not unit.short.strip() or not unit.full.strip():
            yield Problem(unit.code, f"「{unit.code}」缺规范简称或全称，请补填")


def _parents(directory: Directory) -> Iterator[Problem]:
    parents = {unit.code: unit.parent for unit in directory.units}
    for unit in directory.units:
        if unit.parent and unit.parent not in parents:
            yield Problem(unit.code, f"{unit.short}的上级「{unit.parent}」不在机构序内，请先录上级或改正代码")
        seen, above = {unit.code}, unit.parent
        while above:
            if above == unit.code:
                yield Problem(unit.code, f"{unit.short}的上级绕了一圈又回到自己，请改正上级")
            if above in seen:
                break
            seen.add(above)
            above = parents.get(above, "")


def _names(directory: Directory) -> Iterator[Problem]:
    """Two units under one name: the resolver could not tell them apart. Villages may repeat a name in another town."""
    owners: dict[str, set[str]] = {}
    for unit in directory.standing:
        if unit.kind not in ("village", "establishment"):
            for name in (unit.short, unit.full):
                owners.setdefault(wording.squeeze(name), set()).add(unit.code)
    for alias in directory.aliases:
        if directory.unit(alias.unit):
            owners.setdefault(wording.squeeze(alias.text), set()).add(alias.unit)
        elif alias.unit not in {unit.code for unit in directory.units}:
            yield Problem(alias.text, f"别名「{alias.text}」指向的单位「{alias.unit}」不存在，请改正或删去")
    for name, codes in owners.items():
        if len(codes) > 1:
            units = "、".join(directory.short(code) for code in directory.in_order(codes))
            yield Problem(name, f"「{name}」同时是{units}的名称或别名，一个写法只能指一个单位，请删去其中一个")


def _committees(directory: Directory) -> Iterator[Problem]:
    for unit in directory.standing:
        if unit.kind not in ACTED_FOR_KINDS:
            continue
        host = directory.host_of(unit.code)
        if not host:
            yield Problem(unit.code, f"{unit.short}在{directory.on}没有办公室所在单位，没有人代办，请补录")
        members = directory.members_of(unit.code)
        if not members:
            yield Problem(unit.code, f"{unit.short}在{directory.on}没有成员单位，请补录")
        elif unit.kind == SPECIAL_COMMITTEE and host and host not in members:
            yield Problem(unit.code, f"{unit.short}的办公室所在单位{directory.short(host)}不在成员单位内，请核对")


def _spans(directory: Directory) -> Iterator[Problem]:
    known = {unit.code for unit in directory.units}
    for row in directory.secretariats:
        for code in (row.committee, row.host):
            if code not in known:
                yield Problem(code, f"办公室设置里的「{code}」不在机构序内，请改正代码")
        if row.since is None:
            yield Problem(row.committee, f"{directory.short(row.committee)}的办公室没有起始日期，请填写从哪天起代办")
        elif row.until is not None and row.until <= row.since:
            yield Problem(
                row.committee,
                f"{directory.short(row.committee)}的办公室止于{row.until}，不晚于起始日{row.since}，请改正",
            )
    for one, other in combinations(directory.secretariats, 2):
        if one.committee == other.committee and _overlap(one.since, one.until, other.since, other.until):
            name = directory.short(one.committee)
            yield Problem(one.committee, f"{name}在同一天有两个办公室所在单位，请给前一个填上截止日期")


def _members(directory: Directory) -> Iterator[Problem]:
    known, keys = {unit.code for unit in directory.units}, {group.key for group in directory.groups}
    for row in directory.members:
        if row.group not in keys:
            yield Problem(row.group, f"成员表里的单位组「{row.group}」不存在，请先录单位组")
        if row.unit not in known:
            yield Problem(row.unit, f"单位组「{row.group}」的成员「{row.unit}」不在机构序内，请改正代码")
        if row.until is not None and row.until <= row.since:
            yield Problem(
                row.unit, f"单位组「{row.group}」的成员「{row.unit}」止于{row.until}，不晚于起始日{row.since}，请改正"
            )
    for (group, unit, _), times in Counter((row.group, row.unit, row.since) for row in directory.members).items():
        if times > 1:
            yield Problem(unit, f"单位组「{group}」里{directory.short(unit)}写了{times}次，请删去重复的")


def _namings(directory: Directory) -> Iterator[Problem]:
    known = {unit.code for unit in directory.units}
    for row in directory.namings:
        where = f"第{row.measure}条「{row.phrase}」的点名"
        if not row.units:
            yield Problem(row.phrase, f"{where}一个单位也没有，请填写单位")
        for code in row.units:
            if code not in known:
                yield Problem(row.phrase, f"{where}里的「{code}」不在机构序内，请改正代码")
    keys = Counter((row.plan, row.measure, row.phrase, row.decided_on) for row in directory.namings)
    for (_, measure, phrase, day), times in keys.items():
        if times > 1:
            yield Problem(phrase, f"第{measure}条「{phrase}」在{day}点名{times}次，请合成一次")


def _competences(directory: Directory) -> Iterator[Problem]:
    known = {unit.code for unit in directory.units}
    for row in directory.competences:
        if row.unit not in known:
            yield Problem(row.sector, f"行业领域「{row.sector}」的监管单位「{row.unit}」不在机构序内，请改正代码")


def _shadowed(directory: Directory, rules: Collectives) -> Iterator[Problem]:
    """A name beats a rule: a unit called «各镇街» would swallow the collective name."""
    for alias in directory.aliases:
        rule = rules.find(alias.text, directory, MeasureContext())
        if rule is not None:
            yield Problem(
                alias.text, f"别名「{alias.text}」与集合称谓规则「{rule.key}」冲突，认名时别名优先，请核对是否有意"
            )


def _overlap(since: date | None, until: date | None, other_since: date | None, other_until: date | None) -> bool:
    if since is None or other_since is None:
        return False
    return since < (other_until or date.max) and other_since < (until or date.max)
