"""anwei tick: all periodic work, once and now."""

from typing import Any

from anwei.portal import clock
from anwei.portal.upkeep.commands import OperatorCommand, Stop
from anwei.portal.upkeep.ticking import tick


class Command(OperatorCommand):
    help = "日常推进：记覆盖率、恢复出现对象的任务、提醒、封存日志。可以反复运行；后台任务（worker）也会自己做。"

    def work(self, options: dict[str, Any]) -> None:
        done = tick(clock.now())
        for name, error in done:
            self.say(f"  {'✕' if error else '✓'} {name}{f'：{error}' if error else ''}")
        failed = [name for name, error in done if error]
        if failed:
            raise Stop(f"有{len(failed)}项没有做成：{'、'.join(failed)}。")
