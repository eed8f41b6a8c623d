"""A list number in the formats that Word offers for Chinese documents (ECMA-376 part 1, 17.18.59)."""

from collections.abc import Callable

DIGITS = "〇一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
LARGEST = 9_999


def chinese(number: int, digits: str = DIGITS, places: tuple[str, ...] = ("", "十", "百", "千")) -> str:
    """10 -> 十, 12 -> 十二, 101 -> 一百零一; figures outside 1…9999 stay as they are."""
    if not 0 < number <= LARGEST:
        return str(number)
    said, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            said += ("零" if gap else "") + digits[digit] + places[place]
            gap = False
        elif said:
            gap = True
    return said[1:] if said.startswith("一十") else said


def by_digit(number: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(abs(number)))


def roman(number: int) -> str:
    if not 0 < number <= LARGEST:
        return str(number)
    said = ""
    for value, sign in ROMAN:
        said += sign * (number // value)
        number %= value
    return said


def letters(number: int) -> str:
    """Word repeats the letter after Z: AA, BB."""
    return chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else str(number)


def from_block(number: int, first: str, count: int) -> str:
    """The enclosed figures that Unicode holds as one block, as ① or ⑴."""
    return chr(ord(first) + number - 1) if 0 < number <= count else str(number)


def full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(abs(number)))


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": full_width,
    "decimalFullWidth2": full_width,
    "decimalEnclosedCircle": lambda n: from_block(n, "①", 20),
    "decimalEnclosedCircleChinese": lambda n: from_block(n, "①", 20),
    "decimalEnclosedParen": lambda n: from_block(n, "⑴", 20),
    "decimalEnclosedFullstop": lambda n: from_block(n, "⒈", 20),
    "ideographEnclosedCircle": lambda n: from_block(n, "㊀", 10),
    "ideographDigital": by_digit,
    "japaneseDigitalTenThousand": by_digit,
    "taiwaneseDigital": by_digit,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "chineseLegalSimplified": lambda n: chinese(n, LEGAL, ("", "拾", "佰", "仟")),
    "ideographLegalTraditional": lambda n: chinese(n, LEGAL, ("", "拾", "佰", "仟")),
    "ideographTraditional": lambda n: STEMS[n - 1] if 0 < n <= 10 else str(n),
    "ideographZodiac": lambda n: BRANCHES[n - 1] if 0 < n <= 12 else str(n),
    "upperRoman": roman,
    "lowerRoman": lambda n: roman(n).lower(),
    "upperLetter": letters,
    "lowerLetter": lambda n: letters(n).lower(),
}


def numeral(number: int, number_format: str) -> str:
    """Unknown formats give plain figures: a number in another dress is better than none."""
    return FORMATS.get(number_format, str)(number)
