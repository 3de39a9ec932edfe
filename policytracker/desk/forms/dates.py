"""Dates as exactly as they are known: "2023", "2023-H1", "2023-Q2", "2023-03", "2023-W13", "2023-03-31", or words.

Words are such as “March 2023” or “the first half of 2023”; a week is numbered as ISO 8601 does.
"""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from policytracker.tracking import periods
from policytracker.tracking.due_phrases import find_due_phrases
from policytracker.tracking.periods import Period, Precision

FIRST_YEAR, LAST_YEAR = 1900, 2200
WRITTEN = re.compile(
    r"(?P<year>\d{4})(?:-(?:H(?P<half>[12])|W(?P<week>\d{1,2})|Q(?P<quarter>[1-4])|(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?))?",
    re.IGNORECASE,
)
FORMS = {
    Precision.YEAR: lambda on: f"{on:%Y}",
    Precision.HALF: lambda on: f"{on:%Y}-H{1 if on.month < 7 else 2}",
    Precision.QUARTER: lambda on: f"{on:%Y}-Q{(on.month + 2) // 3}",
    Precision.MONTH: lambda on: f"{on:%Y-%m}",
    Precision.WEEK: lambda on: f"{on:%G-W%V}",
}


def period_in(text: str, *, language: str = "en", on: date | None = None) -> Period:
    """The period that a text names. Raises ValueError where it names none."""
    match = WRITTEN.fullmatch(text.strip())
    if match is None:
        phrases = find_due_phrases(text, on=on or date(FIRST_YEAR, 1, 1), language=language)
        if len(phrases) != 1:
            raise ValueError(text)
        return phrases[0].period
    number = int(match["year"])
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise ValueError(text)
    if match["half"]:
        return periods.half(number, int(match["half"]))
    if match["quarter"]:
        return periods.quarter(number, int(match["quarter"]))
    if match["week"]:
        return periods.week_of(date.fromisocalendar(number, int(match["week"]), 1))
    if match["day"]:
        return periods.day(date(number, int(match["month"]), int(match["day"])))
    return periods.month(number, int(match["month"])) if match["month"] else periods.year(number)


def as_written(on: date | None, precision: str) -> str:
    """The text that names this date as exactly as it is known."""
    if on is None:
        return ""
    write = FORMS.get(precision)  # type: ignore[call-overload]
    return write(on) if write else on.isoformat()


class PeriodField(forms.CharField):
    """A date as exactly as it is known; cleans to a `Period`, or None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=60, widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}), **options
        )

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return period_in(text)
        except ValueError:
            raise ValidationError(
                _("“%(text)s” is not a date. Write 2023, 2023-H1, 2023-Q2, 2023-03, 2023-W13 or 2023-03-31.")
                % {"text": text}
            ) from None


class AddressesField(forms.CharField):
    """Web addresses, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), **options)
        self._address = forms.URLField(assume_scheme="https")

    def clean(self, value: Any) -> list[str]:
        return [self._address.clean(line) for line in super().clean(value).split()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value
