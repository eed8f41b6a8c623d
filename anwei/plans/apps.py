from django.apps import AppConfig

from anwei.journal.by import declare


class PlansConfig(AppConfig):
    name = "anwei.plans"
    verbose_name = "工作要点"

    def ready(self) -> None:
        declare(
            **{
                "plan.read": "查看工作要点",
                "plan.import": "导入工作要点",
                "plan.edit": "核对工作要点",
            }
        )
