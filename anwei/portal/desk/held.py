"""Matters of every ledger for one desk: the first k of each kind, merged. One query a kind, whatever the rows."""

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Any

from django.db.models import F

from anwei.journal.by import By
from anwei.matters.models import Matter, Step, concrete_matters
from anwei.portal.desk.items import Button, Days, Item
from anwei.portal.desk.sources import Source, source_of
from anwei.references import about, split_about

MOST = 300  # of each kind; whoever holds more works from the kind's own list
SIGN = "签收"


def own_units(by: By) -> frozenset[int]:
    """The post's unit and the committees that it acts for; nobody has none."""
    return frozenset(by.may.reach("notice.read").owners)


def kind_of(matter: type[Matter] | Matter) -> str:
    return f"{matter._meta.app_label}.{matter._meta.model_name}"


def held(units: Iterable[int]) -> dict[str, list[Any]]:
    """kind -> open matters whose move is these units', nearest deadline first."""
    ids = list(units)
    found = {}
    for model in concrete_matters():
        kind = kind_of(model)
        source = source_of(kind)
        rows = model.objects.open().held_by(ids).select_related(*(source.related or ("holder",)))
        if source.hidden:
            rows = rows.exclude(state__in=source.hidden)
        found[kind] = list(rows.order_by(F("due_on").asc(nulls_last=True), "id")[:MOST])
    return found


def waits_for_signing(matter: Matter) -> bool:
    return any(move.label == SIGN for move in matter.flow.from_state(matter.state))


def to_sign(by: By, matters: dict[str, list[Any]], office: str, days: Days) -> list[Item]:
    rows = [(kind, one) for kind, some in matters.items() for one in some if waits_for_signing(one)]
    return list(_items(by, rows, office, days))


def to_do(by: By, matters: dict[str, list[Any]], office: str, days: Days) -> list[Item]:
    """One line each; a kind's merged state is one line for all of them."""
    rows, items = [], []
    for kind, some in matters.items():
        merge = source_of(kind).merge
        left = [one for one in some if not waits_for_signing(one)]
        if merge is not None and (together := [one for one in left if one.state == merge.state]):
            if by.may.reach(merge.may):
                items.append(_merged(kind, together, days))
            left = [one for one in left if one.state != merge.state]
        rows += [(kind, one) for one in left]
    return items + list(_items(by, rows, office, days))


def begun_by(unit: str, most: int) -> list[str]:
    """References of what a unit began, newest first."""
    return list(Step.objects.filter(move="begin", by_unit=unit).order_by("-id").values_list("about", flat=True)[:most])


def handled_by(unit: str, most: int) -> list[Step]:
    """The last move of a unit on each matter that it did not merely begin, newest first."""
    seen: dict[str, Step] = {}
    for step in Step.objects.filter(by_unit=unit).exclude(move="begin").order_by("-id")[: most * 2]:
        seen.setdefault(step.about, step)
    return list(seen.values())[:most]


def handled_count(unit: str) -> int:
    return Step.objects.filter(by_unit=unit).exclude(move="begin").values("about").distinct().count()


def matters_at(references: Iterable[str]) -> dict[str, Any]:
    """reference -> matter: one query a kind that occurs."""
    wanted: dict[str, list[int]] = {}
    for text in references:
        ref = split_about(text)
        wanted.setdefault(f"{ref.room}.{ref.model}", []).append(ref.id)
    found = {}
    for model in concrete_matters():
        kind = kind_of(model)
        if ids := wanted.get(kind):
            rows = model.objects.filter(pk__in=ids).select_related(*(source_of(kind).related or ("holder",)))
            found |= {about(row): row for row in rows}
    return found


def begun_items(by: By, references: list[str], office: str, days: Days) -> list[Item]:
    """我发起: where each of them is now, and whose move it is. Newest first."""
    rows = matters_at(references)
    pairs = [(kind_of(rows[ref]), rows[ref]) for ref in references if ref in rows]
    return list(_items(by, pairs, office, days, mine=False))


def _items(by: By, rows: list[tuple[str, Any]], office: str, days: Days, *, mine: bool = True) -> Iterator[Item]:
    begun = _beginners([one for kind, one in rows if not source_of(kind).giver and not source_of(kind).office_gives])
    for kind, matter in rows:
        source = source_of(kind)
        yield Item(
            title=matter.inbox_title(),
            url=matter.get_absolute_url(),
            source=matter.inbox_source(),
            giver=_giver(source, matter, office, begun),
            due_on=matter.due_on,
            since=matter.opened_on,
            turn=_turn(by, source, matter),
            rank=source.rank,
            note=matter.state_label,
            standing=days.standing(matter.due_on) if matter.is_open else "",
            units=frozenset(matter.owner_unit_ids()),
            buttons=_buttons(by, source, matter) if mine else (),
        )


def _merged(kind: str, rows: list[Any], days: Days) -> Item:
    source = source_of(kind)
    assert source.merge is not None
    first = min((one.due_on for one in rows if one.due_on), default=None)
    number = f"{len(rows)}{source.merge.count}" + ("以上" if len(rows) >= MOST else "")
    return Item(
        title=f"{source.merge.title}（{number}）",
        url=source.merge.url,
        source=source.merge.source,
        giver="各单位",
        due_on=None,
        turn="本单位审核",
        rank=source.rank,
        note=f"最早一条时限{first.month}月{first.day}日" if first else "",
        units=frozenset(unit for one in rows for unit in (one.holder_id,)),
        buttons=(Button("办理", source.merge.url, main=True),),
    )


def _beginners(matters: list[Any]) -> dict[str, str]:
    """reference -> the unit that began it."""
    references = [about(one) for one in matters]
    if not references:
        return {}
    return dict(Step.objects.filter(about__in=references, move="begin").values_list("about", "by_unit"))


def _giver(source: Source, matter: Any, office: str, begun: dict[str, str]) -> str:
    if source.office_gives:
        return office
    if source.giver:
        return str(reduce(getattr, source.giver.split("."), matter))
    return begun.get(about(matter), "")


def _turn(by: By, source: Source, matter: Any) -> str:
    if not matter.is_open:
        return "—"
    if matter.holder_id not in own_units(by):
        return str(matter.holder)
    return source.turns.get(matter.state, "本单位")


def _buttons(by: By, source: Source, matter: Any) -> tuple[Button, ...]:
    """What this person may do; the system's own right stands for nobody here."""
    moves = [move for move in matter.flow.from_state(matter.state) if by.may(move.may, matter)]
    if source.sign and any(move.label == SIGN for move in moves):
        return (
            Button(SIGN, source.sign.format(pk=matter.pk), main=True, post=True),
            Button("查看", matter.get_absolute_url()),
        )
    return (Button("办理" if moves else "查看", matter.get_absolute_url(), main=bool(moves)),)
