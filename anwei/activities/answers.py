"""What a kind asks beyond day and units: each answer checked by the type of its field."""

from typing import Any, Final
from urllib.parse import urlsplit

from anwei.periods import parse_day
from anwei.rulebook import ActivityKind, Field, activity_kinds, parameter

# Answers that have a column of their own; the others lie together in Activity.answers.
COLUMNS: Final = {
    "topic": "topic",
    "place": "place",
    "attendance": "attendance",
    "summary": "summary",
    "url": "link",
}
LENGTHS: Final = {"topic": 200, "place": 120, "url": 300}
TEXT, LONG_TEXT = 200, 2000
MOST: Final = 9_999_999
Complaint = tuple[str, str]


def read_answers(kind: ActivityKind, row: dict[str, Any]) -> tuple[dict[str, Any], list[Complaint]]:
    """(answers by field key, (field key, message)). What the kind does not ask is left aside."""
    answers: dict[str, Any] = {}
    wrong: list[Complaint] = []
    for field in kind.fields:
        given = row.get(field.key)
        if given is None or not str(given).strip():
            if field.key in kind.required:
                wrong.append((field.key, f"{field.label}没有填写，{kind.label}须写明{field.label}。"))
            continue
        value, message = read_answer(field, given)
        if message:
            wrong.append((field.key, message))
        else:
            answers[field.key] = value
    return answers, wrong


def read_answer(field: Field, given: Any) -> tuple[Any, str]:
    """(value, "") or (None, message)."""
    match field.type:
        case "number":
            return _number(field, given)
        case "day":
            try:
                return parse_day(given, field.label).isoformat(), ""
            except ValueError as error:
                return None, str(error)
        case "url":
            return _address(field, str(given).strip())
        case "choice":
            text = str(given).strip()
            if text in field.choices:
                return text, ""
            return None, f"{field.label} {text[:40]} 不在可选之列，请选：{'、'.join(field.choices)}。"
    return _text(field, str(given).strip())


def length_of(field: Field) -> int:
    if field.key == "summary":
        return parameter("summary.text_limit").at(parameter("summary.text_limit").first_day).number
    return LENGTHS.get(field.key, LONG_TEXT if field.type == "long_text" else TEXT)


def _text(field: Field, text: str) -> tuple[str | None, str]:
    limit = length_of(field)
    if len(text) > limit:
        return None, f"{field.label}写了{len(text)}字，至多{limit}字，请删减后再提交。"
    return text, ""


def _number(field: Field, given: Any) -> tuple[int | None, str]:
    least = 1 if field.key == "attendance" else 0
    try:
        number = int(given) if not isinstance(given, float) or given.is_integer() else None
    except (ValueError, OverflowError):
        number = None
    if number is None or not least <= number <= MOST:
        return None, f"{field.label} {str(given)[:20]} 不是有效数字，请填写 {least} 至 {MOST} 的整数。"
    return number, ""


def _address(field: Field, text: str) -> tuple[str | None, str]:
    limit = length_of(field)
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and len(text) <= limit and " " not in text
    except ValueError:
        good = False
    if not good:
        return (
            None,
            f"{field.label} {text[:60]} 不是有效网址，请从浏览器地址栏整段复制（以 http:// 或 https:// 开头）。",
        )
    return text, ""


def field_labels() -> dict[str, str]:
    """Label of every field that any kind asks."""
    return {field.key: field.label for kind in activity_kinds() for field in kind.fields}


def all_fields() -> dict[str, Field]:
    return {field.key: field for kind in activity_kinds() for field in kind.fields}
