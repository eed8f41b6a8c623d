"""Seals over the journal. Writers share an advisory lock; the sealer takes it alone, by try."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from django.db import connection, transaction

from anwei.journal.models import Entry, Seal, Subject

_LOCK = 0x416E776569  # «Anwei»
_CHUNK = 2000
_FIELDS = (
    "id", "at", "day", "act", "outcome", "by_person", "by_person_ref", "by_unit", "by_unit_ref", "door", "request_id",
    "summary", "detail",
)  # fmt: skip


def share_writer_lock() -> None:
    """PostgreSQL: shared until the transaction ends. SQLite has one writer anyway (transactions begin IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_LOCK])


def _take_lock_alone() -> bool:
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def seal(key: bytes, now: datetime, anchor: Path | None = None) -> Seal | None:
    """Seals every entry above the last seal. None where there is nothing to seal or a writer is at work (try later).

    `anchor` is a file outside the database that keeps each seal's line; it goes with the backup, so that a truncated
    journal shows.
    """
    with transaction.atomic():
        if not _take_lock_alone():
            return None
        last = Seal.objects.order_by("-last").first()
        above = last.last if last else 0
        first, end, count, mac = _mac(key, above, None, last.mac if last else "")
        if count == 0:
            return None
        made = Seal.objects.create(
            first=first, last=end, count=count, mac=mac, previous=last.mac if last else "", sealed_at=now
        )
    if anchor is not None:
        with anchor.open("a", encoding="utf-8") as file:
            file.write(_anchor_line(made))
    return made


def _anchor_line(seal_row: Seal) -> str:
    return f"{seal_row.first} {seal_row.last} {seal_row.count} {seal_row.mac}\n"


def _entries(above: int, up_to: int | None) -> Iterator[dict[str, object]]:
    rows = Entry.objects.filter(id__gt=above).order_by("id")
    if up_to is not None:
        rows = rows.filter(id__lte=up_to)
    chunk: list[dict[str, object]] = []
    for row in rows.values(*_FIELDS).iterator(chunk_size=_CHUNK):
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield from _with_subjects(chunk)
            chunk = []
    yield from _with_subjects(chunk)


def _with_subjects(chunk: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    if not chunk:
        return
    found: dict[int, list[tuple[str, str]]] = {}
    subjects = Subject.objects.filter(entry_id__gte=chunk[0]["id"], entry_id__lte=chunk[-1]["id"]).order_by("id")
    for entry_id, ref, label in subjects.values_list("entry_id", "about", "label"):
        found.setdefault(entry_id, []).append((ref, label))
    for row in chunk:
        yield row | {"subjects": found.get(row["id"], [])}


def _mac(key: bytes, above: int, up_to: int | None, previous: str) -> tuple[int, int, int, str]:
    running = hmac.new(key, previous.encode(), hashlib.sha256)
    first, last, count = 0, above, 0
    for row in _entries(above, up_to):
        running.update(_canonical(row))
        first = first or int(row["id"])
        last = int(row["id"])
        count += 1
    return first, last, count, running.hexdigest()


def _canonical(row: dict[str, object]) -> bytes:
    at = row["at"]
    plain = row | {"at": int(at.timestamp() * 1_000_000) if isinstance(at, datetime) else at, "day": str(row["day"])}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`whole` counts sealed entries that are as they were; `changed` are ranges that are not; `unsealed` the rest."""

    whole: int
    changed: list[str]
    unsealed: int


def verify(key: bytes, anchor: Path | None = None) -> Verdict:
    """Recomputes every seal, and holds the seals against the anchor file where one is given."""
    changed: list[str] = []
    whole = 0
    seals = list(Seal.objects.order_by("last"))
    previous_mac, above = "", 0
    for one in seals:
        first, last, count, mac = _mac(key, above, one.last, previous_mac)
        good = hmac.compare_digest(mac, one.mac) and (first, last, count) == (one.first, one.last, one.count)
        if good and one.previous == previous_mac:
            whole += count
        else:
            changed.append(f"第{one.first}至{one.last}条：与封存时不一致（封存{one.count}条，现有{count}条）")
        previous_mac, above = one.mac, one.last
    changed += [f"封存链断开：{a.last} 之后是 {b.first}" for a, b in pairwise(seals) if b.previous != a.mac]
    changed += _missing_anchors(seals, anchor)
    return Verdict(whole, changed, Entry.objects.filter(id__gt=above).count())


def _missing_anchors(seals: list[Seal], anchor: Path | None) -> list[str]:
    if anchor is None or not anchor.exists():
        return []
    have = {_anchor_line(one).strip() for one in seals}
    lines = [line.strip() for line in anchor.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [f"锚文件中的封存在库中找不到或已变：{line[:40]}" for line in lines if line not in have]
