"""Forms of the ledger: the accident, and one small form for each move."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from anwei.accidents.drafts import LABELS, Row, read_rows
from anwei.accidents.grades import GRADES
from anwei.accidents.models import Accident
from anwei.accidents.regimes import regimes
from anwei.books.fields import CountField, DayField
from anwei.journal.by import By
from anwei.units.models import Kind, Unit
from anwei.units.rows import Names

_UNITS_HELP: Final = "写规范简称，几家之间用顿号隔开。"


class RecordForm(forms.Form):
    """What is known when an accident is entered; the rest comes with the moves."""

    title = forms.CharField(label=LABELS["title"], max_length=120, help_text="如：某公司“2·14”机械伤害事故。")
    number = forms.CharField(label=LABELS["number"], max_length=40, required=False, help_text="不填的自动编号。")
    regime = forms.ChoiceField(label=LABELS["regime"])
    happened_on = DayField(label=LABELS["happened_on"])
    happened_at = forms.CharField(label=LABELS["happened_at"], max_length=10, required=False, help_text="如 08:40。")
    town = forms.ChoiceField(label=LABELS["town"])
    place = forms.CharField(label=LABELS["place"], max_length=120, required=False)
    establishment = forms.CharField(label=LABELS["establishment"], max_length=120, required=False)
    sector = forms.CharField(label=LABELS["sector"], max_length=60, required=False)
    deaths = CountField(label=LABELS["deaths"], required=False)
    injuries = CountField(label=LABELS["injuries"], required=False, help_text="含急性工业中毒。")
    loss = CountField(label=LABELS["loss"], required=False, help_text="还没有核定的不填。")
    named_grade = forms.ChoiceField(
        label=LABELS["named_grade"], required=False, help_text="等级按伤亡和损失算出；特种设备等另有判据的才选。"
    )
    district_investigates = forms.ChoiceField(
        label=LABELS["district_investigates"],
        required=False,
        choices=[("", "按规定"), ("是", "是"), ("否", "否，由上级调查")],
    )
    investigating_body = forms.CharField(
        label=LABELS["investigating_body"], max_length=120, required=False, help_text="不填的按规定。"
    )
    units = forms.CharField(label=LABELS["units"], max_length=300, required=False, help_text=_UNITS_HELP)
    summary = forms.CharField(
        label=LABELS["summary"], max_length=2000, required=False, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, by: By, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        towns = Unit.objects.standing_on(by.today).territory().official()
        self._towns = {str(unit.pk): unit for unit in towns}
        self.fields["regime"].choices = [(one.key, one.label) for one in regimes()]
        self.fields["town"].choices = [("", "请选择"), *((key, unit.short) for key, unit in self._towns.items())]
        self.fields["named_grade"].choices = [("", "按伤亡和损失"), *GRADES.items()]

    def row(self) -> Row:
        """The row that the action takes, from the cleaned values."""
        return self.cleaned_data | {"town": self._towns.get(self.cleaned_data.get("town") or "")}

    def clean(self) -> dict[str, Any]:
        """The action's own checks, so that each complaint stands at its field."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        for problem in read_rows(self.by, [self.row()])[1]:
            self.add_error(problem.field if problem.field in self.fields else None, ValidationError(problem.message))
        return cleaned


class MoveForm(forms.Form):
    """`version` is the one that was read; the other values go to the action by name."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, accident: Accident, *args: Any, **options: Any) -> None:
        super().__init__(*args, initial={"version": accident.version, **self.starting(accident)}, **options)

    def starting(self, accident: Accident) -> dict[str, Any]:
        return {}

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class CasualtiesForm(MoveForm):
    day = DayField(label="截至日期")
    deaths = CountField(label=LABELS["deaths"])
    injuries = CountField(label=LABELS["injuries"], help_text="含急性工业中毒；伤者死亡的，从重伤中减去。")
    loss = CountField(label=LABELS["loss"], required=False)
    words = forms.CharField(label="说明", max_length=200, required=False, help_text="如：1名伤者经抢救无效死亡。")

    def starting(self, accident: Accident) -> dict[str, Any]:
        return {name: getattr(accident, name) for name in ("deaths", "injuries", "loss")}


class SuspendForm(MoveForm):
    day = DayField(label="鉴定开始日期", help_text="委托或送检的日期，自当日起停止计算。")
    reason = forms.CharField(label="事由", max_length=200)

    def starting(self, accident: Accident) -> dict[str, Any]:
        return {"reason": "技术鉴定"}


class ResumeForm(MoveForm):
    day = DayField(label="鉴定结束日期", help_text="收到鉴定意见的日期，自当日起接着计算。")


class ExtendForm(MoveForm):
    days = CountField(label="延长天数", minimum=1)
    approved_by = forms.CharField(label="批准机关", max_length=120)
    day = DayField(label="批准日期")
    reason = forms.CharField(label="理由", max_length=200)


class ReportForm(MoveForm):
    day = DayField(label="报告提交日期")


class RatifyForm(MoveForm):
    day = DayField(label="批复日期")


class HandUpForm(MoveForm):
    to = forms.CharField(label="接手调查的机关", max_length=120, help_text="如：市人民政府事故调查组。")
    day = DayField(label="移交日期")
    reason = forms.CharField(label="理由", max_length=200)


class UnitsForm(MoveForm):
    units = forms.CharField(label="参加（配合）调查单位", max_length=300, required=False, help_text=_UNITS_HELP)
    reason = forms.CharField(label="理由", max_length=200)

    def starting(self, accident: Accident) -> dict[str, Any]:
        return {"units": "、".join(unit.short for unit in accident.parties())}

    def clean_units(self) -> list[Unit]:
        text = self.cleaned_data["units"]
        for sign in "，,；;":
            text = text.replace(sign, "、")
        names, found, wrong = Names.now(), [], []
        for word in filter(None, (part.strip() for part in text.split("、"))):
            try:
                found.append(names.find(word))
            except ValueError as error:
                wrong.append(ValidationError(f"{error}。"))
        if wrong:
            raise ValidationError(wrong)
        return [unit for unit in found if unit.kind != Kind.ESTABLISHMENT]


class VoidForm(MoveForm):
    reason = forms.CharField(label="作废理由", max_length=200, help_text="如：重复登记。原来的一条保留备查。")
