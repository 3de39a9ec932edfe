"""What other programs read in a page."""

import json

import pytest
from django.test import Client
from lxml import html

from tests.factories import make_commitment

pytestmark = pytest.mark.django_db


def data_of(client: Client, path: str) -> list[dict]:
    page = html.fromstring(client.get(path).content.decode())
    return [json.loads(script.text) for script in page.xpath("//script[@type='application/ld+json']")]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/ministries/mou/", "GovernmentOrganization"),
        ("/officials/kwon/", "Person"),
        ("/commitments/yearly/", "ClaimReview"),
    ],
)
def test_each_subject_says_what_it_is(client: Client, record, path, kind):
    (data,) = data_of(client, path)

    assert (data["@context"], data["@type"]) == ("https://schema.org", kind)


def test_a_review_names_claim_and_rating_in_words(client: Client, record):
    (data,) = data_of(client, "/commitments/yearly/")

    assert data["reviewRating"]["alternateName"] == "Fulfilled"
    assert data["itemReviewed"]["@type"] == "Claim"


def test_no_value_can_leave_the_script(client: Client):
    make_commitment(slug="bad", statement="</script><script>alert(1)</script>")

    page = client.get("/commitments/bad/").content.decode()

    assert "<script>alert" not in page
    assert data_of(client, "/commitments/bad/")[0]["claimReviewed"].startswith("</script>")


def test_a_page_names_its_address_for_good_and_its_twins(client: Client, record):
    page = html.fromstring(client.get("/ko/commitments/yearly/?as_of=2024-01-01").content.decode())

    assert page.xpath("//link[@rel='canonical']/@href") == ["http://127.0.0.1:8000/ko/commitments/yearly/"]
    assert set(page.xpath("//link[@rel='alternate']/@hreflang")) == {"en", "ko", "x-default"}
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_the_picture_is_a_picture(client: Client, record):
    response = client.get("/commitments/yearly/picture.png")

    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")
