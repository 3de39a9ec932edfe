"""The inbox says what waits, how much of it, and how to be done with it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from policytracker.desk.views.inbox import SECTIONS
from policytracker.tracking.actions.annotations import reply
from policytracker.tracking.actions.follows import follow
from policytracker.tracking.actions.terms import Due, Told, extend_deadline
from policytracker.tracking.models import BlindRating, Notification, ProblemReport
from tests.factories import (
    NOW,
    make_annotation,
    make_article,
    make_assessment,
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
    assert "Due this month." not in section(page(analyst), "deadlines")


def test_rotted_sources_wait(analyst):
    make_evidence(lost_at=NOW)
    make_evidence(snapshot=make_article(source_state="gone").current_snapshot)
    make_evidence()

    assert "(2)" in section(page(analyst), "rotted")


def test_public_notes_wait_for_those_who_publish(analyst, reviewer):
    make_annotation(visibility="public", body="For everyone.")

    assert "For everyone." in section(page(reviewer), "releases")
    assert "For everyone." not in page(analyst)


def test_one_line_is_put_aside_until_it_changes(analyst):
    old, other = make_article(headline="Old"), make_article(headline="Other")
    for article in (old, other):
        make_mention(article=article, ministry=make_ministry())

    analyst.post("/desk/done/articles/", {"row": old.pk})
    html = section(page(analyst), "articles")

    assert ">Old</a>" not in html
    assert ">Other</a>" in html
    assert ">Old</a>" in section(analyst.get("/desk/?all=1").content.decode(), "articles")

    make_candidate(snapshot=old.current_snapshot, proposed_at=timezone.now() + timedelta(minutes=1))

    assert ">Old</a>" in section(page(analyst), "articles")


def test_what_one_puts_aside_still_waits_for_others(analyst, reviewer):
    article = make_article(headline="For both")
    make_mention(article=article, ministry=make_ministry())

    analyst.post("/desk/done/articles/", {"row": article.pk})

    assert "For both" not in page(analyst)
    assert "For both" in page(reviewer)


def test_a_deadline_put_aside_comes_back_when_something_new_is_known(analyst):
    today = timezone.localdate()
    commitment = make_commitment(statement="Due.", due_on=today, made_on=today - timedelta(days=400))
    analyst.post("/desk/done/deadlines/", {"row": commitment.pk})
    assert "Due." not in section(page(analyst), "deadlines")

    make_evidence(commitment=commitment, recorded_at=timezone.now() + timedelta(minutes=1))

    assert "Due." in section(page(analyst), "deadlines")


def test_a_deadline_that_was_extended_into_this_month_counts(analyst, reviewer):
    today = timezone.localdate()
    made = today - timedelta(days=400)
    commitment = make_commitment(statement="Extended.", due_on=today - timedelta(days=200), made_on=made)
    told = Told(today, "The ministry said so.", source_url="https://example.org/")
    extend_deadline(commitment=commitment, due=Due(today), told=told, by=reviewer.user, at=timezone.now())

    assert "Extended." in section(page(analyst), "deadlines")


def test_silent_commitments_wait_and_heard_or_concluded_ones_do_not(analyst):
    ago = timezone.localdate() - timedelta(days=500)
    make_commitment(statement="Silent.", made_on=ago)
    make_evidence(commitment=make_commitment(statement="Heard of.", made_on=ago), dated_on=ago + timedelta(days=400))
    make_assessment(
        commitment=make_commitment(statement="Concluded.", made_on=ago), status="fulfilled", effective_from=ago
    )
    make_commitment(statement="A draft.", made_on=ago, recorded_at=None)
    make_commitment(statement="An outcome.", made_on=ago, kind="outcome")

    html = section(page(analyst), "dormant")

    assert "Silent." in html
    assert "(1)" in html


def test_what_i_made_waits_until_it_is_public(analyst, reviewer):
    make_commitment(statement="My promise.", recorded_at=None, created_by=analyst.user)
    make_commitment(statement="Not mine.", recorded_at=None, created_by=reviewer.user)
    make_annotation(author=analyst.user, visibility="public", body="My note.")
    key = {"submission_key": "7f0b6a52-8a4e-4e6c-9c8e-0d0a4e3f2b11"}
    analyst.post("/desk/reference/officials/new/", {"name": "Kwon Young-se"} | key)

    html = section(page(analyst), "mine")

    for waits in ("My promise.", "My note.", "Kwon Young-se", "(3)"):
        assert waits in html
    assert "Not mine." not in html
    reviewer.post("/desk/officials/kwon-young-se/publish/")
    assert "Kwon Young-se" not in section(page(analyst), "mine")


def test_of_mine_too_a_line_is_put_aside_until_it_is_written_again(analyst):
    commitment = make_commitment(statement="My promise.", recorded_at=None, created_by=analyst.user)
    make_annotation(pk=commitment.pk, author=analyst.user, visibility="public", body="My note.")

    analyst.post("/desk/done/mine/", {"row": f"commitment:{commitment.pk}"})
    html = section(page(analyst), "mine")

    assert "My promise." not in html
    assert "My note." in html


def test_news_of_what_i_follow_is_marked_as_read(analyst):
    mine, _new = follow(subject=make_commitment(), by=analyst.user, at=NOW)
    told = [
        Notification.objects.create(follow=mine, key=key, kind="status", source_id=1, title=key, created_at=NOW)
        for key in ("First news", "Second news", "Third news")
    ]

    analyst.post("/desk/done/followed/", {"row": told[0].pk})
    html = section(page(analyst), "followed")

    assert "First news" not in html
    assert "Second news" in html
    analyst.post("/desk/done/followed/")
    assert "Second news" not in page(analyst)


@pytest.mark.parametrize("row", ["", "9" * 30, "x", "a\x00b", "commitment:1", "%' OR 1=1"])
def test_any_line_is_answered(analyst, row):
    for key in ("articles", "mine", "addressed", "followed"):
        assert analyst.post(f"/desk/done/{key}/", {"row": row}).status_code == 302


def test_an_unknown_section_is_404(analyst):
    assert analyst.post("/desk/done/nothing/").status_code == 404


def test_the_page_takes_a_fixed_number_of_queries(reviewer, django_assert_num_queries):
    page(reviewer)

    with django_assert_num_queries(QUERIES):
        reviewer.get("/desk/")
    for _ in range(4):
        make_mention(ministry=make_ministry())
        reply(to=make_annotation(author=reviewer.user), body="?", by=make_user(), at=NOW)
        make_evidence(lost_at=NOW)
        make_commitment(recorded_at=None, created_by=reviewer.user)
        make_annotation(visibility="public", body="x")
    with django_assert_num_queries(QUERIES):
        reviewer.get("/desk/")


QUERIES = 18


@pytest.fixture
def full(admin):
    """An inbox in which every list holds something, as the client whose it is."""
    me, other = admin.user, make_user("colleague")
    make_mention(ministry=make_ministry())
    reply(to=make_annotation(author=me), body="Your view?", by=other, at=NOW)
    make_assessment(author=other, published=False, stage="submitted", evidence=[])
    judged = make_assessment(author=other)
    BlindRating.objects.create(assessment=judged, rater=me, invited_by=other, invited_at=NOW)
    make_assessment(author=me, published=False, evidence=[])
    mine, _new = follow(subject=make_commitment(), by=me, at=NOW, note="Why.")
    Notification.objects.create(follow=mine, key="k", kind="status", source_id=1, title="News", created_at=NOW)
    make_commitment(due_on=timezone.localdate().replace(day=1))
    make_evidence(lost_at=NOW)
    ProblemReport.objects.create(path="/", body="Wrong.", sender_key="k", reported_at=NOW)
    make_annotation(visibility="public", body="For everyone.", author=other)
    step = {"commitment": f"[{make_commitment().slug}]", "label": "A draft step", "submission_key": str(uuid4())}
    admin.post("/desk/reference/milestones/new/", step)
    return admin


def lists_of(client):
    return {section.key: section for section in client.get("/desk/").context["sections"]}


@pytest.mark.parametrize("is_whole", [False, True])
def test_one_can_be_done_with_every_list_and_with_every_line(full, is_whole):
    before = lists_of(full)
    assert {key for key, section in before.items() if section.count} == set(SECTIONS)

    for key, section in before.items():
        html = full.get("/desk/").content.decode()
        assert f'action="/desk/done/{key}/"' in html, key
        for row in [""] if is_whole else [line.key for line in section.lines]:
            full.post(f"/desk/done/{key}/", {"row": row})

    left = {key: section.count for key, section in lists_of(full).items() if section.count}
    assert left == {}
    put_aside = {section.key for section in full.get("/desk/?all=1").context["sections"] if section.count}
    assert put_aside == set(SECTIONS) - {"addressed", "followed"}, "what was read is done with for good"
