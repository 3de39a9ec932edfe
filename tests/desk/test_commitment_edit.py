"""A draft is edited; what is public is corrected with a note instead."""

from datetime import date

import pytest
from django.utils import timezone

from policytracker.government.models import Commitment
from policytracker.tracking.actions.commitments import fingerprint_of
from policytracker.tracking.actions.tagging import tags_of
from policytracker.tracking.models import Evidence
from tests.desk.conftest import client_of
from tests.factories import (
    make_article,
    make_candidate,
    make_commitment,
    make_criterion,
    make_membership,
    make_ministry,
    make_topic,
)

pytestmark = pytest.mark.django_db


def form_of(client, commitment) -> dict:
    """What the edit form sends when nobody touches it."""
    form = client.get(f"/desk/commitments/{commitment.slug}/edit/").context["form"]
    return {field.name: value for field in form if (value := field.value()) not in (None, False, "", [])}


def test_a_public_commitment_is_not_edited(analyst):
    commitment = make_commitment()

    response = analyst.get(f"/desk/commitments/{commitment.slug}/edit/", follow=True)

    assert response.status_code == 200
    assert "corrected with a note" in response.content.decode()


def test_saving_without_a_change_changes_nothing(analyst):
    topic = make_topic()
    commitment = make_commitment(
        recorded_at=None,
        statement_ko="보고서를 낸다.",
        made_by=make_membership(),
        due_on=date(2023, 3, 31),
        due_precision="month",
        due_words="in March",
        condition="If it passes.",
        is_conditional=True,
        recurrence="yearly",
        note="Ours.",
    )
    commitment.topics.add(topic)
    make_criterion(commitment=commitment, text="It can be read.", recorded_at=None)
    before = type(commitment).objects.filter(pk=commitment.pk).values().get()

    sent = form_of(analyst, commitment)
    response = analyst.post(f"/desk/commitments/{commitment.slug}/edit/", sent)

    assert response.status_code == 302, response.content.decode()
    after = type(commitment).objects.filter(pk=commitment.pk).values().get()
    assert after == before
    assert list(commitment.topics.all()) == [topic]
    assert [criterion.text for criterion in commitment.criteria.all()] == ["It can be read."]


def test_a_draft_takes_what_is_typed(analyst):
    commitment = make_commitment(recorded_at=None)

    analyst.post(
        f"/desk/commitments/{commitment.slug}/edit/",
        form_of(analyst, commitment) | {"statement": "Publish it twice a year.", "due": "2024-H1", "tags": "report"},
    )

    commitment.refresh_from_db()
    assert commitment.statement == "Publish it twice a year."
    assert (commitment.due_on, commitment.due_precision) == (date(2024, 6, 30), "half")
    assert [tag.label for tag in tags_of(commitment)] == ["report"]


def test_published_meanwhile_keeps_what_was_typed(analyst):
    commitment = make_commitment(recorded_at=None)
    sent = form_of(analyst, commitment) | {"statement": "Mine, later."}
    type(commitment).objects.filter(pk=commitment.pk).update(recorded_at=timezone.now())

    response = analyst.post(f"/desk/commitments/{commitment.slug}/edit/", sent, follow=True)

    commitment.refresh_from_db()
    assert commitment.statement != "Mine, later."
    assert "Mine, later." in response.content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"), [({"statement": ""}, "This field is required."), ({"due": "2020"}, "before it was made")]
)
def test_bad_input_gets_a_sentence_and_is_still_there(analyst, wrong, sentence):
    commitment = make_commitment(recorded_at=None)

    response = analyst.post(
        f"/desk/commitments/{commitment.slug}/edit/",
        form_of(analyst, commitment) | {"note": "Typed at length."} | wrong,
    )

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "Typed at length." in response.content.decode()


def test_the_second_of_two_editors_is_told_what_changed_and_loses_nothing(analyst):
    commitment = make_commitment(recorded_at=None, condition="")
    seen_by_second = form_of(analyst, commitment) | {"statement": "Words of the second."}
    first = client_of("analyst", "the-first")
    first.post(
        f"/desk/commitments/{commitment.slug}/edit/",
        form_of(first, commitment)
        | {"statement": "Words of the first.", "condition": "If funds allow.", "criteria": "It is open."},
    )

    answer = analyst.post(f"/desk/commitments/{commitment.slug}/edit/", seen_by_second)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Words of the first." in page
    assert "If funds allow." in page
    assert "It is open." in page
    assert "Words of the second.</textarea>" in page
    commitment.refresh_from_db()
    assert commitment.statement == "Words of the first."

    analyst.post(f"/desk/commitments/{commitment.slug}/edit/", seen_by_second | {"seen": fingerprint_of(commitment)})

    commitment.refresh_from_db()
    assert commitment.statement == "Words of the second."


def test_a_promise_is_made_put_on_file_and_assessed_next(analyst):
    ministry = make_ministry()
    candidate = make_candidate(actor_ministry=ministry, statement="Publish the report.")
    address = f"/desk/commitments/new/?candidate={candidate.pk}"
    form = {
        "statement": "Publish the report.",
        "lead_ministry": f"[{ministry.slug}]",
        "made_on": "2023-01-27",
        "kind": "action",
        "specificity": "specific",
        "verifiability": "verifiable",
        "assess": "1",
        "submission_key": "7e57ab1e-0000-4000-8000-000000000002",
    }

    answer, again = analyst.post(address, form), analyst.post(address, form)

    evidence = Evidence.objects.get()
    assert answer["Location"] == again["Location"] == f"/desk/commitments/{evidence.commitment.slug}/assess/"
    assert (evidence.exact, evidence.stance, evidence.kind) == (candidate.exact, "context", "announcement")


def test_words_of_an_article_without_a_date_make_no_half_a_commitment(analyst):
    ministry = make_ministry()
    article = make_article(published_on=None, published_precision="")
    candidate = make_candidate(snapshot=article.current_snapshot, actor_ministry=ministry)
    form = {
        "statement": "Publish the report.",
        "lead_ministry": f"[{ministry.slug}]",
        "made_on": "2023-01-27",
        "kind": "action",
        "specificity": "specific",
        "verifiability": "verifiable",
        "assess": "1",
    }

    answer = analyst.post(f"/desk/commitments/new/?candidate={candidate.pk}", form)

    assert answer.status_code == 422
    assert "The article has no date" in answer.content.decode()
    assert not Commitment.objects.exists()
