import pytest

from anwei.accidents.regimes import load_regimes, regime, regimes
from anwei.rulebook import RulebookError

HEAD = "- {key: a, label: 甲, window: accident.casualty_window_days, source: {law: 某法}, mark: memory, verified: false"


@pytest.mark.parametrize(
    ("key", "grade", "level"),
    [
        ("production", "general", "district"),
        ("production", "larger", "city"),
        ("production", "major", "province"),
        ("production", "extraordinary", "state"),
        ("special_equipment", "general", "city"),
        ("special_equipment", "larger", "province"),
        ("fire", "general", ""),
        ("road_traffic", "larger", ""),
    ],
)
def test_who_investigates_follows_from_regime_and_grade(key, grade, level):
    assert regime(key).level(grade) == level


def test_what_was_not_read_in_its_source_is_marked():
    assert [one.key for one in regimes() if one.standing.verified] == ["production", "special_equipment"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- {key: a, label: 甲}", "缺少 window"),
        (HEAD.replace("casualty_window_days", "no_such") + "}", "没有参数 accident.no_such"),
        (HEAD + ", investigates: {general: district}}", "缺少 larger"),
        (HEAD + ", investigates: {general: x, larger: city, major: city, extraordinary: city}}", "x 不在可用值之内"),
        (HEAD + ", bodies: {moon: 某}}", "不认识的键 moon"),
    ],
)
def test_bad_data_names_the_line_and_the_rule(tmp_path, text, words):
    path = tmp_path / "regimes.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError, match=words):
        load_regimes(path)


def test_an_unknown_regime_lists_the_known():
    with pytest.raises(RulebookError, match="可用：production"):
        regime("volcano")
