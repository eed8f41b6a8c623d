"""Forms of people and posts."""

from datetime import date
from typing import Any

from django import forms

from anwei.journal.by import By
from anwei.units.actions.units import BELOW
from anwei.units.models import Person, Unit
from anwei.units.rights import roles
from anwei.units.rows import PersonEntry


def units_within(by: By) -> Any:
    """Units whose people this person may look after."""
    reach = by.may.reach("person.edit")
    rows = Unit.objects.standing_on(by.today)
    return (rows.exclude(kind__in=BELOW) if reach.all else rows.filter(pk__in=reach.owners)).official()


def _roles(by: By) -> list[tuple[str, str]]:
    return [(role.key, role.label) for role in roles().values() if role.key in by.may.gives]


class PeopleFilter(forms.Form):
    q = forms.CharField(label="登录名或姓名", required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="单位", required=False, empty_label="全部")
    role = forms.ChoiceField(
        label="角色", required=False, choices=lambda: [("", "全部"), *((r.key, r.label) for r in roles().values())]
    )
    closed = forms.BooleanField(label="含停用的", required=False)

    def __init__(self, *args: Any, by: By, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units_within(by)


class PostForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label="单位", empty_label=None)
    role = forms.ChoiceField(label="角色", help_text="决定能办什么")
    title = forms.CharField(label="岗位名称", max_length=60, help_text="例如 联络员")
    since = forms.DateField(label="任职自")

    def __init__(self, *args: Any, by: By, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units_within(by)
        self.fields["role"].choices = _roles(by)
        self.fields["since"].initial = by.today


class NewPersonForm(PostForm):
    username = forms.CharField(
        label="登录名", max_length=60, help_text="字母、数字、点、横线；建议用 机构序-岗位号，例如 47-3"
    )
    name = forms.CharField(label="姓名（或岗位）", max_length=60)
    phone = forms.CharField(label="电话", max_length=30, required=False)
    email = forms.EmailField(label="电子邮箱", required=False)

    field_order = ["username", "name", "unit", "role", "title", "since", "phone", "email"]

    def row(self) -> PersonEntry:
        asked = self.cleaned_data
        return PersonEntry(
            asked["username"], asked["name"], asked["unit"].code, asked["role"], asked["title"], asked["since"],
            asked["email"], asked["phone"],
        )  # fmt: skip


class PersonForm(forms.Form):
    name = forms.CharField(label="姓名（或岗位）", max_length=60)
    phone = forms.CharField(label="电话", max_length=30, required=False)
    email = forms.EmailField(label="电子邮箱", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        initial = {name: getattr(person, name) for name in ("name", "phone", "email", "version")}
        super().__init__(*args, initial=initial, **options)

    def differences(self, now: Person) -> list[tuple[str, str, str]]:
        return [
            (self.fields[name].label, getattr(now, name) or "（空）", self.cleaned_data[name] or "（空）")
            for name in ("name", "phone", "email")
            if getattr(now, name) != self.cleaned_data[name]
        ]


class EndPostForm(forms.Form):
    until = forms.DateField(label="自哪天起不再任", help_text="这一天起不算在任")

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, initial={"until": on}, **options)


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class ResetForm(forms.Form):
    second_factor = forms.BooleanField(label="同时解除动态口令（手机丢失或更换时）", required=False)
