"""The system checks find what would otherwise be found by a town on deadline day."""

from anwei.duties import checks
from anwei.evidence import offers


def test_the_house_as_it_stands_passes():
    assert checks.rulebook_is_whole(None) == []
    assert checks.facts_are_offered(None) == []
    assert checks.rights_are_declared(None) == []


def test_a_fact_that_nobody_offers_is_named(monkeypatch):
    monkeypatch.setattr(offers, "_acts", {k: v for k, v in offers._acts.items() if k != "activity.collective_study"})
    [found] = checks.facts_are_offered(None)
    assert "activity.collective_study" in found.msg and "activities" in found.hint


def test_a_fact_offered_as_another_kind_is_named(monkeypatch):
    acts = dict(offers._acts)
    acts.pop("activity.drill")
    monkeypatch.setattr(offers, "_acts", acts)
    monkeypatch.setattr(offers, "_shares", offers._shares | {"activity.drill": offers._shares["register.pipeline"]})
    [found] = checks.facts_are_offered(None)
    assert found.id == "anwei.E003" and "activity.drill" in found.msg


def test_a_right_that_no_room_declares_is_named(monkeypatch):
    known = {k: v for k, v in checks.capabilities().items() if k != "errand.give"}
    monkeypatch.setattr(checks, "capabilities", lambda: known)
    assert any("errand.give" in found.msg for found in checks.rights_are_declared(None))
