"""Cards for other sites: framable only there, without script or cookie."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/embed/commitment/yearly/", "/embed/initiative/report/", "/embed/ministry/mou/"])
def test_a_card_is_framable_runs_nothing_and_sets_nothing(client: Client, record, path):
    response = client.get(path)

    assert response.status_code == 200
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert "<script" not in response.content.decode()
    assert not response.cookies


@pytest.mark.parametrize("path", ["/", "/commitments/yearly/", "/commitments/yearly/embedding/"])
def test_no_other_page_is_framable(client: Client, record, path):
    response = client.get(path)

    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_a_frozen_card_says_what_changed_since(client: Client, record):
    page = client.get("/embed/commitment/yearly/?as_of=2023-02-01").content.decode()

    assert "Not rated" in page
    assert "Changed since:" in page


def test_other_kinds_have_no_card(client: Client, record):
    assert client.get("/embed/official/kwon/").status_code == 404


def test_oembed_answers_for_our_pages(client: Client, record):
    told = client.get("/oembed/?url=http://127.0.0.1:8000/ko/commitments/yearly/&maxwidth=300").json()

    assert (told["version"], told["type"], told["width"]) == ("1.0", "rich", 300)
    assert 'src="http://127.0.0.1:8000/' in told["html"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("url=https://evil.example/commitments/yearly/", 404),
        ("url=http://127.0.0.1:8000/about/", 404),
        ("url=nonsense", 404),
        ("", 404),
        ("url=http://127.0.0.1:8000/commitments/yearly/&maxwidth=wide", 400),
        ("url=http://127.0.0.1:8000/commitments/yearly/&format=xml", 501),
    ],
)
def test_oembed_refuses_what_it_cannot_answer(client: Client, record, query, status):
    assert client.get(f"/oembed/?{query}").status_code == status


def test_a_page_names_its_oembed_address(client: Client, record):
    assert 'type="application/json+oembed"' in client.get("/commitments/yearly/").content.decode()
