from django.apps import AppConfig

from anwei.books.book import register
from anwei.evidence.offers import offer
from anwei.journal.by import declare


class ActivitiesConfig(AppConfig):
    name = "anwei.activities"
    verbose_name = "活动台账"

    def ready(self) -> None:
        # Models can be imported only from here on.
        from anwei.activities.book import ACTIVITIES  # noqa: PLC0415
        from anwei.activities.evidence import offers  # noqa: PLC0415

        declare(
            **{
                "activity.read": "查看活动台账",
                "activity.record": "录入活动",
                "activity.correct": "更正、作废活动",
            }
        )
        offer(*offers())
        register(ACTIVITIES)
