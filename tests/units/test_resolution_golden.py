"""The example plan on the demonstration district: every phrase lands on its units or is listed to be named."""

from datetime import date

import pytest

from anwei.units.resolution import MeasureContext, Resolver, Status, resolve, units_of
from tests.units.registers import LINJIANG, NAMED, linjiang, linjiang_all_named, load, plan

EXPECTED = load(LINJIANG / "expected.yaml")
SPECIAL = MeasureContext


def _codes(*names: str) -> tuple[str, ...]:
    by_name = {unit.short: unit.code for unit in linjiang().standing}
    return tuple(by_name[name] for name in names)


def test_751_responsible_and_64_lead_relations_measure_by_measure():
    answers = plan(linjiang_all_named())
    counts = {a.number: [len(units_of(a.lead)), len(units_of(a.responsible))] for a in answers}
    assert counts == EXPECTED["measures"]
    assert sum(lead for lead, _ in counts.values()) == EXPECTED["lead"]
    assert sum(rest for _, rest in counts.values()) == EXPECTED["responsible"]


def test_with_measure_24_left_open_only_its_phrase_is_to_be_named():
    answers = plan(linjiang())
    assert sum(len(units_of(a.responsible)) for a in answers) == EXPECTED["responsible_with_one_left_open"]
    assert {a.number: "、".join(a.open) for a in answers if a.open} == EXPECTED["open_without_naming_of_24"]


def test_on_the_day_of_issue_all_vague_phrases_are_to_be_named_and_nothing_is_guessed():
    answers = plan(linjiang_all_named(), known_on=date(2023, 3, 16))
    named = {(row.measure, row.phrase) for row in linjiang_all_named().namings}
    assert {(a.number, phrase) for a in answers for phrase in a.open} == named
    vague = [r for a in answers for r in (*a.lead, *a.responsible) if r.open]
    assert all(r.status is Status.TO_BE_NAMED and r.units == () for r in vague)


def test_every_answer_carries_its_reason_and_every_unit_too():
    for measure in plan(linjiang_all_named()):
        for answer in (*measure.lead, *measure.responsible):
            assert answer.status in (Status.NAMED, Status.NOT_EXPANDED), answer
            assert answer.why
            assert all(answer.why_unit(code) for code in answer.units)


def test_units_stand_in_the_official_order_and_once():
    directory = linjiang_all_named()
    for measure in plan(directory):
        for answer in (*measure.lead, *measure.responsible):
            assert answer.units == directory.in_order(answer.units)


def test_who_acts_for_the_committees_that_lead():
    by_number = {a.number: a for a in plan(linjiang_all_named())}
    four = by_number["4"].lead[0]
    assert [(actor.committee, actor.host) for actor in four.actors] == [("safety_committee", "committee_office")]
    hosts = {actor.host for actor in by_number["21"].lead[0].actors}
    assert hosts == set(
        _codes(
            "公安临江分局", "区消防救援大队", "区住建局", "区应急局", "区发改委", "区商务局", "区市场监管局",
            "区文广新旅局", "区教体局", "区农业农村局",
        )
    )  # fmt: skip


def test_the_first_named_lead_gathers_also_where_a_decision_names_it_out_of_order():
    by_number = {a.number: a for a in plan(linjiang_all_named())}
    assert by_number["1"].gatherer == "committee_office"
    assert by_number["10"].gatherer == "development_reform"
    assert by_number["19"].gatherer == "sc_culture_tourism"


@pytest.mark.parametrize(
    ("number", "reference", "names", "reason"),
    [
        ("1", "各镇（街道）", 12, "规则：各镇（街道）＝机构序中的镇5家、街道7家"),
        ("11", "公安**分局", ("公安临江分局",), "遮蔽写法：「公安**分局」与公安临江分局唯一相符"),
        ("17", "区安委会危险物品专委会", ("区危险物品安全专委会",), "规则：专委会只看主题「危险物品」"),
        ("18", "区安委会特种设备安全专委会", ("区特种设备安全专委会",), "规则：专委会只看主题「特种设备」"),
        ("12", "相关专委会成员单位", 13, "本条牵头专委会（区危险物品安全专委会、区能源安全专委会）的成员，共13家"),
        ("20", "专委会成员单位", 22, "本条牵头专委会（10个）的成员，共22家"),
        ("22", "各专委会成员单位", 22, "各专委会的成员合并，共22家"),
        ("23", "安委会各成员单位", 33, "党群机关8家、部门19家、垂直和驻区单位6家"),
        ("13", "行业领域主管部门", 0, "已在并列的成员单位内"),
        ("20", "各行业主管部门", 0, "已在并列的成员单位内"),
        ("7", "行业主管部门", 0, "事故发生时按行业领域分工表确定"),
        ("22", "相关部门", ("区委宣传部", "区政府办公室"), "点名：安委办2023年3月17日确定2家（临安办〔2023〕5号）"),
    ],
)
def test_the_phrases_of_the_plan(number, reference, names, reason):
    measure = next(a for a in plan(linjiang_all_named()) if a.number == number)
    answer = next(r for r in (*measure.lead, *measure.responsible) if r.reference == reference)
    assert len(answer.units) == names if isinstance(names, int) else answer.units == _codes(*names)
    assert reason in answer.why


def test_a_later_decision_replaces_an_earlier_one_and_a_look_back_gives_the_earlier():
    rows = linjiang().namings
    later = next(r for r in rows if r.measure == "16")
    changed = type(later)("16", "有关部门", ("water",), date(2023, 6, 1), "临安办〔2023〕9号")
    directory = type(linjiang())(**{**_fields(), "namings": (*rows, changed)})
    measure = MeasureContext("16")
    assert Resolver(directory, known_on=date(2023, 5, 31)).resolve("有关部门", measure).units == ("agriculture",)
    assert Resolver(directory, known_on=date(2023, 6, 1)).resolve("有关部门", measure).units == ("water",)


def _fields():
    return {name: getattr(linjiang(), name) for name in linjiang().__dataclass_fields__}


def test_a_decision_of_another_plan_does_not_answer_this_one():
    mine = MeasureContext("16", plan="临安委〔2023〕2号")
    other = MeasureContext("16", plan="临安委〔2024〕1号")
    assert resolve(linjiang(), "有关部门", mine, NAMED).units == ("agriculture",)
    assert resolve(linjiang(), "有关部门", other, NAMED).status is Status.TO_BE_NAMED


def test_regulators_are_proposed_from_the_words_of_the_measure_but_not_owed():
    answer = resolve(linjiang(), "有关部门", MeasureContext("99", text="开展城镇燃气和电梯专项整治"))
    assert answer.units == () and answer.status is Status.TO_BE_NAMED
    assert answer.candidates == _codes("区住建局", "区市场监管局")
