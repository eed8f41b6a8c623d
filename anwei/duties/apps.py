from django.apps import AppConfig

from anwei.books import panels
from anwei.errands import sources
from anwei.journal.by import declare


class DutiesConfig(AppConfig):
    name = "anwei.duties"
    verbose_name = "任务"

    def ready(self) -> None:
        # Models can be imported only from here on; the checks register themselves.
        from anwei.duties import checks  # noqa: F401, PLC0415
        from anwei.duties.credited import panel  # noqa: PLC0415
        from anwei.duties.handing_on import source_of_duty  # noqa: PLC0415

        panels.register("activities.activity", panel)
        sources.register("duties.duty", source_of_duty)
        declare(
            **{
                "plan.adopt": "下达工作要点",
                "duty.read": "查看任务进展",
                "duty.sign": "签收",
                "duty.hand_on": "转办、退回任务",
                "duty.transfer": "转交任务",
                "waiver.confirm": "确认不涉及",
                "waiver.decide": "恢复任务",
                "extension.ask": "申请延期",
                "extension.decide": "审批延期",
                "make_up.record": "记录补办",
                "share.record": "记录覆盖率",
                "report.read": "查看落实情况表",
                "report.fill": "填报落实情况表",
                "report.check": "审核落实情况表",
                "report.accept": "审定落实情况",
            }
        )
