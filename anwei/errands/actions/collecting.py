"""Sheets to be collected: prepared, sent out, filled, handed in, sent back, merged."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import F

from anwei.errands.lending import lend
from anwei.errands.models import Collection, Copy, Filling
from anwei.errands.models.collection import FOLLOW_SHEET
from anwei.errands.sheets import AUTOMATIC, KINDS, MOST_ROWS, CellProblem, EmptySheet, Row, SheetColumn, settle
from anwei.files.store import keep
from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused, Stale
from anwei.matters.actions import begin, take
from anwei.outbox.notices import Letter, tell
from anwei.references import about
from anwei.units.models import Unit


@act("collection.open")
def prepare(by: By, *, title: str, note: str, sheet: EmptySheet, upload: Any) -> Collection:
    """Keeps the empty sheet and what was read from it; nothing reaches a unit before `open_collection`."""
    if by.unit is None:
        raise Refused("收表须以一个单位的名义，请先选定岗位。")
    collection = Collection(
        giver=by.unit,
        holder=by.unit,
        title=title.strip()[:120],
        note=note.strip(),
        columns=[column.as_json() for column in sheet.columns],
        examples=sheet.examples,
        opened_by=by.person_text,
    )
    begin(by, collection)
    _, problems, _ = keep(by, collection, [upload])
    if problems:
        raise Refused("；".join(problems))
    say(f"准备收表“{collection}”：{len(sheet.columns)}栏")
    return collection


@act("collection.open", subject="collection")
def open_collection(
    by: By, *, collection: Collection, columns: Sequence[SheetColumn], units: Iterable[Unit], due_on: date, note: str
) -> Collection:
    """下发: the columns as the office settled them, one filling per unit, a notice to each."""
    units = sorted({unit.pk: unit for unit in units}.values(), key=lambda unit: (unit.order, unit.pk))
    if not units:
        raise Refused("还没有选填报单位，请至少选一个。")
    if due_on < by.today:
        raise Refused(f"报送时限 {due_on} 早于今天，请改为今天或以后的日期。")
    _check_columns(collection, columns)
    kept = [column.as_json() for column in columns]
    collection = take(by, collection, "open", columns=kept, due_on=due_on, note=note.strip())
    _send_out(by, collection, units)
    say(f"收表“{collection}”下发{len(units)}个单位", due_on=due_on.isoformat())
    return collection


@act("collection.open", subject="collection")
def add_fillers(by: By, *, collection: Collection, units: Iterable[Unit]) -> list[Filling]:
    """Further units for a sheet that is out."""
    known = set(collection.fillings.values_list("unit_id", flat=True))
    new = [unit for unit in units if unit.pk not in known]
    if not new:
        raise Refused("所选单位都已在填报之列，请另选单位。")
    won = Collection.objects.filter(pk=collection.pk, state="open").update(version=F("version") + 1)
    if not won:
        raise Stale(f"“{collection}”现在是“{collection.state_label}”，不能再加单位。")
    return _send_out(by, collection, new)


@act("collection.fill", subject="filling")
def save_rows(by: By, *, filling: Filling, version: int, rows: Sequence[Row], upload: Any = None) -> Filling:
    """Keeps a draft, wrong cells as they were written. An uploaded copy replaces the rows; those before it are kept
    aside. Raises Stale where somebody else saved since `version`."""
    if filling.state not in ("filling", "reopened"):
        raise Refused(f"“{filling}”现在是“{filling.state_label}”，不能改。需要补正的，请联系{filling.giver()}退回。")
    if len(rows) > MOST_ROWS:
        raise Refused(f"一个单位最多{MOST_ROWS}行，这里有{len(rows)}行，请拆分或联系{filling.giver()}。")
    settled, _ = settle(filling.collection.sheet_columns(), rows)
    if upload is not None:
        if filling.row_count:
            _copy(by, filling, Copy.REPLACED)
        keep(by, filling, [upload])
    won = Filling.objects.filter(pk=filling.pk, version=version, state=filling.state).update(
        rows=settled, row_count=len(settled), nothing=False, saved_by=by.person_text, version=version + 1
    )
    if not won:
        raise Stale("您填写期间，本单位另一人已经保存过这张表。请对照下面两份，核对后再保存。")
    filling.refresh_from_db()
    say(f"保存“{filling}”：{len(settled)}行", about_rows=[filling])
    return filling


@act("collection.fill", subject="filling")
def hand_in(by: By, *, filling: Filling, nothing: bool = False) -> tuple[Filling, list[CellProblem]]:
    """报送 what was saved: (filling, []) or, where a cell is wrong, (filling, problems) with nothing moved.
    `nothing` is a 零报告: the unit says that it has no row."""
    rows = filling.rows
    if nothing and rows:
        raise Refused(f"表里还有{len(rows)}行，不是零报告。请先删去各行，或不勾“零报告”。")
    if not nothing and not rows:
        raise Refused("表里还没有内容。确实没有的，请勾选“本单位没有，零报告”再报送。")
    _, problems = settle(filling.collection.sheet_columns(), rows)
    if problems:
        return filling, problems
    _copy(by, filling, Copy.HANDED_IN)
    moved = take(by, filling, "hand_in", handed_in_at=by.at, handed_in_by=by.person_text, nothing=nothing)
    return moved, []


@act("collection.open", subject="filling")
def reopen(by: By, *, filling: Filling, reason: str) -> Filling:
    """退回补正 of one unit, with the reason."""
    if not filling.collection.is_open:
        raise Refused(f"“{filling.collection}”{filling.collection.state_label}，不能再退回。")
    filling = take(by, filling, "reopen", text=reason)
    key = f"collection.reopen:{filling.pk}:{filling.version}"
    tell([_letter(filling, "collection", f"退回补正：{filling.collection}", reason, key)], by.at)
    return filling


@act("collection.open", subject="collection")
def remind_missing(by: By, *, collection: Collection) -> list[Filling]:
    """催报: a notice to every unit that has not handed in; once a day."""
    late = list(collection.fillings.open().missing().official())
    body = f"报送时限 {collection.due_on}，贵单位还没有报送，请抓紧。"
    title = f"催报：{collection}"
    tell((_letter(one, "remind", title, body, f"collection.remind:{one.pk}:{by.today}") for one in late), by.at)
    say(f"催报“{collection}”：{len(late)}个单位", about_rows=[collection, *late])
    return late


@act("collection.open", subject="collection")
def move_deadline(by: By, *, collection: Collection, due_on: date) -> Collection:
    """改时限 for all units that have not handed in."""
    if not collection.is_open or collection.is_draft:
        raise Refused(f"“{collection}”{collection.state_label}，不能改时限。")
    if due_on < by.today:
        raise Refused(f"报送时限 {due_on} 早于今天，请改为今天或以后的日期。")
    say(f"“{collection}”报送时限由 {collection.due_on} 改为 {due_on}")
    Collection.objects.filter(pk=collection.pk).update(due_on=due_on)
    collection.fillings.open().missing().update(due_on=due_on)
    collection.refresh_from_db()
    return collection


@act("collection.open", subject="collection")
def finish_collection(by: By, *, collection: Collection) -> Collection:
    """汇总结束: those that are in are merged, the others stand as 未报."""
    collection = take(by, collection, "finish")
    _end(by, collection)
    return collection


@act("collection.open", subject="collection")
def withdraw_collection(by: By, *, collection: Collection, reason: str) -> Collection:
    """撤销, with the reason; what was filled stays readable."""
    collection = take(by, collection, "withdraw", text=reason)
    _end(by, collection)
    return collection


def _end(by: By, collection: Collection) -> None:
    for one in collection.fillings.open():
        take(lend(by, FOLLOW_SHEET), one, "include" if one.state == "handed_in" else "miss")


def _check_columns(collection: Collection, columns: Sequence[SheetColumn]) -> None:
    if [column.label for column in columns] != [one["label"] for one in collection.columns]:
        raise Refused("栏目和上传的空白表对不上，请刷新页面重新核对。")
    unknown = [column.kind for column in columns if column.kind not in KINDS]
    if unknown:
        raise Refused(f"栏目类型「{unknown[0][:20]}」不认得，请从下拉里选。")
    if all(column.kind in AUTOMATIC for column in columns):
        raise Refused("所有栏目都是自动的，没有要单位填的，请至少留一栏给单位填。")


def _send_out(by: By, collection: Collection, units: Iterable[Unit]) -> list[Filling]:
    """Called right after the open collection was conditionally updated in the same transaction."""
    made = [
        begin(by, Filling(collection=collection, unit=unit, holder=unit, due_on=collection.due_on)) for unit in units
    ]
    body = f"请于{collection.due_on}前填报。{collection.note}"
    title = f"{collection.giver}收表：{collection}"
    tell((_letter(one, "collection", title, body, f"collection.given:{one.pk}") for one in made), by.at)
    return made


def _copy(by: By, filling: Filling, reason: str) -> None:
    who = "｜".join(filter(None, (by.unit_text, by.person_text)))
    Copy.objects.create(
        filling=filling, reason=reason, rows=filling.rows, row_count=len(filling.rows), at=by.at, by_text=who
    )


def _letter(filling: Filling, kind: str, title: str, body: str, key: str) -> Letter:
    to, url = about(filling.unit), filling.get_absolute_url()
    return Letter(to=to, kind=kind, title=title, body=body, url=url, about=about(filling), key=key)
