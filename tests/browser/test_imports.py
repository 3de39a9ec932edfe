"""We know that importing works in a real browser: accessible, by keyboard, by dropping, and without script."""

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from articles.actions.queueing import queue_import
from articles.actions.running import work_on_batch
from articles.given import Given
from articles.models import Article, Feed, ImportBatch
from policytracker.desk import import_preview
from tests.articles.site import Clock, Site, page_of
from tests.factories import make_user

from .axe import faults_of
from .test_public_pages import watched

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILES = [("one.html", page_of(1)), ("two.html", page_of(2))]
CSV = "Title,Body,When\nOne,some words of the first,2023-01-27\nTwo,other words entirely,2023-02-30\n"
# What a drop brings is made in the page: no browser lets a program drag files in from outside.
DROP = """([box, files]) => {
  const data = new DataTransfer();
  for (const [name, body] of files) data.items.add(new File([body], name));
  document.querySelector(box).dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Any:
    site = Site()
    monkeypatch.setattr(import_preview, "tools", lambda: site.tools())
    caches["pages"].clear()
    yield site
    site.close()


def signed_in(chromium: Browser, address: str, **options: Any) -> BrowserContext:
    """An editor's browser."""
    client = Client()
    client.force_login(make_user(groups=("editor",)))
    context = chromium.new_context(**options)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])
    return context


def run(batch: ImportBatch, site: Site) -> None:
    work_on_batch(batch_id=batch.pk, tools=site.tools(Clock(timezone.now()), is_patient=False))


def draft_of(site: Site, **fields: Any) -> ImportBatch:
    given = [Given.of_bytes(CSV.encode(), name="list.csv"), Given(source="http://a.example.org/1")]
    return queue_import(sources=given, by=None, at=timezone.now(), **fields)


def import_pages(site: Site) -> dict[str, str]:
    """Every import page, with everything that can stand on it."""
    site.page("/1", page_of(1))
    site.page("/2", page_of(2).replace("</p><p>", " It ends with a short note.</p><p>", 1))
    for body in (page_of(2), page_of(2).replace("</p><p>", " It ends with a short note.</p><p>", 1)):
        site.page("/2", body)
        changed = queue_import(sources=[Given(source="http://a.example.org/2")], by=None, at=timezone.now())
        run(changed, site)
    waiting = draft_of(site)
    done = draft_of(site)
    run(done, site)
    Feed.objects.create(url="https://a.example.org/feed", kind="feed", failures=3, last_error="The site answered 503.")
    return {
        "list": "/desk/imports/",
        "new": "/desk/imports/new/",
        "draft": f"/desk/imports/{draft_of(site, start=False).pk}/",
        "waiting": f"/desk/imports/{waiting.pk}/",
        "done": f"/desk/imports/{done.pk}/",
        "all": f"/desk/imports/{done.pk}/?show=all",
        "item": f"/desk/imports/{changed.pk}/items/{changed.items.get().pk}/",
        "feeds": "/desk/imports/feeds/",
        "tokens": "/desk/imports/tokens/",
    }


def test_no_import_page_has_a_fault_or_scrolls_sideways(chromium: Browser, live_server: Any, site: Site) -> None:
    context = signed_in(chromium, live_server.url, reduced_motion="reduce")
    page = context.new_page()
    wrong = watched(page, live_server.url)
    faults: list[Any] = []

    for name, path in import_pages(site).items():
        assert page.goto(live_server.url + path).status == 200, name  # type: ignore[union-attr]
        faults += faults_of(page, name)

    context.close()
    assert faults == []
    assert wrong == []


def by_keyboard(page: Page, name: str) -> None:
    """Go on with Tab until a button has the focus, and press it."""
    for _step in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard does not reach “{name}”")


def test_links_are_pasted_shown_and_started_by_keyboard(chromium: Browser, live_server: Any, site: Site) -> None:
    site.page("/1", page_of(1))
    context = signed_in(chromium, live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}/desk/imports/new/")

    page.locator("#id_addresses").focus()
    page.keyboard.insert_text("http://a.example.org/1")
    by_keyboard(page, "Show what would be imported")
    expect(page.get_by_role("heading", name="Report 1 announced")).to_be_visible()
    assert not Article.objects.exists()
    by_keyboard(page, "Start import")
    expect(page.locator("#progress")).to_contain_text("0 of 1 item")
    run(ImportBatch.objects.get(), site)

    expect(page.locator("#progress")).to_contain_text("1 of 1 item")  # it asked by itself
    context.close()


def test_dropped_files_join_those_chosen_before(
    chromium: Browser, live_server: Any, site: Site, tmp_path: Path
) -> None:
    chosen = tmp_path / "chosen.csv"
    chosen.write_text(CSV)
    context = signed_in(chromium, live_server.url)
    page = context.new_page()
    wrong = watched(page, live_server.url)
    page.goto(f"{live_server.url}/desk/imports/new/")
    page.locator("input[type=file]").set_input_files(chosen)

    page.evaluate(DROP, [".drop", FILES])
    expect(page.locator("[data-dropped]")).to_have_text("chosen.csv, one.html, two.html")
    page.get_by_role("button", name="Show what would be imported").click()

    expect(page.locator("main")).to_contain_text("3 items. Nothing is stored yet.")
    expect(page.locator("main")).to_contain_text("Report 2 announced")
    context.close()
    assert wrong == []


def test_columns_are_chosen_and_an_import_watched_without_script(
    chromium: Browser, live_server: Any, site: Site, tmp_path: Path
) -> None:
    table = tmp_path / "list.csv"
    table.write_text(CSV.replace("Title,Body", "Eins,Zwei"))
    context = signed_in(chromium, live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/desk/imports/new/")

    page.locator("input[type=file]").set_input_files(table)
    page.get_by_role("button", name="Show what would be imported").click()
    for field, column in (("headline", "Eins"), ("text", "Zwei"), ("published", "When")):
        page.locator(f"select[name={field}]").select_option(column)
    page.get_by_role("button", name="Show again with these columns").click()
    expect(page.get_by_role("heading", name="One", exact=True)).to_be_visible()
    page.get_by_role("button", name="Start import").click()
    run(ImportBatch.objects.get(), site)
    page.get_by_role("link", name="Refresh").click()

    expect(page.locator("#progress")).to_contain_text("2 of 2 items")
    expect(page.locator("main")).to_contain_text("2023-02-30")
    context.close()
