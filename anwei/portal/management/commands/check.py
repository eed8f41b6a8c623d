"""anwei check: whether this installation can be used as it stands."""

import os
import shutil
from typing import Any

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError

from anwei.jobs.models import Beat, Job
from anwei.portal import clock
from anwei.portal.upkeep.commands import OperatorCommand, Stop
from anwei.portal.upkeep.health import LEAST_FREE_MB, free_megabytes, last_backup
from anwei.portal.upkeep.sealing import verify_journal
from anwei.units.models import Unit
from anwei.units.register import directory
from anwei.units.resolution.checks import check_directory


class Command(OperatorCommand):
    help = "自查：设置、数据库、单位资料、封存、备份、磁盘。有不能用的退出码 1。"

    def work(self, options: dict[str, Any]) -> None:
        self.bad = 0
        self._settings()
        if self._database():
            self._register()
            self._journal()
            self._work()
        self._backup_and_disk()
        if self.bad:
            raise Stop(f"有 {self.bad} 处须处理。")
        self.say("可以使用。")

    def _good(self, words: str) -> None:
        self.say(f"  ✓ {words}")

    def _warn(self, words: str) -> None:
        self.say(f"  △ {words}")

    def _wrong(self, words: str) -> None:
        self.bad += 1
        self.say(f"  ✕ {words}")

    def _settings(self) -> None:
        found = [one for one in run_checks() if one.level >= WARNING and not one.is_silenced()]
        for one in found:
            self._wrong(f"设置：{one}")
        if not found:
            self._good(f"设置（数据目录 {settings.ANWEI_HOME}）")
        if settings.DEBUG:
            self._wrong("ANWEI_DEBUG=1 会把程序内容显示给访问者，正式使用请去掉")
        if clock.demo_date():
            self._warn(f"演示日期 {clock.demo_date()}：每页的“今天”都是这一天，正式使用请用空白区")
        elif not settings.TLS:
            self._warn("没有用 TLS（ANWEI_TLS=1）：密码在网上明文传送，正式使用须在前面加 HTTPS")
        folder = settings.ANWEI_HOME / "secrets"
        if os.name == "posix" and folder.stat().st_mode & 0o077:
            self._wrong(f"{folder} 别人可读，请执行 chmod 700 {folder}")

    def _database(self) -> bool:
        try:
            plan = MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes())
        except DatabaseError as error:
            self._wrong(f"数据库连不上：{error}")
            return False
        if plan:
            self._wrong(f"数据库还差 {len(plan)} 步升级，请运行 anwei migrate")
            return False
        self._good(f"数据库（{connection.vendor}）")
        return True

    def _register(self) -> None:
        if not Unit.objects.exists():
            self._warn("还没有单位：运行 anwei createadmin，再在“单位”里登记或导入")
            return
        problems = check_directory(directory(clock.today()))
        for one in problems[:10]:
            self._warn(f"单位资料：{one.message}")
        if not problems:
            self._good("单位资料前后一致")

    def _journal(self) -> None:
        verdict = verify_journal()
        for one in verdict.changed:
            self._wrong(f"操作日志：{one}")
        if not verdict.changed:
            self._good(f"操作日志封存完好（{verdict.whole} 条，另有 {verdict.unsealed} 条未封）")

    def _work(self) -> None:
        dead = Job.objects.dead().count()
        if dead:
            self._warn(f"后台任务有 {dead} 项多次失败")
        for beat in Beat.objects.exclude(error=""):
            self._warn(f"定时工作 {beat.name} 上次失败：{beat.error.strip().splitlines()[-1]}")

    def _backup_and_disk(self) -> None:
        done = last_backup(settings.ANWEI_HOME)
        if done is None:
            self._warn("还没有备份过：anwei backup 文件.tar.gz")
        else:
            self._good(f"最近备份 {done:%Y-%m-%d %H:%M}")
        free = free_megabytes(settings.ANWEI_HOME)
        (self._wrong if free < LEAST_FREE_MB else self._good)(f"磁盘剩余 {free} MB")
        if shutil.which("soffice") is None:
            self._warn("没有 LibreOffice：.doc、.wps 文件不能直接导入，须先另存为 .docx")
