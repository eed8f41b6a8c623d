"""Two registers of plain values: the demonstration district from its files, and an invented county."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from anwei.units.directory import (
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
from anwei.units.district_files import read_district, read_namings
from anwei.units.resolution import MeasureContext, MeasureResolution, Resolver, RoleText

HERE = Path(__file__).parent
LINJIANG = HERE.parent.parent / "examples" / "linjiang"
ISSUED = date(2023, 3, 10)
NAMED = date(2023, 3, 17)
PLACES = ("各镇（街道）", "物流园", "新城管理局")


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def linjiang() -> Directory:
    """The demonstration district on the day of issue, with one phrase left to be named."""
    directory, problems = read_district(LINJIANG, ISSUED)
    assert directory is not None and not problems, problems
    return directory


@cache
def linjiang_all_named() -> Directory:
    """The same with the phrase of measure 24 named too."""
    left = read_namings(load(LINJIANG / "naming.yaml"), [], "left_open")
    return replace(linjiang(), namings=(*linjiang().namings, *left))


def plan(directory: Directory, known_on: date = NAMED) -> list[MeasureResolution]:
    """All 27 measures of the example plan, from references copied by hand."""
    resolver = Resolver(directory, known_on=known_on)
    return [
        resolver.resolve_measure(
            [RoleText(True, _spelled(row["L"])), RoleText(False, _spelled(row["R"]), row.get("open", False))],
            MeasureContext(row["n"]),
        )
        for row in load(HERE / "key_points_2023.yaml")["measures"]
    ]


def _spelled(references: list[str]) -> tuple[str, ...]:
    return tuple(text for reference in references for text in (PLACES if reference == "T" else (reference,)))


def county() -> Directory:
    """泉源县: a county, so its organs begin with 县; two townships and a town, one special committee that moved house."""
    since = date(2020, 1, 1)
    moved = date(2023, 7, 1)
    rows = [
        ("committee", "县安委会", "泉源县安全生产委员会", "committee"),
        ("office", "县安委办", "泉源县安全生产委员会办公室", "committee_office"),
        ("mines", "县矿山安全专委会", "泉源县安全生产委员会矿山安全专业委员会", "special_committee"),
        ("party", "县委办", "中共泉源县委办公室", "party_organ"),
        ("emergency", "县应急局", "泉源县应急管理局", "department"),
        ("industry", "县工信局", "泉源县工业和信息化局", "department"),
        ("land", "县自然资源局", "泉源县自然资源局", "department"),
        ("police", "县公安局", "泉源县公安局", "vertical_body"),
        ("spring", "泉口镇", "泉源县泉口镇人民政府", "town"),
        ("hill", "南山乡", "泉源县南山乡人民政府", "town"),
        ("pine", "松岭乡", "泉源县松岭乡人民政府", "town"),
    ]
    return Directory(
        district=District("泉源县", "泉源", "县"),
        units=tuple(
            UnitRow(code, n, short, full, kind, since=since) for n, (code, short, full, kind) in enumerate(rows, 1)
        ),
        on=date(2023, 6, 1),
        aliases=(AliasRow("industry", "县科工局"),),
        groups=(
            GroupRow("committee", "成员单位", "committee"),
            GroupRow("mines", "成员单位", "mines"),
            GroupRow("fire_team", "冬春防火专班"),
        ),
        members=(
            *(MemberRow("committee", code, since) for code in ("police", "party", "emergency", "industry", "land")),
            MemberRow("mines", "emergency", since),
            MemberRow("mines", "land", since, moved),
            MemberRow("mines", "police", moved),
            MemberRow("fire_team", "pine", since),
            MemberRow("fire_team", "emergency", since),
        ),
        secretariats=(
            SecretariatRow("committee", "office", since),
            SecretariatRow("mines", "land", since, moved),
            SecretariatRow("mines", "emergency", moved),
        ),
        namings=(NamingRow("3", "有关部门", ("land", "industry"), date(2023, 5, 4), "泉安办〔2023〕2号"),),
        sectors=(SectorRow("矿山", ("矿山", "尾矿库")),),
        competences=(
            CompetenceRow("矿山", "land", "direct", since, moved),
            CompetenceRow("矿山", "emergency", "direct", moved),
        ),
    )
