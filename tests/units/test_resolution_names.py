"""How references are written in real plans, and what each writing means."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwei.units.directory import UnitRow
from anwei.units.resolution import OPEN_PHRASE, MeasureContext, Resolver, RoleText, Status, resolve
from tests.units.registers import county, linjiang

ANY = MeasureContext("99")


def _short(directory, codes):
    return [directory.short(code) for code in codes]


@pytest.mark.parametrize(
    ("reference", "short"),
    [
        ("区应急局", "区应急局"),
        (" 区 应急局 。", "区应急局"),
        ("应急局", "区应急局"),
        ("临江区应急局", "区应急局"),
        ("临江应急局", "区应急局"),
        ("县应急局", "区应急局"),
        ("区应急管理局", "区应急局"),
        ("临江区应急管理局", "区应急局"),
        ("临江区委组织部", "区委组织部"),
        ("县委组织部", "区委组织部"),
        ("区安委会办公室", "区安委办"),
        ("区安全生产委员会办公室", "区安委办"),
        ("区安全生产委员会", "区安委会"),
        ("危险物品安全专业委员会", "区危险物品安全专委会"),
        ("区危险物品安全专委会", "区危险物品安全专委会"),
        ("区安委会危险物品专委会", "区危险物品安全专委会"),
        ("危险物品专委办", "区危险物品安全专委会"),
        ("临江区安全生产委员会道路交通专业委员会", "区道路交通安全专委会"),
        ("公安××分局", "公安临江分局"),
        ("公安XX分局", "公安临江分局"),
        ("某某区应急局", "区应急局"),
        ("市公安局临江分局", "公安临江分局"),
        ("区交警大队", "公安临江分局"),
        ("区工信局", "区商务局"),
        ("区商务局（区工信局）", "区商务局"),
        ("青榆镇人民政府", "青榆镇"),
        ("青榆镇党委政府", "青榆镇"),
        ("塔影街办", "塔影街道"),
        ("塔影街道办", "塔影街道"),
        ("物流园管委会", "物流园"),
        ("区供电公司", "临江供电公司"),
        ("青榆镇榆东村", "榆东村"),
        ("区人民政府安全生产委员会", "区安委会"),
        ("区发展改革委", "区发改委"),
        ("区住房城乡建设局", "区住建局"),
    ],
)
def test_one_unit_under_many_pens(reference, short):
    answer = resolve(linjiang(), reference, ANY)
    assert (answer.status, _short(linjiang(), answer.units)) == (Status.NAMED, [short])
    assert short in answer.why


@pytest.mark.parametrize(
    ("reference", "kinds"),
    [
        ("各镇（街道）", 12),
        ("各镇街", 12),
        ("各乡镇（街道）", 12),
        ("各镇、街道", 12),
        ("各乡（镇、街道）", 12),
        ("全区各镇(街道)", 12),
        ("各街道、乡镇", 12),
        ("各镇人民政府、街道办事处", 12),
        ("各镇", 5),
        ("各街道办事处", 7),
        ("各园区", 2),
        ("各镇（街道）、园区", 14),
        ("各镇（街道、园区）", 14),
        ("各镇街安委会", 12),
        ("各村（社区）", 82),
        ("各专委会", 10),
        ("区安委会各专委会", 10),
        ("安委会各成员单位", 33),
        ("区安委会成员单位", 33),
        ("各成员单位", 33),
        ("各镇（街道）及物流园", 13),
        ("区财政局、区应急局", 2),
    ],
)
def test_collective_names_by_rule(reference, kinds):
    answer = resolve(linjiang(), reference, ANY)
    assert (answer.status, len(answer.units)) == (Status.NAMED, kinds), answer.why


@pytest.mark.parametrize(
    "reference",
    [
        "有关部门", "各有关部门", "相关部门", "有关单位", "区直有关部门", "其他有关部门", "等有关部门", "等单位",
        "相关专委会", "相关专委会成员单位", "专委会成员单位", "相关行业主管部门", "行业主管部门", "相关执法部门",
        "项目审批相关单位", "事故调查处理相关单位", "有关镇（街道）", "安委会有关成员单位", "区直各部门",
        "各地", "各地、各部门", "安委会有关专委会", "负有安全生产监督管理职责的部门",
    ],
)  # fmt: skip
def test_vague_phrases_stay_visible(reference):
    answer = resolve(linjiang(), reference, ANY)
    assert answer.status is Status.TO_BE_NAMED
    assert answer.units == () and answer.open == (reference,)


def test_a_masked_name_that_fits_several_is_to_be_named_with_the_candidates():
    answer = resolve(linjiang(), "**镇", ANY)
    assert answer.status is Status.TO_BE_NAMED
    assert _short(linjiang(), answer.candidates) == ["青榆镇", "汀岚镇", "稻湾镇", "石麓镇", "柳汊镇"]


def test_an_organ_of_a_higher_level_is_not_ours_but_ours_is_proposed():
    answer = resolve(linjiang(), "市应急局", ANY)
    assert answer.status is Status.UNKNOWN and answer.units == ()
    assert _short(linjiang(), answer.candidates) == ["区应急局"]
    assert "上级机关" in answer.why


@pytest.mark.parametrize(
    ("reference", "proposed"),
    [
        ("区危化专委会", "区危险物品安全专委会"),
        ("区文旅广电局", "区文广新旅局"),
        ("青渝镇", "青榆镇"),
        ("区农业农村和水利局", "区水利局"),
    ],
)
def test_an_unknown_name_is_quoted_and_look_alikes_are_proposed(reference, proposed):
    answer = resolve(linjiang(), reference, ANY)
    assert answer.status is Status.UNKNOWN and answer.units == ()
    assert reference in answer.why
    assert proposed in _short(linjiang(), answer.candidates)


def test_a_name_like_no_other_gives_no_proposal():
    answer = resolve(linjiang(), "区退役军人事务局", ANY)
    assert answer.status is Status.UNKNOWN and "补录单位" in answer.why


def test_a_list_that_ends_vaguely_is_partly_named():
    answer = resolve(linjiang(), "区商务局等有关部门", ANY)
    assert answer.status is Status.PARTLY
    assert answer.units == ("commerce",) and answer.open == ("等有关部门",)


def test_an_open_role_asks_once_who_else_is_meant():
    resolver = Resolver(linjiang())
    marked = resolver.resolve_role(RoleText(False, ("区商务局", "各镇（街道）"), open=True), ANY)
    assert [answer.reference for answer in marked] == ["区商务局", "各镇（街道）", OPEN_PHRASE]
    twice = resolver.resolve_role(RoleText(False, ("区商务局", "有关部门"), open=True), ANY)
    assert [answer.reference for answer in twice] == ["区商务局", "有关部门"]


def test_who_else_leads_and_who_else_helps_are_two_questions():
    resolver = Resolver(linjiang(), known_on=date(2023, 9, 25))
    measure = resolver.resolve_measure(
        [RoleText(True, ("区住建局",), open=True), RoleText(False, ("区商务局",), open=True)], MeasureContext("15")
    )
    assert measure.lead[-1].status is Status.TO_BE_NAMED
    assert len(measure.responsible[-1].units) == 4


def test_regulators_beside_the_members_add_nobody_but_alone_they_are_to_be_named():
    resolver = Resolver(linjiang())
    lead = MeasureContext("99", leads=("sc_fire",))
    beside = resolver.resolve_role(RoleText(False, ("专委会成员单位", "行业领域主管部门")), lead)
    assert len(beside[0].units) == 13 and beside[1].units == () and not beside[1].open
    alone = resolver.resolve_role(RoleText(False, ("行业领域主管部门",)), lead)
    assert alone[0].open == ("行业领域主管部门",)


def test_members_of_a_plain_department_that_leads_are_the_committees_members():
    answer = resolve(linjiang(), "各成员单位", MeasureContext("99", leads=("finance",)))
    assert len(answer.units) == 33


def test_firms_are_not_expanded():
    answer = resolve(linjiang(), "各生产经营单位", ANY)
    assert answer.status is Status.NOT_EXPANDED and not answer.open


def test_a_committee_without_a_host_says_so_in_its_reason():
    directory = replace(linjiang(), secretariats=())
    answer = resolve(directory, "区消防安全专委会", ANY)
    assert answer.actors == () and "没有办公室" in answer.why


def test_two_villages_of_one_name_are_told_apart_by_their_town():
    twin = UnitRow("pine_1", 900, "榆东村", "汀岚镇榆东村民委员会", "village", parent="town_tinglan")
    directory = replace(linjiang(), units=(*linjiang().units, twin))
    assert resolve(directory, "榆东村", ANY).status is Status.TO_BE_NAMED
    assert resolve(directory, "汀岚镇榆东村", ANY).units == ("pine_1",)


# --- another district: a county


@pytest.mark.parametrize(
    ("reference", "codes"),
    [
        ("县应急局", ("emergency",)),
        ("区应急局", ("emergency",)),
        ("泉源县工业和信息化局", ("industry",)),
        ("县科工局", ("industry",)),
        ("县安委会办公室", ("office",)),
        ("县安委会矿山专委会", ("mines",)),
        ("各乡镇", ("spring", "hill", "pine")),
        ("各乡（镇）", ("spring", "hill", "pine")),
        ("全县各乡镇人民政府", ("spring", "hill", "pine")),
        ("县安委会各成员单位", ("party", "emergency", "industry", "land", "police")),
        ("**县公安局", ("police",)),
        ("冬春防火专班", ("emergency", "pine")),
    ],
)
def test_the_same_rules_serve_a_county(reference, codes):
    answer = resolve(county(), reference, ANY)
    assert (answer.status, answer.units) == (Status.NAMED, codes), answer.why


def test_membership_and_host_are_those_of_the_day_asked_for():
    measure = MeasureContext("8", leads=("mines",))
    before = resolve(county(), "专委会成员单位", measure, date(2023, 6, 30))
    after = resolve(county(), "专委会成员单位", measure, date(2023, 7, 1))
    assert (before.units, after.units) == (("emergency", "land"), ("emergency", "police"))
    host = [resolve(county(), "矿山专委会", ANY, day).actors[0].host for day in (date(2023, 6, 30), date(2023, 7, 1))]
    assert host == ["land", "emergency"]


def test_a_district_without_parks_says_so_instead_of_giving_nobody():
    answer = resolve(county(), "各园区", ANY)
    assert answer.status is Status.TO_BE_NAMED and "没有这类单位" in answer.why


def test_a_decision_gives_its_paper_and_day():
    answer = resolve(county(), "有关部门", MeasureContext("3"))
    assert answer.units == ("industry", "land") and answer.first == "land"
    assert "2023年5月4日" in answer.why and "泉安办〔2023〕2号" in answer.why


# --- properties

PIECES = st.sampled_from(
    [
        "区",
        "县",
        "各",
        "镇",
        "街道",
        "（",
        "）",
        "、",
        "等",
        "有关",
        "部门",
        "专委会",
        "成员单位",
        "**",
        "应急局",
        "安委会",
        "和",
        "及",
    ]
)


@given(st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map("".join)))
def test_any_text_gets_an_answer_with_a_reason_in_official_order(text):
    answer = resolve(linjiang(), text, ANY)
    assert answer == resolve(linjiang(), text, ANY)
    assert answer.why
    assert answer.units == linjiang().in_order(answer.units)
    assert set(answer.units) <= {unit.code for unit in linjiang().standing}
    assert answer.units or answer.status is not Status.PARTLY
    assert (answer.status in (Status.TO_BE_NAMED, Status.PARTLY)) == bool(answer.open)


@pytest.mark.parametrize("piece", ["公*安*", "等", "甲等部门", "区应急局、", "区应急局和", "（"])
@pytest.mark.parametrize("length", [190, 80_000])
def test_a_very_long_reference_is_answered_and_not_searched_for_ever(piece, length):
    answer = resolve(linjiang(), (piece * length)[:length], ANY)
    assert answer.why
    assert length < 200 or answer.status is Status.UNKNOWN
