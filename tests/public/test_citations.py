"""A citation names day and moment, and its address answers the same for good."""

import json
import re

import pytest
from django.test import Client
from lxml import html

from tests.factories import make_commitment

pytestmark = pytest.mark.django_db


def test_the_address_in_a_citation_answers(client: Client, record):
    told = client.get("/commitments/yearly/cite/?format=csl").json()

    address = told[0]["URL"].removeprefix("http://127.0.0.1:8000")
    response = client.get(address)

    assert re.search(r"as_of=\d{4}-\d\d-\d\d&known_at=", address)
    assert response.status_code == 200
    assert "You see what was true on" in response.content.decode()


def test_bibtex_escapes_what_would_be_markup(client: Client, record):
    make_commitment(slug="markup", statement="Raise 5 % & more_ {at} C:\\")

    told = client.get("/commitments/markup/cite/?format=bibtex").content.decode()

    assert r"{{Raise 5 \% \& more\_ \{at\} C:\textbackslash{}}}" in told
    assert told.count("{") == told.count("}")


def test_csl_json_has_what_the_format_asks_for(client: Client, record):
    (told,) = client.get("/ko/ministries/mou/cite/?format=csl").json()

    assert (told["id"], told["type"], told["author"]) == ("ministry-mou", "webpage", [{"literal": "Policy Tracker"}])
    (day,) = told["issued"]["date-parts"]
    assert [type(part) for part in day] == [int, int, int]
    assert told["URL"].startswith("http://127.0.0.1:8000/ko/ministries/mou/?as_of=")
    page = html.fromstring(client.get("/ko/ministries/mou/cite/").content.decode())
    assert json.loads(page.xpath("//pre")[-1].text_content())[0]["type"] == "webpage"


def test_an_unknown_form_is_refused(client: Client, record):
    assert client.get("/commitments/yearly/cite/?format=word").status_code == 400
