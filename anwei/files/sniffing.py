"""What a file is, by its content; the name is only held against it. Pure Python, reads, never writes."""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HEAD: Final = 4096
ZIP_ENTRIES: Final = 5000
ZIP_UNPACKED: Final = 300 * 1024 * 1024
ZIP_RATIO: Final = 200
_OOXML: Final = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_CONTROL: Final = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))


@dataclass(frozen=True, slots=True)
class Content:
    """A kind of content that is let in, with the endings that its name may have."""

    key: str
    label: str
    content_type: str
    endings: tuple[str, ...]

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
CONTENTS: Final = {
    one.key: one
    for one in (
        Content("jpg", "照片", "image/jpeg", ("jpg", "jpeg", "jfif")),
        Content("png", "图片", "image/png", ("png",)),
        Content("webp", "图片", "image/webp", ("webp",)),
        Content("pdf", "PDF", "application/pdf", ("pdf",)),
        Content("docx", "Word 文档", f"{_OFFICE}.wordprocessingml.document", ("docx",)),
        Content("xlsx", "Excel 表格", f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",)),
        Content("pptx", "演示文稿", f"{_OFFICE}.presentationml.presentation", ("pptx",)),
        Content("zip", "压缩包", "application/zip", ("zip",)),
        Content("ole", "旧版办公文档", "application/x-ole-storage", ("doc", "xls", "ppt", "wps", "et", "dps")),
        Content("mp4", "视频", "video/mp4", ("mp4", "m4v", "mov")),
        Content("txt", "文本", "text/plain", ("txt", "csv", "md", "log")),
    )
}
LET_IN: Final = "jpg、png、webp、pdf、docx、xlsx、pptx、doc、xls、wps、zip、mp4、txt"


def sniff(path: Path, name: str) -> tuple[Content | None, str]:
    """(content, "") or (None, message). `name` is what the person called the file."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        return None, f"“{name}”是空文件，请重新选择。"
    key = _by_magic(head)
    if key == "zip":
        key, message = _look_into_zip(path, name)
        if message:
            return None, message
    if not key and _is_text(path):
        key = "txt"
    if not key:
        return None, f"“{name}”的内容不是可以上传的种类，请上传 {LET_IN}。"
    content = CONTENTS[key]
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in content.endings:
        return None, (
            f"“{name}”的内容是{content.label}（{content.endings[0]}），与文件名的结尾不符，"
            f"请把文件名改成以 .{content.endings[0]} 结尾后再上传。"
        )
    return content, ""


def _by_magic(head: bytes) -> str:
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if head[4:8] == b"ftyp":
        return "mp4"
    return ""


def _look_into_zip(path: Path, name: str) -> tuple[str, str]:
    """The kind of archive, or why it is not let in: broken, or swelling beyond all measure."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "", f"“{name}”已损坏，打不开，请用原来的软件重新保存后再上传。"
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(sum(entry.compress_size for entry in entries), 1)
    if len(entries) > ZIP_ENTRIES or unpacked > ZIP_UNPACKED or unpacked // packed > ZIP_RATIO:
        return "", f"“{name}”解开后过大（{unpacked // 1024 // 1024} MB、{len(entries)} 个文件），请拆小后再上传。"
    names = {entry.filename for entry in entries}
    return next((key for part, key in _OOXML.items() if part in names), "zip"), ""


def _is_text(path: Path) -> bool:
    data = path.read_bytes()
    if data.translate(None, _CONTROL) != data:
        return False
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
