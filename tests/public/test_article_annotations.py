"""What other programs read of an article: its marked passages as W3C Web Annotations."""

from datetime import UTC, datetime

import pytest

from policytracker.tracking.web_annotations import given_in
from tests.factories import make_annotation

pytestmark = pytest.mark.django_db
QUERIES = 7


def annotations_of(client, record, query=""):
    return client.get(f"/articles/{record.article.pk}/annotations.jsonld{query}")


def note_publicly(record, body):
    make_annotation(
        snapshot=record.article.current_snapshot,
        body=body,
        visibility="public",
        recorded_at=datetime(2024, 1, 1, tzinfo=UTC),
    )


def test_each_marked_passage_is_an_annotation_at_its_offsets(client, record):
    note_publicly(record, "Said twice.")

    answer = annotations_of(client, record)

    page = answer.json()
    text = record.article.current_snapshot.text
    assert answer["Content-Type"] == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    assert page["type"] == "AnnotationPage"
    assert len(page["items"]) == 3
    for entry in page["items"]:
        given = given_in(entry)
        assert text[given.start : given.end] == given.exact
        assert entry["id"].startswith(f"{entry['target']['source']}#")


def test_evidence_and_statements_lead_to_their_commitment(client, record):
    linked = [entry["body"][0] for entry in annotations_of(client, record).json()["items"]]

    assert {body["purpose"] for body in linked} == {"linking"}
    assert {body["source"].rpartition("/commitments/")[2] for body in linked} == {"yearly/"}


def test_notes_of_the_team_and_names_of_writers_stay_inside(client, record):
    answer = annotations_of(client, record)

    assert b"DRAFT" not in answer.content
    assert b"creator" not in answer.content


def test_a_past_moment_shows_what_was_known_then(client, record):
    note_publicly(record, "Noted later.")

    then, now = annotations_of(client, record, "?known_at=2023-06-01"), annotations_of(client, record)

    assert "Noted later." not in then.content.decode()
    assert "Noted later." in now.content.decode()


def test_an_article_that_is_not_public_has_none(client, db):
    assert client.get("/articles/999999/annotations.jsonld").status_code == 404


def test_the_article_leads_to_its_annotations(client, record):
    answer = client.get(f"/articles/{record.article.pk}/")

    assert f'href="/articles/{record.article.pk}/annotations.jsonld"' in answer.content.decode()


def test_it_takes_a_fixed_number_of_queries(client, record, django_assert_num_queries):
    for _ in range(5):
        note_publicly(record, "Again.")

    with django_assert_num_queries(QUERIES):
        annotations_of(client, record)
