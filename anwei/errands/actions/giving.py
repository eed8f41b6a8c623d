"""Giving an errand, signing it, adding units, reminding, withdrawing."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F

from anwei.errands.addressing import to_words
from anwei.errands.lending import lend
from anwei.errands.models import Addressee, Errand, ErrandPart, NumberRow, VillageLink
from anwei.errands.models.errand import FOLLOW, SIGN
from anwei.errands.signers import may_sign, signer_words
from anwei.files.store import keep
from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused, Stale
from anwei.matters.actions import begin, take
from anwei.outbox.notices import Letter, tell
from anwei.references import about
from anwei.units.models import Unit

TITLE = 40  # characters of the first sentence that make a title


def _receivers(units: Iterable[Unit], **_: Any) -> Iterable[Unit]:
    return units


@act("errand.give", subject=_receivers)
def give(
    by: By,
    *,
    units: list[Unit],
    text: str,
    due_on: date,
    title: str = "",
    contact: str = "",
    source: str = "",
    source_words: str = "",
    uploads: Iterable[Any] = (),
) -> Errand:
    """Writes an errand. It goes out at once where the giver's own post signs, or where none has to (a town to its
    villages); else it waits as a draft for «签发». Raises Refused with words for people."""
    uploads = list(uploads)
    if by.unit is None:
        raise Refused("交办须以一个单位的名义，请先选定岗位。")
    units = _without_giver(by, units)
    if due_on < by.today:
        raise Refused(f"时限 {due_on} 早于今天，请改为今天或以后的日期。")
    if not text.strip() and not uploads:
        raise Refused("请写明交办内容，或上传来件的照片、PDF。")
    errand = Errand(
        giver=by.unit,
        holder=by.unit,
        title=(title.strip() or _title_of(text, by.today))[:120],
        text=text.strip(),
        contact=contact,
        due_on=due_on,
        source=source,
        source_words=source_words,
        drafted_by=by.person_text,
        to_words=to_words(units, by.today),
    )
    begin(by, errand)
    Addressee.objects.bulk_create(
        [Addressee(errand=errand, unit=unit) for unit in units]
        + [Addressee(errand=errand, unit=by.unit, giver=True, told=True)]
    )
    _attach(by, errand, uploads)
    say(f"交办“{errand}”给{len(units)}个单位", due_on=due_on.isoformat(), units=[unit.short for unit in units])
    if not errand.by_office:
        return _go_out(by, errand, "issue", FOLLOW)
    return _go_out(by, errand, "sign", SIGN) if may_sign(by) else errand


@act("errand.give", subject="errand")
def sign_errand(by: By, *, errand: Errand) -> Errand:
    """签发: number, parts and notices. Only by the post that the setting names."""
    if not may_sign(by):
        raise Refused(f"交办单由{signer_words(by.today)}签发，您现在的岗位不能签发。")
    return _go_out(by, errand, "sign", SIGN)


@act("errand.give", subject="errand")
def change_draft(by: By, *, errand: Errand, version: int, title: str, text: str, due_on: date, contact: str) -> Errand:
    """Corrects the words of a draft before it is signed; what has gone out is never changed."""
    if due_on < by.today:
        raise Refused(f"时限 {due_on} 早于今天，请改为今天或以后的日期。")
    before = {"title": errand.title, "text": errand.text, "due_on": str(errand.due_on), "contact": errand.contact}
    after = {"title": title.strip() or _title_of(text, by.today), "text": text.strip(), "contact": contact.strip()}
    won = Errand.objects.filter(pk=errand.pk, version=version, state="draft").update(
        **after, due_on=due_on, version=version + 1
    )
    if not won:
        raise Stale(f"“{errand}”刚刚被别人改过或已经签发，请刷新页面核对后再改。")
    errand.refresh_from_db()
    say(f"修改草稿“{errand}”", before=before, after=after | {"due_on": str(due_on)})
    return errand


@act("errand.give", subject=_receivers)
def add_units(by: By, *, errand: Errand, units: list[Unit]) -> list[ErrandPart]:
    """Further units for an errand under way. The right is asked on the errand as well."""
    by.must("errand.give", errand)
    known = set(errand.addressees.values_list("unit_id", flat=True))
    units = [unit for unit in _without_giver(by, units) if unit.pk not in known]
    if not units:
        raise Refused("所选单位都已在主送之列，请另选单位。")
    won = Errand.objects.filter(pk=errand.pk, state="doing").update(version=F("version") + 1)
    if not won:
        raise Stale(f"“{errand}”现在是“{errand.state_label}”，不能再加单位。")
    Addressee.objects.bulk_create(Addressee(errand=errand, unit=unit, told=True) for unit in units)
    told = [row.unit for row in errand.addressees.filter(giver=False).select_related("unit")]
    Errand.objects.filter(pk=errand.pk).update(to_words=to_words(told, by.today))
    say(f"“{errand}”增加主送：{'、'.join(unit.short for unit in units)}", about_rows=[errand])
    return _open_parts(by, errand, units)


@act("errand.give", subject="errand")
def remind(by: By, *, errand: Errand) -> list[ErrandPart]:
    """催办: a notice to every unit whose move is next; once a day, however often it is pressed."""
    late = list(errand.parts.open().exclude(state="answered").official())
    tell(
        (
            Letter(
                to=about(part.unit),
                kind="remind",
                title=f"催办：{errand.title}",
                body=f"{errand.number_words}，时限 {part.due_on}，贵单位现在是“{part.state_label}”，请抓紧办理。",
                url=part.get_absolute_url(),
                about=about(part),
                key=f"errand.remind:{part.pk}:{by.today}",
            )
            for part in late
        ),
        by.at,
    )
    say(f"催办“{errand}”：{len(late)}个单位", about_rows=[errand, *late])
    return late


@act("errand.close", subject="errand")
def withdraw(by: By, *, errand: Errand, reason: str) -> Errand:
    """Takes an errand back; open parts end with it."""
    own = take(by, errand, "withdraw", text=reason)
    for part in errand.parts.open():
        take(lend(by, FOLLOW), part, "release", text=f"交办单已撤回：{reason}")
    return own


@act("errand.give", subject="errand")
def record_document_number(by: By, *, errand: Errand, number: str) -> Errand:
    """Fills in the number that the document system gave to the paper."""
    number = number.strip()
    if not number or len(number) > 60:
        raise Refused("公文系统文号是空的或超过60字，请按文件上的文号填写，例如 临安办字〔2023〕12号。")
    if errand.is_draft:
        raise Refused("签发以后才能填公文系统文号。")
    Errand.objects.filter(pk=errand.pk).update(outside_number=number)
    say(f"填入公文系统文号：{number}", about_rows=[errand], before=errand.outside_number)
    errand.refresh_from_db()
    return errand


def _without_giver(by: By, units: list[Unit]) -> list[Unit]:
    distinct = {unit.pk: unit for unit in units}
    distinct.pop(by.unit.pk, None)
    if not distinct:
        raise Refused("还没有选承办单位，请至少选一个（不能只选本单位）。")
    return sorted(distinct.values(), key=lambda unit: (unit.order, unit.pk))


def _title_of(text: str, on: date) -> str:
    """The first sentence, or the day where there is only a picture."""
    first = text.strip().split("\n", 1)[0]
    for sign in "。；！":
        first = first.split(sign, 1)[0]
    if not first:
        return f"{on.month}月{on.day}日来件交办"
    return first if len(first) <= TITLE else f"{first[: TITLE - 1]}…"


def _attach(by: By, errand: Errand, uploads: list[Any]) -> None:
    _, problems, _ = keep(by, errand, uploads)
    if problems:
        raise Refused("；".join(problems))


def _go_out(by: By, errand: Errand, move: str, right: str) -> Errand:
    """Number, parts and notices in the transaction of the act: nothing is numbered that did not go out."""
    year = by.today.year
    issued = {"year": year, "number": _next_number(errand.giver, year), "signed_on": by.today}
    issued["signed_by"] = by.person_text if move == "sign" else ""
    errand = take(lend(by, right), errand, move, **issued)
    errand.addressees.update(told=True)
    units = [row.unit for row in errand.addressees.filter(giver=False).select_related("unit")]
    _open_parts(by, errand, units)
    return errand


def _next_number(giver: Unit, year: int) -> int:
    row, _ = NumberRow.objects.get_or_create(giver=giver, year=year)
    row = NumberRow.objects.select_for_update().get(pk=row.pk)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def _open_parts(by: By, errand: Errand, units: list[Unit]) -> list[ErrandPart]:
    """Called right after the open errand was conditionally updated in the same transaction."""
    made = [begin(by, ErrandPart(errand=errand, unit=unit, holder=unit, due_on=errand.due_on)) for unit in units]
    VillageLink.objects.bulk_create(VillageLink(part=part, made_at=by.at) for part in made if part.for_village)
    tell(
        (
            Letter(
                to=about(part.unit),
                kind="errand",
                title=f"{errand.giver}交办：{errand.title}",
                body=f"{errand.number_words}，请于{part.due_on}前办结并反馈。",
                url=part.get_absolute_url(),
                about=about(part),
                key=f"errand.given:{part.pk}",
            )
            for part in made
            if not part.for_village
        ),
        by.at,
    )
    return made
