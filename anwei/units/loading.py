"""A whole district out of a folder of YAML files (`examples/linjiang/`), through the same actions as every other door."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from anwei.journal.by import By
from anwei.units.actions import (
    add_people,
    register_units,
    set_aliases,
    set_competences,
    set_groups,
    set_members,
    set_secretariat,
    set_sectors,
    set_setting,
)
from anwei.units.directory import Directory
from anwei.units.district_files import day, read_district
from anwei.units.models import Unit
from anwei.units.register import directory as directory_on
from anwei.units.resolution.checks import check_directory
from anwei.units.rows import AliasList, Bad, GroupEntry, PersonEntry, SecretariatEntry, SectorEntry, UnitEntry


def load_structure(by: By, folder: Path) -> list[str]:
    """Loads district settings, units, groups, members, secretariats, sectors and competences of a folder.

    Answers problems for people; rows without problems are in. Loading the same folder again changes nothing.
    """
    found, problems = read_district(folder, by.today)
    if found is None:
        return list(problems)
    said = list(problems)
    said += _load_settings(by, found, _first_day(folder, by))
    said += _load_units(by, found, folder)
    said += _load_groups(by, found, folder)
    said += _bad(set_members(by, found.members))
    said += _bad(set_secretariat(by, _secretariats(found)))
    notes = {entry.get("name"): entry.get("note", "") for entry in _entries(folder, "competences", "sectors")}
    sectors = [SectorEntry(row.name, row.words, str(notes.get(row.name) or "")) for row in found.sectors]
    said += _bad(set_sectors(by, sectors))
    said += _bad(set_competences(by, found.competences))
    said += [one.message for one in check_directory(directory_on(by.today, namings=found.namings))]
    return said


def load_people(by: By, folder: Path, password_hash: str = "", must_change_password: bool = True) -> list[str]:
    """People of people.yaml, each at one post. `password_hash` (made by Django) lets all of them in; without it each
    needs a reset first. The day of the post is that of the unit. People who are there already are left as they are."""
    since = {unit.code: (unit.since, unit.short) for unit in Unit.objects.all()}
    rows, problems = [], []
    for place, entry in enumerate(_entries(folder, "people", "people"), 1):
        try:
            unit, title = str(entry["unit"] or ""), str(entry["title"])
            start, short = since.get(unit, (None, ""))
            name = str(entry.get("name") or f"{short}{title}")
            rows.append(
                PersonEntry(
                    str(entry["username"]), name, unit, str(entry["role"]), title, start,
                    password_hash=password_hash, must_change_password=must_change_password,
                )
            )  # fmt: skip
        except KeyError as error:
            problems.append(f"people.yaml 第{place}项缺「{error.args[0]}」，请补填")
    _, bad = add_people(by, rows)
    return problems + [str(one) for one in bad]


def _first_day(folder: Path, by: By) -> date:
    head = _read(folder, "units")
    return day(head.get("since") or by.today, "since")


def _load_settings(by: By, found: Directory, since: date) -> list[str]:
    known = directory_on(by.today).district
    values = {"name": found.district.name, "short": found.district.short, "level": found.district.level}
    for name, value in values.items():
        if value and getattr(known, name) != value:
            set_setting(by, f"district.{name}", value, since=since, reason="装入本区单位资料")
    return []


def _load_units(by: By, found: Directory, folder: Path) -> list[str]:
    extra = {str(entry.get("code")): entry for entry in _entries(folder, "units", "units")}
    rows = [
        UnitEntry(
            row.code, row.order, row.short, row.full, row.kind, row.parent, row.grade_class, row.party_group,
            row.since, row.until,
            management=str(extra.get(row.code, {}).get("management") or ""),
            note=str(extra.get(row.code, {}).get("note") or ""),
        )
        for row in found.units
    ]  # fmt: skip
    said = _bad(register_units(by, rows))
    texts: dict[str, list[str]] = {}
    for alias in found.aliases:
        texts.setdefault(alias.unit, []).append(alias.text)
    return said + _bad(set_aliases(by, [AliasList(code, tuple(words)) for code, words in texts.items()]))


def _load_groups(by: By, found: Directory, folder: Path) -> list[str]:
    rows = [GroupEntry(row.key, row.name, row.body) for row in found.groups]
    for entry in _entries(folder, "inner_groups", "inner_groups"):
        rows.append(GroupEntry(str(entry["key"]), str(entry["name"]), str(entry["body"]), str(entry["kind"])))
    return _bad(set_groups(by, rows))


def _secretariats(found: Directory) -> list[SecretariatEntry]:
    return [SecretariatEntry(row.committee, row.host, row.since, row.until) for row in found.secretariats if row.since]


def _bad(answer: tuple[list[Any], list[Bad]]) -> list[str]:
    return [str(one) for one in answer[1]]


def _read(folder: Path, name: str) -> Mapping[str, Any]:
    path = folder / f"{name}.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    return data if isinstance(data, Mapping) else {}


def _entries(folder: Path, name: str, part: str) -> list[Mapping[str, Any]]:
    return [entry for entry in _read(folder, name).get(part) or [] if isinstance(entry, Mapping)]
