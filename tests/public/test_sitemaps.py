"""What crawlers are told."""

import pytest
from django.test import Client
from lxml import etree
from protego import Protego

from policytracker.public.views.sitemaps import SITEMAPS

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def test_the_index_names_a_map_a_kind_with_when_it_changed(client: Client, record):
    index = etree.fromstring(client.get("/sitemap.xml").content)

    maps = index.xpath("//s:sitemap/s:loc/text()", namespaces=NAMES)
    assert len(maps) == 6
    assert index.xpath("//s:sitemap/s:lastmod/text()", namespaces=NAMES)


def test_a_map_lists_every_language_of_a_page(client: Client, record):
    urls = etree.fromstring(client.get("/sitemap-commitments.xml").content)

    assert len(urls.xpath("//s:url", namespaces=NAMES)) == 4
    assert set(urls.xpath("//x:link/@hreflang", namespaces=NAMES)) == {"en", "ko", "x-default"}
    assert urls.xpath("//s:lastmod", namespaces=NAMES)


def test_a_long_map_goes_on_without_a_gap(client: Client, record, monkeypatch):
    whole = _locations(client.get("/sitemap-commitments.xml").content)
    monkeypatch.setattr(SITEMAPS["commitments"], "limit", 3, raising=False)

    pages = [_locations(client.get(f"/sitemap-commitments.xml?p={page}").content) for page in (1, 2)]
    index = _locations(client.get("/sitemap.xml").content, "sitemap")

    assert [len(page) for page in pages] == [3, 1]
    assert [*pages[0], *pages[1]] == whole
    assert [address for address in index if "commitments" in address][1].endswith("?p=2")


def _locations(document: bytes, name: str = "url") -> list[str]:
    return etree.fromstring(document).xpath(f"//s:{name}/s:loc/text()", namespaces=NAMES)


def test_robots_read_pages_and_leave_desk_and_search_alone(client: Client):
    rules = Protego.parse(client.get("/robots.txt").content.decode())

    assert rules.can_fetch("https://example.org/commitments/", "anybot")
    assert not rules.can_fetch("https://example.org/desk/", "anybot")
    assert list(rules.sitemaps) == ["http://127.0.0.1:8000/sitemap.xml"]
