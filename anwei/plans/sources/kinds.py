"""What a file is, judged by its content; the name's ending is never believed."""

import io
import zipfile

from anwei.plans.sources.source import Limits, Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
DIRECTORY_ENTRY = 128
ENCRYPTED_FLAG = 0x01  # FibBase.fEncrypted, second flag byte, [MS-DOC] 2.5.2


def kind_of(name: str, data: bytes, limits: Limits) -> str:
    """One of txt, docx, xlsx, pdf, doc, xls, odt, rtf. Raises Unreadable for everything that is no document."""
    if not data.strip(b"\x00 \t\r\n"):
        raise Unreadable(name, "是空的（没有内容）", "请检查是否传错文件，或重新保存后再上传")
    if data.startswith(OLE):
        return _ole_kind(name, data)
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(name, data, limits)
    if data.startswith(b"PK"):
        raise Unreadable(name, "是空的压缩包或已损坏", "请上传文档本身（docx、xlsx、pdf 或 txt）")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(PICTURES) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        raise Unreadable(name, "是图片，没有可读的文字", "请上传文字版，或先用文字识别软件转成 docx 再上传")
    if data.startswith(ARCHIVES):
        raise Unreadable(name, "是压缩包", "请先解压，再上传里面的文档（docx、xlsx、pdf 或 txt）")
    return _text_kind(name, data)


def _text_kind(name: str, data: bytes) -> str:
    """Text, unless it is a web page or XML that an office program saved under another ending."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")) or b"<html" in head[:1024]:
        raise Unreadable(name, "其实是网页（HTML），不是文档", "请用 Word 或 WPS 打开后另存为 .docx 再上传")
    if head.startswith(b"mime-version:"):
        raise Unreadable(name, "其实是单个文件网页（MHT）", "请用 Word 或 WPS 打开后另存为 .docx 再上传")
    if head.startswith(b"<?xml"):
        raise Unreadable(name, "其实是 XML，不是文档", "请用 Word 或 WPS 打开后另存为 .docx 或 .xlsx 再上传")
    return "txt"


def _zip_kind(name: str, data: bytes, limits: Limits) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
        remedy = "请重新下载或用 Word、WPS、Excel 打开后另存一份再上传"
        raise Unreadable(name, "已损坏或没有传完整（压缩目录读不出）", remedy) from error
    _refuse_bomb(name, entries, limits)
    names = {entry.filename for entry in entries}
    if any(entry.startswith("word/") for entry in names):
        return "docx"
    if any(entry.startswith("xl/") for entry in names):
        return "xlsx"
    if any(entry.startswith("ppt/") for entry in names):
        raise Unreadable(name, "是演示文稿（PPT）", "请上传要点的文档（docx、pdf 或 txt）")
    if "OFD.xml" in names:
        raise Unreadable(name, "是 OFD 版式文件", "请用版式阅读软件另存为 PDF，或上传原来的 docx")
    if "content.xml" in names and "mimetype" in names:
        return "odt"
    raise Unreadable(name, "是压缩包，不是文档", "请先解压，再上传里面的文档（docx、xlsx、pdf 或 txt）")


def _refuse_bomb(name: str, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """The directory's own figures; parts are read with a ceiling as well, because a directory can lie."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    too_dense = unpacked > limits.ratio_from and unpacked > limits.ratio * max(packed, 1)
    if len(entries) > limits.entries or unpacked > limits.unpacked or too_dense:
        fault = f"解压后过大（{unpacked // 1024 // 1024} MB，{len(entries)} 个部件），可能是有意构造的文件"
        raise Unreadable(name, fault, "请用 Word 或 Excel 打开原件，另存一份再上传")


def _ole_kind(name: str, data: bytes) -> str:
    """The old binary container: stream names stand in its directory as UTF-16."""
    if _holds(data, "EncryptedPackage"):
        raise Unreadable(name, "设有打开密码", "请在 Word、WPS 或 Excel 中取消密码后另存再上传")
    if _holds(data, "WordDocument"):
        if _doc_is_encrypted(data):
            raise Unreadable(name, "设有打开密码", "请在 Word 或 WPS 中取消密码后另存为 .docx 再上传")
        return "doc"
    if _holds(data, "Workbook") or _holds(data, "Book"):
        return "xls"
    if _holds(data, "PowerPoint Document"):
        raise Unreadable(name, "是演示文稿（PPT）", "请上传要点的文档（docx、pdf 或 txt）")
    raise Unreadable(name, "是不认识的旧格式或已损坏", "请用 Word 或 WPS 打开后另存为 .docx 再上传")


def _holds(data: bytes, stream: str) -> bool:
    return (stream + "\0").encode("utf-16-le") in data


def _doc_is_encrypted(data: bytes) -> bool:
    """Looks up the WordDocument stream in the container directory and asks its header for the flag."""
    entry = data.find("WordDocument\0".encode("utf-16-le"))
    sector_size = 1 << min(int.from_bytes(data[30:32], "little"), 16)
    if entry < 0 or entry + DIRECTORY_ENTRY > len(data):
        return False
    start = int.from_bytes(data[entry + 116 : entry + 120], "little")
    flags = (start + 1) * sector_size + 11
    return flags < len(data) and bool(data[flags] & ENCRYPTED_FLAG)
