"""Forms of the register: what the kind asks, an evaluation, a reason."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from anwei.books.fields import DayField
from anwei.journal.by import By
from anwei.registers.drafts import LABELS, Row, read_rows
from anwei.registers.kinds import InstallationKind
from anwei.registers.models import Evaluation, Installation
from anwei.registers.rows import row_of
from anwei.units.models import Unit

_HELP: Final = {
    "code": "企业或监管部门的编号；没有的自拟，全区不重复。",
    "regulators": "写规范简称，几家之间用顿号隔开，主要的写在前面。",
    "retired_on": "还在用的不填。",
    "evaluated_on": "最近一次评估；没有做过的不填。",
}


class InstallationForm(forms.Form):
    """`instead_of` is the installation that a correction changes."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, by: By, kind: InstallationKind, *args: Any, instead_of: Installation | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.by, self.kind, self.instead_of = by, kind, instead_of
        towns = Unit.objects.standing_on(by.today).territory().official()
        self._towns = {str(unit.pk): unit for unit in towns}
        for name in ("code", "name", "town", *kind.asks):
            self.fields[name] = self._question(name)
        if instead_of is None and kind.evaluation_years:
            self.fields["evaluated_on"] = self._question("evaluated_on")
        if instead_of is not None:
            self.fields["reason"] = forms.CharField(label="更正理由", max_length=200)

    def _question(self, name: str) -> forms.Field:
        label = self.kind.commissioned_label if name == "commissioned_on" else LABELS[name]
        required = name in ("code", "name", "town", *self.kind.required)
        given: dict[str, Any] = {"label": label, "required": required, "help_text": _HELP.get(name, "")}
        if name == "town":
            choices = [("", "请选择"), *((key, unit.short) for key, unit in self._towns.items())]
            return forms.ChoiceField(**given, choices=choices)
        if name.endswith("_on"):
            return DayField(**given)
        if name == "length_km":
            return forms.CharField(**given, max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
        limit = 300 if name == "regulators" else Installation._meta.get_field(name).max_length
        return forms.CharField(**given, max_length=limit)

    def row(self) -> Row:
        """The row that the action takes, from the cleaned values."""
        row = {name: value for name, value in self.cleaned_data.items() if name not in ("reason", "version")}
        return row | {"kind": self.kind.key, "town": self._towns.get(row.get("town") or "")}

    def clean(self) -> dict[str, Any]:
        """The action's own checks, so that each complaint stands at its field."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        row = self.row() if self.instead_of is None else row_of(self.instead_of) | self.row()
        for problem in read_rows(self.by, [row], instead_of=self.instead_of)[1]:
            self.add_error(problem.field if problem.field in self.fields else None, ValidationError(problem.message))
        return cleaned


class EvaluationForm(forms.Form):
    day = DayField(label="评估日期", help_text="评估报告出具的日期。")
    valid_until = DayField(label="报告载明有效至", required=False, help_text="报告没有写的不填，按规定年数计。")
    organisation = forms.CharField(label="评估单位", max_length=120)
    conclusion = forms.CharField(
        label="结论", max_length=Evaluation._meta.get_field("conclusion").max_length, widget=forms.Textarea({"rows": 3})
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=200, help_text="如：重复登记。原来的一条保留备查。")


def starting_values(installation: Installation) -> dict[str, Any]:
    """What a correction form shows first."""
    row = row_of(installation)
    regulators = "、".join(unit.short for unit in row["regulators"])
    length = None if row["length_km"] is None else row["length_km"].normalize()
    town = str(installation.town_id)
    return row | {"town": town, "regulators": regulators, "length_km": length, "version": installation.version}
