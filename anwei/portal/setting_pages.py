"""The district's settings: numbers of the law with what the district has put in their place, and the district itself."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from anwei.books.doors import turned_away
from anwei.journal.by import NotAllowed, Refused
from anwei.rulebook.parameters import Line, edition, parameter
from anwei.rulebook.reading import RulebookError
from anwei.units.actions import set_setting
from anwei.units.district_settings import DISTRICT_SETTINGS
from anwei.units.models import Setting
from anwei.units.queries import overrides_on, setting_on

# Headings of the page, by the first word of a key; what is not named here stands under the last.
_PARTS = (
    ("人员和登录", ("password", "sign_in", "session")),
    ("工作台、报送和延期", ("duty", "inbox", "return", "summary", "extension", "activity")),
    ("要点任务", ("study", "typical_case", "committee")),
)
_LAST_PART = "其他法定数字"


class SettingForm(forms.Form):
    value = forms.CharField(label="本区的值")
    since = forms.DateField(label="自哪天起", help_text="这一天及以后的事项按新值；以前的不变")
    reason = forms.CharField(label="理由", max_length=300, help_text="例如依据的文号")


@require_GET
def settings(request: HttpRequest) -> HttpResponse:
    if away := turned_away(request, "setting.change"):
        return away
    today = request.by.today
    own = [
        {"setting": one, "word": one.word(setting_on(key, today, one.default)) or "（未填）"}
        for key, one in DISTRICT_SETTINGS.items()
    ]
    shown = {"own": own, "parts": _in_parts(edition(today, overrides_on(today)))}
    return render(request, "settings/list.html", shown)


def _in_parts(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    parts: dict[str, list[Line]] = {title: [] for title, _ in _PARTS} | {_LAST_PART: []}
    for line in lines:
        first = line.key.split(".")[0]
        parts[next((title for title, words in _PARTS if first in words), _LAST_PART)].append(line)
    return [(title, rows) for title, rows in parts.items() if rows]


@require_http_methods(["GET", "HEAD", "POST"])
def setting(request: HttpRequest, key: str) -> HttpResponse:
    if away := turned_away(request, "setting.change"):
        return away
    shown = _about(request, key)
    form = SettingForm(*([request.POST] if request.method == "POST" else []), initial={"since": request.by.today})
    if choices := shown.pop("choices"):
        form.fields["value"] = forms.ChoiceField(label="本区的值", choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            set_setting(request.by, key, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error("value", str(refused))
        else:
            messages.success(request, f"已设置：{shown['label']}")
            return redirect("settings")
    shown |= {"form": form, "rows": Setting.objects.filter(key=key).select_related("entered_by")}
    return render(request, "settings/setting.html", shown, status=422 if form.errors else 200)


def _about(request: HttpRequest, key: str) -> dict[str, Any]:
    own = DISTRICT_SETTINGS.get(key)
    if own is not None:
        return {"key": key, "label": own.label, "help": own.help, "may": True, "choices": own.choices, "own": own}
    try:
        found = parameter(key)
        line = next((one for one in edition(request.by.today, overrides_on(request.by.today)) if one.key == key), None)
    except RulebookError:
        raise Http404(f"没有参数 {key}") from None
    return {
        "key": key, "label": found.label, "help": found.note, "may": found.setting, "choices": (), "line": line,
        "bounds": found.bounds if found.setting and found.type == "integer" else "", "unit": found.unit,
    }  # fmt: skip
