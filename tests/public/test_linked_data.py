"""What other programs read in a page."""

import json
from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from django.test import Client
from lxml import html
from pyld import jsonld

from tests.factories import make_article, make_commitment, make_correction, make_ministry

pytestmark = pytest.mark.django_db

SCHEMA = "http://schema.org/"
# The words of schema.org that our pages use, each under the types that have it; no others have a meaning here.
TERMS = [
    "name",
    "alternateName",
    "url",
    "sameAs",
    "hasOccupation",
    "headline",
    "inLanguage",
    "datePublished",
    "dateModified",
    "publisher",
    "text",
    "author",
    "claimReviewed",
    "itemReviewed",
    "reviewRating",
    "comment",
    "dateCreated",
]
TYPES = [
    "GovernmentOrganization",
    "PoliticalParty",
    "Organization",
    "Person",
    "Occupation",
    "NewsArticle",
    "Claim",
    "ClaimReview",
    "Rating",
    "WebPage",
    "CorrectionComment",
]
LINKS = ("url", "sameAs")
CONTEXT = {
    "@context": {name: SCHEMA + name for name in (*TERMS, *TYPES)}
    | {name: {"@id": SCHEMA + name, "@type": "@id"} for name in LINKS}
}
TOLD_IN = ("/corrections/", "/corrections/?format=json", "/corrections/?format=csv", "/corrections/feed.atom")


def data_of(client: Client, path: str) -> list[dict]:
    page = html.fromstring(client.get(path).content.decode())
    return [json.loads(script.text) for script in page.xpath("//script[@type='application/ld+json']")]


def read(data: dict) -> list[dict]:
    """The data as another program understands it: terms without a meaning are lost, and missed by `all_terms`."""
    return jsonld.expand(
        data, {"documentLoader": lambda _url, _options: {"document": CONTEXT, "documentUrl": _url, "contextUrl": None}}
    )


def terms_in(data) -> set[str]:
    if isinstance(data, list):
        return set().union(*map(terms_in, data))
    if not isinstance(data, dict):
        return set()
    return set(data).union(*map(terms_in, data.values()))


def understood(expanded) -> set[str]:
    return {term.removeprefix(SCHEMA) for term in terms_in(expanded) if not term.startswith("@")}


def test_each_subject_says_what_it_is_in_words_of_schema_org(client: Client, record):
    make_ministry(slug="party", name="A party", classification="party")
    kinds = {
        "/ministries/mou/": "GovernmentOrganization",
        "/ministries/party/": "PoliticalParty",
        "/officials/kwon/": "Person",
        f"/articles/{record.article.pk}/": "NewsArticle",
        "/commitments/yearly/": "ClaimReview",
        "/corrections/": "WebPage",
    }
    _corrected(record)

    for prefix in ("", "/ko"):
        for path, kind in kinds.items():
            (data,) = data_of(client, prefix + path)
            (expanded,) = read(data)

            assert data["@context"] == "https://schema.org"
            assert expanded["@type"] == [SCHEMA + kind], path
            given = {term for term in terms_in(data) if not term.startswith("@")}
            assert understood([expanded]) == given, path


def test_days_are_told_as_exactly_as_they_are_known(client: Client):
    make_commitment(slug="month", made_on=date(2023, 3, 1), made_precision="month")
    make_commitment(slug="quarter", made_on=date(2023, 3, 31), made_precision="quarter")
    moment = datetime(2023, 1, 27, 7, 14, tzinfo=UTC)
    article = make_article(published_at=moment, published_on=moment.date())

    (month,), (quarter,) = (data_of(client, f"/commitments/{slug}/") for slug in ("month", "quarter"))
    (news,) = data_of(client, f"/articles/{article.pk}/")

    assert month["itemReviewed"]["datePublished"] == "2023-03"
    assert "datePublished" not in quarter["itemReviewed"]
    assert news["datePublished"] == "2023-01-27T07:14:00+00:00"


def test_text_that_falls_back_says_its_language(client: Client, record):
    (data,) = data_of(client, "/ko/commitments/yearly/")

    assert data["inLanguage"] == "en"
    assert data["reviewRating"]["alternateName"] == "이행"


def test_a_correction_of_something_not_public_is_told_nowhere(client: Client, record):
    correction = _corrected(record)
    seen = [client.get(path).content.decode() for path in TOLD_IN]

    with patch("policytracker.tracking.corrections._targets", return_value={}):
        hidden = [client.get(path).content.decode() for path in TOLD_IN]

    assert all(correction.note in page for page in seen)
    assert not any(correction.note in page for page in hidden)


def _corrected(record):
    return make_correction(
        record.commitment,
        "statement",
        "Publish a report.",
        record.commitment.statement,
        recorded_at=datetime(2025, 1, 1, tzinfo=UTC),
    )


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
