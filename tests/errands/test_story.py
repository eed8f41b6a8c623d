"""From a paper that came in this morning to the last unit closed, through the doors."""

from anwei.errands.models import Errand, ErrandPart
from anwei.matters.models import Step
from anwei.outbox.models import Notice


def give(client, cast, *units, **more):
    data = {
        "text": "请排查国庆期间液化气使用场所。17时前反馈。",
        "units": [cast.units[code].pk for code in units],
        "pick": "three",
    }
    return client.post("/errands/new", data | more, follow=True)


def test_the_deputy_gives_an_errand_and_it_goes_out_numbered_at_once(cast, browser):
    page = give(browser("office"), cast, "qingyu", "housing")
    errand = Errand.objects.get()
    assert page.redirect_chain == [(f"/errands/{errand.pk}", 302)]
    words = page.content.decode()
    assert "交办单〔1〕号已发出，主送区住建局、青榆镇。" in words
    assert errand.title == "请排查国庆期间液化气使用场所"
    assert str(errand.due_on) == "2023-09-28"
    assert [part.unit.short for part in errand.parts.official()] == ["区住建局", "青榆镇"]
    assert Notice.objects.filter(to=f"units.unit:{cast.units['qingyu'].pk}").count() == 1


def test_one_unit_signs_feeds_back_and_is_closed_and_the_errand_closes_with_the_last(cast, browser):
    give(browser("office"), cast, "qingyu", "housing")
    qingyu = ErrandPart.objects.get(unit=cast.units["qingyu"])
    housing = ErrandPart.objects.get(unit=cast.units["housing"])
    town, deputy = browser("qingyu.clerk"), browser("office")

    assert "已签收。" in town.post(f"/errands/parts/{qingyu.pk}/sign", follow=True).content.decode()
    answered = town.post(f"/errands/parts/{qingyu.pk}/answer", {"text": "已排查42户，3户整改。"}, follow=True)
    assert "已排查42户，3户整改。" in answered.content.decode()
    qingyu.refresh_from_db()
    assert (
        qingyu.state == "answered" and qingyu.holder == cast.units["committee_office"] and qingyu.signed_by == "联络员"
    )

    deputy.post(f"/errands/parts/{qingyu.pk}/close")
    assert Errand.objects.get().state == "doing"
    browser("housing.clerk").post(f"/errands/parts/{housing.pk}/answer", {"text": "已办。"})
    page = deputy.post(f"/errands/{qingyu.errand_id}/close-answered", follow=True).content.decode()
    errand = Errand.objects.get()
    assert errand.state == "done" and str(errand.closed_on) == "2023-09-25"
    assert "办结 2/2" in page
    labels = list(Step.objects.of(errand).values_list("label", flat=True))
    assert labels == ["发起", "签发", "全部办结"]
