"""Later changes of membership give a proposal, never a silent change."""

from datetime import date

from anwei.duties.actions import apply_proposals, hand_back, settle_handback
from anwei.duties.models import Duty
from anwei.duties.queries import proposals
from anwei.plans.models import Demand
from anwei.units.models import Group, GroupMember, Unit
from tests.district import START

LATER = date(2023, 9, 1)


def join(district, on=LATER) -> Unit:
    """A new department becomes a member of the safety committee."""
    unit = Unit.objects.create(
        code="health", order=7, short="区卫健委", full="临江区卫生健康委员会", kind="department", party_group=True,
        grade_class="乙一", since=START,
    )  # fmt: skip
    group = Group.objects.get(body=district.units["safety_committee"])
    GroupMember.objects.create(group=group, unit=unit, since=on)
    return unit


def test_nothing_has_changed_and_nothing_is_proposed(district, small_plan):
    assert proposals(small_plan, LATER) == []


def test_a_new_member_is_proposed_and_owes_nothing_before_the_office_agrees(district, small_plan):
    unit = join(district)
    found = proposals(small_plan, LATER)
    assert found and {one.add.unit for one in found} == {unit}
    assert not Duty.objects.filter(unit=unit).exists()
    added, ended = apply_proposals(district.by("office", LATER), small_plan, [one.key for one in found])
    assert (added, ended) == (len(found), 0)
    assert Duty.objects.filter(unit=unit, since=LATER).count() == len(found)
    assert proposals(small_plan, LATER) == []


def test_before_the_day_of_joining_nothing_is_proposed(district, small_plan):
    join(district)
    assert proposals(small_plan, date(2023, 8, 31)) == []


def test_a_member_that_left_is_proposed_for_ending(district, small_plan):
    group = Group.objects.get(body=district.units["safety_committee"])
    GroupMember.objects.filter(group=group, unit=district.units["housing"]).update(until=LATER)
    found = proposals(small_plan, LATER)
    assert found and all(one.end is not None and one.end.unit == district.units["housing"] for one in found)


def test_what_the_office_transferred_is_not_proposed_again(district, small_plan):
    duty = Duty.objects.filter(unit=district.units["qingyu"], demand__kind=Demand.REPORT, lead=False).first()
    if duty is None:
        duty = Duty.objects.filter(unit=district.units["qingyu"], lead=False).first()
    target = district.units["party_office"]
    Duty.objects.filter(unit=target, demand=duty.demand).delete()
    handback = hand_back(district.by("qingyu.clerk", LATER), duty, reason="不属于本镇")
    settle_handback(district.by("office", LATER), handback, to=target, words="同意转交")
    proposed = {(one.add.unit, one.add.demand.pk) for one in proposals(small_plan, LATER) if one.add}
    assert (district.units["qingyu"], duty.demand_id) not in proposed
