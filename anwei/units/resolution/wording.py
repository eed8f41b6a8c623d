"""How names are written: the same unit under a different pen. Pure functions of text."""

import re
import unicodedata
from collections.abc import Iterator

from anwei.units.directory import District

# Longer than any unit's name: such a «reference» is a sentence that slipped in.
LONGEST_NAME = 60
# Longer than any list of names that a reader left in one piece.
LONGEST_LIST = 200
# Organs of one rank are written with one of these; 市 and 省 stand a rank above a 区.
_SAME_RANK = ("区", "县", "旗")
_HIGHER = ("省", "市", "自治区")
_MASK = re.compile(r"[*×✕✖]+|[xX]{2,}|[○〇]{2,}|某+")
_MOST_MASKS = 3
_LEAST_LETTERS = 2
_LEAST_UNMASKED = 1
# One wrong character in a town's three leaves two characters but no pair.
_CHARACTERS_WEIGH = 0.7
# The same body under a common other ending; the shorter writing is what all of them meet in.
_REWRITES = (
    (re.compile(r"(.+(?:镇|乡|街道))(?:党委|党工委|人民政府|政府|办事处|办)+"), r"\1"),
    (re.compile(r"(.+)街办"), r"\1街道"),
    (re.compile(r"(.+?)(?:管理委员会|管委会)"), r"\1"),
    (re.compile(r"(.*)(?:安全生产委员会|安委会)(?:办公室|办)"), r"\1安委办"),
    (re.compile(r"(.*)安全生产委员会"), r"\1安委会"),
    (re.compile(r"(.*?)(?:人民政府|政府)(安委会|安委办|安全生产委员会)"), r"\1\2"),
    # 发展和改革委员会 = 发展改革委, 住房和城乡建设局 = 住房城乡建设局
    (re.compile(r"(.+)和(.+)"), r"\1\2"),
    (re.compile(r"(.+)委员会"), r"\1委"),
)
_SPECIAL = re.compile(r"(?P<topic>.+?)(?:安全生产|安全)?(?:专业委员会|专业委|专委会|专委)(?P<office>办公室|办)?")
_COMMITTEE_BEFORE = re.compile(r"(?:安全生产委员会|安委会)")


def squeeze(text: str) -> str:
    """One writing for full-width and half-width, without blanks, quotation marks and closing signs."""
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"[\s\u200b-\u200f\u2060\ufeff“”\"'‘’「」『』《》]", "", plain)
    return plain.strip("。;,、:.")


def own_levels(district: District) -> tuple[str, ...]:
    """Words that may stand before the district's own organs: a plan copied from a county says 县 where we say 区."""
    return _SAME_RANK if district.level in _SAME_RANK else (district.level,)


def forms(name: str, district: District) -> Iterator[str]:
    """A name as written, then without 中共, the district's name, its level, «人民政府» …; each form once."""
    seen: dict[str, None] = {}
    waiting = [squeeze(name)]
    while waiting:
        form = waiting.pop(0)
        if len(form) < _LEAST_LETTERS or form in seen:
            continue
        seen[form] = None
        for prefix in ("中共", district.name, district.short, *own_levels(district)):
            if prefix and form.startswith(prefix):
                waiting.append(form[len(prefix) :])
        waiting += [rule.sub(other, form) for rule, other in _REWRITES if rule.fullmatch(form)]
        # «公安临江分局» is also «公安分局»; «市公安局临江分局» is not «市公安局分局».
        if district.short and district.short in form[1:] and not form.startswith(_HIGHER):
            waiting.append(form.replace(district.short, "", 1))
    yield from seen


def higher_rank(text: str, district: District) -> str:
    """The name without the word of a higher level («市应急局» in a district → «应急局»), or empty."""
    plain = squeeze(text)
    for word in _HIGHER:
        if word not in own_levels(district) and plain.startswith(word) and len(plain) > len(word) + 1:
            return plain[len(word) :]
    return ""


def outer_and_inner(text: str) -> tuple[str, str]:
    """«区商务局（区工信局）» → 区商务局, 区工信局; without a closing bracket → the text and nothing."""
    found = re.fullmatch(r"(.+?)\((.+)\)", squeeze(text))
    return (found[1], found[2]) if found else (squeeze(text), "")


def special_topic(name: str, district: District) -> str:
    """What a special committee is about: «区安委会危险物品专委会» and «区危险物品安全专委会» → 危险物品; else empty."""
    plain = squeeze(name)
    for prefix in (district.name, district.short, *own_levels(district)):
        if prefix and plain.startswith(prefix):
            plain = plain[len(prefix) :]
            break
    plain = _COMMITTEE_BEFORE.sub("", plain, count=1) if _COMMITTEE_BEFORE.match(plain) else plain
    found = _SPECIAL.fullmatch(plain)
    return found["topic"] if found else ""


def mask_pattern(text: str) -> re.Pattern[str] | None:
    """The pattern of a masked name («公安**分局»: any run of characters), or None if nothing is masked."""
    pieces = _MASK.split(squeeze(text))
    letters = sum(len(piece) for piece in pieces)
    if not 1 < len(pieces) <= _MOST_MASKS + 1 or letters < _LEAST_UNMASKED:
        return None
    return re.compile(".*".join(re.escape(piece) for piece in pieces))


def flat(phrase: str, district: District) -> str:
    """A collective phrase without brackets, separators and «全区» before it: «全区各乡镇（街道）» → 各乡镇街道."""
    plain = re.sub(r"[()\[\]{}、,/·]", "", squeeze(phrase))
    places = "|".join(re.escape(word) for word in (district.name, district.short) if word)
    levels = "|".join(own_levels(district))
    return re.sub(rf"^(?:全|本)?(?:{places})?(?:{_MASK.pattern})?(?:{levels})?", "", plain, count=1)


def likeness(one: str, other: str) -> float:
    """How much two names share, 0 to 1: their characters, and less so their pairs of neighbours."""
    pairs = _shared({one[i : i + 2] for i in range(len(one) - 1)}, {other[i : i + 2] for i in range(len(other) - 1)})
    return _CHARACTERS_WEIGH * _shared(set(one), set(other)) + (1 - _CHARACTERS_WEIGH) * pairs


def _shared(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def split_list(text: str, signs: str) -> list[str]:
    """«各镇（街道）、物流园» → its parts as written, at any of the signs; signs inside brackets do not part."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in "(（[【") - (sign in ")）]】")
        if depth <= 0 and sign in signs:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if squeeze(part)]
