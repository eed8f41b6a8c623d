import pytest

from anwei.rulebook import STEPS, RulebookError, profile, profiles


def test_party_organs_are_never_named_in_a_circular_and_not_ranked():
    party = profile("丙")
    assert not party.steps["circular"].allowed
    assert not party.steps["chase_order"].allowed
    assert party.steps["prompt_letter"].form == "会同区委督查室发函"
    assert not party.ranked


@pytest.mark.parametrize("key", ["甲", "乙一", "乙二"])
def test_territories_and_departments_may_be_taken_up_the_whole_ladder_and_are_ranked(key):
    assert all(cap.allowed for cap in profile(key).steps.values())
    assert profile(key).ranked


def test_bodies_of_a_higher_level_are_not_named_and_not_summoned():
    vertical = profile("丁")
    assert not vertical.steps["circular"].allowed
    assert vertical.steps["admonition"].form == "由安委会副主任会商，不称约谈"


def test_a_special_committee_answers_through_its_office():
    assert {cap.form for cap in profile("随").steps.values()} == {"转办公室所在单位"}


def test_every_class_says_something_for_every_step_and_none_is_called_verified():
    for entry in profiles():
        assert tuple(entry.steps) == tuple(STEPS)
        assert not entry.standing.verified


def test_an_unknown_class_is_named_with_the_known_ones():
    with pytest.raises(RulebookError, match="没有单位类别 戊，可用：甲、乙一"):
        profile("戊")
