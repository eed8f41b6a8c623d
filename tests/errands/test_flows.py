"""The flows as tables: their shape, who may make which move, what follows."""

from datetime import timedelta

import pytest

from anwei.errands import actions
from anwei.errands.models import Collection, Errand, ErrandPart, Filling, MoreTime, NumberRow
from anwei.errands.models.collection import FOLLOW_SHEET
from anwei.errands.models.errand import FOLLOW, SIGN
from anwei.journal.by import NotAllowed, Refused, Stale, capabilities
from anwei.journal.models import Entry
from anwei.matters.models import Step
from anwei.units.models import Setting
from anwei.units.rights import roles
from tests.district import START, at


def give(cast, who="office", codes=("qingyu", "housing"), **more):
    by = cast.by(who)
    values = {"units": [cast.units[code] for code in codes], "text": "请排查。", "due_on": by.today + timedelta(days=3)}
    return actions.give(by, **(values | more))


def answered(cast, code="qingyu"):
    part = give(cast, codes=(code,)).parts.get()
    return actions.answer(cast.by(f"{code}.clerk"), part=part, text="已办。")


@pytest.mark.parametrize("model", [Errand, ErrandPart, MoreTime, Collection, Filling])
def test_every_state_is_reached_and_leads_to_an_end_and_no_move_lacks_a_right(model):
    assert model.flow.shape_problems() == []
    assert {move.may for move in model.flow.moves} <= set(capabilities())


def test_rights_that_acts_lend_to_themselves_are_held_by_no_role():
    held = {capability for role in roles().values() for capability in role.may}
    assert held.isdisjoint({SIGN, FOLLOW, FOLLOW_SHEET})


# who × act: what the answer is. «ok», «no» NotAllowed, «refused» by a rule of the flow.
TABLE = [
    ("office", "give", "ok"), ("office.clerk", "give", "ok"), ("qingyu.clerk", "give", "no"),
    ("housing.clerk", "give", "no"), ("qingyu.head", "give", "no"), ("inspector", "give", "no"), ("outsider", "give", "no"),
    ("qingyu.clerk", "sign_part", "ok"), ("qingyu.reviewer", "sign_part", "ok"), ("office", "sign_part", "no"),
    ("tinglan.clerk", "sign_part", "no"), ("qingyu.head", "sign_part", "no"), ("outsider", "sign_part", "no"),
    ("office", "close_part", "ok"), ("office.clerk", "close_part", "ok"), ("qingyu.reviewer", "close_part", "no"),
    ("qingyu.clerk", "close_part", "no"), ("tinglan.reviewer", "close_part", "no"), ("outsider", "close_part", "no"),
    ("office", "withdraw", "ok"), ("qingyu.reviewer", "withdraw", "no"), ("outsider", "withdraw", "no"),
    ("office", "release", "ok"), ("qingyu.reviewer", "release", "no"),
    ("office", "remind", "ok"), ("qingyu.clerk", "remind", "no"),
    ("office", "sign_errand", "ok"), ("office.head", "sign_errand", "ok"), ("office.clerk", "sign_errand", "refused"),
    ("qingyu.reviewer", "sign_errand", "no"),
]  # fmt: skip


def _try(cast, who, act):
    by = cast.by(who)
    if act == "give":
        return give(cast, who, ("tinglan",))
    if act == "sign_errand":
        return actions.sign_errand(by, errand=give(cast, "office.clerk"))
    if act == "close_part":
        return actions.close_part(by, part=answered(cast))
    errand = give(cast)
    if act in ("withdraw", "remind"):
        return getattr(actions, act)(by, errand=errand, **({"reason": "发错"} if act == "withdraw" else {}))
    part = errand.parts.get(unit=cast.units["qingyu"])
    return getattr(actions, act)(by, part=part, **({"reason": "不用办"} if act == "release" else {}))


@pytest.mark.parametrize(("who", "act", "answer"), TABLE)
def test_who_may_do_what(cast, who, act, answer):
    if answer == "ok":
        assert _try(cast, who, act) is not None
        return
    with pytest.raises(Refused) as refused:
        _try(cast, who, act)
    assert isinstance(refused.value, NotAllowed) == (answer == "no")


