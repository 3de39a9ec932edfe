"""We know when a source rots, and which quotes no longer occur there."""

import io
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.actions import store_article
from articles.models import Article
from articles.models.snapshots import OWN_SUMMARY
from policytracker.tracking.actions.sources import check_cited_sources, follow_text
from policytracker.tracking.citations import cited_articles
from policytracker.tracking.management.commands import check_sources
from policytracker.tracking.models import Evidence
from policytracker.tracking.tasks import follow_texts
from tests.articles.drafts import TEXT, make_draft
from tests.articles.site import Clock, Site, page_of
from tests.factories import (
    NOW,
    make_annotation,
    make_article,
    make_assessment,
    make_evidence,
    make_snapshot,
    make_statement,
    make_user,
    passage_of,
)

pytestmark = pytest.mark.django_db
QUOTE = "the ministry will publish an annual report"
LATER = NOW + timedelta(days=1)


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()


def store(text=TEXT, at=NOW):
    return store_article(draft=make_draft(text=text, url="http://a.example.org/1"), raw=text.encode(), at=at).article


def make_cited(**fields):
    article = store()
    return article, make_evidence(snapshot=article.current_snapshot, quote=QUOTE, **fields)


def test_articles_are_cited_by_evidence_or_statements():
    make_article()
    by_evidence = make_article()
    make_evidence(snapshot=by_evidence.current_snapshot)
    by_statement = make_article()
    make_statement(snapshot=by_statement.current_snapshot)

    assert set(cited_articles()) == {by_evidence, by_statement}


def test_a_new_text_of_a_cited_article_is_looked_at_in_the_same_transaction():
    article, _ = make_cited()

    store(TEXT.replace("In March", "In June"), at=LATER)

    job = ProcrastinateJob.objects.get(task_name="tracking.follow_texts")
    assert job.args == {"article_ids": [article.pk]}


def test_a_new_text_that_nobody_quotes_is_nobodys_business():
    store()

    store(TEXT.replace("In March", "In June"), at=LATER)

    assert not ProcrastinateJob.objects.filter(task_name="tracking.follow_texts").exists()


def test_a_quote_that_no_longer_occurs_is_flagged_and_stays_where_it_is():
    article, piece = make_cited()
    snapshot = piece.snapshot
    store(TEXT.replace(QUOTE, "the ministry may consider a paper"), at=LATER)
    article.refresh_from_db()

    followed = follow_text(article=article, at=LATER)

    piece.refresh_from_db()
    assert (followed.found, followed.lost) == (0, 1)
    assert (piece.lost_at, piece.snapshot) == (LATER, snapshot)


def test_evidence_that_a_published_assessment_rests_on_can_be_flagged():
    article, piece = make_cited()
    make_assessment(commitment=piece.commitment, evidence=[piece])
    store(TEXT.replace(QUOTE, "the ministry may consider a paper"), at=LATER)
    article.refresh_from_db()

    follow_text(article=article, at=LATER)

    assert Evidence.objects.get().lost_at == LATER


def test_a_quote_that_comes_back_loses_its_flag():
    article, _ = make_cited()
    Evidence.objects.update(lost_at=NOW)
    store(TEXT + "\nOne more paragraph with quite a few words in it.", at=LATER)
    article.refresh_from_db()

    follow_text(article=article, at=LATER)

    assert Evidence.objects.get().lost_at is None


def test_words_of_our_own_summary_are_not_expected_at_the_source():
    article = make_article(url="http://a.example.org/1", is_summary=True)
    summary = make_snapshot(article=article, text="Our words: the ministry will act.", extractor=OWN_SUMMARY)
    make_evidence(snapshot=summary, quote="the ministry will act")

    follow_text(article=article, at=LATER)

    assert Evidence.objects.get().lost_at is None


