"""A draft is edited; what is public is corrected with a note instead."""

from datetime import date

import pytest
from django.utils import timezone

from policytracker.tracking.actions.tagging import tags_of
from tests.factories import make_commitment, make_criterion, make_membership, make_topic

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
