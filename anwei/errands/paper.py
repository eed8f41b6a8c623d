"""交办单 as a Word file: what stands on it; how it is laid out is said in papers."""

from typing import Final

from django.utils import timezone

from anwei.errands.models import Errand, ErrandPart
from anwei.files.models import Attachment
from anwei.papers.letter import Letter
from anwei.papers.tables import Column
from anwei.periods import in_words

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ONLY_FILES = "现将来件转你们办理，具体事项见附件。"
_RECEIPT = (Column("签收单位", 58, "center"), Column("签收人", 42, "center"), Column("签收时间", 56, "center"))


def errand_paper(errand: Errand, part: ErrandPart | None = None) -> bytes:
    """The docx. With `part` it is that unit's copy: its own deadline and a receipt with who signed and when."""
    letter = Letter(errand.giver.full, errand.title)
    if errand.is_draft:
        letter.draft_mark("草稿　未签发")
    letter.red_head()
    letter.number_line(errand.full_number, f"签发：{errand.signed_by or '　　　　'}")
    letter.title(errand.title)
    letter.addressee(part.unit.short if part else errand.to_words)
    for text in (errand.text or _ONLY_FILES).splitlines():
        if text.strip():
            letter.body(text.strip())
    letter.point("办结时限：", f"{in_words(part.due_on if part else errand.due_on)}。")
    contact = f"联系人：{errand.contact}。" if errand.contact else ""
    letter.point("反馈方式：", f"签收后按时限反馈，附佐证。{contact}")
    letter.attachments(list(Attachment.objects.of(errand).values_list("name", flat=True)))
    letter.signature(in_words(errand.signed_on) if errand.signed_on else "　　年　月　日")
    letter.receipt("回　执", _RECEIPT, _signed(part))
    return letter.to_bytes()


def file_name(errand: Errand) -> str:
    return f"{errand.full_number if errand.number else '草稿'}　{errand.title}.docx"


def _signed(part: ErrandPart | None) -> tuple[str, str, str]:
    """The receipt's row, from the unit's signature; blank to be written by hand."""
    if part is None:
        return "", "", ""
    at = timezone.localtime(part.signed_at) if part.signed_at else None
    return part.unit.full, part.signed_by, f"{in_words(at.date())}{at.hour}时{at.minute:02d}分" if at else ""
