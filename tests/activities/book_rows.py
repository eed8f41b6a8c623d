from anwei.activities.actions import record_activities
from tests.activities.conftest import study
from tests.books.makers import Maker


def _activities(cast, number):
    rows = [
        study(topic=f"第{place}场", organiser="区安委办", units="各镇街", also="宣传活动") for place in range(number)
    ]
    rows.append(study(topic='=HYPERLINK("http://x")独一场', organiser="青榆镇", summary="+1\n第二行"))
    made, problems = record_activities(cast.by("office"), rows)
    assert problems == []
    return made


MAKERS = {"activities": Maker(_activities, "独一场")}
