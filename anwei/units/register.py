"""The register of units, out of the tables into the frozen `Directory` that the resolver works on."""

from collections.abc import Iterable
from datetime import date

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
from anwei.units.models import Alias, Competence, Group, GroupMember, Secretariat, Sector, Setting, Unit

DISTRICT_KEYS = ("district.name", "district.short", "district.level")


def district() -> District:
    """Name, short name and level word as the office set them; empty texts in a district that is not set up yet."""
    found = {row.key: str(row.value) for row in Setting.objects.filter(key__in=DISTRICT_KEYS).order_by("since", "id")}
    name = found.get("district.name", "")
    return District(name, found.get("district.short", name[:-1]), found.get("district.level", name[-1:]))


def directory(on: date, namings: Iterable[NamingRow] = (), sectors: Iterable[SectorRow] = ()) -> Directory:
    """One snapshot as of `on`: eight queries, whatever the number of units. Establishments stay out."""
    units = Unit.objects.exclude(kind="establishment")
    competences = list(Competence.objects.select_related("unit"))
    return Directory(
        district=district(),
        on=on,
        units=tuple(
            UnitRow(
                u.code, u.order, u.short, u.full, u.kind, u.parent.code if u.parent else "", u.grade_class,
                u.party_group, u.since, u.until,
            )
            for u in units.select_related("parent")
        ),
        aliases=tuple(AliasRow(code, text) for code, text in Alias.objects.values_list("unit__code", "text")),
        groups=tuple(GroupRow(g.key, g.name, g.body.code if g.body else "") for g in Group.objects.select_related("body")),
        members=tuple(
            MemberRow(*row) for row in GroupMember.objects.values_list("group__key", "unit__code", "since", "until")
        ),
        secretariats=tuple(
            SecretariatRow(*row) for row in Secretariat.objects.values_list("committee__code", "host__code", "since", "until")
        ),
        namings=tuple(namings),
        sectors=tuple(sectors) or tuple(SectorRow(s.name, tuple(s.words)) for s in Sector.objects.all()),
        competences=tuple(
            CompetenceRow(c.sector, c.unit.code, c.mode, c.since, c.until, c.basis, c.verified) for c in competences
        ),
    )  # fmt: skip
