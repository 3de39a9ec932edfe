"""Correcting what is public: the fields of a subject as they stand, and why they change."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Commitment
from policytracker.tracking.models import Correction

from ..lookups import LOOKUPS
from .commitments import CommitmentForm, initial_of
from .reference import LinesField, ReferenceForm

LONGEST_NOTE = 1_000
# What these forms also ask of a draft and no correction is about: aliases and criteria are rows of their own.
NOT_CORRECTED = ("aliases", "criteria", "tags", "tags_shown", "is_another", "warned_of", "fingerprint")
KINDS = [choice for choice in Correction.Kind.choices if choice[0] in ("fact", "source", "typo")]


class ReasonForm(forms.Form):
    """Why. `seen` is the digest of the changes that were shown before they are made."""

    note = forms.CharField(
        label=_("Why it is corrected"),
        max_length=LONGEST_NOTE,
        help_text=_("Readers see this beside the correction."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kind = forms.ChoiceField(
        label=_("What was wrong"),
        choices=KINDS,
        initial="fact",
        widget=forms.RadioSelect,
        help_text=_("A slip of ours touches no assessment; a fact or a source may."),
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class MinistriesField(LinesField):
    """Ministries, one a line."""

    def clean(self, value: Any) -> list[Any]:
        return [LOOKUPS["ministries"].find(line) for line in super().clean(value)]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(LOOKUPS["ministries"].label, value)) if isinstance(value, list) else value


class CommitmentCorrectionForm(CommitmentForm):
    """A public commitment as it stands."""

    supporting_ministries = MinistriesField(
        label=_("Supporting ministries"), required=False, help_text=_("One a line, by name or by [address].")
    )


def correction_form(form: type[CommitmentForm] | type[ReferenceForm], data: Any, row: Any) -> Any:
    """The form of a row, filled in with what the record says, without what no correction is about."""
    filled = form(data, initial=_initial(form, row))
    fixed = () if isinstance(row, Commitment) else form.not_corrected(row)  # type: ignore[union-attr]
    for name in (*NOT_CORRECTED, *fixed):
        filled.fields.pop(name, None)
    return filled


def corrected_values(form: Any) -> dict[str, Any]:
    """The columns, translations and links behind the fields that were changed, as the action takes them.

    A field that was left alone says nothing, so that a day inside a month or a week is not moved to its edge.
    """
    read: Callable[[Any], dict[str, Any]] = _of_commitment if isinstance(form, CommitmentForm) else _of_reference
    sources = {name for name in form.changed_data if name in form.fields}
    return {
        column: _plain(value)
        for column, value in read(form).items()
        if {column, _field_of(column, form), f"{_field_of(column, form)}_sureness"} & sources
    }


def _initial(form: Any, row: Any) -> dict[str, Any]:
    if isinstance(row, Commitment):
        return initial_of(row) | {"supporting_ministries": list(row.supporting_ministries.all())}
    return form.initial_of(row)


def _field_of(column: str, form: Any) -> str:
    """The form's field that a column is read from."""
    if isinstance(form, CommitmentForm) and column in ("due_on", "due_precision"):
        return "due"
    return column.removesuffix("_precision") + "_on" if column.endswith("_precision") else column


def _of_reference(form: ReferenceForm) -> dict[str, Any]:
    draft = form.draft
    return {**draft.values, **draft.links}


def _of_commitment(form: CommitmentForm) -> dict[str, Any]:
    told = dict(form.cleaned_data)
    made_on, due, sureness = told.pop("made_on"), told.pop("due"), told.pop("due_sureness")
    told |= {"made_on": made_on.first, "made_precision": made_on.precision.value}
    told |= {"due_on": due.last if due else None}
    told |= {"due_precision": (sureness or due.precision.value) if due else ""}
    translations = [name for name in told if name.startswith("statement_")]
    return told | {name: told[name] or None for name in translations}


def _plain(value: Any) -> Any:
    """Text with the line ends that the record uses; browsers send others."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
