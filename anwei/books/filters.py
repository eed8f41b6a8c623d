"""Filters of a list: kept in the address, the same for page, JSON and sheet, and said in words on the sheet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from anwei.books.fields import DayField
from anwei.journal.by import By

Rows = QuerySet[Any]
Choices = Callable[[By], Iterable[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Keyword:
    """Words that must stand in one of `lookups`; several words, parted by blanks, must all be found."""

    lookups: tuple[str, ...]
    name: str = "q"
    label: str = "关键词"
    help: str = ""

    def fields(self, by: By) -> dict[str, forms.Field]:
        box = forms.TextInput(attrs={"placeholder": self.help} if self.help else {})
        return {self.name: forms.CharField(label=self.label, required=False, max_length=60, widget=box)}

    def apply(self, rows: Rows, given: dict[str, Any]) -> Rows:
        for word in given[self.name].split():
            rows = rows.filter(reduce(or_, (Q(**{f"{lookup}__icontains": word}) for lookup in self.lookups)))
        return rows

    def words(self, form: forms.Form) -> list[tuple[str, list[str]]]:
        written = form.cleaned_data.get(self.name)
        return [(f"{self.label}：{written}", [self.name])] if written else []


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a list. `lookup` is a database lookup, or a callable over (rows, value)."""

    name: str
    label: str
    choices: Choices
    lookup: str | Callable[[Rows, str], Rows] = ""
    empty: str = "全部"

    def fields(self, by: By) -> dict[str, forms.Field]:
        choices = [("", self.empty), *self.choices(by)]
        return {self.name: _ChoiceField(label=self.label, required=False, choices=choices)}

    def apply(self, rows: Rows, given: dict[str, Any]) -> Rows:
        value = given[self.name]
        if not value:
            return rows
        return self.lookup(rows, value) if callable(self.lookup) else rows.filter(**{self.lookup or self.name: value})

    def words(self, form: forms.Form) -> list[tuple[str, list[str]]]:
        value = form.cleaned_data.get(self.name)
        label = dict(form.fields[self.name].choices).get(value) if value else None
        return [(f"{self.label}：{label}", [self.name])] if label else []


class _ChoiceField(forms.ChoiceField):
    default_error_messages = {"invalid_choice": "没有“%(value)s”这个选项，请从列表中选择。"}


@dataclass(frozen=True, slots=True)
class Days:
    """From–to over a day column: two fields, `<name>_from` and `<name>_to`, both ends belong to it."""

    name: str
    label: str
    lookup: str = ""

    def fields(self, by: By) -> dict[str, forms.Field]:
        return {
            f"{self.name}_from": DayField(label=f"{self.label}自", required=False),
            f"{self.name}_to": DayField(label=f"{self.label}至", required=False),
        }

    def apply(self, rows: Rows, given: dict[str, Any]) -> Rows:
        lookup = self.lookup or self.name
        first, last = given[f"{self.name}_from"], given[f"{self.name}_to"]
        rows = rows.filter(**{f"{lookup}__gte": first}) if first else rows
        return rows.filter(**{f"{lookup}__lte": last}) if last else rows

    def words(self, form: forms.Form) -> list[tuple[str, list[str]]]:
        found = []
        for part, word in ((f"{self.name}_from", "自"), (f"{self.name}_to", "至")):
            day = form.cleaned_data.get(part)
            if day:
                found.append((f"{self.label}{word} {day.year}.{day.month}.{day.day}", [part]))
        return found


@dataclass(frozen=True, slots=True)
class Flag:
    """A tick. `on` changes the rows where it is set, `off` where it is not."""

    name: str
    label: str
    on: Callable[[Rows], Rows] | None = None
    off: Callable[[Rows], Rows] | None = None

    def fields(self, by: By) -> dict[str, forms.Field]:
        return {self.name: forms.BooleanField(label=self.label, required=False)}

    def apply(self, rows: Rows, given: dict[str, Any]) -> Rows:
        change = self.on if given[self.name] else self.off
        return change(rows) if change else rows

    def words(self, form: forms.Form) -> list[tuple[str, list[str]]]:
        return [(self.label, [self.name])] if form.cleaned_data.get(self.name) else []


Filter = Keyword | Choice | Days | Flag


def filter_form(filters: Iterable[Filter], by: By, params: Any) -> forms.Form:
    """The bound GET form of all filters, validated."""
    fields = {name: field for one in filters for name, field in one.fields(by).items()}
    form = type("FilterForm", (forms.Form,), fields)(params, auto_id="filter_%s")
    form.is_valid()
    return form


def apply_filters(filters: Iterable[Filter], form: forms.Form, rows: Rows) -> Rows:
    """Each filter that was filled in validly; a filter with an error narrows nothing and says so at its field."""
    given = {name: form.cleaned_data.get(name, "") for name in form.fields}
    for one in filters:
        rows = one.apply(rows, given)
    return rows
