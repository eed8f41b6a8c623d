"""What this room offers to be counted: one fact per kind of activity."""

from anwei.activities.models import Activity, Credit
from anwei.evidence.offers import Acts
from anwei.rulebook import ActivityKind, activity_kinds

# How papers say it, where «组织…N次» would be wrong.
_SAID = {
    "screening": "组织观看专题片{n}次",
    "quarterly_summary": "报送季度小结{n}份",
    "typical_case": "公布典型案例{n}个",
    "leader_talk": "开展访谈{n}次",
    "first_lesson": "讲授开工“第一课”{n}次",
    "safety_meeting": "召开安全生产会议{n}次",
    "committee_meeting": "召开专委会例会{n}次",
    "risk_consultation": "开展会商研判{n}次",
}


def offers() -> list[Acts]:
    """`activity.<kind>` for every kind of the rulebook; a unit counts once per activity and kind."""
    return [_offer(kind) for kind in activity_kinds()]


def _offer(kind: ActivityKind) -> Acts:
    return Acts(
        key=kind.fact,
        label=kind.label,
        rows=lambda: Credit.objects.filter(kind=kind.key, counts=True),
        unit="unit_id",
        day="happened_on",
        subject="activity",
        url=lambda credit: f"/activities/{credit.activity_id}",
        said=_SAID.get(kind.key, f"组织{kind.label}{{n}}次"),
        detail=detail,
    )


def detail(activity: Activity) -> str:
    """What a paper adds behind the day: 参加23人; 检查9家，发现问题15个."""
    words = []
    if activity.attendance:
        words.append(f"参加{activity.attendance}人")
    if inspected := activity.answers.get("inspected"):
        words.append(f"检查{inspected}家")
    if problems := activity.answers.get("problems"):
        words.append(f"发现问题{problems}个")
    return "，".join(words)
