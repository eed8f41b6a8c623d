"""What the units do with their parts, and how the giver closes them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from anwei.errands.lending import lend
from anwei.errands.models import Errand, ErrandPart, MoreTime, VillageLink
from anwei.errands.models.errand import FOLLOW
from anwei.errands.models.link import new_token
from anwei.errands.models.part import ANSWERABLE
from anwei.files.store import keep
from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused
from anwei.matters.actions import begin, may_take, take
from anwei.outbox.notices import Letter, tell
from anwei.references import about
from anwei.units.models import Unit

LONGEST = 4000  # characters of one answer


@act("errand.answer", subject="part")
def sign_part(by: By, *, part: ErrandPart) -> ErrandPart:
    """签收."""
    return take(by, part, "sign", signed_at=by.at, signed_by=by.person_text)


@act("errand.answer", subject="part")
def answer(by: By, *, part: ErrandPart, text: str, uploads: Iterable[Any] = ()) -> ErrandPart:
    """反馈, with files. Whoever answers without having signed has received it: the signature is made along."""
    if len(text) > LONGEST:
        raise Refused(f"反馈有{len(text)}字，最多{LONGEST}字；材料请作为附件上传。")
    if part.state == "waiting":
        part = take(by, part, "sign", signed_at=by.at, signed_by=by.person_text)
    part = take(by, part, "answer", text=text, answer=text.strip(), answered_at=by.at, answered_by=by.person_text)
    _, problems, warnings = keep(by, part, uploads)
    if problems:
        raise Refused("；".join(problems))
    say(warnings=warnings)
    return part


@act("errand.give", subject=lambda part, **_: [part.errand])
def answer_for_village(by: By, *, part: ErrandPart, text: str, uploads: Iterable[Any] = ()) -> ErrandPart:
    """The town writes down what a village said by telephone or handed in on paper."""
    if not part.for_village:
        raise Refused(f"{part.unit}有自己的账号，请由其自行反馈。")
    return answer(lend(by, "errand.answer"), part=part, text=f"（{by.unit}代录）{text.strip()}", uploads=uploads)


@act("errand.give", subject=lambda part, **_: [part.errand])
def renew_link(by: By, *, part: ErrandPart) -> VillageLink:
    """A new token ends the old one. The token itself is never journalled."""
    if not part.is_open or not part.for_village:
        raise Refused(f"“{part}”没有可以更换的链接：只有未办结的村（社区）事项才有链接。")
    link, _ = VillageLink.objects.update_or_create(part=part, defaults={"token": new_token(), "made_at": by.at})
    say(f"更换{part.unit}的链接", about_rows=[part])
    return link


@act("errand.close", subject="part")
def close_part(by: By, *, part: ErrandPart) -> ErrandPart:
    """办结 of one unit; the errand is closed with its last part."""
    errand = _locked(part)
    part = take(by, part, "close")
    _finish(by, errand)
    return part


@act("errand.close", subject="errand")
def close_answered(by: By, *, errand: Errand) -> list[ErrandPart]:
    """办结 of every unit that has answered, in one go. One that the same person answered is left for another."""
    closed = []
    Errand.objects.select_for_update().get(pk=errand.pk)
    for part in errand.parts.filter(state="answered").official():
        if any(move.key == "close" for move in may_take(by, part)):
            closed.append(take(by, part, "close"))
    if not closed:
        raise Refused("没有可以办结的：还没有单位反馈，或者反馈就是您本人录入的，须由另一人办结。")
    _finish(by, errand)
    return closed


@act("errand.close", subject="part")
def send_back(by: By, *, part: ErrandPart, reason: str) -> ErrandPart:
    """退回续办, with what is missing."""
    part = take(by, part, "send_back", text=reason)
    _tell_unit(by, part, "退回续办", reason)
    return part


@act("errand.close", subject=lambda part, **_: [part.errand])
def release(by: By, *, part: ErrandPart, reason: str) -> ErrandPart:
    """免办: this unit need not do it; said by the giver, so the right is asked on the errand."""
    errand = _locked(part)
    part = take(lend(by, FOLLOW), part, "release", text=reason)
    _tell_unit(by, part, "免办", reason)
    _finish(by, errand)
    return part


@act("errand.answer", subject="part")
def ask_more_time(by: By, *, part: ErrandPart, until: date, reason: str) -> MoreTime:
    """申请延期: while the part is the unit's own move and nothing else is asked."""
    if part.state not in ANSWERABLE:
        raise Refused(f"“{part}”现在是“{part.state_label}”，不用再申请延期。")
    if until <= part.due_on or until <= by.today:
        raise Refused(f"延至 {until} 不晚于现在的时限 {part.due_on} 或今天，请填更晚的日期。")
    if not reason.strip() or len(reason) > 300:
        raise Refused("申请延期须写明理由，不超过300字。")
    ErrandPart.objects.select_for_update(of=("self",)).get(pk=part.pk)
    if part.more_time.open().exists():
        raise Refused("上一次延期申请还没有答复，请等答复后再申请。")
    asked = MoreTime(
        part=part,
        holder=part.errand.giver,
        due_on=part.due_on,
        until=until,
        reason=reason.strip(),
        asked_by=by.person_text,
    )
    return begin(by, asked, text=reason)


@act("errand.close", subject="asked")
def decide_more_time(by: By, *, asked: MoreTime, grant: bool, reason: str = "") -> MoreTime:
    """同意 moves the part's deadline; 不同意 needs a reason."""
    asked = take(by, asked, "grant" if grant else "refuse", text=reason)
    part = asked.part
    if grant:
        ErrandPart.objects.filter(pk=part.pk, closed_on=None).update(due_on=asked.until, extended=True)
        say(f"{part.unit}的时限由 {part.due_on} 改为 {asked.until}", about_rows=[part])
        part.refresh_from_db()
    _tell_unit(by, part, "同意延期" if grant else "未同意延期", reason or f"新时限 {asked.until}")
    return asked


def _locked(part: ErrandPart) -> Errand:
    """The errand's row, held until the end: of two last parts the second one sees the first."""
    return Errand.objects.select_for_update().get(pk=part.errand_id)


def _finish(by: By, errand: Errand) -> None:
    if errand.state == "doing" and not errand.parts.open().exists():
        take(lend(by, FOLLOW), errand, "finish")


def _tell_unit(by: By, part: ErrandPart, word: str, text: str) -> None:
    if part.for_village:
        return
    errand: Errand = part.errand
    to: Unit = part.unit
    key = f"errand.{word}:{part.pk}:{part.version}:{by.at.isoformat()}"
    letter = Letter(
        to=about(to),
        kind="errand",
        title=f"{word}：{errand.title}",
        body=text,
        url=part.get_absolute_url(),
        about=about(part),
        key=key,
    )
    tell([letter], by.at)
