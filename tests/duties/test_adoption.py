"""Handing a plan down: who owes what from which day, who accepts it, and what later facts only propose."""

from datetime import date

import pytest

from anwei.duties.actions import adopt, apply_proposals, receive
from anwei.duties.models import Dispatch, Due, Duty
from anwei.duties.queries import proposals
from anwei.journal.by import NotAllowed, Refused
from anwei.matters.models import Step
from anwei.outbox.models import Notice
from anwei.plans.actions import Head, NamingRow, import_plan, name_units, set_head
from anwei.plans.models import Measure, Plan
from anwei.references import about
from anwei.units.models import Group, GroupMember, Secretariat, Setting
from tests.district import START
from tests.duties.asking import duty, stands, studied
from tests.plan import HANDED_DOWN, ISSUED, TEXT, TITLE

pytestmark = pytest.mark.django_db
NEW_ISSUE = date(2023, 8, 1)


def plan_of(district, text, *, issued=ISSUED, replaces=None, number="临安委〔2023〕2号") -> Plan:
    office = district.by("office", issued)
    plan = import_plan(office, text=text, source_name="要点.txt", replaces=replaces)
    return set_head(office, plan, plan.version, Head(TITLE, 2023, "临江区安全生产委员会", number, issued))


def owing(number) -> dict[str, bool]:
    """unit code -> whether it leads, for every running duty of a measure."""
    rows = Duty.objects.filter(demand__measure__number=number, until=None)
    return dict(rows.values_list("unit__code", "lead"))


def test_nothing_reaches_a_unit_before_the_plan_is_handed_down(district, small_draft):
    assert not Duty.objects.exists() and not Dispatch.objects.exists() and not Notice.objects.exists()
    adopt(district.by("office", HANDED_DOWN), small_draft)
    town = district.units["qingyu"]
    dispatch = Dispatch.objects.get(unit=town)
    assert dispatch.duties_count == Duty.objects.filter(unit=town).count() == 3
    assert Notice.objects.get(to=about(town)).url == dispatch.get_absolute_url()


def test_a_plan_is_handed_down_once_and_only_by_the_office(district, small_draft):
    with pytest.raises(NotAllowed):
        adopt(district.by("qingyu.reviewer", HANDED_DOWN), small_draft)
    adopt(district.by("office", HANDED_DOWN), small_draft)
    with pytest.raises(Refused, match="不能再下达"):
        adopt(district.by("office", HANDED_DOWN), small_draft)


def test_a_refused_handing_down_leaves_nothing_behind(district, small_draft):
    small_draft.measures.first().assignments.update(status="unknown")
    with pytest.raises(Refused, match="认不出是哪个单位"):
        adopt(district.by("office", HANDED_DOWN), small_draft)
    small_draft.refresh_from_db()
    assert small_draft.state == Plan.DRAFT and not Duty.objects.exists()


@pytest.mark.parametrize(("column", "words"), [("issued_on", "印发日期"), ("year", "年度")])
def test_without_issue_date_or_year_a_plan_waits(district, small_draft, column, words):
    setattr(small_draft, column, None)
    with pytest.raises(Refused, match=words):
        adopt(district.by("office", HANDED_DOWN), small_draft)


def test_a_unit_named_twice_owes_once_as_lead(district):
    text = TEXT.replace("牵头单位：区应急局；责任单位：有关部门", "牵头单位：区应急局；责任单位：区应急局，区住建局")
    adopt(district.by("office", HANDED_DOWN), plan_of(district, text))
    assert owing("4") == {"emergency_bureau": True, "housing": False, "qingyu": False, "tinglan": False}


@pytest.mark.usefixtures("small_plan")
def test_a_committee_owes_through_whoever_acts_for_it(district):
    lead = duty(district, "sc_fire", "2")
    assert lead.lead and lead.actor == district.units["fire_brigade"]
    dispatch = Dispatch.objects.get(unit=district.units["sc_fire"])
    assert dispatch.holder == district.units["fire_brigade"]
    receive(district.by("fire_brigade.clerk", "2023-03-20"), dispatch)
    assert Step.objects.of(dispatch).last().by_unit == "区消防救援大队"


def test_a_secretariat_that_changed_before_handing_down_is_the_new_one(district, small_draft):
    Secretariat.objects.filter(committee=district.units["sc_fire"]).update(until=date(2023, 3, 15))
    Secretariat.objects.create(
        committee=district.units["sc_fire"], host=district.units["housing"], since=date(2023, 3, 15)
    )
    adopt(district.by("office", HANDED_DOWN), small_draft)
    assert duty(district, "sc_fire", "2").actor == district.units["housing"]


@pytest.mark.usefixtures("small_plan")
def test_nobody_accepts_their_own(district):
    for one in Duty.objects.select_related("acceptor"):
        assert one.acceptor_id not in (one.unit_id, one.actor_id), one
    # the lead gathers; what acts for the lead as well goes to the office; the office's own to its reviewer
    assert duty(district, "qingyu", "2").acceptor.code == "fire_brigade"
    assert duty(district, "fire_brigade", "2").acceptor.code == "committee_office"
    assert duty(district, "sc_fire", "2").acceptor.code == "committee_office"
    assert duty(district, "committee_office", "1").acceptor.code == "party_office"


def test_the_district_says_who_accepts_the_offices_own(district, small_draft):
    Setting.objects.create(key="report.reviewer_of_office", value="housing", since=START, reason="区领导指定")
    adopt(district.by("office", HANDED_DOWN), small_draft)
    assert duty(district, "committee_office", "1").acceptor.code == "housing"


