"""The reading desk shows a text with all that was written on it and proposed for it."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    QUOTE,
    TEXT,
    make_annotation,
    make_article,
    make_candidate,
    make_commitment,
    make_mention,
    make_ministry,
    make_snapshot,
    make_user,
)

pytestmark = pytest.mark.django_db


def address(article, query=""):
    return reverse("desk:article_detail", args=[article.pk]) + query


def page(client, article, query=""):
    response = client.get(address(article, query))
    assert response.status_code == 200
    return response.content.decode()


def test_a_visitor_is_sent_to_the_sign_in_page():
    article = make_article()

    response = Client().get(address(article))

    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={address(article)}"


def test_an_account_without_a_role_is_told():
    client = Client()
    client.force_login(make_user())

    assert client.get(address(make_article())).status_code == 403


def test_an_unpublished_article_is_read_at_the_desk(analyst):
    html = page(analyst, make_article(headline="Inside only", recorded_at=None))

    assert "Inside only" in html
    assert '<span class="s" data-s="0">The ministry held a briefing on Friday.</span>' in html


def test_an_article_that_is_not_there_is_404(analyst):
    assert analyst.get("/desk/articles/999999/").status_code == 404
    assert analyst.get(address(make_article(), "?snapshot=999999")).status_code == 404
    assert analyst.get(address(make_article(), "?snapshot=x")).status_code == 404


def test_the_snapshot_of_another_article_is_404(analyst):
    other = make_article()

    assert analyst.get(address(make_article(), f"?snapshot={other.current_snapshot.pk}")).status_code == 404


def test_highlights_lead_to_their_notes_and_back(analyst):
    article = make_article()
    note = make_annotation(snapshot=article.current_snapshot, body="Two parts.")

    html = page(analyst, article)

    assert f'<mark id="q{note.pk}">{QUOTE}</mark><a class="ref" href="#n{note.pk}" data-n="1"' in html
    assert f'id="n{note.pk}"' in html
    assert f'href="#q{note.pk}"' in html
    assert "Two parts." in html


def test_overlapping_highlights_are_both_drawn(analyst):
    article = make_article()
    one = make_annotation(snapshot=article.current_snapshot)
    two = make_annotation(snapshot=article.current_snapshot, quote="publish an annual report, including")

    html = page(analyst, article)

    assert f'<mark id="q{one.pk}">the ministry will </mark><mark id="q{two.pk}">publish an annual report</mark>' in html


def test_the_drawn_text_is_the_stored_text(analyst):
    text = "a < b & c\n\n“q” 😀 <script>alert(1)</script>. Second."
    article = make_article(text=text)
    make_annotation(snapshot=article.current_snapshot, quote="b & c")

    html = page(analyst, article)

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert '<p data-p="2" id="p2"></p>' in html


def test_somebody_elses_private_note_is_not_shown(analyst):
    article = make_article()
    make_annotation(snapshot=article.current_snapshot, body="secret thought", visibility="private")
    make_annotation(snapshot=article.current_snapshot, body="own thought", visibility="private", author=analyst.user)

    html = page(analyst, article)

    assert "secret thought" not in html
    assert "own thought" in html


def test_notes_are_shown_as_typed(analyst):
    article = make_article()
    make_annotation(
        snapshot=article.current_snapshot,
        body="**bold** <script>alert(1)</script> [x](javascript:alert(1)) https://example.org/a",
    )

    html = page(analyst, article)

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert 'href="javascript' not in html
    assert '<a href="https://example.org/a" rel="nofollow">' in html


def test_mentions_and_candidates_wait_for_a_decision(analyst):
    article = make_article()
    make_mention(article=article, ministry=make_ministry(name="Ministry of Unification"))
    candidate = make_candidate(snapshot=article.current_snapshot)

    html = page(analyst, article)

    assert "Ministry of Unification" in html
    assert f"?candidate={candidate.pk}" in html
    assert f'id="c{candidate.pk}" class="in-candidate"' in html


def test_a_viewer_reads_and_cannot_write(viewer):
    article = make_article()
    make_mention(article=article, ministry=make_ministry())

    html = page(viewer, article)

    assert "data-anno-form" not in html
    assert 'value="confirm:' not in html


def test_notes_of_an_earlier_version_are_listed_as_detached(analyst):
    article = make_article()
    make_annotation(snapshot=article.current_snapshot, body="On the old text.")
    article.current_snapshot = make_snapshot(article=article, text="All of it is new.")
    article.save()

    html = page(analyst, article)

    assert "Detached" in html
    assert "On the old text." in html
    old = page(analyst, article, f"?snapshot={article.snapshots.last().pk}")
    assert "An earlier version of the text" in old


def test_sentences_can_be_picked_without_script(analyst):
    html = page(analyst, make_article(), "?pick=1")

    assert '<input type="checkbox" name="s" value="1">' in html
    assert "<mark" not in html


def test_picked_sentences_fill_the_form_in(analyst):
    article = make_article()

    html = page(analyst, article, "?s=0&s=1")

    start, end = 0, TEXT.index("English.") + len("English.")
    assert f'name="start" value="{start}"' in html
    assert f'name="end" value="{end}"' in html
    assert "data-anno-form aria-labelledby" in html


@pytest.mark.parametrize("query", ["?s=0&s=2", "?s=99", "?s=x&s=0&s=2"])
def test_sentences_that_do_not_follow_one_another_are_not_taken(analyst, query):
    response = analyst.get(address(make_article(), query))

    assert response.status_code == 422
    assert "follow one another" in response.content.decode()
    assert '<input type="checkbox" name="s" value="0"' in response.content.decode()


def test_what_the_article_names_is_suggested_first(analyst):
    article = make_article()
    ministry = make_ministry()
    make_mention(article=article, ministry=ministry)
    commitment = make_commitment(lead_ministry=ministry, slug="c014")
    make_commitment(slug="c999")

    html = page(analyst, article)

    assert html.index(f"[{commitment.slug}]") < html.index("[c999]")


def test_the_page_takes_a_fixed_number_of_queries(analyst, django_assert_num_queries):
    article = make_article()
    page(analyst, article)  # what is asked once for all: nothing of it may depend on the rows

    with django_assert_num_queries(QUERIES):
        analyst.get(address(article))
    for number in range(5):
        note = make_annotation(
            snapshot=article.current_snapshot, body=f"Note {number}", about_commitment=make_commitment()
        )
        make_annotation(snapshot=article.current_snapshot, body="Answer", parent=note)
        make_mention(article=article, ministry=make_ministry(), surface=f"M{number}", start=number)
    make_candidate(snapshot=article.current_snapshot)
    with django_assert_num_queries(QUERIES):
        analyst.get(address(article))


QUERIES = 11
