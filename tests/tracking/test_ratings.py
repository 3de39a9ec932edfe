"""We know that a second rating is blind, final, and settled in public."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from policytracker.tracking.actions.assessments import submit_assessment
from policytracker.tracking.actions.ratings import (
    AlreadyPublic,
    NothingToSettle,
    NotTheRater,
    RatedAlready,
    RationaleMissing,
    adjudicate,
    invite_rater,
    submit_rating,
    withdraw_invitation,
)
from policytracker.tracking.actions.reviews import BlindRatingPending, publish_assessment
from policytracker.tracking.actions.rules import RecordedForGood, RuleBroken
from policytracker.tracking.models import Assessment, BlindRating
from tests.factories import NOW, make_assessment, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment() -> Assessment:
    draft = make_assessment(published=False, status="stalled")
    return submit_assessment(assessment=draft, by=draft.author, at=NOW)


@pytest.fixture
def rating(assessment: Assessment) -> BlindRating:
    return invite_rater(assessment=assessment, rater=make_user(), by=make_user(), at=NOW)


def answer(rating: BlindRating, status: str = "in_progress", **fields: Any) -> BlindRating:
    return submit_rating(
        rating=rating, **{"status": status, "rationale": "Read it all.", "by": rating.rater, "at": NOW} | fields
    )


def test_the_second_rater_cannot_read_the_first_before_submitting(assessment: Assessment, rating: BlindRating) -> None:
    visible = Assessment.objects.visible_to(rating.rater)
    assert not visible.filter(pk=assessment.pk).exists()
    assert Assessment.objects.visible_to(make_user()).filter(pk=assessment.pk).exists()

    answer(rating)

    assert visible.all().filter(pk=assessment.pk).exists()


def test_a_rater_still_reads_everything_else(rating: BlindRating) -> None:
    other = make_assessment(published=False)

    assert Assessment.objects.visible_to(rating.rater).filter(pk=other.pk).exists()


def test_visitors_read_what_is_public() -> None:
    public, _draft = make_assessment(), make_assessment(published=False)

    assert list(Assessment.objects.visible_to(AnonymousUser())) == [public]


def test_publishing_waits_for_the_rating(assessment: Assessment, rating: BlindRating) -> None:
    with pytest.raises(BlindRatingPending):
        publish_assessment(assessment=assessment, by=make_user(), at=NOW)

    withdraw_invitation(rating=rating, by=make_user(), at=NOW)

    assert publish_assessment(assessment=assessment, by=make_user(), at=NOW).is_published


def test_who_wrote_it_or_was_asked_before_is_not_asked(assessment: Assessment, rating: BlindRating) -> None:
    with pytest.raises(RuleBroken) as refusal:
        invite_rater(assessment=assessment, rater=assessment.author, by=make_user(), at=NOW)
    assert refusal.value.rule == "rater_is_somebody_else"
    with pytest.raises(RuleBroken) as refusal:
        invite_rater(assessment=assessment, rater=rating.rater, by=make_user(), at=NOW)
    assert refusal.value.rule == "rater_rates_once"


def test_what_everybody_can_read_is_not_rated_blindly() -> None:
    with pytest.raises(AlreadyPublic):
        invite_rater(assessment=make_assessment(), rater=make_user(), by=make_user(), at=NOW)


def test_an_answer_is_the_raters_own_complete_and_final(rating: BlindRating) -> None:
    with pytest.raises(NotTheRater):
        answer(rating, by=make_user())
    with pytest.raises(RationaleMissing):
        answer(rating, rationale=" ")
    with pytest.raises(RuleBroken, match="vocabulary"):
        answer(rating, status="broken")

    answer(rating)

    with pytest.raises(RatedAlready):
        answer(rating, status="fulfilled")
    with pytest.raises(RatedAlready):
        withdraw_invitation(rating=rating, by=make_user(), at=NOW)


def test_a_difference_is_settled_once_by_something_public(assessment: Assessment, rating: BlindRating) -> None:
    answer(rating)
    assert list(BlindRating.objects.unsettled()) == [rating]
    with pytest.raises(NothingToSettle):
        adjudicate(rating=rating, adjudication=assessment, by=make_user(), at=NOW)
    published = publish_assessment(assessment=assessment, by=make_user(), at=NOW)
    with pytest.raises(NothingToSettle):
        adjudicate(rating=rating, adjudication=make_assessment(), by=make_user(), at=NOW)

    adjudicate(rating=rating, adjudication=published, by=make_user(), at=NOW)

    assert not BlindRating.objects.unsettled().exists()
    adjudicate(rating=rating, adjudication=published, by=make_user(), at=NOW)
    again = make_assessment(commitment=assessment.commitment, recorded_at=NOW)
    with pytest.raises(RecordedForGood):
        adjudicate(rating=rating, adjudication=again, by=make_user(), at=NOW)
