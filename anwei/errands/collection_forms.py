"""Forms of sheets to be collected."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from anwei.books.fields import DayField
from anwei.books.sheets_in import read_table
from anwei.errands.calendars import THREE, picked
from anwei.errands.forms import UnitsForm
from anwei.errands.models import Collection
from anwei.errands.sheets import KINDS, NUMBER, Row, SheetColumn, read_empty
from anwei.files import store
from anwei.journal.by import By

MAX_BYTES = 10 * 1024 * 1024
PAGE_ROWS = 200
_FIELDS = 4500  # of one POST, below Django's own limit
_BLANK = 5
_ENDINGS = (".xlsx", ".xls", ".et", ".csv")


class SheetField(forms.FileField):
    """A workbook of at most 10 MB; the cleaned value is (upload, table)."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return upload
        name = store.plain_name(upload.name or "")
        if (upload.size or 0) > MAX_BYTES:
            raise ValidationError(f"“{name}”超过{MAX_BYTES // 1024 // 1024} MB，请删去图片和空白行列后再上传。")
        if not name.lower().endswith(_ENDINGS):
            raise ValidationError(f"“{name}”不是 Excel 表，请用 Excel 或 WPS 另存为 .xlsx 再上传。")
        if problem := store.check(upload):
            raise ValidationError(problem)
        table, message = read_table(upload.read())
        upload.seek(0)
        if message:
            raise ValidationError(f"“{name}”：{message}")
        return upload, table


class PrepareForm(forms.Form):
    """Step one: the empty sheet."""

    file = SheetField(
        label="空白表", help_text="Excel 表（.xlsx），不超过10 MB；表头可以在标题下面，下面可以留一两行例子。"
    )
    title = forms.CharField(label="表名", required=False, max_length=120, help_text="不填就取表里的标题。")
    note = forms.CharField(label="填报要求", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("file"):
            upload, table = data["file"]
            sheet, message = read_empty(table)
            if sheet is None:
                self.add_error("file", message)
            else:
                data["sheet"] = sheet
                data["title"] = data.get("title") or _title(sheet.above, upload.name)
        return data


class OpenForm(UnitsForm):
    """Step two: columns checked, units, deadline."""

    capability = "collection.open"

    due_on = DayField(label="报送时限")
    note = forms.CharField(label="填报要求", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, by: By, collection: Collection, *args: Any, **kwargs: Any) -> None:
        super().__init__(by, *args, **kwargs)
        self.by, self.columns = by, collection.sheet_columns()
        self.fields["units"].label = "填报单位"
        self.fields["due_on"].initial = collection.due_on or picked(THREE, by.today)
        self.fields["note"].initial = collection.note
        for place, column in enumerate(self.columns):
            kind = forms.ChoiceField(label=f"{column.label}：类型", choices=list(KINDS.items()), initial=column.kind)
            kind.widget.attrs["aria-label"] = kind.label
            self.fields[f"kind_{place}"] = kind
            for name, word in (("required", "必填"), ("key", "不能重复")):
                tick = forms.BooleanField(
                    label=f"{column.label}：{word}", required=False, initial=getattr(column, name)
                )
                tick.widget.attrs["aria-label"] = tick.label
                self.fields[f"{name}_{place}"] = tick

    @property
    def lines(self) -> list[dict[str, Any]]:
        """A column with its three boxes, for the page."""
        return [
            {"column": column, **{name: self[f"{name}_{place}"] for name in ("kind", "required", "key")}}
            for place, column in enumerate(self.columns)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        day = data.get("due_on")
        if day is not None and day < self.by.today:
            self.add_error("due_on", f"报送时限 {day} 早于今天，请改为今天或以后的日期。")
        data["columns"] = [
            SheetColumn(
                column.label,
                data.get(f"kind_{place}", column.kind),
                bool(data.get(f"required_{place}")),
                bool(data.get(f"key_{place}")),
            )
            for place, column in enumerate(self.columns)
        ]
        return data


class CopyForm(forms.Form):
    """A unit's filled copy."""

    file = SheetField(label="填好的表")


class DeadlineForm(forms.Form):
    due_on = DayField(label="新的报送时限")


def page_rows(columns: list[SheetColumn]) -> int:
    """How many rows the page takes: 200, fewer for a very broad sheet."""
    return min(PAGE_ROWS, _FIELDS // (len(columns) + 1))


def read_rows(post: Any, columns: list[SheetColumn]) -> list[Row]:
    """The rows of the page: those marked to be removed and blank ones left out. Never more than the page takes."""
    try:
        count = min(int(post.get("count", 0)), page_rows(columns))
    except ValueError:
        count = 0
    rows: list[Row] = []
    for at in range(count):
        if post.get(f"drop-{at}"):
            continue
        row: Row = [
            None if column.automatic else post.get(f"cell-{at}-{place}", "").replace("\x00", "").strip() or None
            for place, column in enumerate(columns)
        ]
        if any(cell is not None for cell in row):
            rows.append(row)
    return rows


def page_lines(columns: list[SheetColumn], rows: list[Row], problems: list[Any], blank: int = _BLANK) -> list[Any]:
    """Rows for templates/errands/filling.html, with blank ones below up to what the page takes."""
    wrong: dict[tuple[int, int], list[str]] = {}
    for one in problems:
        wrong.setdefault((one.row, one.column or 0), []).append(one.message)
    blank = max(min(blank, page_rows(columns) - len(rows)), 0)
    return [
        {
            "number": at + 1,
            "at": at,
            "cells": [
                {
                    "name": f"cell-{at}-{place}",
                    "column": column,
                    "value": "" if place >= len(row) or row[place] is None else row[place],
                    "wrong": wrong.get((at, place), []),
                    "mode": "decimal" if column.kind == NUMBER else "text",
                }
                for place, column in enumerate(columns)
                if not column.automatic
            ],
        }
        for at, row in enumerate([*rows, *([[]] * blank)])
    ]


def _title(above: list[str], file_name: str | None) -> str:
    """The longest line above the head, or the file's name."""
    lines = [line for line in above if not line.startswith(("附件", "填报单位", "单位"))]
    return max(lines, key=len, default="") or str(file_name or "收表").rsplit(".", 1)[0]
