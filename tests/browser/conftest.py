"""A browser, and the site with the demo record to visit."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, sync_playwright

from articles.models import Article

from .pages import LAUNCH, PAGES

# Playwright keeps an event loop running in this thread; the ORM is still called by one thread at a time.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; tests that need it are skipped, aloud, where it is not installed."""
    if not Path(str(LAUNCH["executable_path"])).exists():
        pytest.skip("Chromium is not installed: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**LAUNCH)
        yield browser
        browser.close()


@pytest.fixture
def demo_site(live_server, settings) -> str:
    """The address of a running site with the demo record."""
    settings.SITE_URL = live_server.url
    call_command("load_demo", verbosity=0)
    return live_server.url


@pytest.fixture
def visits(demo_site) -> dict[str, str]:
    """Every page kind by name, an article among them."""
    article = Article.objects.filter(snapshots__evidence_set__isnull=False).order_by("pk").first()
    return {**PAGES, "article": f"/articles/{article.pk}/"}