def test_a_clerk_s_errand_waits_for_the_signature_and_nobody_sees_it_before(cast, browser):
    errand = give(cast, "office.clerk")
    assert (errand.state, errand.number, errand.parts.count()) == ("draft", None, 0)
    town = browser("qingyu.clerk")
    assert town.get(f"/errands/{errand.pk}").status_code == 404
    assert town.get(f"/errands/{errand.pk}/paper.docx").status_code == 404
    assert "签发" in browser("office").get(f"/errands/{errand.pk}").content.decode()
    assert list(Errand.objects.open().held_by([cast.units["committee_office"].pk])) == [errand]
    browser("office").post(f"/errands/{errand.pk}/sign")
    assert town.get(f"/errands/{errand.pk}").status_code == 200
    assert not Errand.objects.open().held_by([cast.units["committee_office"].pk]).exists()


def test_a_draft_is_corrected_before_it_is_signed_and_not_afterwards(cast, browser):
    errand = give(cast, "office.clerk")
    data = {
        "title": "改过的标题",
        "text": "改过。",
        "due_on": "2023-09-30",
        "contact": "综合岗",
        "version": errand.version,
    }
    office = browser("office")
    assert "草稿已修改。" in office.post(f"/errands/{errand.pk}/change", data, follow=True).content.decode()
    assert "刚刚被别人改过" in office.post(f"/errands/{errand.pk}/change", data, follow=True).content.decode()
    errand.refresh_from_db()
    assert (errand.title, str(errand.due_on)) == ("改过的标题", "2023-09-30")
    office.post(f"/errands/{errand.pk}/sign")
    errand.refresh_from_db()
    late = office.post(f"/errands/{errand.pk}/change", data | {"version": errand.version, "title": "再改"}, follow=True)
    assert "已经签发" in late.content.decode() and Errand.objects.get().title == "改过的标题"


def test_whose_post_signs_is_a_setting(cast):
    Setting.objects.create(key="errand.signer", value="综合岗", since=START, reason="授权")
    assert give(cast, "office.clerk").number == 1
    assert give(cast, "office").is_draft


def test_numbers_run_without_gaps_per_giver_and_year_and_a_refused_errand_takes_none(cast):
    assert [give(cast).number for _ in range(2)] == [1, 2]
    with pytest.raises(Refused):
        give(cast, codes=())
    with pytest.raises(Refused, match="早于今天"):
        give(cast, due_on=at("2023-09-24").date())
    draft = give(cast, "office.clerk")
    assert give(cast).number == 3, "a draft holds no number"
    assert actions.sign_errand(cast.by("office"), errand=draft).number == 4
    assert give(cast, "qingyu.clerk", ("old_street",)).number == 1, "every giver counts for itself"
    later = actions.give(cast.by("office", "2024-01-02"), units=[cast.units["qingyu"]], text="新年。",
                         due_on=at("2024-01-05").date())  # fmt: skip
    assert (later.year, later.number) == (2024, 1)


def test_a_failure_after_the_number_was_taken_gives_it_back(cast, monkeypatch):
    give(cast)

    def fail(*args, **kwargs):
        raise Refused("断了")

    with monkeypatch.context() as broken:
        broken.setattr("anwei.errands.actions.giving._open_parts", fail)
        with pytest.raises(Refused, match="断了"):
            give(cast)
    assert NumberRow.objects.get().last == 1 and Errand.objects.count() == 1
    assert give(cast).number == 2


def test_of_two_who_close_one_part_the_second_is_told(cast):
    part = answered(cast)
    other = ErrandPart.objects.get(pk=part.pk)
    actions.close_part(cast.by("office"), part=part)
    with pytest.raises(Stale):
        actions.close_part(cast.by("office.clerk"), part=other)
    assert Entry.objects.filter(outcome=Entry.REFUSED, act="errand.close").exists()


def test_sent_back_and_answered_again_both_answers_stay_in_the_record(cast):
    part = answered(cast)
    part = actions.send_back(cast.by("office"), part=part, reason="没有写整改")
    assert (part.state, part.holder) == ("sent_back", cast.units["qingyu"])
    part = actions.answer(cast.by("qingyu.clerk"), part=part, text="已整改3户。")
    texts = list(Step.objects.of(part).values_list("label", "text"))
    assert texts == [
        ("发起", ""),
        ("签收", ""),
        ("反馈", "已办。"),
        ("退回续办", "没有写整改"),
        ("反馈", "已整改3户。"),
    ]


