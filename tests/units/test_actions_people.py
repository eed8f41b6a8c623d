"""People, posts and passwords through the actions: who may do what to whom."""

from datetime import date

import pytest
from django.contrib.auth.hashers import check_password

from anwei.journal.by import NotAllowed, Refused, Stale
from anwei.journal.models import Entry
from anwei.rulebook import parameter
from anwei.units.actions import (
    activate_person,
    add_people,
    add_post,
    change_own_password,
    change_person,
    deactivate_person,
    end_post,
    reset_password,
    set_setting,
    unlock_person,
)
from anwei.units.models import Person, Post, Setting
from anwei.units.queries import overrides_on, setting_on
from anwei.units.rows import PersonEntry

DAY = date(2023, 9, 25)
NEW = PersonEntry("8-4", "新来的联络员", "青榆镇", "unit_clerk", "联络员", DAY)


def _with(**changes: object) -> PersonEntry:
    values = {name: getattr(NEW, name) for name in ("username", "name", "unit", "role", "title", "since")}
    return PersonEntry(**values | changes)


def test_the_office_adds_people_everywhere(district):
    made, problems = add_people(district.by("office"), [NEW, _with(username="6-4", unit="区住建局", role="unit_head")])
    assert problems == [] and [str(p.posts.get()) for p in made] == ["青榆镇·联络员", "区住建局·联络员"]
    assert not made[0].has_usable_password() and made[0].must_change_password


def test_a_reviewer_adds_people_of_the_own_unit_only(district):
    by = district.by("qingyu.reviewer")
    assert add_people(by, [NEW])[1] == []
    with pytest.raises(NotAllowed):
        add_people(by, [_with(username="9-4", unit="汀岚镇")])
    with pytest.raises(NotAllowed):
        add_people(by, [_with(username="9-5", unit="")])
    with pytest.raises(NotAllowed):
        add_people(by, [_with(username="9-6"), _with(username="9-7", unit="汀岚镇")])
    assert not Person.objects.filter(username__startswith="9-").exists()


@pytest.mark.parametrize("role", ["office_clerk", "office_head", "administrator", "leader"])
def test_a_reviewer_gives_no_role_above_the_own(district, role):
    made, problems = add_people(district.by("qingyu.reviewer"), [_with(role=role)])
    assert made == [] and "不能给" in problems[0].message
    with pytest.raises(Refused, match="不能给"):
        add_post(
            district.by("qingyu.reviewer"), district.people["qingyu.clerk"], district.units["qingyu"],
            role=role, title="岗", since=DAY,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (_with(username="QINGYU.clerk"), "已有人使用"),
        (_with(username="a b"), "不合规则"),
        (_with(username="x"), "不合规则"),
        (_with(name=" "), "姓名"),
        (_with(role="king"), "角色「king」不认得"),
        (_with(password="short"), "至少要10位"),
        (_with(password="8-4-Geheimes"), "容易被猜到"),
    ],
)
def test_a_bad_row_comes_back_with_the_rule(district, row, words):
    made, problems = add_people(district.by("office"), [row])
    assert made == [] and any(words in one.message for one in problems)


def test_clerks_and_outsiders_look_after_nobody(district):
    for who in ("qingyu.clerk", "outsider"):
        with pytest.raises(NotAllowed):
            add_people(district.by(who), [NEW])
        with pytest.raises(NotAllowed):
            reset_password(district.by(who), district.people["qingyu.reviewer"])


def test_a_reset_gives_a_password_that_works_once_for_changing(district):
    person = district.people["qingyu.clerk"]
    given = reset_password(district.by("qingyu.reviewer"), person)
    person.refresh_from_db()
    assert check_password(given, person.password) and person.must_change_password
    assert given not in str(Entry.objects.values()), "the journal knows of the reset and not of the password"


