"""Who does what: rooms register handlers and periodic work in `AppConfig.ready()`. Needs no models, so that apps may
import it at the top."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

Handler = Callable[[dict[str, Any], datetime], None]
Work = Callable[[datetime], object]


@dataclass(frozen=True, slots=True)
class Round:
    """Periodic work: `work(at)` with the moment of the door's clock, every so often by the real one."""

    name: str
    every: timedelta
    work: Work


_handlers: dict[str, Handler] = {}
_rounds: dict[str, Round] = {}


def handle(kind: str, handler: Handler) -> None:
    """A room says who does the jobs of a kind. One kind, one handler."""
    if _handlers.get(kind, handler) is not handler:
        raise ValueError(f"two handlers for jobs of kind {kind!r}")
    _handlers[kind] = handler


def every(name: str, seconds: int, work: Work) -> None:
    """Registers periodic work: `every("journal.seal", 600, seal_journal)`. One name, one work."""
    if name in _rounds and _rounds[name].work is not work:
        raise ValueError(f"periodic work {name!r} is registered twice")
    _rounds[name] = Round(name, timedelta(seconds=seconds), work)


def handlers() -> dict[str, Handler]:
    return _handlers


def rounds() -> tuple[Round, ...]:
    return tuple(_rounds.values())
