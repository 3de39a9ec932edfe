"""Assessing: nothing typed is lost, nothing incomplete is submitted, two people hear of each other."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from policytracker.desk.kept_forms import mark_for
from policytracker.tracking.models import Assessment
from tests.desk.conftest import client_of
from tests.factories import (
    make_assessment,
    make_commitment,
    make_evidence,
    make_initiative,
    make_occurrence,
)

pytestmark = pytest.mark.django_db


def url(commitment, query=""):
    return f"/desk/commitments/{commitment.slug}/assess/{query}"


def fields(**changes):
    values = {
        "status": "in_progress",
        "effective_from": "2023-02-01",
        "rationale": "Work has begun.",
        "reason_code": "",
        "where_looked": "",
        "do": "save",
    }
    return values | changes


@pytest.fixture
def commitment():
    return make_commitment(statement="Publish a yearly report.")


def test_the_page_has_what_is_needed_to_judge(analyst, commitment):
    commitment.criteria.create(text="Also in English", position=0)
    last = make_assessment(commitment=commitment, rationale="It was announced.")
    make_evidence(commitment=commitment, stance="contradicts", note="")

    html = analyst.get(url(commitment)).content.decode()

    assert "Also in English" in html
    assert "It was announced." in html
    assert "Contradicts" in html
    for status in last.rubric.statuses.all():
        assert status.definition in html


def test_new_evidence_is_ticked_and_older_than_the_promise_is_not(analyst, commitment):
    new = make_evidence(commitment=commitment, dated_on=date(2023, 3, 30))
    old = make_evidence(commitment=commitment, dated_on=date(2022, 1, 1), quote="on Friday")

    html = analyst.get(url(commitment)).content.decode()

    assert f'value="{new.pk}" id="id_evidence_{new.pk}" checked' in html
    assert f'value="{old.pk}" id="id_evidence_{old.pk}">' in html
    assert "baseline only" in html


def test_a_draft_is_saved_and_found_again(analyst, commitment):
    evidence = make_evidence(commitment=commitment)

    response = analyst.post(url(commitment), fields(evidence=[evidence.pk]))

    draft = Assessment.objects.get()
    assert response["Location"] == url(commitment)
    assert (draft.author, draft.stage, draft.rationale) == (analyst.user, "draft", "Work has begun.")
    html = analyst.get(url(commitment)).content.decode()
    assert "Work has begun." in html
    assert f'name="draft" value="{draft.pk}"' in html


def test_a_draft_may_be_incomplete(analyst, commitment):
    analyst.post(url(commitment), fields(status="", effective_from="", rationale="First thoughts"))

    assert Assessment.objects.get().rationale == "First thoughts"


def test_a_draft_saved_while_typing_answers_with_its_state(analyst, commitment):
    key = str(uuid4())

    first = analyst.post(url(commitment), fields(submission_key=key), headers={"HX-Request": "true"})
    again = analyst.post(url(commitment), fields(submission_key=key, rationale="More."), headers={"HX-Request": "true"})

    draft = Assessment.objects.get()
    assert draft.rationale == "More."
    assert "Draft saved at" in first.content.decode()
    assert f'name="version" value="{draft.version}" id="id_version" hx-swap-oob="true"' in again.content.decode()


def test_two_windows_of_one_author_lose_nothing(analyst, commitment):
    analyst.post(url(commitment), fields())
    draft = Assessment.objects.get()
    analyst.post(url(commitment), fields(draft=draft.pk, version=1, rationale="From one window."))

    response = analyst.post(url(commitment), fields(draft=draft.pk, version=1, rationale="From the other window."))

    html = response.content.decode()
    assert response.status_code == 409
    assert "From one window." in html
    assert "From the other window." in html
    assert (
        analyst.post(url(commitment), fields(draft=draft.pk, version=2, rationale="From the other window.")).status_code
        == 302
    )
    draft.refresh_from_db()
    assert draft.rationale == "From the other window."


def test_a_second_new_draft_of_one_author_is_shown_the_first(analyst, commitment):
    analyst.post(url(commitment), fields(rationale="From one window."))

    response = analyst.post(url(commitment), fields(rationale="From the other window."))

    assert response.status_code == 409
    assert "From one window." in response.content.decode()
    assert Assessment.objects.count() == 1


def test_a_conflict_while_typing_is_told_and_nothing_is_overwritten(analyst, commitment):
    analyst.post(url(commitment), fields())
    draft = Assessment.objects.get()

    response = analyst.post(
        url(commitment), fields(draft=draft.pk, version=7, rationale="x"), headers={"HX-Request": "true"}
    )

    assert response.status_code == 409
    assert "saved elsewhere" in response.content.decode()
    draft.refresh_from_db()
    assert draft.rationale == "Work has begun."


def test_it_is_submitted_with_its_evidence(analyst, commitment):
    evidence = make_evidence(commitment=commitment)

    response = analyst.post(url(commitment), fields(evidence=[evidence.pk], do="submit"))

    assert response.status_code == 302
    assessment = Assessment.objects.get()
    assert assessment.stage == "submitted"
    assert list(assessment.evidence.all()) == [evidence]
    assert not assessment.is_published


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"evidence": []}, "Choose at least one passage"),
        ({"status": ""}, "Choose a status."),
        ({"effective_from": ""}, "from which day"),
        ({"rationale": " "}, "Say why"),
        ({"status": "not_fulfilled"}, "needs a reason"),
        ({"effective_from": "2999-01-01"}, "has not come"),
        ({"effective_from": "2023-02-30"}, "valid date"),
        ({"status": "kept"}, "Select a valid choice"),
        ({"rationale": "Work has begun." + "x" * 20_000}, "at most 20000 characters"),
    ],
)
def test_what_the_record_would_refuse_is_told_beside_what_was_typed(analyst, commitment, changes, sentence):
    evidence = make_evidence(commitment=commitment)
    values = fields(evidence=[evidence.pk], do="submit", where_looked="Kept words.") | changes

    response = analyst.post(url(commitment), values)

    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert "Kept words." in html
    assert not Assessment.objects.filter(stage="submitted").exists()


def test_evidence_of_another_commitment_is_refused(analyst, commitment):
    other = make_evidence()

    assert analyst.post(url(commitment), fields(evidence=[other.pk], do="submit")).status_code == 422


def test_not_started_may_say_where_we_looked(analyst, commitment):
    values = fields(status="not_started", where_looked="Press releases of the ministry.", do="submit")

    assert analyst.post(url(commitment), values).status_code == 302


def test_an_unverifiable_promise_is_not_rated(analyst):
    commitment = make_commitment(verifiability="undecided")
    evidence = make_evidence(commitment=commitment)

    response = analyst.post(url(commitment), fields(evidence=[evidence.pk], do="submit"))

    assert response.status_code == 422
    assert "Decide first that the commitment is verifiable" in response.content.decode()


def test_a_promise_that_names_a_draft_waits(analyst):
    commitment = make_commitment(recorded_at=None, initiative=make_initiative(recorded_at=None))
    evidence = make_evidence(commitment=commitment, recorded_at=None)

    response = analyst.post(url(commitment), fields(evidence=[evidence.pk], do="submit"))

    assert response.status_code == 422
    assert "Publish the initiative" in response.content.decode()


def test_an_assessment_published_meanwhile_is_shown_before_mine_goes_on(analyst, commitment):
    evidence = make_evidence(commitment=commitment)
    make_assessment(commitment=commitment, rationale="Somebody was faster.")

    response = analyst.post(url(commitment), fields(evidence=[evidence.pk], do="submit", seen=0))

    html = response.content.decode()
    assert response.status_code == 409
    assert "Somebody was faster." in html
    assert "Work has begun." in html
    draft = Assessment.objects.get(author=analyst.user)
    again = fields(evidence=[evidence.pk], do="submit", draft=draft.pk, version=draft.version)
    seen = Assessment.objects.exclude(pk=draft.pk).get().pk
    assert analyst.post(url(commitment), again | {"seen": seen}).status_code == 302


def test_a_colleagues_draft_is_named(analyst, commitment):
    other = make_assessment(commitment=commitment, published=False, author=client_of("analyst", "kim").user)

    html = analyst.get(url(commitment)).content.decode()

    assert "kim has an assessment of this too" in html
    assert f"/desk/reviews/{other.pk}/" in html


def test_somebody_elses_draft_is_not_written_over(analyst, commitment):
    other = make_assessment(commitment=commitment, published=False)

    response = analyst.post(url(commitment), fields(draft=other.pk, version=1))

    assert response.status_code == 422
    other.refresh_from_db()
    assert other.rationale == "Work has begun."
    assert Assessment.objects.count() == 1


def test_periods_are_assessed_by_themselves(analyst):
    occurrence = make_occurrence()
    commitment = occurrence.commitment
    analyst.post(url(commitment), fields(rationale="Of the series."))

    analyst.post(url(commitment, f"?occurrence={occurrence.pk}"), fields(rationale="Of 2024."))

    assert Assessment.objects.get(occurrence=occurrence).rationale == "Of 2024."
    assert "Of 2024." in analyst.get(url(commitment, f"?occurrence={occurrence.pk}")).content.decode()
    assert analyst.get(url(make_commitment(), f"?occurrence={occurrence.pk}")).status_code == 404
    assert analyst.get(url(commitment, "?occurrence=x")).status_code == 404


def test_a_draft_is_put_aside(analyst, commitment):
    analyst.post(url(commitment), fields())

    analyst.post(url(commitment), {"do": "discard"})

    assert Assessment.objects.get().stage == "discarded"
    assert "Work has begun." not in analyst.get(url(commitment)).content.decode()


def test_a_viewer_does_not_assess(viewer, commitment):
    assert viewer.get(url(commitment)).status_code == 403


def test_an_ended_session_keeps_the_assessment(analyst, commitment):
    stranger = Client()

    response = stranger.post(url(commitment), fields(form_mark=mark_for(analyst.user)))
    stranger.post(response["Location"], {"login": "some-analyst", "password": "correct horse"})

    assert "Work has begun." in stranger.get("/desk/kept/").content.decode()


def test_a_fresh_token_is_given_to_who_signed_in_again(analyst):
    assert analyst.get("/desk/token/").json()["token"]
    assert Client().get("/desk/token/").status_code == 302


def test_the_page_takes_a_fixed_number_of_queries(analyst, commitment, django_assert_num_queries):
    make_assessment(commitment=commitment)
    analyst.get(url(commitment))

    with django_assert_num_queries(QUERIES):
        analyst.get(url(commitment))
    for quote in ("on Friday", "an annual report", "including in English"):
        make_evidence(commitment=commitment, quote=quote)
        make_assessment(commitment=commitment, published=False)
    with django_assert_num_queries(QUERIES):
        analyst.get(url(commitment))


QUERIES = 19
