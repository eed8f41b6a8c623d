"""Units and what hangs on them, through the actions: good rows are written, bad ones come back with their place."""

from dataclasses import replace
from datetime import date

import pytest

from anwei.journal.by import NotAllowed, Refused, Stale
from anwei.journal.models import Entry
from anwei.units.actions import (
    change_unit,
    register_units,
    set_aliases,
    set_competences,
    set_groups,
    set_members,
    set_secretariat,
    set_sectors,
)
from anwei.units.directory import CompetenceRow, MemberRow
from anwei.units.models import Alias, GroupMember, Kind, Secretariat, Sector, Unit
from anwei.units.queries import actors_on
from anwei.units.rows import AliasList, GroupEntry, SecretariatEntry, SectorEntry, UnitEntry

DAY = date(2023, 9, 25)
PORT = UnitEntry(
    "port", 20, "区港航局", "临江区港航管理局", Kind.DEPARTMENT, grade_class="乙一", since=date(2023, 1, 1)
)


def _entry(unit: Unit, **changes: object) -> UnitEntry:
    names = (
        "code",
        "order",
        "short",
        "full",
        "kind",
        "grade_class",
        "party_group",
        "since",
        "until",
        "management",
        "note",
    )
    return UnitEntry(**{name: getattr(unit, name) for name in names} | {"parent": ""} | changes)


def test_a_new_unit_stands_from_its_day_and_the_journal_knows_it(district):
    made, problems = register_units(district.by("office"), [PORT])
    assert problems == [] and [unit.code for unit in made] == ["port"]
    assert Unit.objects.standing_on(DAY).filter(code="port").exists()
    assert not Unit.objects.standing_on(date(2022, 12, 31)).filter(code="port").exists()
    assert Entry.objects.of(made[0]).get().act == "unit.edit"


def test_registering_the_same_again_changes_nothing(district):
    register_units(district.by("office"), [PORT])
    assert register_units(district.by("office"), [PORT]) == ([], [])


def test_a_unit_without_a_code_gets_one(district):
    made, _ = register_units(district.by("office"), [replace(PORT, code="")])
    assert made[0].code.startswith("unit_")


def test_parents_may_come_in_the_same_rows_in_any_order_and_by_name(district):
    rows = [
        UnitEntry("dock", 21, "码头社区", "港口镇码头社区", Kind.VILLAGE, "港口镇"),
        UnitEntry("port_town", 22, "港口镇", "临江区港口镇人民政府", Kind.TOWN),
    ]
    _, problems = register_units(district.by("office"), rows)
    assert problems == [] and Unit.objects.get(code="dock").parent.short == "港口镇"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (replace(PORT, kind="harbour"), "种类「harbour」不认得"),
        (replace(PORT, code="Port 1"), "代码「Port 1」不合规则"),
        (replace(PORT, short=" "), "缺规范简称"),
        (replace(PORT, full="临江区应急管理局"), "已有别的单位在用"),
        (replace(PORT, short="安委会"), "一个写法只能指一个单位"),
        (replace(PORT, order=5), "机构序「5」已有别的单位"),
        (replace(PORT, order=0), "机构序「0」"),
        (replace(PORT, parent="区水务局"), "上级「区水务局」不在单位表内"),
        (replace(PORT, parent="port"), "绕了一圈"),
        (replace(PORT, until=date(2022, 1, 1)), "不晚于设立日期"),
        (replace(PORT, grade_class="戊"), "类别「戊」不认得"),
        (replace(PORT, short="港" * 61), "最多60字"),
        (replace(PORT, management="长" * 201), "最多200字"),
    ],
)
def test_a_bad_row_comes_back_with_its_place_and_the_good_one_is_written(district, row, words):
    good = UnitEntry("quay", 30, "区码头局", "临江区码头管理局", Kind.DEPARTMENT)
    made, problems = register_units(district.by("office"), [good, row])
    assert [unit.code for unit in made] == ["quay"]
    assert {one.place for one in problems} == {2} and any(words in one.message for one in problems)


def test_two_units_may_exchange_names_and_places_in_one_sheet(district):
    one, other = district.units["qingyu"], district.units["tinglan"]
    rows = [
        _entry(one, short=other.short, full=other.full, order=other.order),
        _entry(other, short=one.short, full=one.full, order=one.order),
    ]
    made, problems = register_units(district.by("office"), rows)
    assert problems == [] and len(made) == 2
    assert Unit.objects.get(code="qingyu").full == "临江区汀岚镇人民政府"


def test_a_circle_through_several_units_is_refused(district):
    by = district.by("office")
    register_units(by, [_entry(district.units["qingyu"], parent="汀岚镇")])
    _, problems = register_units(by, [_entry(district.units["tinglan"], parent="青榆镇")])
    assert "绕了一圈" in problems[0].message


def test_of_two_people_saving_one_unit_the_second_is_told(district):
    unit = district.units["housing"]
    change_unit(district.by("office"), unit, version=1, row=_entry(unit, management="甲"))
    with pytest.raises(Stale):
        change_unit(district.by("office"), Unit.objects.get(pk=unit.pk), version=1, row=_entry(unit, management="乙"))
    assert Unit.objects.get(pk=unit.pk).management == "甲"


def test_a_change_says_in_the_journal_what_was_and_what_is(district):
    unit = district.units["housing"]
    change_unit(district.by("office"), unit, version=1, row=_entry(unit, short="区住建委"))
    assert "规范简称 区住建局 → 区住建委" in Entry.objects.latest("id").summary


