"""Bytes of a text file -> text: UTF-8, UTF-16 with and without mark, GB18030."""

import codecs
import re

from anwei.plans.sources.source import Unreadable

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
TOLERATED = 0.002  # share of characters that may be broken before the text is given up
TRUNCATED_ENDING = 8  # a torn last character is always forgiven
LEGIBLE = 0.3  # share of Chinese characters and punctuation that shows UTF-16 without a mark


def decode(name: str, data: bytes) -> tuple[str, list[str]]:
    """The text and what was wrong with it. Raises Unreadable when the bytes are no text."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _checked(name, data[len(mark) :].decode(encoding, "replace"))
    for encoding in ("utf-8", "gb18030"):
        if b"\0" in data:
            break
        try:
            return _checked(name, data.decode(encoding))
        except UnicodeDecodeError as error:
            if encoding == "utf-8" and _is_torn_at_the_end(data, error):
                break  # the other decoding might succeed by chance and give nonsense
    if b"\0" in data:
        return _checked(name, _unmarked_utf16(data) or data.decode("utf-8", "replace"))
    candidates = [data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
    return _checked(name, min(candidates, key=lambda text: text.count("\ufffd")))


def _is_torn_at_the_end(data: bytes, error: UnicodeDecodeError) -> bool:
    return error.reason == "unexpected end of data" and not data[: error.start].isascii()


def _unmarked_utf16(data: bytes) -> str:
    best = max((data.decode(encoding, "replace") for encoding in ("utf-16-le", "utf-16-be")), key=_legibility)
    return best if _legibility(best) >= LEGIBLE else ""


def _legibility(text: str) -> float:
    sample = text[:20_000]
    return len(CHINESE.findall(sample)) / max(len(sample), 1)


def _checked(name: str, text: str) -> tuple[str, list[str]]:
    broken = text.count("\ufffd")
    control = len(CONTROL.findall(text))
    if broken + control > max(TRUNCATED_ENDING, TOLERATED * len(text)):
        remedy = "请上传 docx、xlsx、pdf，或用记事本另存为“UTF-8”编码的 txt"
        raise Unreadable(name, "不是文本文件，或编码认不出来（有大量乱码）", remedy)
    text = CONTROL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    if not text.replace("\ufffd", "").strip():
        raise Unreadable(name, "是空的（没有内容）", "请检查是否传错文件，或重新保存后再上传")
    if not broken:
        return text, []
    at = text.index("\ufffd")
    near = text[max(0, at - 10) : at].replace("\n", " ")
    return text, [f"文件「{name}」有 {broken} 个字认不出（第一处在“{near}”之后，显示为 \ufffd），请对照原文改正"]
