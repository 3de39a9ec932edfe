"""Every page answers: right status, a page that helps, no draft, no session."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from policytracker.government.models import FormerAddress
from tests.factories import EARLY, make_initiative

pytestmark = pytest.mark.django_db

LISTS = [
    "/",
    "/timeline/",
    "/initiatives/",
    "/commitments/",
    "/ministries/",
    "/officials/",
    "/articles/",
    "/deadlines/",
    "/corrections/",
    "/methodology/",
    "/about/",
    "/sources/",
    "/accessibility/",
    "/privacy/",
    "/search/",
]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_every_page_answers_on_an_empty_record(client: Client, path, prefix):
    response = client.get(prefix + path)

    assert response.status_code == 200
    assert response["Content-Language"] == ("ko" if prefix else "en")


@pytest.mark.parametrize("path", LISTS)
def test_reading_sets_no_cookie_and_asks_for_none(client: Client, path):
    response = client.get(path)

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "") or path == "/"


def test_a_korean_browser_is_led_to_the_korean_front_page(client: Client):
    response = client.get("/", headers={"Accept-Language": "ko-KR,ko;q=0.9,en;q=0.5"})

    assert (response.status_code, response["Location"]) == (302, "/ko/")


@pytest.mark.parametrize("path", [*LISTS, "/commitments/none/"])
def test_head_answers_as_get_without_a_body(client: Client, path):
    assert client.head(path).status_code == client.get(path).status_code
    assert client.head(path).content == b""


def test_options_names_the_methods(client: Client):
    response = client.options("/commitments/")

    assert (response.status_code, response["Allow"]) == (204, "GET, HEAD, OPTIONS")


def test_posting_to_a_page_is_not_allowed(client: Client):
    assert client.post("/commitments/").status_code == 405


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/commitments/?status=nonsense", 400),
        ("/commitments/?made_since=2023-02-30", 400),
        ("/commitments/?ministry=nowhere", 400),
        ("/commitments/?sort=colour", 400),
        ("/commitments/?after=zz", 400),
        ("/commitments/?after=2023-01-01~5", 404),
        ("/commitments/?after=2023-01-01~99999999999999999999", 400),
        ("/commitments/?as_of=2023-02-30", 400),
        ("/commitments/?as_of=9999-01-01", 400),
        ("/commitments/?q=" + "x" * 10_000, 400),
        ("/commitments/?q=%00", 400),
        ("/articles/?language=tlh", 400),
        ("/articles/0/", 404),
        ("/articles/99999999999999999999999/", 404),
        ("/timeline/?kind=nonsense", 400),
        ("/timeline/?order=sideways", 400),
        ("/timeline/?page=nonsense", 400),
        ("/search/?q=" + "x" * 10_000, 400),
        ("/search/?q=%00", 400),
        ("/search/?kind=nonsense", 400),
        ("/initiatives/no-such-thing/", 404),
        ("/topics/no-such-thing/", 404),
        ("/tags/no-such-thing/", 404),
        ("/no-such-page/", 404),
    ],
)
@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_nonsense_gets_the_right_status_and_a_page_that_helps(client: Client, path, status, prefix):
    response = client.get(prefix + path)

    assert response.status_code == status
    assert 'id="main"' in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/initiatives/draft/", "/commitments/draft/", "/ministries/draft/", "/officials/draft/"]
)
def test_a_draft_answers_like_nothing(client: Client, record, path):
    assert client.get(path).status_code == 404


def test_a_commitment_shows_verdict_quote_and_who_was_minister(client: Client, record):
    page = client.get("/commitments/yearly/").content.decode()

    assert "the ministry will publish an annual report" in page
    assert "Fulfilled" in page
    assert "Minister then: Kwon Example" in page
    assert "26 days late" in page


def test_a_page_of_an_earlier_day_says_so_and_leads_back(client: Client, record):
    page = client.get("/commitments/yearly/?as_of=2023-02-01").content.decode()

    assert "You see what was true on" in page
    assert 'href="/commitments/yearly/"' in page
    assert "Not rated" in page


def test_an_article_shows_its_passages_and_not_its_text(client: Client, record):
    page = client.get(f"/articles/{record.article.pk}/").content.decode()

    assert "the ministry will publish an annual report" in page
    assert "It gave no further details." not in page


def test_what_was_not_known_yet_is_not_there_yet(client: Client):
    make_initiative(slug="late", recorded_at=datetime(2025, 1, 1, tzinfo=UTC))

    response = client.get("/initiatives/late/?known_at=2024-01-01")

    assert response.status_code == 404
    assert "1 January 2024" in response.content.decode()


def test_a_moved_address_redirects_for_good(client: Client):
    initiative = make_initiative(slug="new-name", recorded_at=EARLY)
    FormerAddress.objects.create(kind="initiative", slug="old-name", initiative=initiative)

    response = client.get("/initiatives/old-name/?as_of=2024-01-01")

    assert (response.status_code, response["Location"]) == (301, "/initiatives/new-name/?as_of=2024-01-01")
