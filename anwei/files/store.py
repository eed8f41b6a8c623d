"""Keeping files: the original once by its hash, an attachment per use. Called inside the act of the subject's room."""

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import models

from anwei.files.models import Attachment, Blob
from anwei.files.pictures import derive
from anwei.files.sniffing import Content, sniff
from anwei.references import about

MAX_BYTES: Final = 30 * 1024 * 1024
MAX_PER_ROW: Final = 50
_NAME: Final = 120


def keep(
    by: Any, row: models.Model, uploads: Iterable[Any], place: str = ""
) -> tuple[list[Attachment], list[str], list[str]]:
    """(attachments, problems, warnings) for files handed in (`name`, `chunks()`), such as Django's uploads.

    `by` gives the clock and the name. A problem names the file and says what to do; a warning says that the same file
    already served elsewhere.
    """
    made: list[Attachment] = []
    problems: list[str] = []
    warnings: list[str] = []
    held = set(Attachment.objects.of(row).values_list("blob_id", flat=True))
    for upload in uploads:
        name = plain_name(upload.name)
        if len(held) >= MAX_PER_ROW:
            problems.append(f"“{name}”没有保存：一条记录至多 {MAX_PER_ROW} 个附件，请打成一个压缩包。")
            continue
        blob, problem = keep_blob(by, upload)
        if blob is None:
            problems.append(problem)
        elif blob.pk in held:
            problems.append(f"“{name}”这一条里已经有了，不用再传。")
        else:
            warnings += _used_before(blob, name)
            held.add(blob.pk)
            made.append(_attach(by, row, blob, name, place))
    return made, problems, warnings


def keep_blob(by: Any, upload: Any) -> tuple[Blob | None, str]:
    """The bytes, kept once; (None, message) where they are not let in."""
    name = plain_name(upload.name)
    arrived = settings.ANWEI_HOME / "files" / f"arriving-{secrets.token_hex(8)}"
    try:
        digest, size = _write(upload, arrived)
        if size > MAX_BYTES:
            return None, f"“{name}”超过 {MAX_BYTES // 1024 // 1024} MB，请压缩或拆分后再上传。"
        known = Blob.objects.filter(sha256=digest).first()
        content, problem = sniff(arrived, name)
        if content is None or known is not None:
            return (known, "") if content is not None else (None, problem)
        return _settle(by, arrived, digest, size, content, name)
    finally:
        arrived.unlink(missing_ok=True)


def check(upload: Any) -> str:
    """What is wrong with a file, before anything is kept: for forms. The upload is left at its beginning."""
    name = plain_name(upload.name)
    if upload.size > MAX_BYTES:
        return f"“{name}”超过 {MAX_BYTES // 1024 // 1024} MB，请压缩或拆分后再上传。"
    arrived = settings.ANWEI_HOME / "files" / f"checking-{secrets.token_hex(8)}"
    shown = arrived.with_suffix(".jpg")
    try:
        _write(upload, arrived)
        content, problem = sniff(arrived, name)
        if content is not None and content.is_picture:
            _, problem = derive(arrived, shown, name)
        return problem
    finally:
        upload.seek(0)
        arrived.unlink(missing_ok=True)
        shown.unlink(missing_ok=True)


def carry_over(by: Any, old: models.Model, new: models.Model) -> None:
    """A correction keeps the files of what it corrects."""
    Attachment.objects.bulk_create(
        Attachment(
            blob_id=one.blob_id,
            about=about(new),
            name=one.name,
            day=one.day,
            place=one.place,
            by_text=one.by_text,
            carried_from=one,
            created_at=one.created_at,
        )
        for one in Attachment.objects.of(old)
    )


def path_of(blob: Blob) -> Path:
    return _path(blob.sha256)


def picture_of(blob: Blob) -> Path:
    return _picture(blob.sha256)


def plain_name(name: str) -> str:
    """The file's own name without folders and control characters, short enough, its ending kept."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if sign.isprintable()).strip() or "未命名"
    stem, dot, ending = plain.rpartition(".")
    return plain if len(plain) <= _NAME else f"{stem[: _NAME - len(ending) - 1]}{dot}{ending[:20]}"


def _write(upload: Any, place: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with place.open("wb") as file:
        for chunk in upload.chunks():
            size += len(chunk)
            if size > MAX_BYTES:
                break
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest(), size


def _settle(by: Any, arrived: Path, digest: str, size: int, content: Content, name: str) -> tuple[Blob | None, str]:
    final, shown = _path(digest), _picture(digest)
    final.parent.mkdir(exist_ok=True)
    sides: tuple[int, int] | None = None
    if content.is_picture:
        sides, problem = derive(arrived, shown, name)
        if sides is None:
            return None, problem
    os.replace(arrived, final)
    width, height = sides or (None, None)
    values = {
        "size": size,
        "content_type": content.content_type,
        "width": width,
        "height": height,
        "shown": sides is not None,
        "created_at": by.at,
    }
    return Blob.objects.get_or_create(sha256=digest, defaults=values)[0], ""


def _attach(by: Any, row: models.Model, blob: Blob, name: str, place: str) -> Attachment:
    who = "｜".join(filter(None, (by.unit_text, by.person_text)))
    return Attachment.objects.create(
        blob=blob, about=about(row), name=name, day=by.today, place=place, by_text=who, created_at=by.at
    )


def _used_before(blob: Blob, name: str) -> list[str]:
    earlier = Attachment.objects.filter(blob=blob, carried_from=None).order_by("id").first()
    if earlier is None:
        return []
    day = earlier.day
    return [
        f"“{name}”与{day.year}年{day.month}月{day.day}日上传到另一条记录的附件是同一个文件，请确认没有传错；"
        "确属同一次活动的，不必处理。"
    ]


def _path(digest: str) -> Path:
    return settings.ANWEI_HOME / "files" / digest[:2] / digest[2:]


def _picture(digest: str) -> Path:
    return _path(digest).with_name(digest[2:] + ".shown.jpg")
