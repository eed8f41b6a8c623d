from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "anwei.activities"
    verbose_name = "活动台账"