def test_a_change_that_breaks_a_rule_is_refused(district):
    unit = district.units["housing"]
    with pytest.raises(Refused, match="简称或别名"):
        change_unit(district.by("office"), unit, version=1, row=_entry(unit, short="区应急局"))


@pytest.mark.parametrize("who", ["qingyu.clerk", "qingyu.reviewer", "outsider"])
def test_only_the_office_edits_units(district, who):
    with pytest.raises(NotAllowed):
        register_units(district.by(who), [PORT])
    with pytest.raises(NotAllowed):
        change_unit(district.by(who), district.units["qingyu"], version=1, row=_entry(district.units["qingyu"]))
    assert Entry.objects.filter(outcome=Entry.REFUSED).count() == 2


def test_a_units_aliases_are_what_the_list_says(district):
    by = district.by("office")
    set_aliases(by, [AliasList("区住建局", ("住建局", "建设局"))])
    set_aliases(by, [AliasList("housing", ("住建局", "住建委"))])
    assert set(Alias.objects.filter(unit=district.units["housing"]).values_list("text", flat=True)) == {
        "住建局",
        "住建委",
    }


def test_an_alias_belongs_to_one_unit(district):
    changed, problems = set_aliases(district.by("office"), [AliasList("housing", ("安委会", "区应急局", "建委"))])
    assert len(problems) == 2 and [str(unit) for unit in changed] == ["区住建局"]
    assert Alias.objects.get(text="安委会").unit.code == "safety_committee"


def test_members_come_and_go_by_day(district):
    by = district.by("office")
    set_groups(by, [GroupEntry("sc_farm", "农业专委会成员单位", "sc_fire")])
    rows = [MemberRow("sc_farm", "housing", date(2023, 1, 1)), MemberRow("sc_farm", "青榆镇", date(2023, 1, 1))]
    assert set_members(by, rows)[1] == []
    set_members(by, [MemberRow("sc_farm", "housing", date(2023, 1, 1), date(2023, 6, 1))])

    def inside(on):
        return {m.unit.code for m in GroupMember.objects.holding_on(on).filter(group__key="sc_farm")}

    assert inside(date(2023, 5, 31)) == {"housing", "qingyu"} and inside(date(2023, 6, 1)) == {"qingyu"}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (MemberRow("nirgends", "housing", DAY), "单位组「nirgends」没有登记"),
        (MemberRow("sc_fire_members", "区水务局", DAY), "不在单位表内"),
        (MemberRow("sc_fire_members", "housing", DAY), "日期重叠"),
        (MemberRow("sc_fire_members", "qingyu", DAY, DAY), "不晚于起始日期"),
        (MemberRow("sc_fire_members", "qingyu", date(1, 1, 1)), "不合理"),
    ],
)
def test_a_member_that_cannot_be_is_reported(district, row, words):
    made, problems = set_members(district.by("office"), [row])
    assert made == [] and words in problems[0].message


def test_a_new_host_ends_the_old_one_on_its_day(district):
    set_secretariat(
        district.by("office"), [SecretariatEntry("sc_fire", "区应急局", date(2023, 7, 1), None, "临安委〔2023〕9号")]
    )
    fire, old, new = (district.units[code].pk for code in ("sc_fire", "fire_brigade", "emergency_bureau"))
    assert actors_on(date(2023, 6, 30))[fire] == old and actors_on(date(2023, 7, 1))[fire] == new
    assert Secretariat.objects.filter(committee_id=fire).count() == 2


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (SecretariatEntry("qingyu", "housing", DAY), "只有议事协调机构和专委会"),
        (SecretariatEntry("sc_fire", "sc_fire", DAY), "不能由自己代办"),
        (SecretariatEntry("sc_fire", "housing", date(2021, 1, 1)), "日期重叠"),
    ],
)
def test_a_host_that_cannot_be_is_reported(district, row, words):
    made, problems = set_secretariat(district.by("office"), [row])
    assert made == [] and words in problems[0].message


def test_sectors_and_who_regulates_them(district):
    by = district.by("office")
    set_sectors(by, [SectorEntry("氢能", ("氢能", "加氢站"))])
    rows = [
        CompetenceRow("氢能", "housing", "direct", DAY, basis="要点第19条"),
        CompetenceRow("雪场", "qingyu", "local", DAY),
    ]
    assert set_competences(by, rows)[1] == []
    assert set_competences(by, rows) == ([], [])
    assert Sector.objects.get(name="氢能").words == ["氢能", "加氢站"] and Sector.objects.filter(name="雪场").exists()
    _, problems = set_competences(
        by,
        [
            CompetenceRow("氢能", "housing", "direct", date(2023, 10, 1)),
            CompetenceRow("氢能", "housing", "by_ear", DAY),
        ],
    )
    assert [one.place for one in problems] == [1, 2]


def test_a_name_that_means_two_units_asks_for_the_code(district):
    register_units(
        district.by("office"), [UnitEntry("old_street_2", 40, "老街村", "汀岚镇老街村", Kind.VILLAGE, "汀岚镇")]
    )
    _, problems = set_aliases(district.by("office"), [AliasList("老街村", ("老街",))])
    assert "对应几个单位" in problems[0].message and "old_street_2" in problems[0].message
