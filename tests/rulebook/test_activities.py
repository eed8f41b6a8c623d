from anwei.rulebook import UNIT_KINDS, activity_kind, activity_kinds, demand_templates


def test_every_counted_demand_on_activities_has_a_kind_that_proves_it():
    facts = {kind.fact for kind in activity_kinds()}
    wanted = {entry.fact for entry in demand_templates() if entry.offered_by == "activities"}
    assert wanted <= facts


def test_a_demand_binds_only_units_that_may_hold_the_activity():
    holders = {kind.fact: set(kind.held_by) for kind in activity_kinds()}
    for entry in demand_templates():
        if entry.offered_by == "activities" and entry.who.kinds != UNIT_KINDS:
            assert set(entry.who.kinds) <= holders[entry.fact], entry.id


def test_a_study_session_asks_topic_host_and_attendance_and_may_also_be_a_film_and_publicity():
    study = activity_kind("collective_study")
    assert study.required == ("topic", "host", "attendance")
    assert study.needs_attendance
    assert study.joint
    assert set(study.together_with) >= {"screening", "publicity"}
    assert study.day_label == "学习日期"
    assert study.may_be_held_by("town")
    assert not study.may_be_held_by("village")


def test_a_summary_is_the_special_committees_alone():
    summary = activity_kind("quarterly_summary")
    assert summary.held_by == ("special_committee",)
    assert not summary.joint
    assert not summary.needs_attendance


def test_a_published_case_asks_for_an_address_and_the_law():
    case = activity_kind("typical_case")
    assert {field.key for field in case.fields} >= {"url", "facts", "basis", "outcome"}
    assert next(field for field in case.fields if field.key == "url").type == "url"


def test_every_kind_says_by_which_day_it_counts():
    for kind in activity_kinds():
        assert "当天" in kind.description, kind.key
        assert all(other != kind.key for other in kind.together_with)


def test_the_type_of_a_drill_is_chosen_from_a_list():
    field = next(field for field in activity_kind("drill").fields if field.key == "drill_type")
    assert field.choices == ("桌面演练", "实战演练", "双盲演练")
