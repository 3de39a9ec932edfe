"""What crawlers are told, read back by a crawler's own reader."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from lxml import etree
from protego import Protego

from policytracker.government.models import Commitment
from policytracker.public.views.sitemaps import SITEMAPS
from tests.factories import make_annotation, make_commitment, make_initiative, make_tag, make_topic

from .crawler import SITE, crawled

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def at_home(settings):
    """The site under the name by which the crawler comes."""
    settings.SITE_URL = SITE


def test_a_crawler_finds_every_page_from_robots_on_and_each_answers(client: Client, record, at_home):
    pages, files = crawled(client)

    own = {f"{prefix}/commitments/{slug}/" for prefix in ("", "/ko") for slug in ("yearly", "later")}
    assert own < set(pages)
    assert len(pages) == len(set(pages))
    assert {client.get(path).status_code for path in pages} == {200}
    assert files[:2] == ["/robots.txt", "/sitemap.xml"]
    assert {f"/sitemap-{name}.xml" for name in SITEMAPS} == set(files[2:])


def test_a_crawler_finds_no_draft_and_goes_on_to_further_pages_of_a_map(client: Client, record, at_home, monkeypatch):
    make_commitment(slug="a-b_c")
    monkeypatch.setattr(SITEMAPS["commitments"], "limit", 3, raising=False)

    pages, files = crawled(client)

    assert "/ko/commitments/a-b_c/" in pages
    assert "/sitemap-commitments.xml?p=2" in files
    assert not any("draft" in path for path in pages)


def test_the_index_names_a_map_a_kind_with_when_it_changed(client: Client, record):
    index = etree.fromstring(client.get("/sitemap.xml").content)

    maps = index.xpath("//s:sitemap/s:loc/text()", namespaces=NAMES)
    assert len(maps) == 8
    assert index.xpath("//s:sitemap/s:lastmod/text()", namespaces=NAMES)


def test_terms_are_mapped_where_something_public_stands_under_them(client: Client, record):
    make_topic(slug="empty")
    make_initiative(slug="secret", recorded_at=None).topics.add(make_topic(slug="of-a-draft"))
    tagged = make_annotation(visibility="team", commitment=Commitment.objects.get(slug="yearly"))
    tagged.tags.add(make_tag("inside"))

    topics = _locations(client.get("/sitemap-topics.xml").content)
    tags = _locations(client.get("/sitemap-tags.xml").content)

    assert [urlsplit(address).path for address in topics] == ["/topics/rights/", "/ko/topics/rights/"]
    assert not any("inside" in address for address in tags)


def test_a_map_lists_every_language_of_a_page(client: Client, record):
    urls = etree.fromstring(client.get("/sitemap-commitments.xml").content)

    assert len(urls.xpath("//s:url", namespaces=NAMES)) == 4
    assert set(urls.xpath("//x:link/@hreflang", namespaces=NAMES)) == {"en", "ko", "x-default"}
    days = {url.findtext("{*}loc"): url.findtext("{*}lastmod") for url in urls}
    # The day on which its verdict was recorded.
    assert days["http://127.0.0.1:8000/commitments/yearly/"] == "2023-04-27"


def test_a_long_map_goes_on_without_a_gap(client: Client, record, monkeypatch):
    whole = _locations(client.get("/sitemap-commitments.xml").content)
    monkeypatch.setattr(SITEMAPS["commitments"], "limit", 3, raising=False)

    pages = [_locations(client.get(f"/sitemap-commitments.xml?p={page}").content) for page in (1, 2)]
    index = _locations(client.get("/sitemap.xml").content, "sitemap")

    assert [len(page) for page in pages] == [3, 1]
    assert [*pages[0], *pages[1]] == whole
    assert [address for address in index if "commitments" in address][1].endswith("?p=2")


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-commitments.xml", "/ko/sitemap-pages.xml"])
def test_addresses_are_the_sites_own_whichever_host_is_asked(client: Client, record, settings, path):
    settings.ALLOWED_HOSTS = ["other.example"]
    settings.SITE_URL = "https://tracker.example"

    found = client.get(path, headers={"Host": "other.example", "X-Forwarded-Host": "evil.example"})

    assert b"https://tracker.example/" in found.content
    assert b"other.example" not in found.content
    assert b"evil.example" not in found.content


@pytest.mark.parametrize("path", ["/sitemap-gossip.xml", "/sitemap-pages.xml?p=99", "/sitemap-pages.xml?p=x"])
def test_a_map_that_there_is_not_says_where_the_maps_are(client: Client, path):
    response = client.get(path)

    assert (response.status_code, response["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert "sitemap.xml" in response.content.decode()


def _locations(document: bytes, name: str = "url") -> list[str]:
    return etree.fromstring(document).xpath(f"//s:{name}/s:loc/text()", namespaces=NAMES)


def test_robots_read_pages_and_leave_desk_and_search_alone(client: Client):
    rules = Protego.parse(client.get("/robots.txt").content.decode())

    assert rules.can_fetch("https://example.org/commitments/", "anybot")
    assert not rules.can_fetch("https://example.org/desk/", "anybot")
    assert list(rules.sitemaps) == ["http://127.0.0.1:8000/sitemap.xml"]
