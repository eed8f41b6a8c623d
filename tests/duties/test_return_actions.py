from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from anwei.duties.actions import (
    accept_parts,
    attach_to_part,
    comment_part,
    confirm_waivers,
    detach_from_part,
    fill_part,
    hand_in,
    resubmit,
    return_part,
    send_back,
    start_return,
    submit_for_check,
)
from anwei.duties.models import Duty, Part, Return, Submission
from anwei.files.models import Attachment
from anwei.journal.by import NotAllowed, Refused, Stale
from anwei.outbox.models import Notice
from anwei.references import about

pytestmark = pytest.mark.django_db


def test_a_return_holds_a_part_only_where_no_ledger_counts(reporting):
    made = reporting.draft("qingyu")
    assert [part.measure.number for part in made.parts.all()] == ["2", "4"]
    assert made.due_on == date(2023, 6, 8)
    assert reporting.draft("qingyu", "2023-06-06").pk == made.pk and Return.objects.count() == 1


def test_parts_go_to_the_gathering_lead_and_ones_own_never_to_oneself(reporting, district):
    for code, host in (("qingyu", None), ("fire_brigade", None), ("sc_fire", "fire_brigade"), ("housing", None)):
        reporting.draft(code, host=host)
    accepting = {
        code: reporting.part(code, "2").acceptor.code for code in ("qingyu", "housing", "fire_brigade", "sc_fire")
    }
    assert accepting == {"qingyu": "fire_brigade", "housing": "fire_brigade", "fire_brigade": "committee_office", "sc_fire": "committee_office"}  # fmt: skip
    committee = Return.objects.get(unit=district.units["sc_fire"])
    assert committee.holder.code == "fire_brigade" and reporting.part("sc_fire", "2").lead


def test_a_period_that_has_not_begun_and_a_unit_without_reports_are_refused_with_words(reporting, district, small_plan):
    clerk = district.by("qingyu.clerk", "2023-06-05")
    with pytest.raises(Refused, match="2023年下半年还没有开始，2023年7月1日起可以填报"):
        start_return(clerk, district.units["qingyu"], plan=small_plan, day=date(2023, 8, 1))
    party = district.by("party_office.clerk", "2023-06-05")
    with pytest.raises(Refused, match="都由台账计出"):
        start_return(party, district.units["party_office"], plan=small_plan, day=date(2023, 6, 5))
    with pytest.raises(NotAllowed):
        start_return(clerk, district.units["tinglan"], plan=small_plan, day=date(2023, 6, 5))


def test_words_over_the_limit_are_quoted_with_their_count(reporting, district):
    reporting.draft("qingyu")
    part, clerk = reporting.part("qingyu", "2"), district.by("qingyu.clerk", "2023-06-05")
    with pytest.raises(Refused, match="“存在问题”写了151字，最多150字，请删减1字"):
        fill_part(clerk, part, part.version, words="好", trouble="难" * 151)
    assert fill_part(clerk, part, part.version, words="行\r\n" + "字" * 148).words == "行\n" + "字" * 148


def test_of_two_people_saving_one_row_the_second_is_told(reporting, district):
    reporting.draft("qingyu")
    part, clerk = reporting.part("qingyu", "2"), district.by("qingyu.clerk", "2023-06-05")
    fill_part(clerk, part, 1, words="先写的")
    with pytest.raises(Stale, match="刚刚被别人改过"):
        fill_part(district.by("qingyu.reviewer", "2023-06-05"), reporting.part("qingyu", "2"), 1, words="后写的")
    assert reporting.part("qingyu", "2").words == "先写的"


def test_a_return_goes_up_only_written_with_a_number_and_by_another_person(reporting, district):
    made = reporting.draft("qingyu")
    reviewer = district.by("qingyu.reviewer", "2023-06-06")
    with pytest.raises(Refused, match="请填写联系电话"):
        submit_for_check(reviewer, made)
    with pytest.raises(Refused, match="“转李主任”不是有效号码"):
        submit_for_check(reviewer, made, phone="转李主任")
    with pytest.raises(Refused, match="第2、4条还没有填写落实情况"):
        submit_for_check(reviewer, made, phone="0791-86001234")
    for part in made.parts.all():
        fill_part(reviewer, part, part.version, words="已部署。")
    made = submit_for_check(reviewer, made, phone="0791-86001234")
    with pytest.raises(Refused, match="须由另一人办理"):
        hand_in(reviewer, made)
    with pytest.raises(Refused, match="审核人先退回修改"):
        fill_part(reviewer, part, part.version + 1, words="再改")
    with pytest.raises(NotAllowed):
        hand_in(district.by("qingyu.clerk", "2023-06-06"), made)
    assert send_back(reviewer, made, words="第4条写实些").state == "draft"


