"""Moving a matter: the only code that changes a state."""

from typing import Any, TypeVar

from django.db.models import F

from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused, Stale
from anwei.matters.flow import Move
from anwei.matters.models import Matter, Step
from anwei.references import about

M = TypeVar("M", bound=Matter)


def take(by: By, matter: M, move: str, *, text: str = "", **changes: Any) -> M:
    """Makes one move: state, right, needs, and a conditional UPDATE, so that one of two wins. Returns the fresh row.

    `changes` are further columns written in the same UPDATE. Raises Refused (state, need, same person), NotAllowed,
    Stale (somebody else moved first).
    """
    chosen = matter.flow.move(move)
    return act(chosen.may, subject="matter")(_take)(by, matter=matter, move=chosen, text=text, changes=changes)


def may_take(by: By, matter: Matter) -> list[Move]:
    """The moves that this person could make now: the buttons of the page."""
    return [
        one
        for one in matter.flow.from_state(matter.state)
        if by.may(one.may, matter) and not _same_person(by, matter, one)
    ]


def begin(by: By, matter: M, text: str = "") -> M:
    """Saves a new matter in its first state and leaves the first step. Called inside an act."""
    matter.state = matter.flow.start
    matter.opened_on = by.today
    matter.save()
    _step(by, matter, "begin", "发起", "", matter.state, text)
    return matter


def _take(by: By, *, matter: M, move: Move, text: str, changes: dict[str, Any]) -> M:
    if matter.state not in move.from_:
        raise Refused(f"“{matter}”现在是“{matter.state_label}”，不能{move.label}。请刷新页面看最新状态。")
    if _same_person(by, matter, move):
        raise Refused(f"{move.label}须由另一人办理：“{matter.flow.move(move.other_than).label}”也是您办的。")
    for name, value in changes.items():
        setattr(matter, name, value)
    for need in move.needs:
        missing = getattr(matter, need)()
        if missing:
            raise Refused(missing)
    if "text" in move.asks and not text.strip():
        raise Refused(f"{move.label}须写明理由。")
    columns = dict(changes, state=move.to, version=F("version") + 1)
    if move.holder:
        columns["holder_id"] = getattr(matter, move.holder)().pk
    if move.to in matter.flow.ends:
        columns["closed_on"] = by.today
    won = (
        type(matter)._default_manager.filter(pk=matter.pk, state=matter.state, version=matter.version).update(**columns)
    )
    if not won:
        raise Stale(f"“{matter}”刚刚被别人办理过，请刷新页面看最新状态。")
    _step(by, matter, move.key, move.label, matter.state, move.to, text)
    matter.refresh_from_db()
    say(f"{move.label}：{matter}", about_rows=[matter], state=matter.state, text=text)
    return matter


def _same_person(by: By, matter: Matter, move: Move) -> bool:
    if not move.other_than or not by.person_ref:
        return False
    last = Step.objects.filter(about=about(matter), move=move.other_than).order_by("-id").first()
    return last is not None and last.by_person_ref == by.person_ref


def _step(by: By, matter: Matter, key: str, label: str, from_state: str, to_state: str, text: str) -> None:
    Step.objects.create(
        about=about(matter),
        move=key,
        label=label,
        from_state=from_state,
        to_state=to_state,
        at=by.at,
        by_person=by.person_text,
        by_person_ref=by.person_ref,
        by_unit=by.unit_text,
        text=text,
    )
