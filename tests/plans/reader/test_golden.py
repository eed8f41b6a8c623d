"""The example plan, measure by measure, against what a person read in it."""

from pathlib import Path

import pytest
import yaml

from anwei.plans.reader import draft_to_json, read_plan

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "examples" / "key-points-2023.txt").read_text(encoding="utf-8")
GOLDEN = yaml.safe_load(Path(__file__).with_name("key-points-2023.yaml").read_text(encoding="utf-8"))
TOWNS = ["各镇（街道）", "物流园", "新城管理局"]


@pytest.fixture(scope="module")
def read():
    return draft_to_json(*read_plan(TEXT))


def spelled_out(units):
    return [name for unit in units for name in (TOWNS if unit == "T" else [unit])]


def test_the_plan_has_its_title_year_and_all_27_measures_without_any_problem(read):
    assert (read["title"], read["year"]) == (GOLDEN["title"], GOLDEN["year"])
    assert [m["number"] for m in read["measures"]] == [str(n) for n in range(1, 28)]
    assert read["problems"] == []
    assert read["source_text"] == TEXT


@pytest.mark.parametrize("number", range(1, 28))
def test_a_measure_has_the_chapter_units_and_dates_that_stand_in_the_text(read, number):
    expected, found = GOLDEN["measures"][number], read["measures"][number - 1]
    assert found["title"] == expected["title"]
    assert found["chapter_path"] == [found["chapter"]] == [GOLDEN["chapters"][expected["chapter"]]]
    assert found["lead"] == spelled_out(expected["lead"])
    assert found["responsible"] == spelled_out(expected["responsible"])
    assert found["deadlines"] == [day.isoformat() for day in expected["deadlines"]]
    assert [role["open"] for role in found["roles"]] == [False, expected.get("open", False)]
    assert found["deadline_text"] == expected.get("text", "12月底前" if expected["deadlines"] else "常态化")


def test_the_roles_keep_their_labels_as_found(read):
    labels = [[role["role"] for role in m["roles"]] for m in read["measures"]]
    assert labels.pop(23) == ["牵头单位", "责任部门"]
    assert labels == [["牵头单位", "责任单位"]] * 26


def test_measure_7_runs_60_days_from_the_accident(read):
    assert read["measures"][6]["relative_days"] == 60
    assert read["measures"][6]["relative"] == {"days": 60, "working": False, "from": "事故发生"}
    assert [m["number"] for m in read["measures"] if m["relative"]] == ["7"]


def test_measures_21_to_27_are_ongoing_and_no_others(read):
    assert [int(m["number"]) for m in read["measures"] if m["ongoing"]] == list(range(21, 28))


def test_the_two_cadences_are_found(read):
    found = {m["number"]: m["cadences"] for m in read["measures"] if m["cadences"]}
    assert found == {
        "1": [{"text": "至少半年组织1次集体学习", "at_least": 1, "every": "half_year", "object": "集体学习"}],
        "21": [{"text": "每季度至少公布1个案例", "at_least": 1, "every": "quarter", "object": "案例"}],
    }


def test_spans_point_at_the_measure_in_the_source(read):
    for measure in read["measures"]:
        start, end = measure["span"]
        assert TEXT[start:end].startswith(f"{measure['number']}.{measure['title']}")
        assert TEXT[start:end].rstrip().endswith("）")


def test_the_running_text_is_kept_without_the_clause(read):
    assert read["measures"][22]["text"] == TEXT.split("23.")[1].split("（牵头单位")[0]
    assert not any("牵头单位" in m["text"] for m in read["measures"])
