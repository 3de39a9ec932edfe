"""A citation names day and moment, is read by programs that write references, and its address answers for good."""

import json
import re
import warnings

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from django.test import Client
from lxml import html

from tests.factories import make_commitment

from .door import path_of

pytestmark = pytest.mark.django_db


def test_the_address_in_a_citation_answers(client: Client, record):
    told = client.get("/commitments/yearly/cite/?format=csl").json()

    address = told[0]["URL"].removeprefix("http://127.0.0.1:8000")
    response = client.get(address)

    assert re.search(r"as_of=\d{4}-\d\d-\d\d&known_at=", address)
    assert response.status_code == 200
    assert "You see what was true on" in response.content.decode()


ODD = "Raise 5 % & $3 for #1_ {at} C:\\ “통일부”"
KINDS = ("initiative", "commitment", "ministry", "official", "topic", "tag")


def entry_of(bibtex: str):
    """The one entry, as a reference manager reads it; `.fields` are as they stand, without their braces."""
    library = bibtexparser.parse_string(bibtex)
    assert library.failed_blocks == []
    (entry,) = library.entries
    return entry


def test_bibtex_escapes_what_would_be_markup_and_reads_back_the_same(client: Client, record):
    make_commitment(slug="markup", statement=ODD)

    told = client.get("/commitments/markup/cite/?format=bibtex").content.decode()

    read = bibtexparser.parse_string(told, append_middleware=[LatexDecodingMiddleware()])
    assert r"{{Raise 5 \% \& \$3 for \#1\_ \{at\} C:\textbackslash{} “통일부”}}" in told
    assert read.entries[0]["title"] == ODD


@pytest.mark.parametrize("kind", KINDS)
def test_bibtex_of_every_kind_is_one_entry_with_an_address_that_answers(client: Client, record, kind):
    entry = entry_of(client.get("/ko" + path_of(f"{kind}_cite") + "?format=bibtex").content.decode())

    told = {field.key: field.value for field in entry.fields}
    assert (entry.entry_type, told["author"], told["year"]) == ("misc", "{Policy Tracker}", told["urldate"][:4])
    assert entry.key.startswith(f"{kind}-")
    assert client.get(told["url"].removeprefix("http://127.0.0.1:8000")).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_csl_json_of_every_kind_becomes_a_reference(client: Client, record, kind):
    told = client.get(path_of(f"{kind}_cite") + "?format=csl").json()

    with warnings.catch_warnings():
        warnings.simplefilter("error")  # it warns of what the format has no name for
        source = CiteProcJSON(told)
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        references = CitationStylesBibliography(style, source, formatter.plain)
        references.register(Citation([CitationItem(told[0]["id"])]))
        (reference,) = map(str, references.bibliography())

    assert told[0]["title"] in reference
    assert told[0]["URL"] in reference
    assert reference.startswith("Policy Tracker (20")


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
