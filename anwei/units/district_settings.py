"""Settings of the district that are no numbers of the law: what may stand under each key."""

from collections.abc import Callable
from dataclasses import dataclass

from anwei.rulebook.parameters import parameter
from anwei.rulebook.reading import RulebookError


@dataclass(frozen=True, slots=True)
class DistrictSetting:
    """`check` gives the value to be kept, or raises ValueError with a message for people; `choices` value -> word."""

    key: str
    label: str
    help: str
    default: str
    check: Callable[[str], str]
    choices: tuple[tuple[str, str], ...] = ()

    def word(self, value: object) -> str:
        return dict(self.choices).get(str(value), str(value))


def _text(label: str, longest: int) -> Callable[[str], str]:
    def check(value: str) -> str:
        text = str(value).strip()
        if not text or len(text) > longest:
            raise ValueError(f"{label}「{text[:20]}」是空的或超过{longest}字，请改正")
        return text

    return check


def _one_of(label: str, choices: tuple[tuple[str, str], ...]) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in dict(choices):
            raise ValueError(f"{label}「{value}」不认得，请从这些里选：{'、'.join(word for _, word in choices)}")
        return value

    return check


_TWO_FACTOR = (("required", "按角色要求动态口令"), ("off", "不要求（仅供演示）"))
DISTRICT_SETTINGS = {
    one.key: one
    for one in (
        DistrictSetting("district.name", "本区全称", "显示在每一页和文书上，例如 临江区", "", _text("本区全称", 40)),
        DistrictSetting("district.short", "本区简称", "不带“区”“县”“市”，例如 临江", "", _text("本区简称", 40)),
        DistrictSetting(
            "district.level", "行政级别用字", "区、县或市，用来认“区住建局”这类写法", "", _text("行政级别用字", 4)
        ),
        DistrictSetting(
            "report.reviewer_of_office",
            "安委办自己的报告由谁审",
            "填单位代码（见“单位”页），例如 party_office；安委办不能审定自己的报告",
            "",
            _text("单位代码", 60),
        ),
        DistrictSetting(
            "errand.signer",
            "交办单签发岗位",
            "安委办哪些岗位可以签发交办单：写岗位名称的开头，几个用顿号隔开，例如 副主任、主任",
            "副主任、主任",
            _text("交办单签发岗位", 60),
        ),
        DistrictSetting(
            "sign_in.two_factor",
            "登录动态口令",
            "按角色要求的（系统管理员、安委办主任、区领导），第一次登录须先绑定动态口令",
            "required",
            _one_of("登录动态口令", _TWO_FACTOR),
            _TWO_FACTOR,
        ),
    )
}


def checked_value(key: str, value: object) -> int | str:
    """The value to be kept for a key of the district or of the rulebook. ValueError with a message for people."""
    own = DISTRICT_SETTINGS.get(key)
    if own is not None:
        return own.check(str(value))
    try:
        return parameter(key).checked(value)
    except RulebookError as error:
        raise ValueError(str(error)) from None