def test_what_changed_since_the_return_was_begun_must_be_looked_at_first(reporting, district):
    made = reporting.written("qingyu")
    clerk = district.by("qingyu.clerk", "2023-06-06")
    fire = Duty.objects.get(unit=district.units["qingyu"], demand__measure__number="2")
    confirm_waivers(clerk, [fire], reason="辖区没有老旧小区")
    with pytest.raises(Refused, match="新增0条，减少1条"):
        submit_for_check(clerk, made, phone="0791-86001234")
    start_return(clerk, made.unit, plan=made.plan, day=clerk.today)
    assert [part.measure.number for part in made.parts.all()] == ["4"]
    submit_for_check(clerk, made, phone="0791-86001234")


def test_handing_in_tells_each_acceptor_once_and_leaves_a_countable_day(reporting, district):
    made = reporting.handed_in("qingyu")
    assert made.is_open is False and made.filled_by == "联络员" and made.checked_by == "分管负责人"
    assert Submission.objects.filter(part__of_return=made, handed_in_on=date(2023, 6, 7)).count() == 2
    told = Notice.objects.filter(kind="report").values_list("to", flat=True)
    assert sorted(told) == sorted(about(district.units[code]) for code in ("fire_brigade", "emergency_bureau"))


def test_nobody_accepts_their_own_nor_what_another_lead_gathers(reporting, district):
    reporting.handed_in("fire_brigade")
    reporting.handed_in("qingyu")
    own, town = reporting.part("fire_brigade", "2"), reporting.part("qingyu", "2")
    brigade = district.by("fire_brigade.reviewer", "2023-06-12")
    with pytest.raises(Refused):
        accept_parts(brigade, [own])
    with pytest.raises(NotAllowed):
        accept_parts(district.by("emergency_bureau.reviewer", "2023-06-12"), [town])
    with pytest.raises(NotAllowed):
        accept_parts(district.by("fire_brigade.clerk", "2023-06-12"), [town])
    accept_parts(district.by("office", "2023-06-12"), [own])
    assert reporting.part("fire_brigade", "2").state == "accepted"


def test_the_offices_own_words_are_accepted_by_whom_the_setting_names(reporting, district):
    office = district.by("office", "2023-06-05")
    made = start_return(office, district.units["committee_office"], plan=reporting.plan, day=office.today)
    [part] = made.parts.all()
    assert part.acceptor.code == "party_office"
    fill_part(office, part, part.version, words="已汇总。")
    made = submit_for_check(office, made, phone="0791-86001234")
    hand_in(district.by("office.head", "2023-06-07"), made)
    part.refresh_from_db()
    with pytest.raises(Refused, match="不能审定本单位自己报的内容"):
        accept_parts(district.by("office", "2023-06-12"), [part])
    accept_parts(district.by("party_office.reviewer", "2023-06-12"), [part])


def test_a_returned_part_is_put_right_by_one_and_handed_in_again_by_another(reporting, district):
    reporting.handed_in("qingyu")
    part = reporting.part("qingyu", "2")
    with pytest.raises(Refused, match="须写明理由"):
        return_part(district.by("fire_brigade.reviewer", "2023-06-12"), part, words=" ")
    part = return_part(district.by("fire_brigade.reviewer", "2023-06-12"), part, words="没有写结果")
    reviewer, clerk = district.by("qingyu.reviewer", "2023-06-13"), district.by("qingyu.clerk", "2023-06-13")
    with pytest.raises(Refused, match="还没有补正"):
        resubmit(reviewer, part)
    part = fill_part(reviewer, part, part.version, words="清理72处。")
    with pytest.raises(Refused, match="须由另一人办理"):
        resubmit(reviewer, part)
    part = fill_part(clerk, part, part.version, words="清理72处，整改65处。")
    part = resubmit(reviewer, part)
    assert (part.state, part.holder.code) == ("submitted", "fire_brigade")
    days = [(one.handed_in_on.day, one.returned_on and one.returned_on.day) for one in part.submissions.all()]
    assert days == [(7, 12), (13, None)]


