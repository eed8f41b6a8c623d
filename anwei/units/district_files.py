"""A district written down as YAML files (`examples/linjiang/`), read into plain rows.

`read_district(folder)` gives a `Directory` and the problems that were found, in Chinese. Rows that cannot be read are
left out and reported; a missing file is a register without that part.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import yaml

from anwei.units.directory import (
    DIRECT,
    GENERAL,
    LOCAL,
    AliasRow,
    CompetenceRow,
    Directory,
    District,
    GroupRow,
    MemberRow,
    NamingRow,
    SecretariatRow,
    SectorRow,
    UnitRow,
)

_Row = TypeVar("_Row")
_NEAR_UNITS = ("villages", "establishments")
# Villages and firms stand behind all organs, in the order of their towns.
_BEHIND = 10_000
_PER_TOWN = 100


class _DatesAsText(yaml.SafeLoader):
    """YAML would stop the whole file at 2023-02-30; as text the one row can be named."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


class _Files:
    """The files of one folder and what was wrong with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[str] = []

    def load(self, name: str) -> Mapping[str, Any]:
        path = self.folder / f"{name}.yaml"
        if not path.exists():
            return {}
        try:
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=_DatesAsText)
        except (OSError, ValueError, yaml.YAMLError) as error:
            self.problems.append(f"{path.name} 读不出来：{error}，请改正后再装入")
            return {}
        if not isinstance(data, Mapping):
            self.problems.append(f"{path.name} 应当由“名称: 值”组成，请对照样例改正")
            return {}
        return data

    def rows(self, name: str, entries: Any, make: Callable[[Mapping[str, Any]], _Row]) -> list[_Row]:
        """One row per entry; an entry that lacks something is reported with its place."""
        if not isinstance(entries, list):
            self.problems.append(f"{name}.yaml 里应当是一个列表，现为「{str(entries)[:40]}」，请对照样例改正")
            return []
        made = []
        for place, entry in enumerate(entries, 1):
            try:
                made.append(make(entry))
            except KeyError as error:
                self.problems.append(f"{name}.yaml 第{place}项缺「{error.args[0]}」，请补填")
            except (TypeError, ValueError, AttributeError) as error:
                self.problems.append(f"{name}.yaml 第{place}项「{str(entry)[:40]}」读不懂：{error}")
        return made


def read_district(folder: Path, on: date) -> tuple[Directory | None, tuple[str, ...]]:
    """The register of a folder as of a day, and problems. Without readable units.yaml there is no register."""
    files = _Files(folder)
    head = files.load("units")
    district = head.get("district")
    if not isinstance(district, Mapping) or not {"name", "short", "level"} <= set(district):
        files.problems.append("units.yaml 缺 district（name、short、level），请补填是哪个区县")
        return None, tuple(files.problems)
    units = _units(files, head)
    groups, members, secretariats = _committees(files, {unit.code: unit.short for unit in units})
    sectors, competences = _competences(files, units)
    directory = Directory(
        district=District(str(district["name"]), str(district["short"]), str(district["level"])),
        units=tuple(units),
        on=on,
        aliases=tuple(
            AliasRow(str(entry["code"]), str(text))
            for entry in head.get("units") or []
            if isinstance(entry, Mapping) and "code" in entry
            for text in entry.get("aliases") or []
        ),
        groups=tuple(groups),
        members=tuple(members),
        secretariats=tuple(secretariats),
        namings=tuple(read_namings(files.load("naming"), files.problems)),
        sectors=tuple(sectors),
        competences=tuple(competences),
    )
    return directory, tuple(files.problems)


def _units(files: _Files, head: Mapping[str, Any]) -> list[UnitRow]:
    units = files.rows("units", head.get("units"), partial(_unit, defaults=head))
    order = {unit.code: unit.order for unit in units}
    for name in _NEAR_UNITS:
        data = files.load(name)
        if data:
            units += files.rows(name, data.get(name), partial(_unit, defaults=data, towns=order))
    return units


def _unit(entry: Mapping[str, Any], defaults: Mapping[str, Any], towns: Mapping[str, int] | None = None) -> UnitRow:
    order = int(entry["order"])
    if towns is not None:
        order += _BEHIND + _PER_TOWN * towns.get(entry["parent"], 0)
    return UnitRow(
        code=str(entry["code"]),
        order=order,
        short=str(entry["short"]),
        full=str(entry["full"]),
        kind=str(entry.get("kind") or defaults["kind"]),
        parent=str(entry.get("parent") or ""),
        grade_class=str(entry.get("grade_class") or "—"),
        party_group=bool(entry.get("party_group", False)),
        since=day(entry.get("since") or defaults.get("since") or date.min, "since"),
        until=day(entry["until"], "until") if entry.get("until") else None,
    )


def _committees(
    files: _Files, names: Mapping[str, str]
) -> tuple[list[GroupRow], list[MemberRow], list[SecretariatRow]]:
    data = files.load("committees")
    groups: list[GroupRow] = []
    members: list[MemberRow] = []
    secretariats: list[SecretariatRow] = []

    def take(entry: Mapping[str, Any]) -> None:
        body = str(entry["unit"])
        groups.append(GroupRow(body, f"{names.get(body, body)}成员单位", body))
        members.extend(_members(body, entry["members"], entry.get("since") or data.get("since")))
        hosts = entry.get("secretariat") or []
        for host in hosts if isinstance(hosts, list) else [hosts]:
            secretariats.append(SecretariatRow(body, str(host["unit"]), *_span(host, data.get("since"))))

    files.rows("committees", data.get("committees") or [], take)
    return groups, members, secretariats


def _members(group: str, entries: Any, since: Any) -> Iterator[MemberRow]:
    """A member is a code, or a mapping with its own dates."""
    for entry in entries:
        row = entry if isinstance(entry, Mapping) else {"unit": entry}
        yield MemberRow(group, str(row["unit"]), *_span(row, since))


def _span(entry: Mapping[str, Any], since: Any) -> tuple[date, date | None]:
    until = entry.get("until")
    return day(entry.get("since") or since, "since"), day(until, "until") if until else None


def read_namings(data: Mapping[str, Any], problems: list[str], part: str = "namings") -> list[NamingRow]:
    """Naming decisions of naming.yaml; `part` is `namings`, or `left_open`: what a demonstration leaves to be done."""
    made = []
    for place, entry in enumerate(data.get(part) or [], 1):
        try:
            made.append(
                NamingRow(
                    measure=str(entry["measure"]),
                    phrase=str(entry["phrase"]),
                    units=tuple(map(str, entry["units"])),
                    decided_on=day(entry.get("decided_on") or data.get("decided_on"), "decided_on"),
                    paper=str(entry.get("paper") or data.get("paper") or ""),
                    signed_by=str(entry.get("signed_by") or data.get("signed_by") or ""),
                    plan=str(entry.get("plan") or data.get("plan") or ""),
                )
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            problems.append(
                f"naming.yaml {part} 第{place}项「{str(entry)[:40]}」读不懂：{error}，请补填条号、称谓、单位、日期"
            )
    return made


def _competences(files: _Files, units: list[UnitRow]) -> tuple[list[SectorRow], list[CompetenceRow]]:
    data = files.load("competences")
    defaults = data.get("defaults") or {}
    sectors: list[SectorRow] = []
    rows: list[CompetenceRow] = []

    def take(entry: Mapping[str, Any]) -> None:
        name = str(entry["name"])
        since, until = _span(entry, data.get("since"))
        sectors.append(SectorRow(name, tuple(map(str, entry.get("words") or []))))
        for mode in (DIRECT, GENERAL, LOCAL):
            own = entry.get(mode)
            source = entry if own else defaults.get(mode) or {}
            kinds = source.get("kinds", []) if not own else []
            codes = own or [*source.get("units", []), *(unit.code for unit in units if unit.kind in kinds)]
            basis, verified = str(source.get("basis") or ""), bool(source.get("verified", False))
            rows.extend(CompetenceRow(name, str(code), mode, since, until, basis, verified) for code in codes)

    files.rows("competences", data.get("sectors") or [], take)
    return sectors, rows


def day(value: Any, what: str) -> date:
    """A date as YAML gives it, or written 2023-03-17."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ValueError(f"{what}「{value}」不是有效日期，请按 年-月-日 填写") from error
