"""The measurements run at a tiny size and give the figures that are promised; how fast they are no test says."""

import json

import pytest

from benches import __main__ as bench
from benches.child import figures
from benches.standing import same_standings
from benches.standing_data import Size
from benches.table import table
from benches.timing import Case, Differs, measure, met

KEYS = {"ours", "peer", "ratio", "goal", "more_is_better", "unit", "note"}
TINY = Size(units=2, facts=300, measures=3)


def test_every_figure_of_the_reader_has_the_promised_shape():
    found = figures("read", "none", pairs=1, copies=2)
    assert {name.split(".")[0] for name in found} == {"read"}
    assert all(len(name.split(".")) == 3 and set(figure) == KEYS for name, figure in found.items())
    assert json.loads(json.dumps(found)) == found


def test_the_reader_has_a_goal_beside_python_docx_and_none_beside_lxml():
    found = figures("read", "none", pairs=1, copies=2)
    assert {name.split(".")[1]: figure["goal"] for name, figure in found.items()} == {
        "plan": 1.0, "plan_lxml": None, "plan_table": 1.0, "plan_table_lxml": None, "plan_2_copies": 1.0, "plan_2_copies_lxml": None,
    }  # fmt: skip


@pytest.mark.django_db
def test_the_standings_equal_those_of_the_statement_written_by_hand(monkeypatch):
    compared = []

    def same(ours, peer):
        same_standings(ours, peer)
        compared.append({code for _, code in peer})

    monkeypatch.setattr("benches.standing.same_standings", same)
    found = figures("standing", "here", pairs=1, sizes=(Size(units=12, facts=2_000, measures=6),))
    assert list(found) == ["standing.dues_864_facts_2000.here"]
    assert compared and compared[0] >= {0, 1, 2, 3, 4, 5, 9}


@pytest.mark.django_db
def test_sizes_one_after_another_empty_the_tables_before():
    found = figures("standing", "here", pairs=1, sizes=(TINY, Size(units=3, facts=300, measures=3)))
    assert [name.split(".")[1] for name in found] == ["dues_72_facts_300", "dues_108_facts_300"]


def test_two_sides_that_give_different_things_are_not_timed():
    def agree(ours, peer):
        if ours != peer:
            raise Differs("不同")

    with pytest.raises(Differs):
        measure(Case("case", lambda: 1, lambda: 2, agree, None, ""))


def test_the_order_of_the_two_sides_changes_with_every_pair():
    order = []
    measure(
        Case("case", lambda: order.append("ours"), lambda: order.append("peer"), lambda ours, peer: None, None, ""), 3
    )
    assert order[-6:] == ["ours", "peer", "peer", "ours", "ours", "peer"]


def test_a_goal_may_bound_from_above_or_from_below():
    figure = {"ratio": 1.2, "goal": 1.5, "more_is_better": False}
    assert met(figure) is True
    assert met(figure | {"more_is_better": True}) is False
    assert met(figure | {"goal": None}) is None


def test_the_table_shows_figures_without_a_goal_as_well():
    figure = {
        "ours": 1.0,
        "peer": 2.0,
        "ratio": 0.5,
        "goal": 1.0,
        "more_is_better": False,
        "unit": "ms",
        "note": "说明",
    }
    shown = table({"a.b.none": figure, "a.c.none": figure | {"goal": None}})
    assert "≤ 1" in shown and "达到" in shown and "a.c.none" in shown and shown.count("说明") == 1


def test_an_unknown_name_is_refused_with_those_that_exist(capsys):
    assert bench.main(["speed"]) == 2
    assert "没有名为「speed」的测量，可选：read、standing" in capsys.readouterr().err
