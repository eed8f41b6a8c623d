from datetime import date

import pytest

from anwei.journal.by import NotAllowed, Refused, Stale
from anwei.journal.models import Entry
from anwei.registers.actions import (
    correct_installation,
    record_evaluation,
    register_installations,
    void_installation,
)
from anwei.registers.models import Installation
from tests.registers.conftest import pipeline, registered

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "火山"}, "没有“火山”这类设施"),
        ({"code": ""}, "编号没有填写"),
        ({"name": "长" * 121}, "名称写了121字，至多120字"),
        ({"town": "某镇"}, "所在镇街（园区）「某镇」不在单位表内"),
        ({"town": "区应急局"}, "“区应急局”不是镇、街道或园区"),
        ({"regulators": ""}, "监管部门没有填写"),
        ({"regulators": "区应急局、某局"}, "监管部门「某局」不在单位表内"),
        ({"commissioned_on": "2023-02-30"}, "投运日期 2023-02-30 不是有效日期"),
        ({"commissioned_on": "2023-09-26"}, "投运日期 2023-09-26 晚于今天"),
        ({"commissioned_on": None}, "投用日期没有填写"),
        ({"retired_on": "2003-09-17"}, "停用日期 2003-09-17 早于投运日期 2003-09-18"),
        ({"evaluated_on": "2003-09-17"}, "最近评估日期 2003-09-17 早于"),
        ({"length_km": "约十公里"}, "长度 约十公里 不是有效数字"),
        ({"length_km": "0"}, "长度 0 不是有效数字"),
        ({"length_km": "1e30"}, "长度 1e30 不是有效数字"),
        ({"source_system": "省平台"}, "来源系统和来源编号须同时填写"),
    ],
)
def test_a_bad_row_comes_back_with_its_value_and_the_rule(district, changes, words):
    made, problems = register_installations(district.by("office"), [pipeline(code="GD-9"), pipeline(**changes)])
    assert [row.code for row in made] == ["GD-9"]
    assert {one.row for one in problems} == {1} and words in str(problems[0])


def test_a_code_is_registered_once_in_the_sheet_and_in_the_ledger(district):
    office = district.by("office")
    made, problems = register_installations(office, [pipeline(), pipeline(name="另一条")])
    assert len(made) == 1 and "台账里已有编号 GD-0001" in str(problems[0])
    assert register_installations(office, [pipeline()])[0] == []
    void_installation(office, made[0], reason="录错")
    assert len(register_installations(office, [pipeline()])[0]) == 1


def test_an_imported_row_is_not_taken_twice(district):
    office = district.by("office")
    source = {"source_system": "省平台", "source_id": "7"}
    registered(office, **source)
    problems = register_installations(office, [pipeline(code="GD-2", **source)])[1]
    assert "省平台的 7 台账里已有" in str(problems[0])


def test_a_town_registers_what_lies_in_it_and_nobody_elses(district):
    town = district.by("tinglan.clerk")
    registered(town)
    made, problems = register_installations(town, [pipeline(code="GD-2", town="青榆镇")])
    assert made == [] and "您不能登记青榆镇的设施" in str(problems[0])
    with pytest.raises(NotAllowed):
        register_installations(district.by("outsider"), [pipeline(code="GD-3")])


def test_a_correction_keeps_what_was_said_before_and_the_second_of_two_is_told(district):
    office = district.by("office")
    row = registered(office)
    read_before = Installation.objects.get(pk=row.pk)
    correct_installation(office, row, changes={"length_km": "11.6", "regulators": "区应急局"}, reason="复测")
    row.refresh_from_db()
    assert str(row.length_km) == "11.600" and row.version == 2
    assert {one.unit.short for one in row.concerned.all()} == {"汀岚镇", "区应急局"}
    entry = Entry.objects.of(row).first()
    assert entry.detail["changed"]["长度（公里）"] == ["7.400", "11.600"] and "复测" in entry.summary
    with pytest.raises(Stale, match="刚刚被别人改过"):
        correct_installation(office, read_before, changes={"operator": "另一家"}, reason="改")
    with pytest.raises(Refused, match="编号没有填写"):
        correct_installation(office, row, changes={"code": ""}, reason="改")
    with pytest.raises(Refused, match="须写明理由"):
        correct_installation(office, row, changes={"place": "甲"}, reason=" ")


@pytest.mark.parametrize(
    ("day", "until", "words"),
    [
        ("2023-09-26", None, "晚于今天"),
        ("2003-09-17", None, "早于投用日期"),
        ("2023-09-01", "2023-08-31", "有效至 2023-08-31 早于评估日期"),
    ],
)
def test_an_evaluation_out_of_order_is_refused(district, day, until, words):
    row = registered(district.by("office"))
    until = until and date.fromisoformat(until)
    with pytest.raises(Refused, match=words):
        record_evaluation(district.by("office"), row, day=date.fromisoformat(day), valid_until=until)


def test_an_evaluation_is_entered_once_and_the_latest_stands_in_the_column(district):
    office, row = district.by("office"), registered(district.by("office"))
    record_evaluation(office, row, day=date(2023, 9, 1))
    record_evaluation(office, row, day=date(2020, 9, 1))
    assert row.evaluated_on == date(2023, 9, 1)
    with pytest.raises(Refused, match="已经登记过"):
        record_evaluation(office, row, day=date(2023, 9, 1))
    void_installation(office, row, reason="录错")
    with pytest.raises(Refused, match="已经作废"):
        record_evaluation(office, row, day=date(2023, 9, 2))


def test_a_town_cannot_touch_what_does_not_concern_it(district):
    row = registered(district.by("office"))
    with pytest.raises(NotAllowed):
        record_evaluation(district.by("qingyu.clerk"), row, day=date(2023, 9, 1))
    assert record_evaluation(district.by("housing.clerk"), row, day=date(2023, 9, 1)).pk
