"""Every page kind in a real browser: accessible, within its width, without a word from elsewhere."""

import gzip

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from .pages import REFUSED

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
KILOBYTE = 1024


def watched(page: Page, site: str) -> list[str]:
    """What goes wrong on a page from now on: errors, refusals of the content policy, requests to others."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda said: wrong.append(said.text) if said.type == "error" and "status of 40" not in said.text else None,
    )
    page.on("request", lambda request: None if request.url.startswith((site, "data:")) else wrong.append(request.url))
    return wrong


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_no_page_kind_has_an_accessibility_fault(chromium: Browser, demo_site, visits, prefix, width):
    context = chromium.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    wrong = watched(page, demo_site)
    faults = []

    for name, path in visits.items():
        response = page.goto(demo_site + prefix + path)
        assert response.status == REFUSED.get(name, 200), name
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            for fault in Axe().run(page, options=RULES).response["violations"]:
                nodes = [node["target"] for node in fault["nodes"][:3]]
                faults.append((name, theme, fault["id"], nodes))

    context.close()
    assert faults == []
    assert wrong == []


@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_no_page_kind_scrolls_sideways_at_320_pixels(chromium: Browser, demo_site, visits, prefix):
    context = chromium.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    wide = {}

    for name, path in visits.items():
        page.goto(demo_site + prefix + path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[name] = width

    context.close()
    assert wide == {}


@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_every_page_kind_is_well_formed_html(client, demo_site, visits, prefix):
    wrong = {}

    for name, path in visits.items():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(client.get(prefix + path).content.decode())
        if parser.errors:
            wrong[name] = parser.errors[:3]

    assert wrong == {}


def test_no_page_kind_has_an_inline_script_or_style(client, demo_site, visits):
    for name, path in visits.items():
        page = client.get(path).content.decode()

        assert " style=" not in page, name
        assert "<style" not in page, name
        assert "onclick" not in page, name


def test_a_first_view_is_small(chromium: Browser, demo_site, visits):
    context = chromium.new_context()
    heavy = {}

    for name in ("home", "initiative", "commitment", "article", "commitments"):
        page = context.new_page()
        answers = []
        page.on("response", lambda answer, kept=answers: kept.append(answer))  # a builtin would not do
        page.goto(demo_site + visits[name], wait_until="networkidle")
        weight = sum(len(gzip.compress(answer.body(), mtime=0)) for answer in answers)
        if weight > 40 * KILOBYTE or len(answers) > 6:
            heavy[name] = (weight, len(answers))
        page.close()

    context.close()
    assert heavy == {}


def painted(chromium: Browser, url: str) -> float:
    """Milliseconds until the first content was painted, the best of a few visits."""
    context = chromium.new_context(bypass_csp=True)
    times = []
    for _visit in range(5):
        page = context.new_page()
        page.goto(url, wait_until="load")
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
        times.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        page.close()
    context.close()
    return min(times)


@pytest.mark.xfail(reason="the front page takes 0.3 s to build: the bar is not met yet", strict=False)
def test_the_front_page_paints_nearly_as_fast_as_an_empty_one(chromium: Browser, demo_site):
    empty = painted(chromium, f"{demo_site}/robots.txt")

    assert painted(chromium, f"{demo_site}/") <= 3 * empty + 100


def test_the_keyboard_leads_past_the_menu_and_through_a_filter(chromium: Browser, demo_site):
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{demo_site}/commitments/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("input[name=status][value=stalled]").focus()
    page.keyboard.press("Space")
    page.locator(".filters button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**status=stalled**")

    assert page.locator(".commits .chip").first.inner_text() == "Stalled"
    page.context.close()


def test_the_menu_of_a_narrow_screen_opens_and_closes_by_keyboard(chromium: Browser, demo_site):
    page = chromium.new_context(viewport={"width": 390, "height": 800}).new_page()
    page.goto(f"{demo_site}/")
    menu = page.locator("#site-nav")

    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Enter")
    assert menu.is_visible()
    page.keyboard.press("Escape")

    assert not menu.is_visible()
    page.context.close()


def test_a_theme_is_kept_for_the_next_page(chromium: Browser, demo_site):
    page = chromium.new_context(color_scheme="light").new_page()
    page.goto(f"{demo_site}/about/")

    page.get_by_label("Appearance").select_option("dark")
    page.goto(f"{demo_site}/privacy/")

    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.context.close()


def test_everything_can_be_filtered_and_themed_without_script(chromium: Browser, demo_site):
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(f"{demo_site}/timeline/")

    page.locator("input[name=kind][value=status]").check(force=True)
    page.get_by_role("button", name="Apply").click()
    kinds = set(page.locator(".events .kind").all_inner_texts())
    page.get_by_label("Appearance").select_option("dark")
    page.get_by_role("button", name="Change").click()

    assert kinds == {"Status"}
    assert "kind=status" in page.url
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.context.close()


def test_a_reader_in_search_of_korean_finds_it_again(chromium: Browser, demo_site):
    page = chromium.new_context(locale="en-GB").new_page()
    page.goto(f"{demo_site}/commitments/c012/")

    page.get_by_role("link", name="한국어").click()
    page.goto(f"{demo_site}/")

    assert page.url == f"{demo_site}/ko/"
    assert page.locator("html").get_attribute("lang") == "ko"
    page.context.close()


def test_a_printed_page_leaves_the_menus_out(chromium: Browser, demo_site):
    page = chromium.new_page()
    page.goto(f"{demo_site}/commitments/c012/")
    page.emulate_media(media="print")

    assert not page.locator(".site-nav").is_visible()
    assert page.locator("h1").is_visible()
    page.close()