def test_annotations_move_to_the_new_text():
    article = store()
    note = make_annotation(snapshot=article.current_snapshot, quote=QUOTE)
    store("A new first paragraph about something else entirely.\n" + TEXT, at=LATER)
    article.refresh_from_db()

    follow_text(article=article, at=LATER)

    note.refresh_from_db()
    assert note.snapshot == article.current_snapshot
    assert passage_of(note.snapshot, QUOTE)["start"] == note.start


def test_cited_sources_are_looked_at_and_others_are_not(site):
    make_cited()
    make_article(url="http://b.example.org/2")
    site.page("/1", "gone", status=410)
    states = []

    count = check_cited_sources(tools=site.tools(Clock(LATER)), on_checked=lambda checked: states.append(checked.state))

    assert (count, states) == (1, ["gone"])
    assert Article.objects.filter(source_state="gone").count() == 1
    assert site.paths() == ["/1"]


def test_a_source_is_looked_at_once_a_week(site):
    make_cited()
    site.page("/1", "gone", status=410)
    clock = Clock(LATER)

    assert check_cited_sources(tools=site.tools(clock)) == 1
    clock.pause(6 * 86_400)
    assert check_cited_sources(tools=site.tools(clock)) == 0
    clock.pause(86_400)
    assert check_cited_sources(tools=site.tools(clock)) == 1


def test_the_command_says_what_each_source_is(site, monkeypatch):
    make_cited()
    site.page("/1", "gone", status=404)
    monkeypatch.setattr(check_sources, "make_tools", lambda: site.tools(Clock(LATER)))
    out = io.StringIO()

    call_command("check_sources", stdout=out)

    first, last = out.getvalue().splitlines()
    assert first.startswith("gone         http://a.example.org/1")
    assert "404" in first
    assert last == "present 0 changed 0 moved 0 gone 1 unreachable 0"


def test_a_lost_quote_is_flagged_on_the_commitments_page(client):
    _, piece = make_cited()
    make_assessment(commitment=piece.commitment, evidence=[piece], status="in_progress")
    Evidence.objects.update(lost_at=LATER)

    page = client.get(f"/commitments/{piece.commitment.slug}/").content.decode()

    assert "no longer occur at the source" in page
    assert "#snapshots" in page


def test_an_edit_at_the_source_is_seen_flagged_and_listed_over_http(client, site, monkeypatch):
    site.page("/1", page_of(1))
    asked = site.tools().gate.fetch("http://a.example.org/1").as_document(fetched_at=NOW)
    draft = next(site.tools().reader.read(asked)).draft
    article = store_article(draft=draft, raw=asked.body, at=NOW, url=asked.url).article
    Article.objects.update(recorded_at=NOW)
    quote = article.current_snapshot.text.split("\n")[1][:60]
    piece = make_evidence(snapshot=article.current_snapshot, quote=quote)
    make_assessment(commitment=piece.commitment, evidence=[piece], status="in_progress")
    note = make_annotation(snapshot=article.current_snapshot, quote=quote)
    site.page("/1", page_of(1).replace(quote, "It was all quite different"))
    monkeypatch.setattr(check_sources, "make_tools", lambda: site.tools(Clock(LATER)))
    monkeypatch.setattr("policytracker.tracking.tasks.close_old_connections", lambda: None)

    call_command("check_sources", stdout=io.StringIO())
    for job in ProcrastinateJob.objects.filter(task_name="tracking.follow_texts"):
        follow_texts(**job.args)

    page = client.get(f"/commitments/{piece.commitment.slug}/").content.decode()
    assert "no longer occur at the source" in page
    [stored_copy] = set(re.findall(rf'href="(/articles/{article.pk}/#snapshots)"', page))
    kept = client.get(stored_copy).content.decode()
    assert kept.count("<code>") == 2  # the page as quoted, and as it is now
    client.force_login(make_user(groups=("analyst",)))
    desk = client.get(f"/desk/articles/{article.pk}/").content.decode()
    assert "Their words are not in this version of the text." in desk
    assert f"?snapshot={note.snapshot_id}#q{note.pk}" in desk
