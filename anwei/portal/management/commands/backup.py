"""anwei backup FILE.tar.gz"""

from pathlib import Path
from typing import Any

from django.conf import settings

from anwei.portal import clock
from anwei.portal.upkeep.backup import back_up
from anwei.portal.upkeep.commands import OperatorCommand, Stop


class Command(OperatorCommand):
    help = "备份数据库、附件和封存锚点到一个文件；服务不用停。"

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="备份文件，例如 /backup/anwei-2023-09-25.tar.gz")
        parser.add_argument("--with-secrets", action="store_true", help="连同密钥（文件须妥善保管）")
        parser.add_argument("--overwrite", action="store_true", help="文件已有时覆盖")

    def work(self, options: dict[str, Any]) -> None:
        target = options["file"].resolve()
        if target.exists() and not options["overwrite"]:
            raise Stop(f"{target} 已经有了，没有备份。请换一个文件名，或加 --overwrite。")
        if not target.parent.is_dir():
            raise Stop(f"目录 {target.parent} 不存在，请先建立。")
        home, secrets = settings.ANWEI_HOME, options["with_secrets"]
        manifest = back_up(home, settings.DATABASES["default"], target, clock.now(), secrets)
        size = target.stat().st_size / 1024 / 1024
        self.say(f"已备份到 {target}（{size:.1f} MB，{len(manifest['files'])} 个文件）。")
        if not secrets:
            self.say(
                f"密钥没有在内：请另存 {home / 'secrets'}。没有它，恢复后封存核验不了，已绑定的动态口令要重新绑定。"
            )
