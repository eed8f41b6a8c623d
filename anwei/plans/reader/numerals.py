"""Chinese and Arabic numerals as plans write them: 三, 十二, 二十七, 二〇二三, 12, 两."""

_DIGITS = {
    "〇": 0,
    "○": 0,
    "零": 0,
    "Ｏ": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNITS = {"十": 10, "百": 100}

HAN = "〇○零一二两三四五六七八九十百"
"""Characters a Chinese numeral may consist of (for regular expression classes)."""


def to_int(text: str) -> int | None:
    """The number that `text` writes, or None: to_int("二十七") == 27, to_int("二〇二三") == 2023, to_int("五一") is None."""
    if not text or len(text) > 9:
        return None
    if text.isascii():
        return int(text) if text.isdigit() else None
    if not any(char in _UNITS for char in text):
        return _digit_by_digit(text)
    return _with_units(text)


def _digit_by_digit(text: str) -> int | None:
    """Years are written digit by digit; a two-digit run such as 五一 is a holiday and no number."""
    if any(char not in _DIGITS for char in text):
        return None
    if len(text) == 1 or len(text) == 4:
        return int("".join(str(_DIGITS[char]) for char in text))
    return None


def _with_units(text: str) -> int | None:
    total, digit, last_unit = 0, None, 1000
    for char in text:
        if char in _UNITS:
            unit = _UNITS[char]
            if unit >= last_unit or (digit is None and unit == 100):
                return None
            total += (1 if digit is None else digit) * unit
            digit, last_unit = None, unit
        elif char in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[char]
        else:
            return None
    return total + (digit or 0)
