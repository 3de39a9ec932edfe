"""The inbox says what waits, how much of it, and how to be done with it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from policytracker.tracking.actions.annotations import reply
from tests.factories import (
    NOW,
    make_annotation,
    make_article,
    make_candidate,
    make_commitment,
    make_evidence,
    make_mention,
    make_ministry,
    make_user,
)

pytestmark = pytest.mark.django_db


def page(client):
    response = client.get("/desk/")
    assert response.status_code == 200
    return response.content.decode()


def section(html, key):
    start = html.index(f'aria-labelledby="s-{key}"')
    return html[start : html.index("</section>", start)]


def test_a_visitor_signs_in_first(db):
    assert Client().get("/desk/")["Location"] == "/accounts/login/?next=/desk/"


def test_an_empty_inbox_says_so(analyst):
    assert "Nothing waits here." in page(analyst)


def test_articles_wait_until_their_proposals_are_decided(analyst):
    make_mention(article=make_article(headline="With a mention"), ministry=make_ministry())
    make_candidate(snapshot=make_article(headline="With a candidate").current_snapshot)
    make_article(headline="With nothing")

    html = section(page(analyst), "articles")

    assert "With a mention" in html
    assert "With a candidate" in html
    assert "With nothing" not in html
    assert "(2)" in html


def test_articles_can_be_put_aside_until_newer_ones_come(analyst):
    make_mention(article=make_article(headline="Old"), ministry=make_ministry())

    analyst.post("/desk/done/articles/")
    late = make_article(headline="New", imported_at=timezone.now() + timedelta(hours=1))
    make_mention(article=late, ministry=make_ministry())
    html = section(page(analyst), "articles")

    assert "Old" not in html
    assert "New" in html


def test_notes_to_me_wait_until_read(analyst):
    reply(to=make_annotation(author=analyst.user), body="Are you sure?", by=make_user("kim"), at=NOW)
    assert "Are you sure?" in section(page(analyst), "addressed")

    analyst.post("/desk/done/addressed/")

    assert "Are you sure?" not in page(analyst)


def test_deadlines_of_this_month_wait(analyst):
    today = timezone.localdate()
    make_commitment(statement="Due this month.", due_on=today, made_on=today - timedelta(days=400))
    make_commitment(statement="Due long ago.", due_on=today - timedelta(days=200), made_on=today - timedelta(days=400))

    html = section(page(analyst), "deadlines")

    assert "Due this month." in html
    assert "Due long ago." not in html
    analyst.post("/desk/done/deadlines/")
    assert "Due this month." not in page(analyst)


def test_rotted_sources_wait(analyst):
    make_evidence(lost_at=NOW)
    make_evidence(snapshot=make_article(source_state="gone").current_snapshot)
    make_evidence()

    assert "(2)" in section(page(analyst), "rotted")


def test_public_notes_wait_for_those_who_publish(analyst, reviewer):
    make_annotation(visibility="public", body="For everyone.")

    assert "For everyone." in section(page(reviewer), "releases")
    assert "For everyone." not in page(analyst)


def test_what_is_done_by_doing_is_not_put_aside(analyst):
    response = analyst.post("/desk/done/reviews/", follow=True)

    assert "done with by doing its work" in response.content.decode()


def test_the_page_takes_a_fixed_number_of_queries(reviewer, django_assert_num_queries):
    page(reviewer)

    with django_assert_num_queries(QUERIES):
        reviewer.get("/desk/")
    for _ in range(4):
        make_mention(ministry=make_ministry())
        reply(to=make_annotation(author=reviewer.user), body="?", by=make_user(), at=NOW)
        make_evidence(lost_at=NOW)
        make_annotation(visibility="public", body="x")
    with django_assert_num_queries(QUERIES):
        reviewer.get("/desk/")


QUERIES = 14
