"""The desk as the browser tests find it: people who are signed in, one article, and ways to point at its words."""

from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page

from articles.models import Article
from policytracker.government.models import Ministry
from policytracker.tracking.models import Candidate
from tests.factories import make_article, make_candidate, make_commitment, make_initiative, make_ministry, make_user

PEOPLE = ("viewer", "analyst", "reviewer", "editor", "admin")
PROMISE = "In March, the ministry will publish an annual report, including in English."
TEXT = f"""🙂 The ministry held a briefing on Friday. It was short.
{PROMISE} It gave no further details of the programme.
통일부는 3월에 북한인권보고서를 발간할 예정이라고 밝혔다. 재단도 출범한다."""


def fill_desk() -> None:
    """One article with a proposal, one commitment it may be about, and somebody of each role."""
    for name in PEOPLE:
        make_user(name, groups=(name,))
    ministry = make_ministry(slug="mou", name="Ministry of Unification")
    initiative = make_initiative(slug="rights-report", name="Report on human rights")
    make_commitment(slug="open-an-office", statement="Open an office.", lead_ministry=ministry, initiative=initiative)
    make_article(text=TEXT, headline="Ministry to publish report")
    propose()


def article() -> Article:
    """The article at the desk."""
    return Article.objects.get(headline="Ministry to publish report")


def propose(quote: str = PROMISE) -> Candidate:
    """A sentence of the article, proposed as a commitment."""
    return make_candidate(
        quote=quote,
        snapshot=article().current_snapshot,
        actor_ministry=Ministry.objects.get(slug="mou"),
        statement="Publish a yearly report on human rights.",
        due_on=date(2023, 3, 31),
        due_precision="month",
        due_words="In March",
    )


def at_desk(chromium: Browser, site: str, name: str, **options: Any) -> Page:
    """A page of somebody who is signed in, at a browser of their own."""
    client = Client()
    client.force_login(User.objects.get(username=name))
    context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    context.set_default_timeout(8_000)
    return context.new_page()


def place_of(page: Page, words: str) -> dict[str, float]:
    """Where words of the text are drawn: left and right edge, and the middle of their line."""
    return page.evaluate(
        """words => {
          const walk = document.createTreeWalker(document.querySelector('[data-annotatable]'), NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const at = walk.currentNode.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(walk.currentNode, at);
            range.setEnd(walk.currentNode, at + words.length);
            range.startContainer.parentElement.scrollIntoView({ block: 'center' });
            const box = range.getBoundingClientRect();
            return { left: box.left, right: box.right, y: box.top + box.height / 2 };
          }
        }""",
        words,
    )


def drag_over(page: Page, words: str) -> None:
    """Select words of one line with the mouse."""
    place = place_of(page, words)
    page.mouse.move(place["left"] + 1, place["y"])
    page.mouse.down()
    page.mouse.move(place["right"] - 1, place["y"], steps=8)
    page.mouse.up()


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until something that matches has the focus. Raises AssertionError where it never gets it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with the keyboard")


def wait_until_kept(page: Page) -> None:
    """Return once this browser keeps what was typed. Raises AssertionError."""
    for _ in range(100):
        if page.evaluate("Object.keys(localStorage).length"):
            return
        page.wait_for_timeout(50)
    raise AssertionError("nothing of what was typed is kept")
