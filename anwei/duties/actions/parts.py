"""One measure of a return: written, proved with files, accepted or returned, commented."""

from collections.abc import Iterable, Sequence
from typing import Any

from anwei.duties.models import Part, Submission
from anwei.duties.sentences import as_kept
from anwei.files import store
from anwei.files.models import Attachment
from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused, Stale
from anwei.matters.actions import take
from anwei.matters.models import Step
from anwei.outbox.notices import Letter, tell
from anwei.references import about
from anwei.rulebook import parameter
from anwei.units.queries import overrides_on

_REASON = 300
_LABELS = {"words": "落实情况", "trouble": "存在问题", "next_step": "下一步打算"}


@act("report.fill", subject="part")
def fill_part(by: By, part: Part, version: int, *, words: str, trouble: str = "", next_step: str = "") -> Part:
    """The unit's own words, each within `return.text_limit`. Stale where somebody else saved first."""
    texts = {"words": as_kept(words), "trouble": as_kept(trouble), "next_step": as_kept(next_step)}
    _check_lengths(by, texts)
    if why := part.locked():
        raise Refused(why)
    if part.version != version:
        raise Stale("这一条刚刚被别人改过。请看过对方的内容，再决定怎样保存。")
    if part.state != "open":
        return take(by, part, "amend" if part.state == "returned" else "consolidate", **texts)
    won = Part.objects.filter(pk=part.pk, version=version, state="open").update(**texts, version=version + 1)
    if not won:
        raise Stale("这一条刚刚被别人改过。请看过对方的内容，再决定怎样保存。")
    part.refresh_from_db(fields=[*texts, "version"])
    say(f"填报：{part}", **texts)
    return part


@act("report.fill", subject="part")
def attach_to_part(by: By, part: Part, uploads: Iterable[Any]) -> tuple[list[Attachment], list[str]]:
    """(attachments, words about files that were not kept or look used twice)."""
    if why := part.locked():
        raise Refused(why)
    made, problems, warnings = store.keep(by, part, uploads)
    if made:
        _count_files(by, part, f"附佐证{len(made)}件")
    return made, problems + warnings


@act("report.fill", subject="part")
def detach_from_part(by: By, part: Part, attachment: Attachment) -> Part:
    """A file put there by mistake, while the part may still be written; the journal keeps its name."""
    if why := part.locked():
        raise Refused(why)
    if attachment.about != about(part):
        raise ValueError("the attachment belongs to another row")
    name = attachment.name
    attachment.delete()
    _count_files(by, part, f"撤下佐证“{name}”")
    return part


@act("report.accept", subject=lambda by, parts, **_: parts)
def accept_parts(by: By, parts: Sequence[Part], *, comment: str = "") -> list[Part]:
    """The gathering lead (or the office) accepts; nobody accepts their own."""
    _check_reason("意见", comment)
    done = []
    for part in parts:
        _not_own(by, part)
        changes = {"comment": comment} if comment else {}
        done.append(take(by, part, "accept", text=comment, **changes))
    Submission.objects.filter(part__in=done, returned_on=None, accepted_on=None).update(accepted_on=by.today)
    say(f"审定{len(done)}条", about_rows=done)
    return done


@act("report.accept", subject="part")
def return_part(by: By, part: Part, *, words: str) -> Part:
    """退回补正 with a reason; the unit's due is open again."""
    words = as_kept(words)
    _check_reason("退回理由", words)
    _not_own(by, part)
    done = take(by, part, "return", text=words, comment=words)
    Submission.objects.filter(part=part, returned_on=None, accepted_on=None).update(
        returned_on=by.today, return_reason=words
    )
    _tell(by, done, done.of_return.holder, f"退回补正：{done}（{words}）", done.get_absolute_url())
    return done


@act("report.accept", subject="part")
def comment_part(by: By, part: Part, *, words: str) -> Part:
    """A remark of the gathering lead that sends nothing back; the unit reads it."""
    words = as_kept(words)
    _check_reason("意见", words)
    _not_own(by, part)
    done = take(by, part, "comment", text=words, comment=words)
    _tell(by, done, done.of_return.holder, f"{done.acceptor}的意见：{done}（{words}）", done.get_absolute_url())
    return done


def _check_lengths(by: By, texts: dict[str, str]) -> None:
    limit = int(parameter("return.text_limit").at(by.today, overrides_on(by.today)).number)
    for name, text in texts.items():
        if len(text) > limit:
            raise Refused(f"“{_LABELS[name]}”写了{len(text)}字，最多{limit}字，请删减{len(text) - limit}字。")


def _check_reason(label: str, text: str) -> None:
    if len(text) > _REASON:
        raise Refused(f"{label}写了{len(text)}字，最多{_REASON}字，请删减{len(text) - _REASON}字。")


def _count_files(by: By, part: Part, words: str) -> None:
    """The stored count follows the files; after handing in the change is a step of its own."""
    count = Attachment.objects.of(part).count()
    if part.state == "open":
        Part.objects.filter(pk=part.pk).update(evidence_count=count)
        part.evidence_count = count
        say(f"{words}：{part}")
    else:
        take(by, part, "amend" if part.state == "returned" else "consolidate", text=words, evidence_count=count)


def _tell(by: By, part: Part, to: Any, title: str, url: str) -> None:
    """Each step of a part is told once."""
    key = f"part:{part.pk}:{Step.objects.of(part).count()}"
    tell([Letter(to=about(to), kind="report", title=title, key=key, about=about(part), url=url)], by.at)


def _not_own(by: By, part: Part) -> None:
    if by.unit is not None and by.unit.pk in {part.of_return.unit_id, part.of_return.holder_id}:
        raise Refused("不能审定本单位自己报的内容。")
