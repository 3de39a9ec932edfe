"""What the forms of reference data share. Each turns what was typed into a `Draft`, and a row into what is typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from policytracker.tracking.actions.reference import Draft, aliases_of

from ..lookups import LookupField
from .commitments import SURENESS
from .dates import AddressesField, as_written

UNSURE = ("approximate", "no later than", "inferred")
LONGEST_TEXT = 5_000


class LinesField(forms.CharField):
    """Words, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_TEXT, **options)

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value


class DaysField(LinesField):
    """Days, one a line."""

    def clean(self, value: Any) -> list[date]:  # type: ignore[override]
        day = forms.DateField()
        return [day.clean(line) for line in super().clean(value)]


def text_field(rows: int, label: Any, **options: Any) -> forms.CharField:
    """A field for a longer text, this many rows high; may stay empty."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=LONGEST_TEXT, widget=widget, **options)


def aliases_field() -> LinesField:
    """The other names of the row."""
    return LinesField(
        label=_("Other names"),
        required=False,
        help_text=_("One a line, in any language: what articles call it. New and old articles are read for them."),
    )


def sources_field() -> AddressesField:
    """Where what is typed was found."""
    return AddressesField(label=_("Sources"), required=False, help_text=_("Web addresses, one a line."))


class ReferenceForm(forms.Form):
    """What the kinds share: names in every language, dates as exactly as they are known, a warning of namesakes."""

    model: type[Model]
    names: tuple[str, ...] = ("name",)
    translated: tuple[str, ...] = ()
    first_days: tuple[str, ...] = ()
    last_days: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    is_another = forms.BooleanField(label=_("It is none of these: save it as another one"), required=False)
    warned_of = forms.CharField(required=False, max_length=1_000, widget=forms.HiddenInput)
    fingerprint = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    of_form = ("is_another", "warned_of", "fingerprint")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.translated:
            for code, language in settings.LANGUAGES[1:]:
                self._add_after(name, f"{name}_{code}", self._in(self.fields[name], code, language))
        for name in (*self.first_days, *self.last_days):
            label = _("How exactly: %(what)s") % {"what": self.fields[name].label}
            sureness = forms.ChoiceField(label=label, choices=[*SURENESS, ("inferred", _("inferred"))], required=False)
            self._add_after(name, f"{name}_sureness", sureness)

    def _add_after(self, name: str, new: str, field: forms.Field) -> None:
        order = list(self.fields)
        self.fields[new] = field
        order.insert(order.index(name) + 1, new)
        self.order_fields(order)

    def _in(self, field: forms.Field, code: str, language: Any) -> forms.CharField:
        attrs = {**field.widget.attrs, "lang": code}
        label = _("%(what)s (%(language)s)") % {"what": field.label, "language": language}
        widget = type(field.widget)(attrs=attrs)
        return forms.CharField(label=label, required=False, max_length=field.max_length, widget=widget)  # type: ignore[attr-defined]

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields of the row itself, in their order."""
        names = [name for name in self.fields if name not in self.of_form]
        return [self[name] for name in names if not self[name].is_hidden]

    @classmethod
    def prefilled(cls, given: Any, user: Any) -> dict[str, Any]:
        """What an address says already: `?name=…`, and rows by their key, `?official=[kwon]&post=[minister]`."""
        names = [name for name in cls.base_fields if name in given and name not in cls.of_form]
        told = {name: _named(cls.base_fields[name], given[name][:200].replace("\x00", "")) for name in names}
        if cls.names and "name" in given:
            told[cls.names[0]] = given["name"][:200].replace("\x00", "")
        return told

    @classmethod
    def not_corrected(cls, row: Model) -> tuple[str, ...]:
        """The fields that no correction of this row is about."""
        return ()

    @property
    def caution(self) -> str:
        """What whoever saved a valid form should know; mostly nothing."""
        return ""

    @property
    def draft(self) -> Draft:
        """The values as the action takes them."""
        told = self.cleaned_data
        values = {name: value for name, value in told.items() if name not in (*self.of_form, "aliases", *self.links)}
        for name in (*self.first_days, *self.last_days):
            period, sureness = values.pop(name), values.pop(f"{name}_sureness")
            day = (period.first if name in self.first_days else period.last) if period else None
            values[name] = day
            values[_precision_of(name)] = (sureness or period.precision.value) if period else ""
        for name in self.translated:
            for code, _language in settings.LANGUAGES[1:]:
                values[f"{name}_{code}"] = values[f"{name}_{code}"] or None
        return Draft(values, told.get("aliases", ()), {name: told[name] for name in self.links})

    @property
    def given_names(self) -> list[str]:
        """Every name that was typed, in every language."""
        codes = [code for code, _language in settings.LANGUAGES[1:]]
        keys = [key for name in self.names for key in (name, *(f"{name}_{code}" for code in codes))]
        return [words for key in keys if (words := self.cleaned_data.get(key))] + self.cleaned_data.get("aliases", [])

    def found_again(self) -> list[Any]:
        """Rows that say just this, for kinds without a name."""
        return []

    @classmethod
    def initial_of(cls, row: Model) -> dict[str, Any]:
        """What is typed for a row that exists."""
        form = cls()
        initial = {name: getattr(row, name) for name in form.fields if hasattr(row, name)}
        for name in (*cls.first_days, *cls.last_days):
            precision = getattr(row, _precision_of(name))
            initial[name] = as_written(getattr(row, name), precision)
            initial[f"{name}_sureness"] = precision if precision in UNSURE else ""
        initial |= {name: list(getattr(row, name).all()) for name in cls.links}
        return initial | {"aliases": [alias.name for alias in aliases_of(row)]}


def _named(field: forms.Field, words: str) -> Any:
    """The row that the words name, so that it is shown by its name; the words themselves where there is none."""
    if not isinstance(field, LookupField) or not words:
        return words
    try:
        return field.lookup.find(words)
    except ValidationError:
        return words


def _precision_of(name: str) -> str:
    return name.removesuffix("_on") + "_precision"


def refuse_itself(form: ReferenceForm, row: Model | None) -> None:
    """A row is no part of itself."""
    if row is not None and "parent" in form.fields and form.cleaned_data.get("parent") == row:
        form.add_error("parent", ValidationError(_("A row cannot be part of itself.")))
