"""A body is kept while nothing changes, and made anew as soon as something does; who has it already is told so."""

from datetime import UTC, date, datetime

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_assessment, make_commitment, make_evidence, make_ministry

from .test_queries import queries_of

pytestmark = pytest.mark.django_db


SUBJECTS = ["/initiatives/report/", "/commitments/yearly/", "/ministries/mou/", "/officials/kwon/", "/topics/rights/"]
ANSWERS = ["/", "/commitments/", "/timeline/", "/feed.atom", "/deadlines.ics", *SUBJECTS]
PAST = "?as_of=2023-06-01&known_at=2024-01-01"


@pytest.fixture(autouse=True)
def empty_cache(settings):
    settings.KEPT_SECONDS = 30
    caches["pages"].clear()
    yield
    caches["pages"].clear()


def etag_of(client: Client, path: str) -> str:
    return client.get(path)["ETag"]


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


@pytest.mark.parametrize("query", ["", PAST])
@pytest.mark.parametrize("path", ANSWERS)
def test_who_has_the_page_is_told_so_for_one_query(client: Client, record, path: str, query: str):
    first = client.get(f"{path}{query}")
    head = client.head(f"{path}{query}")

    with CaptureQueriesContext(connection) as asked:
        again = client.get(f"{path}{query}", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert len(asked) == 1
    assert again["Cache-Control"] == first["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert (head.status_code, head["ETag"]) == (200, first["ETag"])


def test_a_write_changes_the_tags_of_what_tells_of_it_and_of_nothing_else(client: Client, record):
    other = make_commitment(slug="other", lead_ministry=make_ministry(slug="mofa", name="Foreign"))
    paths = [
        "/commitments/yearly/",
        "/commitments/other/",
        "/ministries/mou/",
        "/ministries/mofa/",
        f"/initiatives/report/{PAST}",
    ]
    before = {path: etag_of(client, path) for path in paths}

    make_assessment(
        commitment=other,
        evidence=[make_evidence(commitment=other)],
        status="stalled",
        effective_from=date(2023, 5, 1),
        recorded_at=datetime(2025, 1, 1, tzinfo=UTC),
    )

    changed = {path for path in paths if etag_of(client, path) != before[path]}
    assert changed == {"/commitments/other/", "/ministries/mofa/"}


def test_languages_and_moments_have_tags_of_their_own(client: Client, record):
    paths = [f"{language}/commitments/yearly/{query}" for language in ("", "/ko") for query in ("", PAST)]

    assert len({etag_of(client, path) for path in paths}) == len(paths)


def test_nothing_is_kept_of_refusals_and_of_themed_pages(client: Client, record):
    assert "ETag" not in client.get("/commitments/no-such/")
    assert "ETag" not in client.get("/commitments/?status=nonsense")
    client.cookies["theme"] = "dark"
    assert client.get("/")["Cache-Control"] == "private, max-age=0"
    assert queries_of(client, "/") > 1
