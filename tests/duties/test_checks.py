"""The rulebook, the rights and the ledgers are held together before anything starts."""

from dataclasses import replace

from anwei.duties import checks
from anwei.rulebook import demand_template, demand_templates
from anwei.units.rights import roles


def test_the_house_as_it_stands_has_no_fault():
    assert checks.rulebook_is_whole(None) == checks.facts_are_offered(None) == checks.rights_are_declared(None) == []
    assert {"activities", "registers", "accidents"} <= {one.offered_by for one in demand_templates()}


def test_a_key_that_nobody_offers_is_named_with_the_place_to_mend_it(monkeypatch):
    broken = (
        replace(demand_template("collective_study"), fact="activity.studies"),
        replace(demand_template("pipeline_evaluated"), objects="activity.collective_study"),  # offered, but as a count
        replace(demand_template("collective_study"), fact="watch.night", offered_by="readiness"),  # not built yet
    )
    monkeypatch.setattr(checks, "demand_templates", lambda: broken)
    found = checks.facts_are_offered(None)
    assert [one.id for one in found] == ["anwei.E002", "anwei.E003"]
    assert "activity.studies" in found[0].msg and "activities/apps.py" in found[0].hint


def test_a_right_that_no_room_declares_cannot_be_given(monkeypatch):
    clerk = roles()["unit_clerk"]
    monkeypatch.setattr(
        checks, "roles", lambda: {"unit_clerk": replace(clerk, may={"report.invent": frozenset({"own"})})}
    )
    [found] = checks.rights_are_declared(None)
    assert "report.invent" in found.msg
