"""Extensions, «不涉及» and make-ups: what is granted, what is refused with which words, and from which day it holds."""

from datetime import date

import pytest

from anwei.duties.actions import (
    ask_extension,
    confirm_waivers,
    decide_extension,
    record_make_up,
    reopen_waivers,
)
from anwei.duties.models import Extension, Waiver
from anwei.duties.queries import make_up_choices
from anwei.journal.by import NotAllowed, Refused
from anwei.outbox.models import Notice
from anwei.references import about
from anwei.units.models import Setting
from tests.district import START
from tests.duties.asking import due, duty, stands, studied

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_plan")]


def asked(district, on="2023-06-20", until="2023-07-15", who="qingyu.clerk", code="qingyu") -> Extension:
    """An extension of the first half's study (deadline 30 June)."""
    return ask_extension(district.by(who, on), due(district, code, "1"), until=date.fromisoformat(until), reason="换届")


def granted(district, on="2023-06-21", **how) -> Extension:
    return decide_extension(district.by("office.head", on), asked(district, **how), grant=True)


# Extensions


def test_a_granted_extension_holds_from_its_decision_to_its_day(district):
    granted(district)
    assert stands(district, "qingyu", "1", "2023-06-20")[0] == "due_soon"
    assert stands(district, "qingyu", "1", "2023-06-21")[0] == "extended"
    assert stands(district, "qingyu", "1", "2023-07-15")[0] == "extended"
    assert stands(district, "qingyu", "1", "2023-07-16")[0] == "overdue"


def test_a_request_alone_moves_nothing_and_the_office_is_told(district):
    made = asked(district)
    assert stands(district, "qingyu", "1", "2023-07-01")[0] == "overdue"
    assert Notice.objects.filter(to=about(district.units["committee_office"]), about=about(made)).exists()


def test_a_refusal_says_why_and_the_unit_is_told(district):
    made = asked(district)
    office = district.by("office.head", "2023-06-21")
    with pytest.raises(Refused, match="须写明理由"):
        decide_extension(office, made, grant=False)
    decide_extension(office, made, grant=False, words="上半年必须完成")
    told = Notice.objects.get(to=about(district.units["qingyu"]), about=about(made))
    assert "上半年必须完成" in told.title
    assert stands(district, "qingyu", "1", "2023-07-01")[0] == "overdue"


@pytest.mark.parametrize(("how", "words"), [
    ({"on": "2023-07-01", "until": "2023-07-15"}, "已过，不能再申请延期"),
    ({"until": "2023-06-30"}, "不晚于原时限"),
    ({"until": "2023-07-31"}, "31 天超过上限 30 天"),
])  # fmt: skip
def test_a_request_that_breaks_a_rule_is_told_which(district, how, words):
    with pytest.raises(Refused, match=words):
        asked(district, **how)


def test_on_the_deadline_itself_and_up_to_the_cap_it_may_still_be_asked(district):
    assert asked(district, on="2023-06-30", until="2023-07-30").until == date(2023, 7, 30)


def test_without_a_reason_nothing_is_asked(district):
    with pytest.raises(Refused, match="理由"):
        ask_extension(district.by("qingyu.clerk", "2023-06-20"), due(district, "qingyu", "1"),
                      until=date(2023, 7, 15), reason="  ")  # fmt: skip


def test_a_second_request_waits_for_the_first_and_the_third_time_is_too_often(district):
    asked(district)
    with pytest.raises(Refused, match="已有一份延期申请"):
        asked(district)
    decide_extension(district.by("office.head", "2023-06-21"), Extension.objects.get(), grant=True)
    granted(district, on="2023-06-25", until="2023-07-28")
    assert stands(district, "qingyu", "1", "2023-07-28")[0] == "extended"
    with pytest.raises(Refused, match="已延期 2 次"):
        asked(district, until="2023-07-29")


def test_the_district_may_set_another_cap(district):
    Setting.objects.create(key="extension.max_days", value=10, since=START, reason="从严")
    with pytest.raises(Refused, match="超过上限 10 天"):
        asked(district)


