"""We know that an article's annotations go out as W3C Web Annotations, and come in from a file, once."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from policytracker.tracking.models import Annotation
from tests.factories import QUOTE, make_annotation, make_article, make_tag, make_user

pytestmark = pytest.mark.django_db


def out_of(client: Client, article: Any) -> dict[str, Any]:
    return json.loads(client.get(reverse("desk:article_annotations", args=[article.pk])).content)


def into(client: Client, article: Any, document: Any) -> Any:
    text = document if isinstance(document, bytes) else json.dumps(document).encode()
    file = SimpleUploadedFile("notes.jsonld", text, content_type="application/ld+json")
    return client.post(reverse("desk:annotation_import", args=[article.pk]), {"file": file}, follow=True)


def told(exact: str = QUOTE, **changes: Any) -> dict[str, Any]:
    """One annotation as another program tells it."""
    selector = {"type": "TextQuoteSelector", "exact": exact}
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://elsewhere.example/1",
        "type": "Annotation",
        "motivation": "commenting",
        "body": {"type": "TextualBody", "value": "From elsewhere."},
        "target": {"source": "https://news.example.org/1", "selector": selector},
    } | changes


def test_the_page_leads_to_both(analyst: Client) -> None:
    article = make_article()

    html = analyst.get(reverse("desk:article_detail", args=[article.pk])).content.decode()

    assert reverse("desk:article_annotations", args=[article.pk]) in html
    assert reverse("desk:annotation_import", args=[article.pk]) in html


def test_a_note_goes_out_with_its_place_and_its_answers(analyst: Client) -> None:
    article = make_article()
    note = make_annotation(snapshot=article.current_snapshot, body="Which year?", motivation="questioning")
    note.tags.add(make_tag("annual"))
    make_annotation(snapshot=article.current_snapshot, parent=note, body="2023.", motivation="replying")
    make_annotation(snapshot=article.current_snapshot, body="Mine alone.", visibility="private", author=make_user())

    page = out_of(analyst, article)

    first, answer = page["items"]
    assert page["type"] == "AnnotationPage"
    assert first["target"]["selector"][0]["exact"] == QUOTE
    assert first["target"]["selector"][1] == {
        "type": "TextPositionSelector",
        "start": note.start,
        "end": note.end,
    }
    assert [body["value"] for body in first["body"]] == ["Which year?", "annual"]
    assert answer["target"] == first["id"]


def test_a_quote_comes_in_as_a_note_for_the_team_and_only_once(analyst: Client) -> None:
    article = make_article()

    first, second = into(analyst, article, told()), into(analyst, article, told())

    note = Annotation.objects.get()
    assert (note.exact, note.body, note.visibility, note.author) == (QUOTE, "From elsewhere.", "team", analyst.user)
    assert article.current_snapshot.text[note.start : note.end] == QUOTE
    assert "1 taken, 0 known already, 0 refused." in first.content.decode()
    assert "0 taken, 1 known already, 0 refused." in second.content.decode()


def test_what_went_out_is_known_when_it_comes_back(analyst: Client) -> None:
    article = make_article()
    make_annotation(snapshot=article.current_snapshot, body="Which year?")

    answer = into(analyst, article, out_of(analyst, article))

    assert "0 taken, 1 known already, 0 refused." in answer.content.decode()
    assert Annotation.objects.count() == 1


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (b"", "Choose a file of annotations."),
        (b"{", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        ([{"type": "Page"}], "not an object of type"),
        (told(exact="Words that are not there."), "0 taken, 0 known already, 1 refused"),
        (told(target="https://news.example.org/1"), "no selector"),
        (told(target={"selector": {"type": "TextPositionSelector", "start": 10**20, "end": 5}}), "positions"),
        (told(target={"selector": {"type": "TextPositionSelector", "start": 90_000, "end": 90_010}}), "1 refused"),
        (told(body={"type": "TextualBody", "value": "nul\x00"}), "unprintable"),
        (told(body={"type": "TextualBody", "value": "x" * 30_000}), "at most"),
        ([told()] * 2_001, "more than 2000"),
    ],
)
def test_what_cannot_be_taken_is_said(analyst: Client, document: Any, words: str) -> None:
    article = make_article()

    answer = into(analyst, article, document)

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Annotation.objects.exists()


def test_markup_in_a_file_is_text(analyst: Client) -> None:
    article = make_article()

    answer = into(analyst, article, told(body={"type": "TextualBody", "value": "<script>alert(1)</script>"}))

    assert "<script>alert(1)" not in answer.content.decode()
    assert "&lt;script&gt;alert(1)" in answer.content.decode()


def test_a_viewer_takes_nothing_in(viewer: Client) -> None:
    article = make_article()

    assert into(viewer, article, told()).status_code == 403
    assert "annotations/import" not in viewer.get(reverse("desk:article_detail", args=[article.pk])).content.decode()