@pytest.mark.parametrize(("issued", "quarters"), [("2023-03-31", 4), ("2023-04-01", 3), ("2023-10-01", 1)])
def test_windows_wholly_before_the_issue_date_are_not_owed(district, issued, quarters):
    adopt(district.by("office", "2023-10-08"), plan_of(district, TEXT, issued=date.fromisoformat(issued)))
    assert duty(district, "housing", "3").dues.count() == quarters


@pytest.mark.usefixtures("small_plan")
def test_the_return_is_due_five_working_days_before_the_offices_own_day():
    days = Due.objects.filter(duty__demand__kind="report").values_list("deadline", flat=True).distinct()
    assert set(days) == {date(2023, 6, 8), date(2023, 12, 8)}  # 15 June and 15 December, no holiday between


@pytest.mark.usefixtures("small_plan")
def test_who_is_counted_owes_no_report_and_the_lead_reports_where_anybody_does(district):
    assert duty(district, "qingyu", "1").demand.kind == "count"
    assert duty(district, "committee_office", "1").demand.kind == "report"  # no party group: nothing counts for it
    assert duty(district, "emergency_bureau", "3").demand.kind == "report"
    assert not Duty.objects.filter(unit=district.units["old_street"]).exists()


def test_what_is_named_afterwards_is_proposed_and_never_done_in_silence(district, small_plan):
    office = district.by("office", "2023-04-10")
    name_units(office, small_plan, [NamingRow("4", "有关部门", [district.units["housing"]])], decided_on=office.today)
    assert "housing" not in owing("4")
    [proposal] = proposals(small_plan, office.today)
    assert proposal.words.startswith("增加：区住建局｜第4条")
    assert apply_proposals(office, small_plan, ["add-0-0"]) == (0, 0) and "housing" not in owing("4")
    assert apply_proposals(office, small_plan, [proposal.key]) == (1, 0)
    assert duty(district, "housing", "4").since == office.today and proposals(small_plan, office.today) == []
    assert stands(district, "housing", "4", "2023-04-09") == []


def test_a_unit_named_no_longer_keeps_its_duty_until_the_office_ends_it(district, small_plan):
    office = district.by("office", "2023-04-10")
    for unit in ("housing", "party_office"):
        name_units(office, small_plan, [NamingRow("4", "有关部门", [district.units[unit]])], decided_on=office.today)
        apply_proposals(office, small_plan, [one.key for one in proposals(small_plan, office.today) if one.add])
    ending = [one for one in proposals(small_plan, office.today) if one.end]
    assert [one.words for one in ending] and set(owing("4")) >= {"housing", "party_office"}
    later = district.by("office", "2023-05-08")
    assert apply_proposals(later, small_plan, [one.key for one in ending]) == (0, 1)
    assert "housing" not in owing("4") and "party_office" in owing("4")
    assert stands(district, "housing", "4", "2023-05-07") != [] and stands(district, "housing", "4", "2023-05-08") == []


def new_version(district, old, text=None) -> Plan:
    """Measure 1 without 汀岚镇's, measure 3 gone, a new measure; issued in August."""
    lines = TEXT.replace("3.强化典型案例公布", "3.强化执法").splitlines()
    kept = [line for line in lines if "3.强化执法" not in line]
    return plan_of(district, text or "\n".join(kept) + "\n", issued=NEW_ISSUE, replaces=old, number="临安委〔2023〕9号")


def same_numbers(new, old) -> dict[int, int | None]:
    before = dict(Measure.objects.filter(plan=old).values_list("number", "pk"))
    return {measure.pk: before.get(measure.number) for measure in new.measures.all()}


def test_a_new_version_waits_for_the_pairs_and_keeps_what_was_met(district, small_plan):
    studied(district, "qingyu", "2023-06-08")
    before = duty(district, "qingyu", "1")
    new = new_version(district, small_plan)
    with pytest.raises(Refused, match="怎样对应"):
        adopt(district.by("office", NEW_ISSUE), new)
    adopt(district.by("office", "2023-08-03"), new, pairs=same_numbers(new, small_plan))
    small_plan.refresh_from_db()
    assert small_plan.state == Plan.REPLACED
    after = duty(district, "qingyu", "1")
    assert (after.pk, after.since, after.plan) == (before.pk, HANDED_DOWN, new)
    assert stands(district, "qingyu", "1", "2023-09-25") == ["met", "not_due"]


def test_what_the_new_version_leaves_out_ends_and_its_history_stays(district, small_plan):
    new = new_version(district, small_plan)
    adopt(district.by("office", "2023-08-03"), new, pairs=same_numbers(new, small_plan))
    gone = Duty.objects.filter(series__measures__plan=small_plan, demand__measure__number="3")
    assert set(gone.values_list("until", flat=True)) == {date(2023, 8, 3)}
    assert stands(district, "housing", "3", "2023-08-02") != [] and stands(district, "housing", "3", "2023-08-03") == []


def test_two_new_measures_cannot_both_be_the_same_old_one(district, small_plan):
    new = new_version(district, small_plan)
    old = Measure.objects.filter(plan=small_plan).first().pk
    with pytest.raises(Refused, match="一对一"):
        adopt(district.by("office", "2023-08-03"), new, pairs=dict.fromkeys(same_numbers(new, small_plan), old))


def test_a_new_member_of_the_committee_is_proposed_and_not_bound_in_silence(district, small_plan):
    members = Group.objects.get(key="sc_fire_members")
    GroupMember.objects.create(group=members, unit=district.units["party_office"], since=date(2023, 5, 1))
    assert proposals(small_plan, date(2023, 4, 30)) == []
    [proposal] = proposals(small_plan, date(2023, 5, 8))
    assert proposal.words.startswith("增加：区委办公室｜第2条") and "party_office" not in owing("2")
    assert apply_proposals(district.by("office", "2023-05-08"), small_plan, [proposal.key]) == (1, 0)
    assert owing("2")["party_office"] is False
