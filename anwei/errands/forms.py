"""Forms of the room. What a ledger knows already is filled in."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from anwei.books.fields import DayField
from anwei.books.uploads import FilesField
from anwei.errands.actions.answering import LONGEST
from anwei.errands.addressing import groups_for, of_group, receivers, units_by_name
from anwei.errands.calendars import OTHER, PICKS, THREE, picked
from anwei.errands.models import Errand
from anwei.errands.sources import Source
from anwei.journal.by import By
from anwei.units.models import Kind, Unit

_TEXT = 4000
FILES_HELP = "照片、PDF、Word、Excel，可一次选多个；手机上可直接拍照。"


def unit_choices(units: list[Unit]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Grouped by kind, official order."""
    kinds: dict[str, list[tuple[int, str]]] = {}
    for unit in units:
        kinds.setdefault(Kind(unit.kind).label, []).append((unit.pk, unit.short))
    return list(kinds.items())


class UnitsForm(forms.Form):
    """Units by shortcut, by name as a paper lists them, or ticked; `cleaned_data["chosen"]` joins the three."""

    groups = forms.MultipleChoiceField(
        label="快捷选择", required=False, widget=forms.CheckboxSelectMultiple(attrs={"data-unit-groups": True})
    )
    names = forms.CharField(
        label="按名称加",
        required=False,
        max_length=2000,
        help_text="照着文件抄单位名称，用顿号隔开，例如：青榆镇、区住建局",
    )
    units = forms.TypedMultipleChoiceField(
        label="承办单位",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"data-unit-list": True}),
    )

    capability = "errand.give"

    def __init__(self, by: By, *args: Any, without: frozenset[int] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = [unit for unit in receivers(by, self.capability) if unit.pk not in without]
        self.fields["groups"].choices = groups_for(by, self.among)
        self.fields["units"].choices = unit_choices(self.among)

    @property
    def members(self) -> dict[str, list[int]]:
        """Units of each shortcut, for the script that ticks them at once."""
        return {key: [unit.pk for unit in of_group(key, self.among)] for key, _ in self.fields["groups"].choices}

    def clean_names(self) -> list[Unit]:
        units, problems = units_by_name(self.cleaned_data["names"], self.among)
        if problems:
            raise ValidationError(problems)
        return units

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        ticked = set(data.get("units", ()))
        chosen = {unit.pk: unit for unit in self.among if unit.pk in ticked}
        for key in data.get("groups", ()):
            chosen |= {unit.pk: unit for unit in of_group(key, self.among)}
        chosen |= {unit.pk: unit for unit in data.get("names") or ()}
        if not chosen and "names" not in self.errors and "units" not in self.errors:
            self.add_error("units", "还没有选单位。请勾选单位，或用“快捷选择”“按名称加”。")
        data["chosen"] = list(chosen.values())
        return data


class GiveForm(UnitsForm):
    """临时交办 on one screen."""

    text = forms.CharField(
        label="交办内容",
        required=False,
        max_length=_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "要做什么、做到什么程度、报什么"}),
    )
    files = FilesField(label="来件照片、附件", required=False, help_text=FILES_HELP)
    title = forms.CharField(label="标题", required=False, max_length=120, help_text="不填就取交办内容的第一句。")
    pick = forms.ChoiceField(label="办结时限", choices=PICKS, initial=THREE, widget=forms.RadioSelect)
    due_on = DayField(label="另定日期", required=False)
    contact = forms.CharField(label="联系人和电话", required=False, max_length=80)
    source = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    field_order = ("text", "files", "title", "groups", "names", "units", "pick", "due_on", "contact", "source")

    def __init__(self, by: By, *args: Any, source: Source | None = None, **kwargs: Any) -> None:
        super().__init__(by, *args, **kwargs)
        self.by = by
        days = {key: picked(key, by.today) for key, _ in PICKS if key != OTHER}
        self.fields["pick"].choices = [
            (key, f"{label}（{days[key].month}月{days[key].day}日）" if key in days else label) for key, label in PICKS
        ]
        last = Errand.objects.given_by([by.unit.pk]).exclude(contact="").first() if by.unit else None
        self.fields["contact"].initial = last.contact if last else ""
        if source is not None:
            self.fields["text"].initial = source.text or source.title
            self.fields["title"].initial = source.title
            if source.due_on and source.due_on >= by.today:
                self.fields["pick"].initial, self.fields["due_on"].initial = OTHER, source.due_on

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("text", "").strip() and not data.get("files") and "files" not in self.errors:
            self.add_error("text", "请写明交办内容，或上传来件的照片、PDF。")
        data["deadline"] = self._deadline(data)
        return data

    def _deadline(self, data: dict[str, Any]) -> date | None:
        pick = data.get("pick")
        if pick is None or "due_on" in self.errors:
            return None
        day: date | None = data.get("due_on") if pick == OTHER else picked(pick, self.by.today)
        if day is None:
            self.add_error("due_on", "选了“另定日期”，请填写日期，按 年-月-日 填写。")
        elif day < self.by.today:
            self.add_error("due_on", f"时限 {day} 早于今天，请改为今天或以后的日期。")
        return day


class DraftForm(forms.Form):
    """The words of a draft, before it is signed."""

    title = forms.CharField(label="标题", max_length=120)
    text = forms.CharField(label="交办内容", required=False, max_length=_TEXT, widget=forms.Textarea(attrs={"rows": 5}))
    due_on = DayField(label="办结时限")
    contact = forms.CharField(label="联系人和电话", required=False, max_length=80)
    version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    text = forms.CharField(
        label="办理结果",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "请写明办理结果，再提交反馈。"},
    )
    files = FilesField(label="附件", required=False, help_text=FILES_HELP)


class MoreTimeForm(forms.Form):
    until = DayField(label="延至")
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "没有写，请写明理由。"},
    )


class NumberForm(forms.Form):
    number = forms.CharField(label="公文系统文号", max_length=60, help_text="例如 临安办字〔2023〕12号")