def test_more_time_is_asked_by_the_unit_and_granted_by_the_giver(cast, browser):
    part = give(cast, codes=("qingyu",)).parts.get()
    town, office = browser("qingyu.clerk"), browser("office")
    late = town.post(f"/errands/parts/{part.pk}/more-time", {"until": "2023-09-20", "reason": "忙"}, follow=True)
    assert "不晚于现在的时限" in late.content.decode()
    town.post(f"/errands/parts/{part.pk}/more-time", {"until": "2023-10-09", "reason": "分散"})
    asked = MoreTime.objects.get()
    assert list(MoreTime.objects.open().held_by([cast.units["committee_office"].pk])) == [asked]
    again = town.post(f"/errands/parts/{part.pk}/more-time", {"until": "2023-10-10", "reason": "再"}, follow=True)
    assert "还没有答复" in again.content.decode()
    assert town.post(f"/errands/parts/{part.pk}/more-time/{asked.pk}/grant").status_code == 403
    office.post(f"/errands/parts/{part.pk}/more-time/{asked.pk}/grant")
    part.refresh_from_db()
    assert str(part.due_on) == "2023-10-09" and part.extended and str(part.errand.due_on) == "2023-09-28"


def test_a_withdrawn_errand_leaves_no_part_open(cast):
    errand = give(cast)
    done = errand.parts.get(unit=cast.units["housing"])
    done = actions.answer(cast.by("housing.clerk"), part=done, text="已办。")
    actions.close_part(cast.by("office"), part=done)
    errand.refresh_from_db()
    actions.withdraw(cast.by("office"), errand=errand, reason="发错了")
    assert {part.unit.short: part.state for part in errand.parts.all()} == {"区住建局": "done", "青榆镇": "released"}
    with pytest.raises(Stale, match="已撤回"):
        actions.add_units(cast.by("office"), errand=errand, units=[cast.units["tinglan"]])


def test_units_added_later_get_their_part_and_the_errand_closes_after_them(cast, browser):
    errand = give(cast, codes=("qingyu",))
    page = browser("office").post(f"/errands/{errand.pk}/units", {"names": "汀岚镇"}, follow=True).content.decode()
    assert "已增加单位并发出。" in page
    errand.refresh_from_db()
    assert errand.to_words == "青榆镇、汀岚镇"
    actions.release(cast.by("office"), part=errand.parts.get(unit=cast.units["qingyu"]), reason="不涉及")
    errand.refresh_from_db()
    assert errand.state == "doing"
    actions.release(cast.by("office"), part=errand.parts.get(unit=cast.units["tinglan"]), reason="不涉及")
    errand.refresh_from_db()
    assert errand.state == "done"


def test_the_lamp_follows_deadline_and_answer(cast):
    part = give(cast, codes=("qingyu",)).parts.get()
    lamps = [part.standing(at(day).date(), at(soon).date()) for day, soon in
             (("2023-09-20", "2023-09-25"), ("2023-09-25", "2023-09-28"), ("2023-09-29", "2023-10-08"))]  # fmt: skip
    assert lamps == ["not_due", "due_soon", "overdue"]
    part = actions.answer(cast.by("qingyu.clerk", "2023-09-29"), part=part, text="晚了。")
    assert part.is_late and part.standing(at("2023-09-29").date(), at("2023-10-08").date()) == "submitted"
    part = actions.close_part(cast.by("office", "2023-09-29"), part=part)
    assert part.standing(at("2023-09-29").date(), at("2023-10-08").date()) == "met_late"


def test_the_inbox_is_told_title_source_and_whose_move_it_is(cast):
    part = give(cast, codes=("qingyu",)).parts.get()
    assert (part.inbox_title(), part.inbox_source()) == ("请排查", "交办单〔1〕号")
    assert list(ErrandPart.objects.open().held_by([cast.units["qingyu"].pk])) == [part]
    part = actions.answer(cast.by("qingyu.clerk"), part=part, text="已办。")
    assert list(ErrandPart.objects.open().held_by([cast.units["committee_office"].pk])) == [part]
    assert part.inbox_title() == "青榆镇反馈：请排查"


def test_a_committee_s_part_is_answered_by_its_host(cast):
    part = give(cast, codes=("sc_fire",)).parts.get()
    assert actions.answer(cast.by("fire_brigade.clerk"), part=part, text="已办。").state == "answered"
    with pytest.raises(NotAllowed):
        actions.answer(cast.by("housing.clerk"), part=give(cast, codes=("sc_fire",)).parts.get(), text="已办。")