def test_what_was_accepted_stays_and_the_message_says_how_to_go_on(reporting, district):
    reporting.handed_in("qingyu")
    [part] = accept_parts(district.by("fire_brigade.reviewer", "2023-06-12"), [reporting.part("qingyu", "2")])
    with pytest.raises(Refused, match=r"已审定，不能再改.*下一期落实情况表"):
        fill_part(district.by("qingyu.clerk", "2023-06-13"), part, part.version, words="改一改")
    with pytest.raises(Refused, match="不能退回补正"):
        return_part(district.by("fire_brigade.reviewer", "2023-06-13"), part, words="再看看")


def test_a_remark_sends_nothing_back_and_reaches_the_unit(reporting, district):
    reporting.handed_in("qingyu")
    part = comment_part(
        district.by("fire_brigade.reviewer", "2023-06-12"), reporting.part("qingyu", "2"), words="下次写整改率"
    )
    assert part.state == "submitted" and part.comment == "下次写整改率"
    assert Notice.objects.filter(to=about(district.units["qingyu"]), title__contains="下次写整改率").exists()


def test_the_lead_writes_its_summary_after_handing_in_until_the_office_accepts(reporting, district):
    reporting.handed_in("sc_fire", host="fire_brigade")
    part = reporting.part("sc_fire", "2")
    with pytest.raises(NotAllowed):
        fill_part(district.by("fire_brigade.clerk", "2023-06-12"), part, part.version, words="汇总")
    part = fill_part(
        district.by("fire_brigade.reviewer", "2023-06-12"), part, part.version, words="4家已报，清理72处。"
    )
    assert (part.state, part.words) == ("submitted", "4家已报，清理72处。")
    accept_parts(district.by("office", "2023-06-13"), [part])
    with pytest.raises(Refused, match="已审定"):
        part.refresh_from_db()
        fill_part(district.by("fire_brigade.reviewer", "2023-06-14"), part, part.version, words="再改")


def test_a_responsible_unit_may_not_touch_what_it_handed_in(reporting, district):
    reporting.handed_in("qingyu")
    part = reporting.part("qingyu", "2")
    with pytest.raises(Refused, match="请区消防救援大队退回补正"):
        fill_part(district.by("qingyu.reviewer", "2023-06-08"), part, part.version, words="再改")


def test_files_are_kept_counted_and_taken_back_while_the_part_may_be_written(reporting, district):
    reporting.draft("qingyu")
    part, clerk = reporting.part("qingyu", "2"), district.by("qingyu.clerk", "2023-06-05")
    files = [SimpleUploadedFile("清理记录.txt", "72处".encode()), SimpleUploadedFile("假.pdf", b"MZ\x90\x00not a pdf")]
    made, words = attach_to_part(clerk, part, files)
    assert [one.name for one in made] == ["清理记录.txt"] and "假.pdf" in words[0]
    assert Part.objects.get(pk=part.pk).evidence_count == 1
    detach_from_part(clerk, part, Attachment.objects.of(part).get())
    assert Part.objects.get(pk=part.pk).evidence_count == 0


def test_the_same_acceptance_pressed_twice_and_a_changed_summary_are_noticed(reporting, district):
    reporting.handed_in("sc_fire", host="fire_brigade")
    office, read = district.by("office", "2023-06-12"), reporting.part("sc_fire", "2")
    fill_part(
        district.by("fire_brigade.reviewer", "2023-06-12"), reporting.part("sc_fire", "2"), read.version, words="改过"
    )
    with pytest.raises(Stale):
        accept_parts(office, [read])
    accept_parts(office, [reporting.part("sc_fire", "2")])
    with pytest.raises(Refused, match="现在是“已审定”"):
        accept_parts(office, [reporting.part("sc_fire", "2")])
