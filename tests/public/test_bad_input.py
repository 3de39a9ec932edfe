"""Whatever is asked, every address of the public door gives the right status and never breaks."""

import pytest
from django.test import Client
from lxml import html

from policytracker.government.models import FormerAddress
from policytracker.public.filters import ArticleFilter, CommitmentFilter, InitiativeFilter, OfficialFilter
from policytracker.tracking.models import FormerTagAddress, Tag

from .door import PLURALS, SLUGS, names, page_names, path_of

pytestmark = pytest.mark.django_db

NONSENSE = (
    "as_of=9999-01-01&known_at=2023-13-01",
    "after=" + "1" * 10_000,
    "q=%00",
    "format=xml",
)


def test_head_and_options_are_answered_everywhere(client: Client, record):
    for name in names():
        path = path_of(name, record)
        read, asked, told = client.get(path), client.head(path), client.options(path)

        assert (asked.status_code, asked.content) == (read.status_code, b""), name
        assert told.status_code in (200, 204), name


def test_nonsense_is_never_an_error_of_ours(client: Client, record):
    for name in names():
        path = path_of(name, record)
        joint = "&" if "?" in path else "?"
        for words in NONSENSE:
            status = client.get(f"{path}{joint}{words}").status_code
            # oEmbed asks for 501 where a format is not offered.
            assert status < 500 or (name, status) == ("oembed", 501), (name, words[:40])


def test_a_day_there_is_none_of_is_refused_on_every_page(client: Client, record):
    for name in page_names():
        path = path_of(name, record)
        joint = "&" if "?" in path else "?"

        response = client.get(f"{path}{joint}as_of=2023-02-30")

        assert response.status_code == 400, name
        assert "2023-02-30" in response.content.decode(), name


ACCEPTS = ("application/x-unheard-of", "image/png", "application/xml", "*/*;q=0", "", "text/html;q=zebra", ";" * 6000)


def test_an_unknown_accept_gets_what_the_address_names(client: Client, record):
    for number, name in enumerate(names()):
        path, accept = path_of(name, record), ACCEPTS[number % len(ACCEPTS)]

        response = client.get(path, headers={"Accept": accept})

        is_page = response["Content-Type"].startswith("text/html")
        assert (response.status_code, is_page) == (200, name in page_names()), (name, accept[:20])
    for accept in ACCEPTS:
        lost = client.get("/ko/no-such-page/", headers={"Accept": accept})
        assert (lost.status_code, lost["Content-Type"]) == (404, "text/html; charset=utf-8"), accept[:20]


def test_an_unknown_slug_gets_a_page_that_helps_or_a_sentence(client: Client, record):
    for name in names():
        path = path_of(name, record)
        for slug in set(SLUGS.values()) & set(path.strip("/").split("/")):
            for unknown in ("no-such-slug", "x" * 2000):
                response = client.get("/ko" + path.replace(f"/{slug}/", f"/{unknown}/"))
                is_page = response["Content-Type"].startswith("text/html")
                assert response.status_code == 404, name
                assert ('role="search"' in response.content.decode()) is is_page is (name in page_names()), name
            assert client.get(path.replace(f"/{slug}/", f"/{slug}%00/")).status_code in (400, 404), name


LISTS = {
    "/commitments/": CommitmentFilter,
    "/initiatives/": InitiativeFilter,
    "/officials/": OfficialFilter,
    "/articles/": ArticleFilter,
}


@pytest.mark.parametrize("path", LISTS)
def test_nonsense_in_any_filter_is_said_beside_the_form(client: Client, record, path):
    for name in LISTS[path].base_filters:
        nonsense = "x" * 10_000 if name == "q" else "no-such-thing"
        for prefix in ("", "/ko"):
            response = client.get(f"{prefix}{path}", {name: nonsense})
            page = html.fromstring(response.content.decode())
            assert response.status_code == 400, name
            assert page.xpath("//form[contains(@class, 'filters')]//*[@role='alert']//li"), name
        for twin in ("?format=json&", "?format=csv&", "feed.atom?", "deadlines.ics?"):
            if path != "/articles/" or not twin.startswith("deadlines"):
                assert client.get(f"{path}{twin}{name}={nonsense}").status_code == 400, (name, twin)


@pytest.mark.parametrize("kind", ["initiative", "commitment", "ministry", "official"])
def test_a_moved_slug_leads_on_for_good_in_every_form(client: Client, record, kind):
    FormerAddress.objects.create(kind=kind, slug="old", **{kind: getattr(record, kind)})

    for ending in ("", "feed.atom", "deadlines.ics", "picture.png?as_of=2024-01-01", "cite/", "?format=json"):
        response = client.get(f"/{PLURALS[kind]}/old/{ending}")

        assert (response.status_code, response["Location"]) == (301, f"/{PLURALS[kind]}/{SLUGS[kind]}/{ending}")


def test_a_moved_slug_leads_on_in_korean_and_to_its_card(client: Client, record):
    for kind in ("initiative", "commitment", "ministry"):
        FormerAddress.objects.create(kind=kind, slug="old", **{kind: getattr(record, kind)})
        for ending in ("", "embedding/", "cite/?format=csl", "?format=csv&as_of=2024-01-01"):
            response = client.get(f"/ko/{PLURALS[kind]}/old/{ending}")

            assert (response.status_code, response["Location"]) == (301, f"/ko/{PLURALS[kind]}/{SLUGS[kind]}/{ending}")
        card = client.get(f"/embed/{kind}/old/")
        assert (card.status_code, card["Location"]) == (301, f"/embed/{kind}/{SLUGS[kind]}/")


def test_a_moved_tag_leads_on_for_good(client: Client, record):
    FormerTagAddress.objects.create(slug="old", tag=Tag.objects.get(slug="human-rights"))

    response = client.get("/ko/tags/old/")

    assert (response.status_code, response["Location"]) == (301, "/ko/tags/human-rights/")
