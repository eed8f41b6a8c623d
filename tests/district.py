"""The cast of the tests, known by heart: a district of nine units, its people, and one who must see nothing.

区安委会 (acted for by 区安委办) · 区消防安全专委会 (acted for by 区消防救援大队) · 区委办公室 · 区应急局 · 区住建局 ·
区消防救援大队 · 青榆镇 · 汀岚镇 · 老街村 (below 青榆镇). Every unit has a clerk (填报) and a reviewer (审核).
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from anwei.journal.by import By
from anwei.units.models import Alias, Group, GroupMember, Kind, Person, Post, Secretariat, Setting, Unit
from anwei.units.rights import by_nobody, by_post, by_system

CHINA = ZoneInfo("Asia/Shanghai")
START = date(2022, 3, 18)
UNITS = (
    ("safety_committee", "区安委会", "临江区安全生产委员会", Kind.COMMITTEE, False, "—"),
    ("committee_office", "区安委办", "临江区安全生产委员会办公室", Kind.COMMITTEE_OFFICE, False, "—"),
    ("sc_fire", "区消防安全专委会", "临江区安全生产委员会消防安全专业委员会", Kind.SPECIAL_COMMITTEE, False, "随"),
    ("party_office", "区委办公室", "中共临江区委办公室", Kind.PARTY_ORGAN, True, "丙"),
    ("emergency_bureau", "区应急局", "临江区应急管理局", Kind.DEPARTMENT, True, "乙一"),
    ("housing", "区住建局", "临江区住房和城乡建设局", Kind.DEPARTMENT, True, "乙一"),
    ("fire_brigade", "区消防救援大队", "临江区消防救援大队", Kind.VERTICAL_BODY, True, "丁"),
    ("qingyu", "青榆镇", "临江区青榆镇人民政府", Kind.TOWN, True, "甲"),
    ("tinglan", "汀岚镇", "临江区汀岚镇人民政府", Kind.TOWN, True, "甲"),
    ("old_street", "老街村", "青榆镇老街村", Kind.VILLAGE, False, "—"),
)


def at(day: str | date, hour: int = 9) -> datetime:
    """Nine in the morning of a day in the district."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime(day.year, day.month, day.day, hour, tzinfo=CHINA)


@dataclass
class Cast:
    """`units[code]`; `people[name]` with names `office`, `outsider`, `<code>.clerk`, `<code>.reviewer`."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def by(self, who: str, day: str | date = "2023-09-25") -> By:
        """Who acts, on a day: by("qingyu.clerk", "2023-06-01")."""
        person = self.people[who]
        post = person.posts.select_related("unit").first()
        if post is None:
            return by_nobody(at(day), "web", person=person)
        post.person = person
        return by_post(post, at(day), "web")

    def system(self, day: str | date = "2023-09-25") -> By:
        return by_system(at(day), "command")


def build() -> Cast:
    """Makes the cast in an empty database."""
    cast = Cast()
    for order, (code, short, full, kind, party_group, grade) in enumerate(UNITS, 1):
        cast.units[code] = Unit.objects.create(
            code=code, order=order, short=short, full=full, kind=kind, party_group=party_group, grade_class=grade, since=START
        )  # fmt: skip
    units = cast.units
    Unit.objects.filter(code="old_street").update(parent=units["qingyu"])
    Alias.objects.create(unit=units["safety_committee"], text="安委会")
    Setting.objects.create(key="district.name", value="临江区", since=START, reason="测试")
    Setting.objects.create(key="district.short", value="临江", since=START, reason="测试")
    Setting.objects.create(key="district.level", value="区", since=START, reason="测试")
    Setting.objects.create(key="report.reviewer_of_office", value="party_office", since=START, reason="测试")
    for committee, host in (("safety_committee", "committee_office"), ("sc_fire", "fire_brigade")):
        Secretariat.objects.create(committee=units[committee], host=units[host], since=START)
    _group(
        units["safety_committee"], [units[c] for c in ("party_office", "emergency_bureau", "housing", "fire_brigade")]
    )
    _group(units["sc_fire"], [units[c] for c in ("housing", "fire_brigade")])
    _people(cast)
    return cast


def _group(body: Unit, members: list[Unit]) -> None:
    group = Group.objects.create(key=f"{body.code}_members", name=f"{body.short}成员单位", body=body)
    GroupMember.objects.bulk_create(GroupMember(group=group, unit=unit, since=START) for unit in members)


def _people(cast: Cast) -> None:
    def add(name: str, code: str | None, role: str = "", title: str = "") -> None:
        person = Person(username=name, name=f"{title or name}", must_change_password=False, password_changed_on=START)
        person.set_unusable_password()
        person.save()
        cast.people[name] = person
        if code:
            Post.objects.create(person=person, unit=cast.units[code], role=role, title=title, since=START)

    add("office", "committee_office", "office_clerk", "副主任")
    add("office.head", "committee_office", "office_head", "主任")
    for code in ("party_office", "emergency_bureau", "housing", "fire_brigade", "qingyu", "tinglan"):
        add(f"{code}.clerk", code, "unit_clerk", "联络员")
        add(f"{code}.reviewer", code, "unit_reviewer", "分管负责人")
    add("outsider", None)


@pytest.fixture
def district(db: None) -> Cast:
    return build()
