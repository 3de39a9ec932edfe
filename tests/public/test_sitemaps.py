"""What crawlers are told."""

import pytest
from django.test import Client
from lxml import etree
from protego import Protego

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


def test_robots_read_pages_and_leave_desk_and_search_alone(client: Client):
    rules = Protego.parse(client.get("/robots.txt").content.decode())

    assert rules.can_fetch("https://example.org/commitments/", "anybot")
    assert not rules.can_fetch("https://example.org/desk/", "anybot")
    assert list(rules.sitemaps) == ["http://127.0.0.1:8000/sitemap.xml"]
