"""Feeds, checked by a reader nobody here wrote."""

import feedparser
import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/feed.atom", "/commitments/feed.atom", "/initiatives/report/feed.atom"])
def test_a_feed_is_well_formed_and_every_entry_has_id_link_and_date(client: Client, record, path):
    response = client.get(path)

    feed = feedparser.parse(response.content)

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.entries
    assert all(entry.id and entry.link and entry.updated_parsed for entry in feed.entries)
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)


def test_a_reader_chooses_which_kinds_to_be_told_of(client: Client, record):
    feed = feedparser.parse(client.get("/feed.atom?kind=status").content)

    assert {tag.term for entry in feed.entries for tag in entry.tags} == {"status"}


def test_the_name_of_an_entry_stays_when_the_feed_is_read_again(client: Client, record):
    first, second = (feedparser.parse(client.get("/feed.atom").content) for _ in range(2))

    assert [entry.id for entry in first.entries] == [entry.id for entry in second.entries]


def test_an_unknown_kind_is_refused(client: Client):
    assert client.get("/feed.atom?kind=gossip").status_code == 400
