"""Reference data at the desk: who may be the same already, and what a row's page tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from policytracker.pages.dates import in_words
from policytracker.tracking.namesakes import namesakes

from .forms.dates import PeriodField, period_in
from .forms.reference import ReferenceForm
from .kinds import INITIATIVES, Kind, address_of

TOLD_APART = ("name", "label", "aliases", "source_urls")  # they stand above and below a row's facts


@dataclass(frozen=True, slots=True)
class Double:
    """What may be the same already: its page, and why it was found."""

    key: str
    label: str
    url: str
    met_as: str = ""
    is_same: bool = False


def doubles_of(kind: Kind, form: ReferenceForm, row: Model | None) -> list[Double]:
    """Rows that may be what the form describes, and that its writer has not been warned of or said no to."""
    besides = row.pk if row else None
    found = [
        Double(f"{met.kind}:{met.row}", met.name, _page(kind, met.slug), met.met_as, met.is_same)
        for met in (namesakes(kind=kind.name, names=form.given_names, besides=besides) if form.names else [])
    ]
    again = [other for other in form.found_again() if other.pk != besides]
    found += [Double(f"{kind.name}:{other.pk}", str(other), address_of(other), is_same=True) for other in again]
    known = form.cleaned_data["warned_of"].split(",") if form.cleaned_data["is_another"] else []
    return found if any(double.key not in known for double in found) else []


def _page(kind: Kind, key: str) -> str:
    if kind is INITIATIVES:
        return reverse("desk:initiative_detail", args=[key])
    return reverse("desk:reference_detail", args=[kind.plural, key])


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a row's page."""

    term: str
    value: str
    url: str = ""


def facts_of(kind: Kind, typed: dict[str, Any]) -> list[Fact]:
    """What the record says of a row, field by field; `typed` is what its form would hold."""
    form = kind.form(initial=typed)
    shown = (bound for bound in form.shown if bound.name not in TOLD_APART)
    told = [(bound, form.get_initial_for_field(bound.field, bound.name)) for bound in shown]
    return [fact for bound, value in told if (fact := _fact(bound, value)).value]


def _fact(bound: Any, value: Any) -> Fact:
    label = str(bound.label)
    if isinstance(value, Model):
        return Fact(label, str(value), address_of(value))
    if isinstance(value, bool):
        return Fact(label, str(_("yes")) if value else "")
    if isinstance(value, date):
        return Fact(label, in_words(value))
    if isinstance(bound.field, PeriodField) and value:
        period = period_in(value)
        return Fact(label, in_words(period.first, period.precision))
    if isinstance(value, list):
        return Fact(label, ", ".join(map(str, value)))
    choices = dict(getattr(bound.field, "choices", None) or []) if isinstance(value, str) else {}
    return Fact(label, str(choices.get(value, value)) if value else "")
