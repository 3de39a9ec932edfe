"""A crawler of other people's making, led to the test client in place of a network."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.test import Client
from trafilatura.sitemaps import sitemap_search

SITE = "https://tracker.example"  # the crawler's rules for addresses want a name


@contextmanager
def led_to(client: Client) -> Iterator[list[str]]:
    """While open, what trafilatura fetches comes from the client. Yields the addresses it asked for; others are an error."""
    asked: list[str] = []

    def fetch(url: str, **_about: object) -> str | None:
        assert url.startswith(f"{SITE}/"), url
        asked.append(url)
        response = client.get(url.removeprefix(SITE))
        return response.content.decode() if response.status_code == 200 else None

    with (
        patch("trafilatura.sitemaps.fetch_url", fetch),
        patch("trafilatura.sitemaps.is_live_page", lambda *_about: True),
    ):
        yield asked


def crawled(client: Client) -> tuple[list[str], list[str]]:
    """The paths of all pages that the crawler finds from robots.txt on, and the files it read for them."""
    with led_to(client) as asked:
        pages = sitemap_search(SITE, sleep_time=0)
    return [page.removeprefix(SITE) for page in pages], [url.removeprefix(SITE) for url in asked]
