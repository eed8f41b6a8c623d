"""The demonstration district as data agrees with itself and with the figures that the office knows by heart."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from anwei.units.district_files import read_district
from anwei.units.resolution import check_directory
from tests.units.registers import ISSUED, LINJIANG, linjiang, load

EXPECTED = load(LINJIANG / "expected.yaml")
PEOPLE = load(LINJIANG / "people.yaml")["people"]


def test_sixty_units_by_kind_and_class():
    official = [unit for unit in linjiang().standing if unit.kind not in ("village", "establishment")]
    assert [unit.order for unit in official] == list(range(1, EXPECTED["units"]["total"] + 1))
    assert dict(Counter(unit.kind for unit in official)) == EXPECTED["units"]["by_kind"]
    assert dict(Counter(unit.grade_class for unit in official)) == EXPECTED["units"]["by_class"]


def test_members_territory_and_villages():
    directory, expected = linjiang(), EXPECTED["units"]
    members = directory.members_of("safety_committee")
    assert len(members) == expected["members"]
    assert members == directory.of_kind("party_organ", "department", "vertical_body")
    assert len(directory.of_kind("town", "subdistrict", "park")) == expected["territory"]
    assert len(directory.of_kind("village")) == expected["villages"]
    per_place = Counter(unit.parent for unit in directory.standing if unit.kind == "village")
    assert all(per_place[code] == 8 for code in directory.of_kind("town"))
    assert all(per_place[code] == 6 for code in directory.of_kind("subdistrict"))


def test_ten_special_committees_with_their_members_and_hosts():
    directory, expected = linjiang(), EXPECTED["units"]
    committees = directory.of_kind("special_committee")
    assert {code: len(directory.members_of(code)) for code in committees} == expected["special_committee_members"]
    assert len(directory.members_of(*committees)) == expected["all_special_committee_members"]
    assert all(directory.host_of(code) in directory.members_of(code) for code in committees)


def test_nothing_is_wrong_with_the_demonstration_district():
    assert check_directory(linjiang()) == ()


def test_every_unit_that_has_accounts_has_three_posts_and_nobody_else_has_any():
    heads = load(LINJIANG / "units.yaml")["units"]
    posts = Counter(row["unit"] for row in PEOPLE)
    assert all(posts[row["code"]] >= 3 for row in heads if row["account"])
    assert not any(posts[row["code"]] for row in heads if not row["account"])
    assert set(posts) - {None} <= {unit.code for unit in linjiang().standing}


def test_sign_in_names_are_once_each_and_need_digits_only():
    names = [row["username"] for row in PEOPLE]
    assert len(set(names)) == len(names)
    assert all(name.replace("-", "").isdigit() for name in names)
    order = {unit.code: unit.order for unit in linjiang().standing}
    official = [row for row in PEOPLE if row["unit"] and order[row["unit"]] <= 60]
    assert all(row["username"].split("-")[0] == str(order[row["unit"]]) for row in official)


def test_inner_groups_hang_on_units_that_exist():
    rows = load(LINJIANG / "inner_groups.yaml")["inner_groups"]
    assert {row["body"] for row in rows} <= {unit.code for unit in linjiang().standing}
    keys = [row["key"] for row in rows]
    assert len(set(keys)) == len(keys)
    assert {row["group"] for row in PEOPLE if "group" in row} <= set(keys)


def _copy(tmp_path: Path, name: str, text: str) -> Path:
    for path in LINJIANG.glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_date_that_does_not_exist_is_quoted_and_the_other_rows_are_kept(tmp_path):
    text = (LINJIANG / "villages.yaml").read_text(encoding="utf-8")
    folder = _copy(tmp_path, "villages.yaml", text.replace("order: 1}", "order: 1, since: 2023-02-30}", 1))
    directory, problems = read_district(folder, ISSUED)
    assert len(problems) == 1 and "2023-02-30" in problems[0] and "年-月-日" in problems[0]
    assert len(directory.of_kind("village")) == 81


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("units.yaml", "units: [", "units.yaml 读不出来"),
        ("units.yaml", "- 1", "名称: 值"),
        ("units.yaml", "units: []", "district"),
        ("committees.yaml", "committees: 区安委会", "应当是一个列表"),
        ("committees.yaml", "committees: [{unit: sc_fire}]", "缺「members」"),
        ("naming.yaml", "namings: [{measure: '7', phrase: 有关部门, units: [finance]}]", "decided_on"),
        ("naming.yaml", "namings: [3]", "第1项"),
    ],
)
def test_a_broken_file_is_a_message_and_never_a_crash(tmp_path, name, text, says):
    _, problems = read_district(_copy(tmp_path, name, text), date(2023, 9, 25))
    assert any(says in problem for problem in problems), problems


def test_an_empty_folder_says_what_is_missing(tmp_path):
    directory, problems = read_district(tmp_path, ISSUED)
    assert directory is None and "district" in problems[0]
