"""Writing a note on a passage: stored once and where it belongs, or refused with everything still there."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from policytracker.desk.kept_forms import mark_for
from policytracker.tracking.actions.tags import merge_tags
from policytracker.tracking.models import Annotation, Evidence
from tests.desk.conftest import client_of
from tests.factories import (
    NOW,
    QUOTE,
    TEXT,
    make_article,
    make_commitment,
    make_initiative,
    make_snapshot,
    make_tag,
    make_user,
    passage_of,
)

pytestmark = pytest.mark.django_db


def fields(article, quote=QUOTE, **changes):
    passage = passage_of(article.current_snapshot, quote)
    return {
        "snapshot": article.current_snapshot.pk,
        "start": passage["start"],
        "end": passage["end"],
        "exact": quote,
        "prefix": passage["prefix"],
        "suffix": passage["suffix"],
        "motivation": "commenting",
        "body": "My words.",
        "visibility": "team",
        "tags": "",
        "commitment": "",
        "initiative": "",
        "submission_key": str(uuid4()),
    } | changes


def send(client, article, **changes):
    return client.post(reverse("desk:annotation_create", args=[article.pk]), fields(article, **changes))


def refused(response, *words):
    html = response.content.decode()
    assert response.status_code == 422
    assert "My words." in html
    for word in words:
        assert word in html
    assert not Annotation.objects.exists()
    return html


def test_a_note_is_stored_and_shown_in_its_place(analyst):
    article, initiative = make_article(), make_initiative()

    response = send(analyst, article, tags="report, Human rights", initiative=initiative.slug)

    note = Annotation.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/desk/articles/{article.pk}/#n{note.pk}"
    assert TEXT[note.start : note.end] == note.exact == QUOTE
    assert note.author == analyst.user
    assert note.about_initiative == initiative
    assert {tag.label for tag in note.tags.all()} == {"report", "Human rights"}


def test_a_double_click_stores_one_note(analyst):
    article, key = make_article(), str(uuid4())

    send(analyst, article, submission_key=key)
    response = send(analyst, article, submission_key=key)

    assert response.status_code == 302
    assert Annotation.objects.count() == 1


def test_line_feeds_arrive_as_they_left(analyst):
    article = make_article()
    quote = "on Friday.\nIn March"

    response = send(analyst, article, quote=quote, exact=quote.replace("\n", "\r\n"))

    assert response.status_code == 302
    assert Annotation.objects.get().exact == quote


def test_evidence_is_put_on_the_commitments_file(analyst):
    article, commitment = make_article(), make_commitment(slug="c014")

    send(analyst, article, motivation="assessing", commitment=f"{commitment} [c014]", stance="supports")

    evidence = Evidence.objects.get()
    assert (evidence.commitment, evidence.stance, evidence.exact) == (commitment, "supports", QUOTE)
    assert evidence.annotation == Annotation.objects.get()
    assert not evidence.is_published


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"stance": "supports"}, "Name the commitment"), ({"commitment": "c014"}, "supports or contradicts")],
)
def test_evidence_is_for_or_against_something(analyst, changes, words):
    make_commitment(slug="c014")

    refused(send(analyst, make_article(), motivation="assessing", **changes), words)


def test_evidence_that_is_refused_leaves_no_note(analyst):
    article = make_article(published_on=None, published_precision="")
    make_commitment(slug="c014")

    refused(send(analyst, article, motivation="assessing", commitment="c014", stance="context"), "has no date")
    assert not Evidence.objects.exists()


def test_a_note_can_become_a_commitment_next(analyst):
    response = send(analyst, make_article(), motivation="identifying", then="commitment")

    assert response["Location"] == f"/desk/commitments/new/?annotation={Annotation.objects.get().uuid}"


@pytest.mark.parametrize(
    "place",
    [{"start": 1}, {"end": 10_000}, {"start": 5, "end": 5}, {"exact": "other words"}],
)
def test_offsets_that_do_not_match_are_refused(analyst, place):
    refused(send(analyst, make_article(), **place), "Select")


@pytest.mark.parametrize("place", [{"start": "-1"}, {"start": "x"}, {"end": str(2**40)}, {"exact": ""}])
def test_offsets_that_are_none_are_refused(analyst, place):
    refused(send(analyst, make_article(), **place))


def test_a_passage_of_another_article_is_refused(analyst):
    refused(send(analyst, make_article(), snapshot=make_snapshot().pk), "selected in another text")


@pytest.mark.parametrize("snapshot", ["", "x", "0", str(2**70)])
def test_a_passage_of_no_snapshot_is_refused(analyst, snapshot):
    refused(send(analyst, make_article(), snapshot=snapshot), "selected in another text")


def test_a_note_on_a_version_that_was_replaced_meanwhile_moves_along(analyst):
    article = make_article()
    values = fields(article)
    article.current_snapshot = make_snapshot(article=article, text="Corrected.\n" + TEXT)
    article.save()

    response = analyst.post(reverse("desk:annotation_create", args=[article.pk]), values)

    note = Annotation.objects.get()
    assert response.status_code == 302
    assert note.snapshot == article.current_snapshot
    assert article.current_snapshot.text[note.start : note.end] == QUOTE


def test_a_deleted_commitment_is_named(analyst):
    refused(send(analyst, make_article(), commitment="Yearly report [c014]"), "not there any more")


def test_a_merged_tag_gives_way_to_its_successor(analyst):
    merge_tags(tag=make_tag("old"), into=make_tag("new"), by=make_user(), at=NOW)

    html = refused(send(analyst, make_article(), tags="report, old"), "was merged into “new”")

    assert 'value="report, new"' in html


def test_a_note_of_a_megabyte_is_refused_and_kept(analyst):
    body = "My words. " + "x" * 1_048_576

    response = send(analyst, make_article(), body=body)

    html = refused(response, "1,048,586 characters")
    assert body in html


def test_a_null_character_is_refused(analyst):
    refused(send(analyst, make_article(), body="My words.\x00"), "Null characters")


def test_an_unknown_article_is_404(analyst):
    values = fields(make_article())

    assert analyst.post("/desk/articles/999999/annotations/", values).status_code == 404


def test_a_viewer_may_not_write(viewer):
    assert send(viewer, make_article()).status_code == 403
    assert not Annotation.objects.exists()


def test_reading_the_address_is_refused(analyst):
    assert analyst.get(reverse("desk:annotation_create", args=[make_article().pk])).status_code == 405


def test_a_public_note_waits_for_a_reviewer(analyst, reviewer):
    article = make_article()

    response = analyst.post(
        reverse("desk:annotation_create", args=[article.pk]), fields(article, visibility="public"), follow=True
    )
    send(reviewer, article, visibility="public", quote="on Friday")

    assert "A reviewer will release it" in response.content.decode()
    assert [note.author for note in Annotation.objects.published()] == [reviewer.user]


class TestAnExpiredSession:
    """The form is kept until its writer has signed in again, and nobody else gets it."""

    def lose(self, analyst, article, **changes):
        stranger = Client()
        marks = {"form_mark": mark_for(analyst.user)}
        response = stranger.post(
            reverse("desk:annotation_create", args=[article.pk]), fields(article) | marks | changes
        )
        return stranger, response

    def test_nothing_typed_is_lost(self, analyst):
        article = make_article()

        browser, response = self.lose(analyst, article)
        assert response["Location"] == "/accounts/login/?next=%2Fdesk%2Fkept%2F"
        browser.post(response["Location"], {"login": "some-analyst", "password": "correct horse"})
        kept = browser.get("/desk/kept/").content.decode()

        assert "My words." in kept
        assert f'action="/desk/articles/{article.pk}/annotations/"' in kept
        assert f'name="exact" value="{QUOTE}"' in kept

    def test_the_kept_form_is_stored_once(self, analyst):
        article, key = make_article(), str(uuid4())
        browser, _response = self.lose(analyst, article, submission_key=key)
        browser.force_login(analyst.user)

        for _ in range(2):
            browser.post(reverse("desk:annotation_create", args=[article.pk]), fields(article, submission_key=key))

        assert Annotation.objects.count() == 1

    def test_somebody_else_does_not_see_it(self, analyst, reviewer):
        browser, _response = self.lose(analyst, make_article())
        browser.post("/accounts/login/", {"login": "some-reviewer", "password": "correct horse"})

        assert browser.get("/desk/kept/").status_code == 302

    @pytest.mark.parametrize("mark", ["", "x", "MQ:forged:mark"])
    def test_strangers_store_nothing(self, analyst, mark):
        browser, response = self.lose(analyst, make_article(), form_mark=mark)

        assert "kept" not in response["Location"]
        assert "kept_form" not in browser.session

    def test_a_draft_saved_while_typing_is_told(self, analyst):
        article = make_article()
        response = Client().post(
            reverse("desk:annotation_create", args=[article.pk]),
            fields(article) | {"form_mark": mark_for(analyst.user)},
            headers={"HX-Request": "true"},
        )

        assert response.status_code == 401


def test_a_disabled_account_writes_nothing(db):
    client = client_of("analyst", "leaver")
    client.user.is_active = False
    client.user.save()

    assert send(client, make_article()).status_code == 302
    assert not Annotation.objects.exists()
