"""«不属于本单位»: handed back, transferred or kept; the windows that are not over move, the history stays."""

from datetime import date

import pytest

from anwei.duties.actions import hand_back, settle_handback
from anwei.duties.models import Duty, Handback
from anwei.journal.by import NotAllowed, Refused
from anwei.outbox.models import Notice
from anwei.references import about
from tests.duties.asking import duty, stands, studied

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_plan")]


def returned(district, code="housing", number="3", on="2023-05-10") -> Handback:
    return hand_back(district.by(f"{code}.clerk", on), duty(district, code, number), reason="执法权已划转")


def settled(district, handback, to=None, on="2023-05-15", words="按三定方案"):
    unit = district.units[to] if to else None
    return settle_handback(district.by("office.head", on), handback, to=unit, words=words)


def test_the_windows_that_are_not_over_move_and_the_others_stay(district):
    moved = settled(district, returned(district), to="tinglan")
    assert list(moved.dues.values_list("label", flat=True)) == ["2023年第二季度", "2023年第三季度", "2023年第四季度"]
    assert stands(district, "housing", "3", "2023-05-14") == ["overdue", "not_due", "not_due", "not_due"]
    assert stands(district, "housing", "3", "2023-05-15") == []
    assert stands(district, "tinglan", "3", "2023-05-14") == []
    assert stands(district, "tinglan", "3", "2023-05-15") == ["not_due", "not_due", "not_due"]
    before = moved.came_from
    assert before.unit.code == "housing" and before.until == date(2023, 5, 15) and "按三定方案" in before.end_reason


def test_everybody_concerned_is_told(district):
    made = returned(district)
    told = set(Notice.objects.filter(about=about(made)).values_list("to", flat=True))
    assert told == {about(district.units["committee_office"])}
    settled(district, made, to="tinglan")
    told = set(Notice.objects.filter(about=about(made)).values_list("to", flat=True))
    assert told >= {about(district.units["housing"]), about(district.units["tinglan"])}


def test_while_the_office_thinks_the_unit_still_owes_and_may_not_hand_back_again(district):
    made = returned(district)
    assert len(stands(district, "housing", "3", "2023-05-12")) == 4
    with pytest.raises(Refused, match="正在等安委办决定"):
        returned(district)
    settled(district, made)
    assert len(stands(district, "housing", "3", "2023-05-20")) == 4
    assert returned(district, on="2023-05-21").state == "asked"


def test_to_keep_a_duty_where_it_is_needs_words(district):
    with pytest.raises(Refused, match="须写明理由"):
        settled(district, returned(district), words="")


@pytest.mark.parametrize(("to", "words"), [("housing", "不能转给原单位"), ("fire_brigade", "本来就有这一项")])
def test_a_duty_goes_to_another_unit_that_does_not_have_it_yet(district, to, words):
    made = returned(district)
    with pytest.raises(Refused, match=words):
        settled(district, made, to=to)
    made.refresh_from_db()
    assert made.state == "asked" and duty(district, "housing", "3").until is None


def test_the_new_unit_starts_with_its_own_facts(district):
    studied(district, "qingyu", "2023-03-30")
    Duty.objects.filter(unit=district.units["tinglan"], demand__measure__number="1").delete()
    settled(district, returned(district, code="qingyu", number="1"), to="tinglan")
    assert stands(district, "tinglan", "1", "2023-06-25")[0] == "due_soon"
    assert stands(district, "qingyu", "1", "2023-05-14")[0] == "met"


def test_the_new_unit_never_accepts_its_own(district):
    duty(district, "emergency_bureau", "4").delete()  # as if it had only gathered the parts of others
    moved = settled(district, returned(district, code="qingyu", number="4"), to="emergency_bureau")
    assert moved.came_from.acceptor.code == "emergency_bureau" and moved.acceptor.code == "committee_office"


def test_what_ended_cannot_be_handed_back_and_only_the_office_transfers(district):
    made = returned(district)
    with pytest.raises(NotAllowed):
        settle_handback(district.by("housing.reviewer", "2023-05-15"), made, to=None, words="自己定")
    with pytest.raises(NotAllowed):
        hand_back(district.by("qingyu.clerk", "2023-05-10"), duty(district, "tinglan", "4"), reason="不归我管")
    before = made.duty
    settled(district, made, to="tinglan")
    before.refresh_from_db()
    with pytest.raises(Refused, match="已经终止或转出"):
        hand_back(district.by("housing.clerk", "2023-05-20"), before, reason="再退")
