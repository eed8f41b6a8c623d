"""The decorator `@act`: one transaction, allowed by default deny, recorded; refusals recorded outside the rollback."""

import functools
import inspect
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from anwei.journal.by import By, NotAllowed, Refused
from anwei.journal.models import Entry, Subject
from anwei.journal.seals import share_writer_lock
from anwei.references import about

_BULK = 1000


@dataclass(slots=True)
class _Draft:
    summary: list[str] = field(default_factory=list)
    detail: dict[str, Any] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)


_current: ContextVar[_Draft | None] = ContextVar("journal_draft", default=None)


def say(summary: str = "", *, about_rows: Iterable[models.Model] = (), **detail: Any) -> None:
    """Called inside an act: adds words, rows and values (before/after) to the entry that the act will leave."""
    draft = _current.get()
    if draft is None:
        raise RuntimeError("journal.say() stands outside an act")
    if summary:
        draft.summary.append(summary)
    draft.detail.update(detail)
    for row in about_rows:
        draft.subjects[about(row)] = str(row)[:200]


def act(capability: str, *, subject: str | Callable[..., Iterable[Any]] | None = None) -> Callable[..., Any]:
    """Makes an action of a function whose first parameter is `by`.

    `subject` names the parameter that the right is asked on; a callable over the bound arguments gives several
    (asked once per distinct one). Without it the right must hold on everything (scope «all»).
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        signature = inspect.signature(function)

        @functools.wraps(function)
        def run(by: By, *args: Any, **kwargs: Any) -> Any:
            bound = signature.bind(by, *args, **kwargs)
            bound.apply_defaults()
            outermost = _current.get() is None
            draft = _Draft()
            token = _current.set(draft)
            try:
                with transaction.atomic():
                    share_writer_lock()
                    for one in _subjects(subject, bound.arguments):
                        by.must(capability, one)
                        _remember(draft, one)
                    result = function(by, *args, **kwargs)
                    _remember(draft, result)
                    _write(by, capability, function, draft, Entry.DONE)
                    return result
            except Refused as refused:
                if outermost:
                    draft.summary = [str(refused)]
                    draft.detail = {"not_allowed": isinstance(refused, NotAllowed)}
                    with transaction.atomic():
                        share_writer_lock()
                        _write(by, capability, function, draft, Entry.REFUSED)
                raise
            finally:
                _current.reset(token)

        run.act = capability
        return run

    return decorate


def _subjects(subject: str | Callable[..., Iterable[Any]] | None, arguments: dict[str, Any]) -> list[Any]:
    if subject is None:
        return [None]
    if isinstance(subject, str):
        return [arguments[subject]]
    distinct: dict[Any, Any] = {}
    for one in subject(**arguments):
        distinct[about(one) if isinstance(one, models.Model) else repr(one)] = one
    return list(distinct.values())


def _remember(draft: _Draft, row: Any) -> None:
    if isinstance(row, models.Model) and row.pk is not None:
        draft.subjects.setdefault(about(row), str(row)[:200])


def _write(by: By, capability: str, function: Callable[..., Any], draft: _Draft, outcome: str) -> None:
    entry = Entry.objects.create(
        at=by.at,
        day=by.today,
        act=f"{capability}",
        outcome=outcome,
        by_person=by.person_text,
        by_person_ref=by.person_ref,
        by_unit=by.unit_text,
        by_unit_ref=by.unit_ref,
        door=by.door,
        request_id=by.request_id,
        summary="；".join(draft.summary) or function.__name__,
        detail=draft.detail,
    )
    Subject.objects.bulk_create(
        (Subject(entry=entry, about=ref, label=label) for ref, label in draft.subjects.items()), batch_size=_BULK
    )
