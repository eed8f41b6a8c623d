"""One half-yearly return from the first word to «办结», as the people of a town and of the lead meet it in their browsers."""

from datetime import date

import pytest

from anwei.duties.matrix import table_of
from anwei.duties.models import Part, Return
from anwei.plans.models import Measure

pytestmark = pytest.mark.django_db


def standing(plan, unit, number, on):
    series = Measure.objects.get(plan=plan, number=number).series_id
    rows = [r for r in table_of(plan, date.fromisoformat(on)).rows() if r.unit_id == unit.pk and r.series_id == series]
    return min(rows, key=lambda r: r.window_start).standing


def test_a_town_reports_its_half_year_once_and_the_leads_settle_it(browse, district, small_plan):
    town = district.units["qingyu"]
    clerk = browse("qingyu.clerk", "2023-06-05")
    start = f"/returns/start?plan={small_plan.pk}&unit={town.pk}&day=2023-06-01"
    assert start.replace("06-01", "01-01").replace("&", "&amp;") in clerk.get("/returns").text
    assert "2 条；其余条由台账计出" in clerk.get(start).text
    assert not Return.objects.exists()
    made = clerk.post("/returns/start", {"plan": small_plan.pk, "unit": town.pk, "day": "2023-06-01"}, follow=True)
    table = Return.objects.get(unit=town)
    assert made.redirect_chain[-1][0] == f"/returns/{table.pk}"
    assert "台账里还没有计到" in made.text and "已写 0／2 条" in made.text
    fire, ready = table.parts.order_by("measure__order")

    form = {
        f"{name}-{part.pk}": text for part, text in ((fire, "清理楼道充电72处。"), (ready, "")) for name in ("words",)
    }
    form |= {f"version-{part.pk}": part.version for part in (fire, ready)}
    saved = clerk.post(f"/returns/{table.pk}/fill", form, follow=True)
    assert "已保存1条。" in saved.text and "已写 1／2 条" in saved.text
    refused = clerk.post(f"/returns/{table.pk}/submit", {"phone": "0791-86001234"}, follow=True)
    assert "第4条还没有填写落实情况" in refused.text
    one = clerk.post(
        f"/parts/{ready.pk}/fill",
        {f"words-{ready.pk}": "修订预案3部。", f"version-{ready.pk}": 1},
        headers={"HX-Request": "true"},
    )
    assert "已保存" in one.text and "已写 2／2 条" in one.text
    assert (
        "已提交本单位审核人" in clerk.post(f"/returns/{table.pk}/submit", {"phone": "0791-86001234"}, follow=True).text
    )
    assert "没有“审核落实情况表”的权限" in clerk.post(f"/returns/{table.pk}/hand-in", follow=True).text

    reviewer = browse("qingyu.reviewer", "2023-06-07")
    assert "联络员已填好，等您审核" in reviewer.get(f"/returns/{table.pk}").text
    assert "已上报" in reviewer.post(f"/returns/{table.pk}/hand-in", follow=True).text
    assert standing(small_plan, town, "2", "2023-06-10") == "submitted"

    brigade = browse("fire_brigade.reviewer", "2023-06-12")
    desk = brigade.get("/returns/incoming").text
    assert "清理楼道充电72处。" in desk and "汀岚镇" in desk
    fire.refresh_from_db()
    brigade.post("/returns/incoming/accept", {"part": [f"{fire.pk}:{fire.version}"]})
    bureau = browse("emergency_bureau.reviewer", "2023-06-12")
    back = bureau.post(f"/parts/{ready.pk}/return", {"words": "没有写物资"}, follow=True)
    assert "已退回青榆镇补正" in back.text
    assert standing(small_plan, town, "2", "2023-06-12") == "met"
    assert standing(small_plan, town, "4", "2023-06-12") == "overdue"
    assert standing(small_plan, town, "4", "2023-06-10") == "submitted"

    clerk = browse("qingyu.clerk", "2023-06-14")
    assert "没有写物资" in clerk.get(f"/parts/{ready.pk}").text
    ready.refresh_from_db()
    amended = {f"words-{ready.pk}": "修订预案3部，补充物资12种。", f"version-{ready.pk}": ready.version}
    assert "已保存。" in clerk.post(f"/parts/{ready.pk}/fill", amended, follow=True).text
    reviewer = browse("qingyu.reviewer", "2023-06-14")
    assert "已重新上报，等区应急局审。" in reviewer.post(f"/parts/{ready.pk}/resubmit", follow=True).text
    bureau = browse("emergency_bureau.reviewer", "2023-06-15")
    ready.refresh_from_db()
    assert "已审定。" in bureau.post(f"/parts/{ready.pk}/accept", {"version": ready.version}, follow=True).text
    assert standing(small_plan, town, "4", "2023-06-15") == "met_late"
    assert Part.objects.get(pk=ready.pk).words == "修订预案3部，补充物资12种。"
    late = browse("qingyu.clerk", "2023-06-16").post(f"/parts/{ready.pk}/fill", amended, follow=True)
    assert "已审定，不能再改" in late.text and "下一期落实情况表" in late.text
