"""Blind second ratings: invite, answer, settle. The first rating stays hidden from the second rater until then."""

from datetime import datetime

import pghistory
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from policytracker.tracking.models import Assessment, BlindRating

from .refusals import Refused
from .rules import rules_in_words


class AlreadyPublic(Refused):
    """A rating is blind only of what the rater cannot have read."""


class NotTheRater(Refused):
    """Somebody else was asked."""


class RatedAlready(Refused):
    """The rating was submitted and is final."""


class RationaleMissing(Refused):
    """A rating without a reason helps nobody to settle it."""

    field = "rationale"


class NothingToSettle(Refused):
    """The adjudication is not public, or not of the same commitment and period."""


def invite_rater(*, assessment: Assessment, rater: User, by: User, at: datetime) -> BlindRating:
    """Ask somebody to rate what an unpublished assessment rates, without seeing it.

    Raises `AlreadyPublic`, and `RuleBroken` for who wrote it or was asked before.
    """
    with rules_in_words(), pghistory.context(user=by.pk, action="invite rater"):
        current = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
        if current.is_published:
            raise AlreadyPublic(_("Everybody can read this assessment already. Ask before it is published."))
        return BlindRating.objects.create(assessment=current, rater=rater, invited_by=by, invited_at=at)


def withdraw_invitation(*, rating: BlindRating, by: User, at: datetime) -> None:
    """Take back an invitation that was not answered. Raises `RatedAlready`."""
    with transaction.atomic():
        _open(rating).delete()


def submit_rating(*, rating: BlindRating, status: str, rationale: str, by: User, at: datetime) -> BlindRating:
    """The second rater's own answer; final. Raises `NotTheRater`, `RatedAlready`, `RationaleMissing`, `RuleBroken`."""
    with rules_in_words():
        current = _open(rating)
        if current.rater_id != by.pk:
            raise NotTheRater(_("Somebody else was asked to rate this."))
        if not rationale.strip():
            raise RationaleMissing(_("Say in a few sentences why this is the status."))
        current.status, current.rationale, current.submitted_at = status, rationale, at
        current.save(update_fields=["status", "rationale", "submitted_at"])
    return current


def adjudicate(*, rating: BlindRating, adjudication: Assessment, by: User, at: datetime) -> BlindRating:
    """Settle a rating by a published assessment: the first itself, or a new one that takes both into account.

    Raises `NothingToSettle`, or `RecordedForGood` where it was settled before.
    """
    with rules_in_words():
        current = BlindRating.objects.select_for_update(of=("self",)).get(pk=rating.pk)
        rated = current.assessment
        same = (adjudication.commitment_id, adjudication.occurrence_id) == (rated.commitment_id, rated.occurrence_id)
        if current.submitted_at is None or not adjudication.is_published or not same:
            raise NothingToSettle(_("Settle a submitted rating by a published assessment of the same commitment."))
        if current.adjudication_id != adjudication.pk:
            current.adjudication = adjudication
            current.save(update_fields=["adjudication"])
    return current


def _open(rating: BlindRating) -> BlindRating:
    current = BlindRating.objects.select_for_update(of=("self",)).get(pk=rating.pk)
    if current.submitted_at is not None:
        raise RatedAlready(_("This rating was submitted and is final."))
    return current