def test_nobody_asks_for_another_unit_and_nobody_decides_on_their_own(district):
    with pytest.raises(NotAllowed):
        asked(district, who="tinglan.clerk")
    with pytest.raises(NotAllowed):
        decide_extension(district.by("qingyu.reviewer", "2023-06-21"), asked(district), grant=True)
    own = ask_extension(district.by("office", "2023-06-05"), due(district, "committee_office", "1"),
                        until=date(2023, 6, 20), reason="材料多")  # fmt: skip
    with pytest.raises(Refused, match="本单位自己"):
        decide_extension(district.by("office.head", "2023-06-06"), own, grant=True)


# «不涉及»


def waived(district, *numbers, on="2023-04-10", reason="辖区内没有"):
    duties = [duty(district, "qingyu", number) for number in numbers]
    return confirm_waivers(district.by("qingyu.reviewer", on), duties, reason=reason)


def test_a_batch_is_confirmed_once_with_one_reason(district):
    assert len(waived(district, "2", "4")) == 2
    assert waived(district, "2", "4") == [] and Waiver.objects.count() == 2
    assert set(stands(district, "qingyu", "2", "2023-04-10")) == {"not_applicable"}
    assert set(stands(district, "qingyu", "2", "2023-04-09")) == {"not_due"}


def test_a_batch_with_one_that_is_not_ones_own_confirms_nothing(district):
    duties = [duty(district, "qingyu", "2"), duty(district, "tinglan", "2")]
    with pytest.raises(NotAllowed):
        confirm_waivers(district.by("qingyu.reviewer", "2023-04-10"), duties, reason="没有")
    assert not Waiver.objects.exists()


def test_a_lead_cannot_say_that_its_measure_does_not_concern_it(district):
    with pytest.raises(Refused, match="牵头任务"):
        confirm_waivers(
            district.by("emergency_bureau.reviewer", "2023-04-10"),
            [duty(district, "emergency_bureau", "4")],
            reason="无",
        )


def test_without_a_reason_nothing_is_waived(district):
    with pytest.raises(Refused, match="理由"):
        waived(district, "2", reason=" ")


def test_the_office_reopens_and_the_days_between_stay_waived(district):
    waived(district, "2")
    assert reopen_waivers(district.by("office", "2023-05-08"), [duty(district, "qingyu", "2")], reason="有自建房") == 1
    assert stands(district, "qingyu", "2", "2023-05-07")[0] == "not_applicable"
    assert stands(district, "qingyu", "2", "2023-05-08")[0] == "not_due"
    assert waived(district, "2", on="2023-05-09") != []  # and may be confirmed again, as a decision of its own


# Make-ups


def test_an_act_after_its_window_heals_it_only_by_a_record_that_names_it(district):
    studied(district, "qingyu", "2023-07-05")
    first = due(district, "qingyu", "1")
    assert stands(district, "qingyu", "1", "2023-07-20")[0] == "overdue"
    [(fact, day, _)] = make_up_choices(first, date(2023, 7, 20))
    assert day == date(2023, 7, 5)
    record_make_up(district.by("office", "2023-07-20"), first, fact=fact, reason="汛期推迟，已补学")
    assert stands(district, "qingyu", "1", "2023-07-19")[0] == "overdue"
    assert stands(district, "qingyu", "1", "2023-07-20")[0] == "met_late"


@pytest.mark.parametrize(("day", "words"), [("2023-06-08", "不是本单位在窗口之后"), ("2023-07-05", "")])
def test_only_a_later_act_of_ones_own_can_make_up(district, day, words):
    study = studied(district, "qingyu", day)
    office = district.by("office", "2023-07-20")
    if not words:
        assert record_make_up(office, due(district, "qingyu", "1"), fact=about(study), reason="补学")
        with pytest.raises(Refused, match="已经记过补办"):
            record_make_up(office, due(district, "qingyu", "1"), fact=about(study), reason="补学")
        words = "不是本单位"
    with pytest.raises(Refused, match=words):
        record_make_up(office, due(district, "tinglan", "1"), fact=about(study), reason="补学")
    with pytest.raises(Refused, match="请写明补办的理由"):
        record_make_up(office, due(district, "tinglan", "1"), fact=about(study), reason="")


def test_a_unit_cannot_record_a_make_up_for_itself(district):
    study = studied(district, "qingyu", "2023-07-05")
    with pytest.raises(NotAllowed):
        record_make_up(
            district.by("qingyu.reviewer", "2023-07-20"), due(district, "qingyu", "1"), fact=about(study), reason="补学"
        )
