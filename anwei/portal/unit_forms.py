"""Forms of the register of units."""

from datetime import date
from typing import Any

from django import forms

from anwei.units.actions.units import BELOW, GRADE_CLASSES
from anwei.units.models import Group, Kind, Unit
from anwei.units.rows import ALWAYS, UnitEntry

_CLASS_WORDS = {
    "甲": "甲（属地）",
    "乙一": "乙一（负有监管职责的部门）",
    "乙二": "乙二（支持保障部门）",
    "丙": "丙（党群）",
    "丁": "丁（垂直和驻区）",
    "随": "随（随办公室所在单位）",
    "—": "—（不考核）",
}


class DayField(forms.DateField):
    widget = forms.DateInput


class UnitChoice(forms.ModelChoiceField):
    """Units that stand on the day, in the official order, without villages and firms."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Unit.objects.none(), empty_label="（无）", **options)

    def as_of(self, day: date, also: Unit | None = None) -> None:
        rows = Unit.objects.standing_on(day).exclude(kind__in=BELOW)
        if also is not None:
            rows = rows | Unit.objects.filter(pk=also.pk)
        self.queryset = rows.official()


class UnitFilter(forms.Form):
    q = forms.CharField(label="名称或别名", required=False)
    kind = forms.ChoiceField(label="种类", required=False, choices=[("", "机构序内全部"), *Kind.choices])
    closed = forms.BooleanField(label="含已撤并的", required=False)


class UnitForm(forms.Form):
    """A unit as the office writes it; `version` is the one that was read."""

    short = forms.CharField(label="规范简称", max_length=60, help_text="列表、表格、抄送里用的名称，例如 区住建局")
    full = forms.CharField(label="全称", max_length=120)
    kind = forms.ChoiceField(label="种类", choices=Kind.choices)
    order = forms.IntegerField(label="机构序", min_value=1, max_value=9_999_999, help_text="屏幕、表格、抄送都按它排")
    grade_class = forms.ChoiceField(label="考核类别", choices=[(one, _CLASS_WORDS[one]) for one in GRADE_CLASSES])
    parent = UnitChoice(label="上级", required=False)
    party_group = forms.BooleanField(label="设党委（党组）", required=False, help_text="集体学习按此计")
    management = forms.CharField(label="管理体制", max_length=200, required=False)
    note = forms.CharField(label="备注", max_length=300, required=False)
    since = DayField(label="设立日期")
    until = DayField(label="撤并日期", required=False, help_text="自这一天起不再存在；已有的记录照旧保留")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, unit: Unit | None = None, on: date, **options: Any) -> None:
        if unit is not None:
            options.setdefault("initial", starting_values(unit))
        super().__init__(*args, **options)
        self.unit = unit
        self.fields["parent"].as_of(on, unit.parent if unit is not None else None)
        if unit is None:
            self.fields["since"].initial = on
            self.fields["grade_class"].initial = "—"

    def row(self) -> UnitEntry:
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        parent = values.pop("parent")
        return UnitEntry(code=self.unit.code if self.unit else "", parent=parent.code if parent else "", **values)

    def differences(self, now: Unit) -> list[tuple[str, str, str]]:
        """(field, what stands there now, what was filled in) where the two are not the same."""
        standing = starting_values(now)
        found = []
        for name, field in self.fields.items():
            filled = self.cleaned_data.get(name)
            filled = filled.pk if isinstance(filled, Unit) else filled
            if name != "version" and (standing[name] or "") != (filled or ""):
                found.append((field.label, _words(field, standing[name]), _words(field, filled)))
        return found


def starting_values(unit: Unit) -> dict[str, Any]:
    names = (
        "short", "full", "kind", "order", "grade_class", "party_group", "management", "note", "since", "until", "version",
    )  # fmt: skip
    return {name: getattr(unit, name) for name in names} | {"parent": unit.parent_id}


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ModelChoiceField):
        return str(field.queryset.filter(pk=value).first() or "（无）")
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value) if value not in (None, "") else "（空）"


class AliasForm(forms.Form):
    texts = forms.CharField(
        label="别名",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一行一个。省去“区”、全称、遮蔽写法（公安**分局）由规则认，不必列",
    )

    def names(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.cleaned_data["texts"].splitlines() if line.strip())


class MemberForm(forms.Form):
    """New members of a group from a day on."""

    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="新增成员单位", widget=forms.CheckboxSelectMultiple
    )
    since = DayField(label="自")

    def __init__(self, *args: Any, group: Group, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        inside = group.members.holding_on(on).values("unit_id")
        rows = Unit.objects.standing_on(on).exclude(kind__in=(*BELOW, Kind.COMMITTEE, Kind.SPECIAL_COMMITTEE))
        self.fields["units"].queryset = rows.exclude(pk__in=inside).official()
        self.fields["since"].initial = on


class EndForm(forms.Form):
    until = DayField(label="自哪天起不再是", help_text="这一天起不算")


class SecretariatForm(forms.Form):
    host = UnitChoice(label="办公室所在单位（代办）")
    since = DayField(label="自", help_text="原来的办公室到这一天为止")
    basis = forms.CharField(label="依据", max_length=200, required=False)

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["host"].as_of(on)
        self.fields["since"].initial = on

    def clean_since(self) -> date:
        since = self.cleaned_data["since"]
        if since < ALWAYS:
            raise forms.ValidationError(f"日期 {since} 过早，请填 {ALWAYS} 以后的日期。")
        return since
