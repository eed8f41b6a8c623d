"""The record form: the day, the units and what the chosen kind asks, nothing else."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from anwei.activities.answers import length_of
from anwei.activities.drafts import read_rows, within_reach
from anwei.activities.models import Activity
from anwei.activities.names import COLLECTIVES, UnitNames
from anwei.activities.rows import row_of
from anwei.books.fields import DayField
from anwei.books.uploads import FilesField
from anwei.journal.by import By
from anwei.rulebook import ActivityKind, Field, activity_kind
from anwei.units.models import Kind, Unit


class UnitTicks(forms.CheckboxSelectMultiple):
    """Units to tick, by kind, each kind folded up."""

    template_name = "activities/unit_ticks.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        context["groups"] = [
            {"label": label, "options": options, "open": len(groups) == 1 or any(one["selected"] for one in options)}
            for label, options, _ in groups
        ]
        return context


class RecordForm(forms.Form):
    """`kind` says which questions stand in the form; `instead_of` is the activity that a correction replaces."""

    def __init__(
        self, by: By, kind: ActivityKind, *args: Any, instead_of: Activity | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.by, self.kind, self.instead_of = by, kind, instead_of
        self.optional: set[str] = set()
        reaches = within_reach(by, "activity.record")
        self._names = UnitNames(by.today, reaches)
        self._units = {str(unit.pk): unit for unit in self._pickable(reaches)}
        self.fields["happened_on"] = DayField(label=kind.day_label, initial=by.today)
        self.fields["happened_on"].widget.attrs["max"] = by.today.isoformat()
        for field in kind.fields:
            if field.key in kind.required:
                self.fields[field.key] = _question(field, required=True)
        self._ask_units()
        self._ask_also()
        if instead_of is None:
            self.fields["files"] = FilesField(
                label="附件",
                required=kind.files_required,
                help_text="照片、签到表、纪要，可一次选多个，也可以录入后再加。",
            )
        else:
            self.fields["reason"] = forms.CharField(
                label="更正理由", max_length=200, help_text="如：日期录错，应为6月8日。原来的一条保留备查。"
            )
        self._ask_the_rest()

    def _ask_the_rest(self) -> None:
        for field in self.kind.fields:
            if field.key not in self.fields:
                self.fields[field.key] = _question(field, required=False)
                self.optional.add(field.key)

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.optional]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name in self.optional]

    @property
    def more_open(self) -> bool:
        """What was answered or is wrong must be seen."""
        return any(field.errors or field.value() not in (None, "") for field in self.more_fields)

    def _pickable(self, reaches: Callable[[Unit], bool]) -> list[Unit]:
        """Units within reach; of establishments, which may be thousands, only one's own."""
        own = self.by.unit.pk if self.by.unit is not None else None
        units = (unit for unit in self._names.units if reaches(unit))
        return [unit for unit in units if unit.kind != Kind.ESTABLISHMENT or unit.pk == own]

    def _ask_units(self) -> None:
        fitting = [unit for unit in self._units.values() if self.kind.may_be_held_by(unit.kind)]
        own = self.by.unit if self.by.unit is not None and str(self.by.unit.pk) in self._units else None
        if len(self._units) > 1:
            self.fields["organiser"] = forms.ChoiceField(
                label="主办单位", choices=_grouped(list(self._units.values())), initial=own.pk if own else None
            )
        if len(fitting) == 1 and list(self._units.values()) == fitting:
            return
        first = own.pk if own is not None and own in fitting else None
        words = "这次活动给哪家算。" if not self.kind.joint else "合办的，勾上的每家各计一次。"
        if not self.kind.joint:
            choices = [("", "请选择"), *_grouped(fitting)]
            self.fields["units"] = forms.ChoiceField(label="计入单位", choices=choices, initial=first, help_text=words)
            return
        together = [(key, label) for key, (label, kinds) in COLLECTIVES.items() if self._reaches_all(key)]
        if together:
            self.fields["together"] = forms.MultipleChoiceField(
                label="计入单位（整批）", choices=together, required=False, widget=forms.CheckboxSelectMultiple
            )
        self.fields["units"] = forms.MultipleChoiceField(
            label="计入单位",
            choices=_grouped(fitting),
            initial=[first] if first else [],
            required=False,
            widget=UnitTicks,
            help_text=words,
        )

    def _reaches_all(self, key: str) -> bool:
        units = self._names.collective(key)
        return bool(units) and all(
            str(unit.pk) in self._units and self.kind.may_be_held_by(unit.kind) for unit in units
        )

    def _ask_also(self) -> None:
        if self.kind.together_with:
            self.fields["also"] = forms.MultipleChoiceField(
                label="这一场同时也是",
                choices=[(key, activity_kind(key).label) for key in self.kind.together_with],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text="勾上的各计一次，不用再录。",
            )

    def row(self) -> dict[str, Any]:
        """The row that the action takes, from the cleaned values."""
        given = dict(self.cleaned_data)
        row = {key: value for key, value in given.items() if key not in ("organiser", "units", "together", "reason")}
        row["kind"] = self.kind.key
        row["organiser"] = self._units.get(str(given.get("organiser") or ""), self.by.unit)
        ticked = given.get("units") or []
        units = [self._units[str(one)] for one in ([ticked] if isinstance(ticked, str) else ticked)]
        for key in given.get("together") or []:
            units += self._names.collective(key)
        row["units"] = units
        row["has_files"] = bool(given.get("files")) or self.instead_of is not None
        return row

    def clean(self) -> dict[str, Any]:
        """The action's own checks, so that each complaint stands at its field."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        capability = "activity.record" if self.instead_of is None else "activity.correct"
        _, problems = read_rows(self.by, [self.row()], capability=capability, instead_of=self.instead_of)
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, ValidationError(problem.message))
        return cleaned


class VoidForm(forms.Form):
    reason = forms.CharField(label="作废理由", max_length=200, help_text="如：重复录入。原来的一条保留备查。")


def starting_values(activity: Activity) -> dict[str, Any]:
    """What a correction form shows first."""
    row = row_of(activity)
    units = [unit.pk for unit in row["units"]]
    single = not activity.kind_data.joint
    return row | {"organiser": activity.host_id, "units": (units or [None])[0] if single else units}


def _grouped(units: list[Unit]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for unit in units:
        groups.setdefault(Kind(unit.kind).label, []).append((str(unit.pk), unit.short))
    return list(groups.items())


def _question(field: Field, *, required: bool) -> forms.Field:
    given: dict[str, Any] = {"label": field.label, "required": required, "help_text": field.help}
    match field.type:
        case "number":
            return forms.CharField(
                **given, max_length=9, widget=forms.NumberInput(attrs={"min": 0, "inputmode": "numeric"})
            )
        case "day":
            return DayField(**given)
        case "choice":
            choices = [("", "请选择"), *((one, one) for one in field.choices)]
            return forms.ChoiceField(**given, choices=choices)
        case "long_text":
            limit = length_of(field)
            box = forms.Textarea(attrs={"rows": 4, "data-count-words": limit})
            return forms.CharField(**given, max_length=limit, widget=box)
        case "url":
            return forms.CharField(**given, max_length=length_of(field), widget=forms.URLInput())
    return forms.CharField(**given, max_length=length_of(field))
