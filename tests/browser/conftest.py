"""A browser, and the site with the demo record to visit."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from policytracker.government.models import Commitment, Membership
from tests.databases import drop_test_database, make_test_database, use_test_database
from tests.factories import NOW, make_annotation, make_tag

from .desk import fill_desk
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


@pytest.fixture(scope="module")
def demo_site(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The address of a running site with the demo record, in a database of its own: these tests only read."""
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        make_test_database(f"{before}_site")
        call_command("load_demo", verbosity=0)
        server = LiveServer("127.0.0.1")
        with override_settings(SITE_URL=server.url, ALLOWED_HOSTS=["*"]):
            yield server.url
        server.stop()
        drop_test_database(f"{before}_site")
        use_test_database(before)


@pytest.fixture(scope="module")
def visits(demo_site) -> dict[str, str]:
    """Every page kind by name; those of an article, of a term and of a tag among them."""
    article = Article.objects.filter(snapshots__evidence_set__isnull=False).order_by("pk").first()
    term = Membership.objects.filter(post__is_head=True, started_on__year=2025).order_by("pk").first()
    tag = make_tag("family reunions")
    note = make_annotation(commitment=Commitment.objects.get(slug="c012"), visibility="public", recorded_at=NOW)
    note.tags.add(tag)
    return {
        **PAGES,
        "article": f"/articles/{article.pk}/",
        "hand-over": f"/hand-over/{term.pk}/",
        "tag": f"/tags/{tag.slug}/",
    }


@pytest.fixture(scope="module")
def desk_site(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The address of a running site with one article and the people of the desk, in a database of its own to write in."""
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        make_test_database(f"{before}_desk")
        fill_desk()
        server = LiveServer("127.0.0.1")
        with override_settings(SITE_URL=server.url, ALLOWED_HOSTS=["*"]):
            yield server.url
        server.stop()
        drop_test_database(f"{before}_desk")
        use_test_database(before)
