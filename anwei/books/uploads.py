"""Several files in one field of a form, each looked at before anything is kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from anwei.files import store


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """The cleaned value is a list of uploads, possibly empty."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if self.required and not files:
            raise ValidationError(f"请选择要上传的{self.label}。", code="required")
        problems = [problem for problem in (store.check(file) for file in files) if problem]
        if problems:
            raise ValidationError(problems)
        return files
