"""The second pair of eyes: remark, return, publish; and what may follow: withdraw, dispute, uphold."""

from datetime import datetime

import pghistory
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from policytracker.tracking.models import Assessment, ReviewRemark, Ruling

from .assessments import AssessmentRefused, make_public
from .refusals import ChangedMeanwhile, Refused
from .rules import FourEyesRequired, rules_in_words

Verdict = ReviewRemark.Verdict


class BlindRatingPending(Refused):
    """Somebody was asked to rate it blindly and has not answered; publishing would show them the first rating."""


def remark(*, assessment: Assessment, body: str, by: User, at: datetime) -> ReviewRemark:
    """Say something of an assessment that is not public yet."""
    _refuse_empty(body)
    return ReviewRemark.objects.create(assessment=assessment, body=body, made_by=by, made_at=at)


def return_assessment(*, assessment: Assessment, body: str, by: User, at: datetime) -> Assessment:
    """Give a submitted assessment back to its author, with what should be looked at."""
    _refuse_empty(body)
    with pghistory.context(user=by.pk, action="return assessment"), transaction.atomic():
        current = _submitted(assessment)
        current.stage = Assessment.Stage.RETURNED
        current.save(update_fields=["stage"])
        _note(current, Verdict.RETURNED, body, by, at)
    return current


def publish_assessment(
    *, assessment: Assessment, by: User, at: datetime, body: str = "", version: int | None = None
) -> Assessment:
    """Take a submitted assessment, its evidence and the articles it quotes into the public record.

    `version` is the one the reviewer read. Publishing what is public already changes nothing. Raises `FourEyesRequired`
    for its own author unless the setting FOUR_EYES is off, `ChangedMeanwhile`, `BlindRatingPending`, and the
    `RuleBroken` of whatever else the record does not allow.
    """
    with pghistory.context(user=by.pk, action="publish assessment"), rules_in_words():
        current = _locked(assessment)
        if current.is_published:
            return current
        is_own = current.author_id == by.pk
        if is_own and settings.FOUR_EYES:
            raise FourEyesRequired(_("You wrote this assessment; somebody else has to publish it."), rule="four_eyes")
        if current.stage != Assessment.Stage.SUBMITTED:
            raise AssessmentRefused(_("Only an assessment that was submitted can be published."))
        if version is not None and current.version != version:
            raise ChangedMeanwhile(
                _("The author changed this assessment since you read it. Read it again."), current=current
            )
        if current.blind_ratings.filter(submitted_at__isnull=True).exists():
            raise BlindRatingPending(
                _("A blind second rating is still awaited. Publish after it, or withdraw the invitation.")
            )
        make_public(current, reviewer=by, at=at, is_single_handed=is_own)
        _note(current, Verdict.PUBLISHED, body, by, at)
    return current


def withdraw_assessment(*, assessment: Assessment, reason: str, by: User, at: datetime) -> Ruling:
    """Say that a published assessment no longer stands; what stood before it stands again."""
    return _rule(assessment, Ruling.Kind.WITHDRAWN, reason, by, at)


def dispute_assessment(*, assessment: Assessment, reason: str, by: User, at: datetime) -> Ruling:
    """Say that a published assessment is disagreed with. It stands until it is withdrawn or superseded."""
    return _rule(assessment, Ruling.Kind.DISPUTED, reason, by, at)


def uphold_assessment(*, assessment: Assessment, reason: str, by: User, at: datetime) -> Ruling:
    """Say that a disputed assessment was looked at again and stands."""
    return _rule(assessment, Ruling.Kind.UPHELD, reason, by, at)


def _rule(assessment: Assessment, kind: str, reason: str, by: User, at: datetime) -> Ruling:
    _refuse_empty(reason)
    with pghistory.context(user=by.pk, action=f"{kind} assessment"), rules_in_words():
        current = _locked(assessment)
        if not current.is_published:
            raise AssessmentRefused(_("A draft is edited, not ruled on."))
        if current.rulings.filter(kind=Ruling.Kind.WITHDRAWN).exists():
            raise AssessmentRefused(_("This assessment was withdrawn already."))
        return Ruling.objects.create(assessment=current, kind=kind, reason=reason, made_by=by, recorded_at=at)


def _locked(assessment: Assessment) -> Assessment:
    return Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)


def _submitted(assessment: Assessment) -> Assessment:
    current = _locked(assessment)
    if current.stage != Assessment.Stage.SUBMITTED:
        raise AssessmentRefused(_("This assessment does not wait for review."))
    return current


def _note(assessment: Assessment, verdict: str, body: str, by: User, at: datetime) -> None:
    ReviewRemark.objects.create(assessment=assessment, verdict=verdict, body=body, made_by=by, made_at=at)


def _refuse_empty(text: str) -> None:
    if not text.strip():
        raise AssessmentRefused(_("Say why, in a sentence."), field="body")
