"""Feeds, checked by a reader and by a grammar that nobody here runs: feedparser, and libxml2 on RFC 4287's rules."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from django.test import Client
from lxml import etree, html

from policytracker.public.views import feeds
from policytracker.tracking.actions.terms import Due, Told, extend_deadline
from tests.factories import make_article, make_assessment, make_commitment, make_initiative, make_ministry, make_user

from .door import names, page_names, path_of

pytestmark = pytest.mark.django_db

RULES = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
FEEDS = [name for name in names() if name.endswith("feed")]


def read(client: Client, path: str):
    response = client.get(path)
    assert response.status_code == 200, path
    return feedparser.parse(response.content)


def kinds_in(feed) -> set[str]:
    return {tag.term for entry in feed.entries for tag in entry.tags}


def test_every_feed_keeps_the_rules_and_every_entry_has_id_link_and_date(client: Client, record):
    empty = set()
    for prefix in ("", "/ko"):
        for name in FEEDS:
            path = prefix + path_of(name, record)
            response = client.get(path)

            RULES.assertValid(etree.fromstring(response.content))
            feed = feedparser.parse(response.content)
            assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
            assert (feed.bozo, feed.version) == (False, "atom10"), path
            assert all(entry.id and entry.link and entry.updated_parsed for entry in feed.entries), path
            assert len({entry.id for entry in feed.entries}) == len(feed.entries), path
            assert [entry.updated for entry in feed.entries] == sorted(
                (entry.updated for entry in feed.entries), reverse=True
            ), path
            assert feed.feed.language == ("ko" if prefix else "en")
            empty |= set() if feed.entries else {name}
    assert empty == {"corrections_feed", "tag_feed"}  # nothing was corrected, and nothing is tagged


def test_the_name_of_an_entry_stays_whatever_becomes_of_it(client: Client, record):
    before = [entry.id for entry in read(client, "/feed.atom").entries]
    make_assessment(commitment=record.waiting, effective_from=record.waiting.made_on)

    after = [entry.id for entry in read(client, "/feed.atom").entries]

    assert set(before) < set(after)
    assert [entry.id for entry in read(client, "/ko/feed.atom").entries] == after


def test_a_title_and_a_summary_are_words_and_never_markup(client: Client):
    make_assessment(
        commitment=make_commitment(slug="odd", statement="A < B & <i>C</i>"),
        rationale="<script>alert(1)</script> if a < b & c",
    )

    feed = etree.fromstring(client.get("/commitments/odd/feed.atom?kind=status").content)

    assert feed.findtext("{*}entry/{*}title") == "In progress: A < B & <i>C</i>"
    summary = feed.find("{*}entry/{*}summary")
    assert summary.get("type") == "html"
    assert html.fromstring(f"<p>{summary.text}</p>").text_content().endswith("<script>alert(1)</script> if a < b & c")


# -- kinds to choose


@pytest.mark.parametrize("kind", ["status", "commitment", "statement", "evidence", "initiative", "deadline"])
def test_a_reader_chooses_which_kinds_to_be_told_of(client: Client, record, kind):
    make_initiative(slug="begun", started_on=record.commitment.made_on)

    assert kinds_in(read(client, f"/feed.atom?kind={kind}")) == {kind}


def test_several_kinds_may_be_chosen_and_none_means_all(client: Client, record):
    everything = kinds_in(read(client, "/commitments/yearly/feed.atom"))

    assert kinds_in(read(client, "/commitments/yearly/feed.atom?kind=status&kind=statement")) == {"status", "statement"}
    assert {"status", "statement", "evidence", "commitment"} <= everything
    assert "deadline" not in everything


def test_a_rare_kind_is_found_below_many_others(client: Client, record, monkeypatch):
    monkeypatch.setattr("policytracker.public.feeds.MOST", 2)
    for number in range(12):
        make_commitment(slug=f"new-{number}", recorded_at=datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=number))

    assert kinds_in(read(client, "/feed.atom?kind=status")) == {"status"}


def test_the_feed_of_deadlines_tells_of_those_that_moved(client: Client, record):
    by, at = make_user(), datetime(2026, 3, 2, tzinfo=UTC)
    told = Told(happened_on=datetime(2026, 1, 5, tzinfo=UTC).date(), source_url="https://news.example.org/moved")
    extend_deadline(
        commitment=record.waiting, due=Due(datetime(2100, 6, 30, tzinfo=UTC).date(), "half"), told=told, by=by, at=at
    )

    assert kinds_in(read(client, "/deadlines/feed.atom")) == {"deadline", "terms"}


def test_a_search_is_followed_over_all_kinds_or_one(client: Client, record):
    make_article(headline="The report is delayed", recorded_at=datetime(2026, 2, 1, tzinfo=UTC))

    everything = read(client, "/search/feed.atom?q=report")
    articles = read(client, "/search/feed.atom?q=report&kind=articles")

    assert kinds_in(everything) == {"initiatives", "commitments", "article"}
    assert everything.entries[0].title == "The report is delayed"
    assert kinds_in(articles) == {"article"}


@pytest.mark.parametrize("path", ["/feed.atom?kind=gossip", "/search/feed.atom?q=x&kind=gossip"])
def test_an_unknown_kind_is_refused(client: Client, path):
    assert client.get(path).status_code == 400


# -- lists


def test_filters_hold_for_feeds_of_lists(client: Client, record):
    titles = [entry.title for entry in read(client, "/commitments/feed.atom?status=fulfilled").entries]

    assert titles
    assert not any("Open the centre" in title for title in titles)


def test_the_feed_of_a_long_list_tells_of_what_changed_last(client: Client, record, monkeypatch):
    monkeypatch.setattr(feeds, "FOLLOWED", 2)
    for number in range(4):
        make_ministry(slug=f"m{number}", name=f"M {number}")
        make_commitment(slug=f"new-{number}", recorded_at=datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=number))

    newest = read(client, "/commitments/feed.atom").entries[0]

    assert newest.link.endswith("/commitments/new-3/")
    assert read(client, "/ministries/feed.atom").entries


# -- how a reader finds them


def test_every_page_leads_to_a_feed_that_answers(client: Client, record):
    for name in page_names():
        if name in ("embed", "hand_over"):
            continue
        path = "/ko" + path_of(name, record)
        page = html.fromstring(client.get(path).content.decode())
        page.make_links_absolute(f"http://testserver{path}")

        found = page.xpath("//link[@rel='alternate'][@type='application/atom+xml']/@href")

        assert found, name
        for url in found:
            assert url.startswith("http://testserver/ko/"), (name, url)
            assert client.get(url.removeprefix("http://testserver")).status_code == 200, (name, url)


def test_a_page_that_shows_some_kinds_leads_to_the_feed_of_those(client: Client, record):
    page = html.fromstring(client.get("/timeline/?kind=status&as_of=2024-01-01").content.decode())

    assert page.xpath("//link[@type='application/atom+xml']/@href") == ["feed.atom?as_of=2024-01-01&kind=status"]
