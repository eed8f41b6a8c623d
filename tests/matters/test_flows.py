"""The shape of every flow in the house, whatever room it belongs to; and that the reader of shapes can fail."""

import dataclasses

import pytest
from django.urls import Resolver404, resolve

from anwei.journal.by import capabilities
from anwei.matters.flow import Flow, Move
from anwei.matters.models import Matter, concrete_matters
from anwei.units.rights import roles

MATTERS = concrete_matters()
NAMES = [matter._meta.label for matter in MATTERS]
# Rights that no role has: an act lends them for the one row that it concerns, each with the reason.
LENT = {
    "errand.sign": "posts that the district names may sign (errand.signer)",
    "errand.follow": "parts follow their errand",
    "collection.follow": "fillings follow their collection",
}


def test_the_house_has_matters_and_each_is_listed_once():
    assert len(MATTERS) == len(set(MATTERS)) >= 6
    assert {"duties.Dispatch", "duties.Extension", "duties.Handback", "duties.Return", "duties.Part"} <= set(NAMES)


@pytest.mark.parametrize("matter", MATTERS, ids=NAMES)
def test_every_state_is_reached_and_has_a_way_to_an_end_and_no_move_lacks_a_right(matter):
    assert matter.flow.shape_problems() == []
    keys = [move.key for move in matter.flow.moves]
    assert len(keys) == len(set(keys)) and matter.flow.ends and matter.flow.start in matter.flow.states


@pytest.mark.parametrize("matter", MATTERS, ids=NAMES)
def test_every_move_asks_a_right_that_exists_and_that_somebody_has_or_an_act_lends(matter):
    for move in matter.flow.moves:
        assert move.may in capabilities(), move.key
        held = [role for role in roles().values() if move.may in role.may]
        assert bool(held) != (move.may in LENT), f"{move.key}: {move.may}"


@pytest.mark.parametrize("matter", MATTERS, ids=NAMES)
def test_needs_and_holders_are_words_of_the_model_and_states_fit_their_column(matter):
    for move in matter.flow.moves:
        for word in (*move.needs, *filter(None, [move.holder])):
            assert callable(getattr(matter, word, None)), f"{move.key}: {word}"
    width = matter._meta.get_field("state").max_length
    assert all(len(state) <= width for state in matter.flow.states)


@pytest.mark.parametrize("matter", MATTERS, ids=NAMES)
def test_every_matter_has_a_page_of_its_own_and_words_for_the_inbox(matter):
    assert matter.get_absolute_url is not Matter.get_absolute_url
    row = matter(pk=7)
    for field in matter._meta.get_fields():
        if field.is_relation and field.many_to_one:
            setattr(row, field.name, field.related_model(pk=7))
    try:
        resolve(row.get_absolute_url().split("?")[0].split("#")[0])
    except Resolver404:
        pytest.fail(f"{matter._meta.label}: {row.get_absolute_url()} is no address")
    assert matter._meta.verbose_name != matter._meta.model_name


GOOD = Flow(
    states={"open": "在办", "done": "办结"},
    start="open",
    ends=frozenset({"done"}),
    moves=(Move("finish", "办结", ("open",), "done", may="thing.finish"),),
)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"states": {**GOOD.states, "lost": "丢失"}}, "state lost: never reached"),
        ({"ends": frozenset(), "moves": GOOD.moves}, "state open: no way to an end"),
        ({"moves": (Move("finish", "办结", ("open",), "done", may=""),)}, "move finish: no right"),
        ({"moves": (*GOOD.moves, Move("again", "重开", ("done",), "open", may="x"))}, "move again: leaves an end"),
        ({"moves": (*GOOD.moves, Move("lose", "丢", ("open",), "gone", may="x"))}, "move lose: unknown state"),
        (
            {"moves": (Move("finish", "办结", ("open",), "done", may="x", other_than="fill"),)},
            "move finish: other_than unknown",
        ),
    ],
)
def test_a_flow_of_a_wrong_shape_is_told_what_is_wrong(changes, said):
    assert GOOD.shape_problems() == []
    assert said in dataclasses.replace(GOOD, **changes).shape_problems()
