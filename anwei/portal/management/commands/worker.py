"""anwei worker: does jobs and periodic work until it is told to stop."""

import os
import signal
import socket
import threading
from typing import Any

import structlog
from django.db import close_old_connections

from anwei.jobs.periodic import run_due_rounds
from anwei.jobs.queue import run_due_jobs
from anwei.jobs.registry import rounds
from anwei.portal import clock
from anwei.portal.upkeep.commands import OperatorCommand

log = structlog.get_logger("anwei.worker")


class Command(OperatorCommand):
    help = "后台任务：导出、发送、到期提醒、封存日志。收到 SIGTERM 后办完手上的再停。"

    def add_arguments(self, parser) -> None:
        parser.add_argument("--once", action="store_true", help="办完眼前到期的就退出")
        parser.add_argument("--pause", type=float, default=2.0, help="没有任务时隔几秒再看（默认 2）")

    def work(self, options: dict[str, Any]) -> None:
        stop = threading.Event()
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
        name = f"{socket.gethostname()}-{os.getpid()}"
        log.info("worker started", worker=name, rounds=[one.name for one in rounds()])
        while not stop.is_set():
            busy = self._once(name, stop)
            if options["once"]:
                return
            if not busy:
                stop.wait(options["pause"])
        log.info("worker stopped", worker=name)

    def _once(self, name: str, stop: threading.Event) -> bool:
        """One look at everything. A database that is away for a moment must not end the worker."""
        try:
            close_old_connections()
            ran = run_due_rounds(name, clock.now)
            return bool(run_due_jobs(name, clock.now, limit=20)) or bool(ran)
        except Exception:
            log.exception("worker could not look for work", worker=name)
            return False
