"""How things look and are called on every page: standing lamps, icons, Chinese dates. Loaded as a template builtin.

{% lamp due.standing %}                          shape and word
{% lamp due.standing "compact" %}                shape, the word for screen readers and as a tip
{% lamp cell.standing "cell" done=2 due=3 %}     a matrix cell: shape, 2/3, small word
{% icon "inbox" %}                               a drawing from the sprite (names: tools/icons.txt)
{{ day|day }} {{ day|short_day }} {{ now|moment }} {{ day|weekday }}
"""

import datetime
from dataclasses import dataclass

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Look:
    """A standing as people meet it: key in code, shape and word (also for Excel and paper), meaning for the legend."""

    key: str
    shape: str
    word: str
    meaning: str


STANDINGS = (
    Look("not_due", "○", "未到期", "时限未到，照常推进"),
    Look("due_soon", "△", "临期", "临近时限，还没有办结"),
    Look("submitted", "◇", "待审", "已经报送，等待审核；审核通过的按报送日计"),
    Look("met", "●", "办结", "在时限内办结"),
    Look("met_late", "◐", "逾期办结", "过了时限才办结"),
    Look("overdue", "✕", "逾期", "过了时限，还没有办结"),
    Look("extended", "‖", "延期中", "经批准延期，按新时限计"),
    Look("not_applicable", "—", "不涉及", "本单位没有这类对象，不计入应办"),
    Look("idle", "·", "无事件", "没有发生需要办理的事件"),
    Look("unanchored", "？", "未定日", "起算日或时限还没有确定"),
)
LOOKS = {look.key: look for look in STANDINGS}
FORMS = ("", "compact", "cell")


def look_of(standing: str) -> Look:
    """The look of a standing. ValueError when there is no such standing: a caller's mistake, not a user's."""
    look = LOOKS.get(str(standing))
    if look is None:
        raise ValueError(f"no standing called {standing!r}; known: {', '.join(LOOKS)}")
    return look


def _drawn(look: Look, form: str) -> tuple[SafeString, SafeString]:
    """What stands before and after the count of a lamp; made once, because a matrix holds thousands of lamps."""
    title = format_html(' title="{}"', look.word) if form == "compact" else ""
    before = format_html(
        '<span class="lamp lamp-{}{}"{}><i aria-hidden="true">{}</i>',
        look.key.replace("_", "-"), f" lamp-{form}" if form else "", title, look.shape,
    )  # fmt: skip
    css = "visually-hidden" if form == "compact" else "lamp-word"
    return before, format_html('<span class="{}">{}</span></span>', css, look.word)


DRAWN = {(look.key, form): _drawn(look, form) for look in STANDINGS for form in FORMS}


@register.simple_tag
def lamp(standing, form="", done=None, due=None) -> str:
    """A standing as colour, shape and word. `form`: "", "compact", "cell"; `done`/`due` give the n/m."""
    if standing in (None, ""):
        return ""
    before, after = DRAWN[look_of(standing).key, form]
    if due is None:
        return mark_safe(before + after)
    return mark_safe(f'{before}<b class="lamp-count">{int(done or 0)}/{int(due)}</b>{after}')


@register.simple_tag
def standings() -> tuple[Look, ...]:
    """All looks in the order of the legend: {% standings as all %}."""
    return STANDINGS


@register.filter
def standing_word(standing) -> str:
    return look_of(standing).word


@register.simple_tag
def icon(name: str, css: str = "") -> str:
    """One icon of the sprite, silent for screen readers: the words beside it say what it means."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css, static("vendor/icons.svg"), name,
    )  # fmt: skip


@register.filter
def day(value) -> str:
    """2023年9月25日; nothing for nothing. A plan keeps its deadlines as 2023-09-25."""
    if isinstance(value, str) and value:
        value = datetime.date.fromisoformat(value)
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


@register.filter
def short_day(value) -> str:
    """2023.9.25, for narrow columns."""
    return f"{value.year}.{value.month}.{value.day}" if value else ""


@register.filter
def weekday(value) -> str:
    return f"星期{WEEKDAYS[value.weekday()]}" if value else ""


@register.filter
def moment(value) -> str:
    """2023年9月25日9时00分 in local time; a plain day stays a day."""
    if not isinstance(value, datetime.datetime):
        return day(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)}{local.hour}时{local.minute:02d}分"


@register.filter
def as_iso_day(value) -> str:
    """What <input type=date> understands: 2023-09-05 from 2023/9/5 or 2023年9月5日; nothing when it is no day."""
    text = str(value or "").strip().rstrip("日")
    for sign in "/.年月":
        text = text.replace(sign, "-")
    parts = text.split("-")
    try:
        return datetime.date(*(int(part) for part in parts)).isoformat()
    except (TypeError, ValueError, OverflowError):
        return ""


INPUT_CLASSES = {
    "checkbox": "form-check-input",
    "radio": "form-check-input",
    "color": "form-control form-control-color",
}


@register.filter
def input_class(kind: str) -> str:
    """Bootstrap's class for an <input> of this type."""
    return INPUT_CLASSES.get(kind, "form-control")


@register.filter
def nth(rows, index: int):
    """The row at this place; None past the end."""
    return rows[index] if index < len(rows) else None


@register.filter
def error_count(form) -> int:
    """How many single errors a bound form has."""
    return sum(len(errors) for errors in form.errors.values())
