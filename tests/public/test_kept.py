"""A body is kept while nothing changes, and made anew as soon as something does."""

from datetime import date

import pytest
from django.core.cache import caches
from django.test import Client

from tests.factories import make_assessment, make_commitment, make_evidence

from .test_queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache():
    caches["pages"].clear()
    yield
    caches["pages"].clear()


def test_the_front_page_is_made_once_while_nothing_changes(client: Client, record):
    first = client.get("/").content

    assert queries_of(client, "/") == 1
    assert client.get("/").content == first


def test_what_is_published_stands_on_the_front_page_at_once(client: Client, record):
    client.get("/")
    commitment = make_commitment(lead_ministry=record.ministry, statement="Open a second centre.")

    assert "Open a second centre." in client.get("/").content.decode()
    before = client.get("/").content
    evidence = make_evidence(commitment=commitment)
    make_assessment(commitment=commitment, evidence=[evidence], status="stalled", effective_from=date(2023, 5, 1))

    assert client.get("/").content != before


def test_a_language_a_theme_and_another_day_are_pages_of_their_own(client: Client, record):
    english = client.get("/").content

    assert client.get("/ko/").content != english
    assert client.get("/?as_of=2023-01-01").content != english
    client.cookies["theme"] = "dark"
    assert b'data-theme="dark"' in client.get("/").content
    client.cookies.clear()
    assert b"data-theme=" not in client.get("/").content