def test_a_reviewer_does_not_touch_people_who_hold_a_post_elsewhere_or_above(district):
    by = district.by("housing.reviewer")
    person = district.people["housing.clerk"]
    Post.objects.create(
        person=person, unit=district.units["emergency_bureau"], role="unit_clerk", title="联络员", since=DAY
    )
    for action in (
        lambda: reset_password(by, person),
        lambda: deactivate_person(by, person, reason="离开"),
        lambda: change_person(by, person, version=1, name="甲", email="", phone=""),
        lambda: unlock_person(by, person),
    ):
        with pytest.raises(NotAllowed, match="其他单位或更高"):
            action()
    with pytest.raises(NotAllowed):
        reset_password(by, district.people["qingyu.clerk"])


def test_an_office_clerk_does_not_reset_the_heads_password(district):
    with pytest.raises(NotAllowed, match="更高的岗位"):
        reset_password(district.by("office"), district.people["office.head"])
    assert reset_password(district.by("office.head"), district.people["office"])


def test_nobody_deactivates_the_own_account(district):
    with pytest.raises(Refused, match="自己"):
        deactivate_person(district.by("office"), district.people["office"], reason="试")


def test_deactivating_and_activating(district):
    person = district.people["qingyu.clerk"]
    assert deactivate_person(district.by("office"), person, reason="调走").is_active is False
    assert "调走" in Entry.objects.latest("id").summary
    assert activate_person(district.by("office"), person).is_active is True


def test_of_two_people_changing_one_person_the_second_is_told(district):
    person = district.people["qingyu.clerk"]
    change_person(district.by("office"), person, version=1, name="甲", email="", phone="1")
    with pytest.raises(Stale):
        change_person(district.by("office"), person, version=1, name="乙", email="", phone="2")


def test_posts_begin_and_end_by_day(district):
    by, person = district.by("office"), district.people["qingyu.clerk"]
    post = add_post(by, person, district.units["tinglan"], role="unit_clerk", title="兼联络员", since=DAY)
    with pytest.raises(Refused, match="不必再加"):
        add_post(by, person, district.units["tinglan"], role="unit_clerk", title="兼联络员", since=DAY)
    with pytest.raises(Refused, match="不晚于任职日期"):
        end_post(by, post, until=DAY)
    end_post(by, post, until=date(2023, 12, 1))
    assert post in person.posts_on(date(2023, 11, 30)) and post not in person.posts_on(date(2023, 12, 1))
    with pytest.raises(Refused, match="已在"):
        end_post(by, post, until=date(2023, 12, 5))


def test_nobody_changes_the_password_of_another(district):
    with pytest.raises(NotAllowed):
        change_own_password(district.by("office"), district.people["qingyu.clerk"], old="x", new="Geheimes-Wort-9")


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("session.idle_minutes", "7000", "超出范围"),
        ("session.idle_minutes", "bald", "不是整数"),
        ("sign_in.two_factor", "maybe", "请从这些里选"),
        ("district.name", " ", "是空的"),
        ("no.such.key", "1", "没有参数"),
        ("return.half_year_day", "02-30", "月-日"),
    ],
)
def test_a_setting_that_may_not_be_is_refused(district, key, value, words):
    with pytest.raises(Refused, match=words):
        set_setting(district.by("office"), key, value, since=DAY, reason="试")


def test_a_setting_holds_from_its_day_and_the_earlier_one_stays(district):
    set_setting(district.by("office"), "session.idle_minutes", "20", since=DAY, reason="等保整改")
    assert setting_on("session.idle_minutes", DAY) == 20
    assert setting_on("session.idle_minutes", date(2023, 9, 24), "none") == "none"
    assert Setting.objects.get(key="session.idle_minutes").entered_by == district.people["office"]
    with pytest.raises(Refused, match="理由"):
        set_setting(district.by("office"), "session.idle_minutes", "25", since=DAY, reason=" ")
    with pytest.raises(NotAllowed):
        set_setting(district.by("qingyu.reviewer"), "session.idle_minutes", "25", since=DAY, reason="试")


def test_of_two_settings_for_one_day_the_later_entry_holds(district):
    for minutes in ("20", "25"):
        set_setting(district.by("office"), "session.idle_minutes", minutes, since=DAY, reason="试")
    assert parameter("session.idle_minutes").at(DAY, overrides_on(DAY)).number == 25
