"""Questions that the pages of plans ask."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from anwei.books.fields import CountField, DayField
from anwei.files.store import MAX_BYTES
from anwei.periods import parse_day
from anwei.plans.actions import Head, MeasureEdit, RoleEdit
from anwei.plans.models import Chapter, Demand, Measure, Plan
from anwei.units.models import Unit

MEGABYTE = 1024 * 1024
FIRST_YEAR, LAST_YEAR = 2000, 2099
ACCEPTED = ".txt,.docx,.pdf,.xlsx,.csv,.xls,.doc,.wps"
TEXT_LENGTH = 2_000_000
RHYTHMS = [("", "不分窗口"), ("month", "每月"), ("quarter", "每季度"), ("half_year", "每半年"), ("year", "全年")]


class ImportForm(forms.Form):
    file = forms.FileField(
        label="文件",
        required=False,
        help_text=f"txt、docx、pdf、xlsx、csv，doc、wps 装有 LibreOffice 时可读；不超过 {MAX_BYTES // MEGABYTE} MB。",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        max_length=200,
        allow_empty_file=True,  # the file reader names it in its message
    )
    text = forms.CharField(
        label="或者粘贴正文",
        required=False,
        max_length=TEXT_LENGTH,
        help_text="从公文系统复制的正文，断行、空格不必整理。",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    year = CountField(
        label="年度", required=False, minimum=FIRST_YEAR, maximum=LAST_YEAR, help_text="标题或文号里写有年份的不用填。"
    )
    replaces = forms.ModelChoiceField(
        Plan.objects.none(), label="这是哪份要点的新版", required=False, empty_label="不是新版，是新的要点"
    )
    outside = forms.BooleanField(label="上级文件：只用来对应条目，不向本区单位下达", required=False)

    def __init__(self, *args: Any, plans: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["replaces"].queryset = plans

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > MAX_BYTES:
            size = f"{file.size / MEGABYTE:.1f} MB"
            raise ValidationError(
                f"“{file.name}”有 {size}，超过 {MAX_BYTES // MEGABYTE} MB，请删去图片或拆成几份再上传。"
            )
        return file

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file, text = given.get("file"), (given.get("text") or "").strip()
        if not self.errors and bool(file) == bool(text):
            raise ValidationError("上传文件和粘贴正文请选一样。" if file else "请上传文件，或者粘贴正文。")
        if given.get("outside") and given.get("replaces"):
            self.add_error("replaces", "上级文件不下达，不能替代本区的要点；请二选一。")
        return given


class HeadForm(forms.Form):
    title = forms.CharField(label="标题", max_length=200)
    year = CountField(
        label="年度", required=False, minimum=FIRST_YEAR, maximum=LAST_YEAR, help_text="“6月底前”按这一年换算。"
    )
    document_number = forms.CharField(label="文号", max_length=60, required=False, help_text="如：临安委〔2023〕2号")
    issuer = forms.CharField(label="印发单位", max_length=120, required=False)
    issued_on = DayField(label="印发日期", required=False, help_text="任务从这一天起算，下达前必须填写。")
    parent = forms.ModelChoiceField(Plan.objects.none(), label="上级要点", required=False, empty_label="没有")
    outside = forms.BooleanField(label="上级文件：只用来对应条目，不向本区单位下达", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, parents: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].queryset = parents

    def head(self) -> Head:
        values = {key: value for key, value in self.cleaned_data.items() if key != "version"}
        return Head(**values)


class MeasureForm(forms.Form):
    """One measure by hand. Roles are boxes with one reference a line; a measure always offers a lead and a
    responsible box, so that what the reader missed can be written in."""

    title = forms.CharField(label="首句", max_length=300)
    short = forms.CharField(
        label="短名", max_length=20, required=False, help_text="进展一览里用，6至10字；不填按首句取。"
    )
    text = forms.CharField(label="正文", widget=forms.Textarea(attrs={"rows": 8}), max_length=TEXT_LENGTH)
    deadline_text = forms.CharField(label="完成时限（原文）", max_length=200, required=False)
    deadlines = forms.CharField(
        label="换算日期", required=False, max_length=200, help_text="几个日期用顿号隔开，如：2023-06-30、2023-12-31"
    )
    ongoing = forms.BooleanField(label="常态化（没有截止日期）", required=False)
    gatherer = forms.ModelChoiceField(
        Unit.objects.none(), label="汇总单位（★）", required=False, empty_label="按牵头次序取第一家",
        help_text="几家牵头时由它汇总各家情况。",
    )  # fmt: skip
    parent_measure = forms.ModelChoiceField(
        Measure.objects.none(), label="上级要点对应条", required=False, empty_label="没有对应"
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, measure: Measure, *args: Any, **options: Any) -> None:
        super().__init__(*args, initial=starting_values(measure), **options)
        self.roles = role_lists(measure)
        for place, (label, lead, references) in enumerate(self.roles):
            self.fields[f"role_{place}"] = forms.CharField(
                label=f"{label}{'（牵头）' if lead and '牵头' not in label else ''}",
                required=False,
                max_length=4000,
                initial="\n".join(references),
                help_text="一行一个称谓，按原文写；“等有关部门”单写一行。" if not place else "",
                widget=forms.Textarea(attrs={"rows": max(2, len(references))}),
            )
        leads = Unit.objects.filter(assigned__assignment__measure=measure, assigned__assignment__lead=True)
        self.fields["gatherer"].queryset = leads.distinct().official()
        parent = measure.plan.parent
        if parent is None:
            del self.fields["parent_measure"]
        else:
            self.fields["parent_measure"].queryset = parent.measures.all()
        first = ["title", "short", *(f"role_{n}" for n in range(len(self.roles)))]
        self.order_fields([*first, "gatherer", "deadline_text", "deadlines", "ongoing", "parent_measure", "text"])

    def clean_deadlines(self) -> list[date]:
        days, wrong = [], []
        for text in re.split(r"[、，,；;\s]+", self.cleaned_data["deadlines"].strip()):
            try:
                days += [parse_day(text, "换算日期")] if text else []
            except ValueError as error:
                wrong.append(str(error))
        if wrong:
            raise ValidationError(wrong)
        return sorted(set(days))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("ongoing") and given.get("deadlines"):
            self.add_error("ongoing", "常态化的不填换算日期；有截止日期的不要勾常态化。")
        return given

    def edit(self) -> MeasureEdit:
        given = self.cleaned_data
        roles = [
            RoleEdit(label, lead, [line.strip() for line in given[f"role_{n}"].splitlines() if line.strip()])
            for n, (label, lead, _) in enumerate(self.roles)
        ]
        keys = ("title", "short", "text", "deadline_text", "deadlines", "ongoing", "gatherer")
        return MeasureEdit(**{key: given[key] for key in keys}, roles=roles, parent_measure=given.get("parent_measure"))


class NewMeasureForm(forms.Form):
    """A measure that the reader missed; its units and deadlines are filled in on its own page afterwards."""

    number = forms.CharField(label="条号", max_length=20, help_text="按原文写，不带后面的点或顿号，如：12、（三）")
    after = forms.ModelChoiceField(
        Measure.objects.none(), label="排在哪一条后面", required=False, empty_label="排在最前"
    )
    chapter = forms.ModelChoiceField(Chapter.objects.none(), label="章", required=False, empty_label="不分章")
    title = forms.CharField(label="首句", max_length=300)
    text = forms.CharField(
        label="正文",
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="从原文复制，能在原文里找到的，旁边会对上位置。",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, plan: Plan, *args: Any, **options: Any) -> None:
        super().__init__(*args, initial={"version": plan.version, "after": plan.measures.last()}, **options)
        self.fields["after"].queryset = plan.measures.all()
        self.fields["chapter"].queryset = plan.chapters.all()


def starting_values(measure: Measure) -> dict[str, Any]:
    keys = ("title", "short", "text", "deadline_text", "ongoing", "gatherer", "parent_measure")
    return {key: getattr(measure, key) for key in keys} | {
        "deadlines": "、".join(measure.deadlines),
        "version": measure.plan.version,
    }


def role_lists(measure: Measure) -> list[tuple[str, bool, list[str]]]:
    """(label, lead, references) in the order of the text; empty lists where a lead or a responsible role is missing."""
    grouped: dict[tuple[str, bool], list[str]] = {}
    for row in measure.assignments.all():
        grouped.setdefault((row.role, row.lead), []).append(row.reference)
    for label, lead in (("牵头单位", True), ("责任单位", False)):
        if not any(held == lead for _, held in grouped):
            grouped[label, lead] = []
    return [(label, lead, references) for (label, lead), references in grouped.items()]


class DemandForm(forms.Form):
    """The numbers of one demand; which of them are asked depends on its kind."""

    chosen = forms.BooleanField(label="采用", required=False)
    at_least = CountField(label="至少", minimum=1, maximum=999)
    every = forms.ChoiceField(label="窗口", choices=RHYTHMS, required=False)
    days = CountField(label="天数", minimum=1, maximum=3650)
    finish = forms.CharField(label="办结标志", max_length=120)
    sentence = forms.CharField(label="具体内容", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, demand: Demand, *args: Any, **options: Any) -> None:
        keys = ("chosen", "at_least", "every", "days", "finish", "sentence")
        super().__init__(*args, initial={k: getattr(demand, k) for k in keys}, prefix=f"d{demand.pk}", **options)
        self.demand = demand
        asked = {Demand.COUNT: {"at_least", "every"}, Demand.CLOCK: {"days"}, Demand.COVERAGE: {"at_least"}}
        for key in {"at_least", "every", "days"} - asked.get(demand.kind, {"every"}):
            del self.fields[key]
        if "every" in self.fields:
            self.fields["every"].choices = RHYTHMS if not demand.every else RHYTHMS[1:]

    def changes(self) -> dict[str, Any]:
        return {key: value for key, value in self.cleaned_data.items() if key != "chosen" and key in self.changed_data}


class NamingsForm(forms.Form):
    """The day and the paper of a decision; the phrases themselves are rows of the page."""

    decided_on = DayField(label="点名日期")
    paper = forms.CharField(label="点名文件", max_length=120, required=False, help_text="如：临安办〔2023〕5号")


class SettleForm(forms.Form):
    words = forms.CharField(label="处理", max_length=200)


def problems_of(forms_: Iterable[forms.Form]) -> list[str]:
    """All errors of several forms as sentences, each with its field's label."""
    return [
        f"{form.fields[key].label if key in form.fields else ''}：{error}"
        for form in forms_
        for key, errors in form.errors.items()
        for error in errors
    ]
