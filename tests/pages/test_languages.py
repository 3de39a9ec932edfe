"""The front page is offered once in the reader's language; after that the address decides."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
KOREAN = {"Accept-Language": "ko-KR,ko;q=0.9,en;q=0.5"}


def test_other_pages_stay_what_their_address_says(client: Client):
    response = client.get("/no-such-page/", headers=KOREAN)

    assert response["Content-Language"] == "en"


def test_a_reader_who_chose_english_stays_there(client: Client):
    client.cookies["language"] = "en"

    assert client.get("/", headers=KOREAN).get("Location") != "/ko/"


def test_a_reader_who_comes_from_our_own_page_stays_there(client: Client):
    response = client.get("/", headers=KOREAN | {"Referer": "http://testserver/ko/"})

    assert response.get("Location") != "/ko/"
