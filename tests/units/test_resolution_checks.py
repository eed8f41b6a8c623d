"""A register is checked before anybody relies on it; a plan is checked for what nobody owns."""

from dataclasses import replace
from datetime import date

import pytest

from anwei.units.directory import AliasRow, CompetenceRow, MemberRow, NamingRow, SecretariatRow, UnitRow
from anwei.units.resolution import (
    Collectives,
    MeasureContext,
    MeasureResolution,
    Resolver,
    RoleText,
    check_directory,
    common_collectives,
    coverage,
    read_collectives,
)
from tests.units.registers import county, linjiang, linjiang_all_named, plan

SINCE = date(2020, 1, 1)


def _messages(**changed):
    base = county()
    rows = {name: (*getattr(base, name), *more) for name, more in changed.items()}
    return [problem.message for problem in check_directory(replace(base, **rows))]


def test_a_sound_county_has_no_problems():
    assert check_directory(county()) == ()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"aliases": [AliasRow("land", "县科工局")]}, "「县科工局」同时是县工信局、县自然资源局的名称或别名"),
        ({"aliases": [AliasRow("land", "县 应急局")]}, "「县应急局」同时是县应急局、县自然资源局"),
        ({"aliases": [AliasRow("nobody", "县粮食局")]}, "指向的单位「nobody」不存在"),
        ({"aliases": [AliasRow("land", "各乡镇")]}, "与集合称谓规则「towns」冲突"),
        ({"units": [UnitRow("land", 40, "县林业局", "泉源县林业局", "department")]}, "代码「land」用了2次"),
        ({"units": [UnitRow("wood", 7, "县林业局", "泉源县林业局", "department")]}, "机构序「7」有2个单位"),
        ({"units": [UnitRow("wood", 40, "县林业局", "泉源县林业局", "bureau")]}, "种类「bureau」不认得"),
        (
            {"units": [UnitRow("wood", 40, "县林业局", "泉源县林业局", "department", parent="gone")]},
            "上级「gone」不在机构序内",
        ),
        ({"units": [UnitRow("fish", 40, "县渔业专委会", "渔业专业委员会", "special_committee")]}, "没有人代办"),
        ({"secretariats": [SecretariatRow("mines", "industry", None)]}, "没有起始日期"),
        ({"secretariats": [SecretariatRow("mines", "industry", date(2023, 6, 1))]}, "同一天有两个办公室所在单位"),
        ({"secretariats": [SecretariatRow("gone", "industry", SINCE)]}, "「gone」不在机构序内"),
        ({"members": [MemberRow("mines", "gone", SINCE)]}, "成员「gone」不在机构序内"),
        ({"members": [MemberRow("mines", "industry", SINCE, SINCE)]}, "不晚于起始日"),
        ({"members": [MemberRow("mines", "emergency", SINCE)]}, "写了2次"),
        ({"members": [MemberRow("gone", "industry", SINCE)]}, "单位组「gone」不存在"),
        ({"namings": [NamingRow("4", "有关部门", (), SINCE)]}, "一个单位也没有"),
        ({"namings": [NamingRow("4", "有关部门", ("gone",), SINCE)]}, "「gone」不在机构序内"),
        ({"competences": [CompetenceRow("矿山", "gone", "direct", SINCE)]}, "监管单位「gone」不在机构序内"),
    ],
)
def test_each_fault_of_a_register_is_named_with_what_to_do(changed, says):
    messages = _messages(**changed)
    assert any(says in message for message in messages), messages
    assert all("请" in message for message in messages)


def test_units_that_stand_above_each_other_are_found():
    circle = [
        UnitRow("one", 41, "甲站", "甲站全称", "department", parent="other"),
        UnitRow("other", 42, "乙站", "乙站全称", "department", parent="one"),
    ]
    assert sum("绕了一圈" in message for message in _messages(units=circle)) == 2


def test_the_example_plan_leaves_no_measure_unowned_and_no_unit_idle():
    found = coverage(plan(linjiang()), linjiang())
    assert found.unowned == found.without_lead == found.without_responsible == found.unknown == found.idle == ()
    assert found.to_be_named == (("24", "等有关部门"),)


def test_what_nobody_owns_and_who_has_nothing_to_do_is_listed():
    resolver = Resolver(linjiang_all_named())
    measures = [
        resolver.resolve_measure(
            [RoleText(True, ("区应急局",)), RoleText(False, ("安委会各成员单位",))], MeasureContext("1")
        ),
        resolver.resolve_measure([RoleText(False, ("区粮食局", "青榆镇"))], MeasureContext("2")),
        resolver.resolve_measure([RoleText(True, ("区消防安全专委会",))], MeasureContext("3")),
        MeasureResolution("4", (), ()),
    ]
    found = coverage(measures, linjiang_all_named())
    assert found.unowned == ("4",)
    assert found.without_lead == ("2", "4")
    assert found.without_responsible == ("3", "4")
    assert found.unknown == (("2", "区粮食局"),)
    assert "town_tinglan" in found.idle and "town_qingyu" not in found.idle and "sc_fire" not in found.idle
    assert "procuratorate" not in found.idle


# --- rules as data


def test_a_district_can_put_its_own_rule_first():
    extra, problems = read_collectives(
        "- {key: riverside, patterns: ['沿江各镇街?'], answer: named, select: {classes: [甲]}, why: '规则：{phrase}共{n}家'}"
    )
    assert problems == ()
    resolver = Resolver(linjiang(), common_collectives().with_first(extra))
    assert len(resolver.resolve("沿江各镇街", MeasureContext("1")).units) == 14
    assert Resolver(linjiang()).resolve("沿江各镇街", MeasureContext("1")).units == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[", "不是有效的 YAML"),
        ("key: x", "应当是一个列表"),
        ("- 3", "第1条"),
        ("- {key: x, patterns: ['['], answer: named, why: 好}", "正则表达式"),
        ("- {key: x, patterns: [], answer: named, why: 好}", "至少一个写法"),
        ("- {key: x, patterns: [好], answer: maybe, why: 好}", "「maybe」不认得"),
        ("- {key: x, patterns: [好], answer: named, select: {mood: 好}, why: 好}", "不认得"),
        ("- {key: x, patterns: [好], answer: named, when: {rain: 1}, why: 好}", "「{'rain': 1}」不认得"),
        ("- {key: x, patterns: [好], answer: named, why: '{who}'}", "花括号"),
    ],
)
def test_a_broken_rule_is_left_out_and_named(text, says):
    rules, problems = read_collectives(text)
    assert rules == () and says in problems[0]


def test_the_common_rules_have_keys_of_their_own_and_refer_to_rules_that_exist():
    rules = common_collectives().rules
    keys = [rule.key for rule in rules]
    assert isinstance(common_collectives(), Collectives) and len(set(keys)) == len(keys)
    assert {key for rule in rules for key in rule.beside} <= set(keys)
