"""The log: one JSON object a line, to standard error and $ANWEI_HOME/log/anwei.jsonl.

Never in it: query strings, form values, names of people. A person stands as `units.person:17`.
"""

import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

FILE = "anwei.jsonl"
# Asked every few seconds by whoever watches; not worth a line each.
_SILENT = ("/healthz", "/readyz", "/static/")
_BEFORE = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.processors.format_exc_info,
]

structlog.configure(
    processors=[*_BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
log = structlog.get_logger("anwei.request")


def logging_settings(folder: Path) -> dict[str, Any]:
    """Django's LOGGING. The file may be moved away by logrotate at any time: it is opened anew."""
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
                "foreign_pre_chain": _BEFORE,
            }
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "json"},
            "file": {
                "class": "logging.handlers.WatchedFileHandler",
                "filename": str(folder / FILE),
                "encoding": "utf-8",
                "delay": True,
                "formatter": "json",
            },
        },
        "root": {"handlers": ["file", "console"], "level": "WARNING"},
        "loggers": {
            "anwei": {"level": "INFO"},
            # axes repeats what the journal says, with the address of the caller.
            "axes": {"level": "ERROR"},
            # A 404 is no event; refused pages stand in the request log with their status.
            "django.request": {"level": "ERROR"},
        },
    }


class RequestLogMiddleware:
    """One line for each request: id, person, method, path without its question, status, milliseconds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = secrets.token_hex(8)
        structlog.contextvars.bind_contextvars(request_id=request.request_id)
        start = time.perf_counter()
        try:
            response = self.get_response(request)
            if not request.path.startswith(_SILENT):
                log.info(
                    "request",
                    method=request.method,
                    path=request.path,
                    status=response.status_code,
                    ms=round((time.perf_counter() - start) * 1000, 1),
                    person=request.by.person_ref if hasattr(request, "by") else "",
                )
            return response
        finally:
            structlog.contextvars.clear_contextvars()
