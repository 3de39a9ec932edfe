"""The periods of a recurring commitment."""

from dataclasses import dataclass
from datetime import date, datetime

import pghistory
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment, Occurrence

from .refusals import Refused
from .terms import NotRecurring


class OccurrenceRefused(Refused):
    """The period cannot be kept as it is."""


class OverlapsAnother(Refused):
    """Two periods of a series share a day."""

    field = "period_start"


@dataclass(frozen=True)
class PeriodTerms:
    """ "The 2024 report": from a day to a day, with its own deadline where it has one."""

    label: str
    period_start: date
    period_end: date
    due_on: date | None = None
    due_precision: str = ""
    due_words: str = ""
    translations: tuple[tuple[str, str], ...] = ()


def add_occurrence(*, commitment: Commitment, terms: PeriodTerms, by: User, at: datetime) -> Occurrence:
    """A draft period; the one on file where the same period was told before.

    Raises `NotRecurring`, `OverlapsAnother`, `OccurrenceRefused`.
    """
    if not commitment.recurrence:
        raise NotRecurring(_("This commitment is to be kept once; it has no periods."))
    with transaction.atomic(), pghistory.context(user=by.pk, action="add occurrence"):
        # One writer at a time: two overlapping periods would not see each other.
        Commitment._base_manager.select_for_update(no_key=True, of=("self",)).get(pk=commitment.pk)
        same = Occurrence.objects.filter(commitment=commitment, period_start=terms.period_start).first()
        if same is not None and same.period_end == terms.period_end:
            return same
        _refuse_overlap(commitment, terms)
        occurrence = Occurrence(commitment=commitment, **_columns(terms))
        for name, words in terms.translations:
            setattr(occurrence, name, words or None)
        try:
            occurrence.full_clean()
        except ValidationError as error:
            raise OccurrenceRefused(" ".join(error.messages)) from error
        occurrence.save()
    return occurrence


def _columns(terms: PeriodTerms) -> dict[str, object]:
    names = ("label", "period_start", "period_end", "due_on", "due_precision", "due_words")
    return {name: getattr(terms, name) for name in names}


def _refuse_overlap(commitment: Commitment, terms: PeriodTerms) -> None:
    overlapping = Occurrence.objects.filter(
        commitment=commitment, period_start__lte=terms.period_end, period_end__gte=terms.period_start
    ).first()
    if overlapping is not None:
        raise OverlapsAnother(_("The period “%(label)s” covers some of these days.") % {"label": overlapping.label})
