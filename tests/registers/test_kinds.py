import pytest

from anwei.registers.kinds import PIPELINE, installation_kind, installation_kinds, load_kinds
from anwei.rulebook import RulebookError, parameter

GOOD = "{key: bridge, label: 桥梁, noun: 桥, asks: [place], required: [place]}"


def test_pipelines_are_there_and_their_years_come_from_the_rulebook():
    kind = installation_kind(PIPELINE)
    assert kind in installation_kinds()
    day = parameter(kind.old_years).first_day
    assert kind.years_until_old(day) == 20
    assert not parameter(kind.old_years).verified and not parameter(kind.evaluation_years).verified


def test_another_kind_is_a_few_lines_of_data(tmp_path):
    path = tmp_path / "kinds.yaml"
    path.write_text(f"- {GOOD}\n", encoding="utf-8")
    assert load_kinds(path)["bridge"].commissioned_label == "投用日期"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- {key: bridge, label: 桥梁}", "缺少 noun"),
        (f"- {GOOD}\n- {GOOD}", "编号 bridge 已在第 1 行"),
        ("- {key: a, label: 桥, noun: 桥, asks: [height], required: []}", "height 不在可用值之内"),
        ("- {key: a, label: 桥, noun: 桥, asks: [], required: [], old_years: no.such}", "没有参数 no.such"),
    ],
)
def test_bad_data_names_the_line_and_the_rule(tmp_path, text, words):
    path = tmp_path / "kinds.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError, match=words):
        load_kinds(path)


def test_an_unknown_kind_lists_the_known():
    with pytest.raises(RulebookError, match="可用：long_distance_pipeline"):
        installation_kind("volcano")
