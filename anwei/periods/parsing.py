"""Days as people and sheets write them."""

import re
import unicodedata
from datetime import date, datetime
from typing import Final

_FORMS: Final = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})"),
    re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
# A date cell that was turned into text carries an empty time of day.
_MIDNIGHT: Final = re.compile(r"[T ]?0{1,2}:00(:00(\.0+)?)?Z?$")
_EARLIEST_YEAR: Final = 1900
_LATEST_YEAR: Final = 2199
_DIGITS: Final = {sign: str(n) for n, sign in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "Ｏ": "0"}
_QUOTED: Final = 40


def parse_day(value: object, label: str = "日期") -> date:
    """The day meant by a written form or a date cell; `label` names the field in the message.

    Takes 2023-09-25, 2023/9/25, 2023.9.25, 20230925, 2023年9月25日, 二〇二三年九月二十五日, full-width digits,
    dates and datetimes. ValueError with the house's message for everything else, also for days that do not exist.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if value is None or (isinstance(value, str) and not value.strip()):
        raise ValueError(f"{label}没有填写，请按 年-月-日 填写")
    if isinstance(value, str):
        day = _read(value)
        if day is not None:
            return day
    raise ValueError(f"{label} {_quoted(value)} 不是有效日期，请按 年-月-日 填写")


def _read(text: str) -> date | None:
    if len(text) > 2 * _QUOTED:
        return None
    plain = _MIDNIGHT.sub("", unicodedata.normalize("NFKC", text).strip())
    plain = re.sub(r"\s+", "", plain)
    if "年" in plain:
        plain = _with_digits(plain)
    for form in _FORMS:
        found = form.fullmatch(plain)
        if found is None:
            continue
        year, month, day = (int(part) for part in found.groups())
        if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
            return None
        try:
            return date(year, month, day)
        except ValueError:
            return None
    return None


def _with_digits(text: str) -> str:
    """二〇二三年九月二十五日 -> 2023年9月25日"""
    text = "".join(_DIGITS.get(sign, sign) for sign in text)
    text = re.sub(r"(\d)十(\d)", r"\1\2", text)
    text = re.sub(r"(\d)十", r"\g<1>0", text)
    text = re.sub(r"十(\d)", r"1\1", text)
    return text.replace("十", "10")


def _quoted(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
