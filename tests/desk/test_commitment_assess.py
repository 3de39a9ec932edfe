"""We know that assessing loses nothing that was typed, and that publishing takes a second person."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from policytracker.tracking.models import Assessment
from tests.factories import make_commitment, make_criterion, make_evidence, make_user

pytestmark = pytest.mark.django_db


def signed_in(username: str, group: str) -> Client:
    client = Client()
    client.force_login(make_user(username, groups=(group,)))
    return client


@pytest.fixture
def analyst() -> Client:
    return signed_in("ana", "analyst")


@pytest.fixture
def reviewer() -> Client:
    return signed_in("rev", "reviewer")


def assess(client: Client, commitment: Any, *, do: str = "save", **fields: Any) -> Any:
    data = {"status": "fulfilled", "effective_from": "2023-03-30", "rationale": "It is out.", "do": do}
    headers = fields.pop("headers", {})
    return client.post(reverse("desk:commitment_assess", args=[commitment.slug]), data | fields, headers=headers)


def test_the_form_shows_what_was_set_beforehand_and_each_definition(analyst: Client) -> None:
    commitment = make_commitment()
    make_criterion(commitment=commitment, text="Both languages count.")
    make_evidence(commitment=commitment, recorded_at=None)

    page = analyst.get(reverse("desk:commitment_assess", args=[commitment.slug])).content.decode()

    assert "Both languages count." in page
    assert "Concluded as promised." in page
    assert "the ministry will publish an annual report" in page


def test_a_draft_is_saved_and_comes_back(analyst: Client) -> None:
    commitment = make_commitment()
    assess(analyst, commitment, rationale="Half a thought")

    page = analyst.get(reverse("desk:commitment_assess", args=[commitment.slug])).content.decode()

    assert "Half a thought" in page
    assert Assessment.objects.get().stage == "draft"


def test_saving_as_one_types_answers_with_the_drafts_version(analyst: Client) -> None:
    commitment = make_commitment()

    first = assess(analyst, commitment, headers={"hx-request": "true"})
    draft = Assessment.objects.get()
    second = assess(analyst, commitment, draft=draft.pk, version=1, headers={"hx-request": "true"})

    assert f'name="draft" value="{draft.pk}"' in first.content.decode()
    assert 'name="version" value="2"' in second.content.decode()
    assert Assessment.objects.count() == 1


def test_the_second_to_save_sees_both_versions(analyst: Client) -> None:
    commitment = make_commitment()
    assess(analyst, commitment, rationale="Mine, first.")
    draft = Assessment.objects.get()
    assess(analyst, commitment, draft=draft.pk, version=1, rationale="From the other tab.")

    response = assess(analyst, commitment, draft=draft.pk, version=1, rationale="Typed meanwhile.")

    page = response.content.decode()
    assert response.status_code == 409
    assert "From the other tab." in page
    assert "Typed meanwhile." in page
    assert Assessment.objects.get().rationale == "From the other tab."


def test_submitting_without_evidence_says_so_and_keeps_the_text(analyst: Client) -> None:
    response = assess(analyst, make_commitment(), do="submit", rationale="No proof yet.")

    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose at least one passage" in page
    assert "No proof yet." in page
    assert Assessment.objects.get().stage == "draft"


@pytest.mark.parametrize("field", ["status", "effective_from"])
def test_nonsense_is_answered_with_a_sentence(analyst: Client, field: str) -> None:
    response = assess(analyst, make_commitment(), **{field: "nonsense\x00"})

    assert response.status_code in (400, 422)
    assert not Assessment.objects.exists()


def test_a_megabyte_of_rationale_is_refused_and_kept(analyst: Client) -> None:
    response = assess(analyst, make_commitment(), rationale="x" * 1_000_000)

    assert response.status_code == 422
    assert "x" * 1000 in response.content.decode()


def test_a_discarded_draft_is_gone_from_the_form(analyst: Client) -> None:
    commitment = make_commitment()
    assess(analyst, commitment, rationale="Never mind")
    assess(analyst, commitment, do="discard", draft=Assessment.objects.get().pk)

    page = analyst.get(reverse("desk:commitment_assess", args=[commitment.slug])).content.decode()

    assert "Never mind" not in page


def submitted(analyst: Client) -> Assessment:
    commitment = make_commitment()
    evidence = make_evidence(commitment=commitment, recorded_at=None)
    assess(analyst, commitment, do="submit", evidence=[evidence.pk])
    return Assessment.objects.get(commitment=commitment)


def review(client: Client, assessment: Assessment, do: str, body: str = "") -> Any:
    return client.post(reverse("desk:review_detail", args=[assessment.pk]), {"do": do, "body": body})


def test_a_reviewer_finds_returns_and_publishes(analyst: Client, reviewer: Client) -> None:
    assessment = submitted(analyst)
    assert assessment.commitment.statement in reviewer.get(reverse("desk:review_list")).content.decode()

    review(reviewer, assessment, "return", "Which edition?")
    page = analyst.get(reverse("desk:commitment_assess", args=[assessment.commitment.slug])).content.decode()
    assert "Which edition?" in page

    assessment.refresh_from_db()
    cited = list(assessment.evidence.values_list("pk", flat=True))
    assess(analyst, assessment.commitment, do="submit", draft=assessment.pk, version=assessment.version, evidence=cited)
    review(reviewer, assessment, "publish")

    assessment.refresh_from_db()
    assert assessment.is_published


def test_an_analyst_publishes_nothing(analyst: Client) -> None:
    assessment = submitted(analyst)

    assert review(analyst, assessment, "publish").status_code == 403
    assert review(signed_in("other", "analyst"), assessment, "publish").status_code == 403

    assessment.refresh_from_db()
    assert not assessment.is_published


def test_a_reviewer_does_not_publish_their_own(reviewer: Client) -> None:
    assessment = submitted(reviewer)

    response = review(reviewer, assessment, "publish")

    assert response.status_code == 422
    assert "somebody else has to publish it" in response.content.decode()


def test_withdrawing_needs_a_reason(analyst: Client, reviewer: Client) -> None:
    assessment = submitted(analyst)
    review(reviewer, assessment, "publish")

    assert review(reviewer, assessment, "withdraw").status_code == 422
    assert review(reviewer, assessment, "withdraw", "The quote was misread.").status_code == 302
    assert assessment.rulings.get().kind == "withdrawn"


def test_an_unknown_deed_is_answered_with_a_sentence(analyst: Client) -> None:
    response = review(analyst, submitted(analyst), "explode")

    assert response.status_code == 422
    assert "Choose what to do." in response.content.decode()


def test_pages_take_a_fixed_number_of_queries(
    analyst: Client, reviewer: Client, django_assert_max_num_queries: Any
) -> None:
    assessments = [submitted(analyst) for _ in range(3)]

    with django_assert_max_num_queries(10):
        assert reviewer.get(reverse("desk:review_list")).status_code == 200
    with django_assert_max_num_queries(16):
        assert reviewer.get(reverse("desk:review_detail", args=[assessments[0].pk])).status_code == 200
    with django_assert_max_num_queries(18):
        assert analyst.get(reverse("desk:commitment_assess", args=[assessments[0].commitment.slug])).status_code == 200
