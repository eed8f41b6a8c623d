"""anwei restore FILE.tar.gz"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from anwei.portal import clock
from anwei.portal.upkeep.backup import restore
from anwei.portal.upkeep.commands import OperatorCommand, Stop


class Command(OperatorCommand):
    help = "从备份恢复到空的 ANWEI_HOME；先核对每个文件，全对才动手。"

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="anwei backup 做的文件")
        parser.add_argument(
            "--replace", action="store_true", help="替换现有数据（先停服务；原数据留在 before-restore-…）"
        )

    def work(self, options: dict[str, Any]) -> None:
        if not options["file"].is_file():
            raise Stop(f"没有文件 {options['file']}，请核对路径。")
        connections.close_all()
        home = settings.ANWEI_HOME
        manifest = restore(home, settings.DATABASES["default"], options["file"], clock.now(), options["replace"])
        self.say(
            f"已恢复 {manifest['made_at'][:16].replace('T', ' ')} 的备份到 {home}（{len(manifest['files'])} 个文件）。"
        )
        if not manifest["secrets"]:
            self.say(f"备份不含密钥：请把原来的 secrets 目录放回 {home / 'secrets'}，再运行 anwei journal verify。")
        self.say("接着：anwei migrate（版本有升级时补表），anwei check，然后启动服务。")
