"""Form fields that speak the house's language about bad input."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from anwei.periods import parse_day


class DayField(forms.Field):
    """A day in any usual way of writing; the message quotes what was written."""

    widget = forms.DateInput(attrs={"autocomplete": "off"})

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        try:
            return parse_day(value, self.label or "日期")
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class CountField(forms.Field):
    """A whole number of people or things."""

    widget = forms.NumberInput(attrs={"inputmode": "numeric"})

    def __init__(self, *, minimum: int = 0, maximum: int = 9_999_999, **options: Any) -> None:
        super().__init__(**options)
        self.minimum, self.maximum = minimum, maximum

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            number = int(str(value).strip())
        except ValueError:
            number = None
        if number is None or not self.minimum <= number <= self.maximum:
            raise ValidationError(
                f"{self.label} {str(value)[:20]} 不是有效数字，请填写 {self.minimum} 至 {self.maximum} 的整数",
                code="invalid",
            )
        return number
