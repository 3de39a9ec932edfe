"""We know that the queue of proposals is worked through with the keyboard alone, in a real browser, with and without script."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from policytracker.government.models import Commitment
from policytracker.tracking.models import Candidate, Evidence, Statement
from tests.factories import make_candidate, make_commitment, make_ministry, make_snapshot, make_user

from .axe import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUOTES = [
    "The ministry will publish a report in March.",
    "The ministry will open an office in May.",
    "The ministry plans to hire ten clerks.",
    "The ministry will repair the bridge.",
    "The ministry will plant a thousand trees.",
    "A thousand trees will be planted.",
]


@pytest.fixture
def queue() -> list[Candidate]:
    """Six proposals of one article in its order, and a commitment that is known already."""
    snapshot = make_snapshot(text=" ".join(QUOTES))
    ministry = make_ministry(slug="moa", name="Ministry of Affairs")
    make_commitment(statement="Open an office in the north.", slug="c900", lead_ministry=ministry)
    return [make_candidate(snapshot=snapshot, quote=quote, actor_ministry=ministry) for quote in QUOTES]


def at_the_queue(chromium: Browser, site: str, article: int, **options: Any) -> Page:
    """An analyst's page; nothing of what follows touches the mouse."""
    client = Client()
    client.force_login(make_user(groups=("analyst",)))
    context: BrowserContext = chromium.new_context(**options)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page = context.new_page()
    page.goto(f"{site}/desk/candidates/?article={article}")
    return page


def tab_to(page: Page, selector: str, *, most: int = 80) -> None:
    """Press Tab until the focus is on what the selector means."""
    for _ in range(most):
        if page.evaluate("wanted => !!document.activeElement?.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {selector}")


def card(page: Page, candidate: Candidate) -> Any:
    return page.locator(f"#c{candidate.pk}")


def test_every_decision_is_taken_by_keys(chromium: Browser, live_server: Any, queue: list[Candidate]) -> None:
    first, second, third, fourth, fifth, sixth = queue
    page = at_the_queue(chromium, live_server.url, first.snapshot.article_id)
    keys = page.keyboard

    # Into the first card by Tab; its statement is corrected in place and saved.
    tab_to(page, f"#c{first.pk} a")
    keys.press("e")
    expect(page.locator(f"#id_c{first.pk}-statement")).to_be_focused()
    keys.press("Control+A")
    keys.type("Publish a report.")
    tab_to(page, f"#c{first.pk} [value=save]")
    keys.press("Enter")
    expect(card(page, first)).to_contain_text("Saved.")
    expect(card(page, first)).to_be_focused()

    # Accepted as new; then on to the next.
    keys.press("a")
    expect(card(page, first)).to_contain_text("a draft commitment was made")
    assert Commitment.objects.get(statement="Publish a report.").due_on is None

    # Attached as a restatement of a commitment that is found as one types.
    keys.press("j")
    expect(card(page, second)).to_be_focused()
    attach(page, second, "restatement")
    expect(card(page, second)).to_contain_text("Attached as a restatement")
    assert Statement.objects.filter(commitment__slug="c900", exact=second.exact).exists()

    # Attached as evidence.
    keys.press("j")
    attach(page, third, "evidence")
    expect(card(page, third)).to_contain_text("Attached as evidence")
    assert Evidence.objects.filter(commitment__slug="c900", exact=third.exact).exists()

    # Rejected with a reason from the list.
    keys.press("j")
    keys.press("r")
    expect(page.locator(f"#id_c{fourth.pk}-reason")).to_be_focused()
    keys.type("Too vague")
    tab_to(page, f"#c{fourth.pk} [value=reject]")
    keys.press("Enter")
    expect(card(page, fourth)).to_contain_text("Decided: rejected")
    keys.press("k")
    expect(card(page, third)).to_be_focused()

    # Two that say the same become one.
    for _ in (fourth, fifth):
        keys.press("j")
    keys.press("x")
    keys.press("j")
    keys.press("x")
    keys.press("f")
    expect(page.locator("main, body").first).to_contain_text("one proposal stands for 2 sentences")
    sixth.refresh_from_db()
    assert sixth.folded_into == fifth
    expect(card(page, fifth)).to_contain_text("1 other sentence says the same")
    page.context.close()


def attach(page: Page, candidate: Candidate, do: str) -> None:
    """Find the known commitment by a word of it, and press the button, by keys."""
    page.keyboard.press("m")
    field = page.locator(f"#id_c{candidate.pk}-commitment")
    expect(field).to_be_focused()
    with page.expect_response("**/desk/options/commitments/**") as found:
        page.keyboard.type("north")
    assert "c900" in found.value.text()
    page.keyboard.press("Control+A")
    page.keyboard.type("Open an office in the north. [c900]")
    tab_to(page, f"#c{candidate.pk} [value={do}]")
    page.keyboard.press("Enter")


def test_every_decision_is_taken_without_script(chromium: Browser, live_server: Any, queue: list[Candidate]) -> None:
    first, second, third, fourth, fifth, sixth = queue
    page = at_the_queue(chromium, live_server.url, first.snapshot.article_id, java_script_enabled=False)

    def opened(candidate: Candidate, part: str) -> None:
        card(page, candidate).locator(f"{part} > summary").press("Enter")

    def press(candidate: Candidate, do: str) -> None:
        with page.expect_navigation():
            card(page, candidate).locator(f"[value={do}]").press("Enter")

    opened(first, ".candidate-fields")
    page.locator(f"#id_c{first.pk}-due").fill("2023-03")
    press(first, "save")
    press(first, "accept")
    for candidate, do in ((second, "restatement"), (third, "evidence")):
        opened(candidate, ".candidate-attach")
        page.locator(f"#id_c{candidate.pk}-commitment").fill("[c900]")
        press(candidate, do)
    opened(fourth, ".candidate-reject")
    page.locator(f"#id_c{fourth.pk}-reason").select_option("too_vague")
    press(fourth, "reject")
    for candidate in (fifth, sixth):
        card(page, candidate).locator("[data-tick]").press("Space")
    with page.expect_navigation():
        page.locator("[data-fold]").press("Enter")

    states = [Candidate.objects.get(pk=row.pk).state for row in queue]
    assert states == ["accepted", "restatement", "evidence", "rejected", "proposed", "proposed"]
    assert Candidate.objects.get(pk=sixth.pk).folded_into == fifth
    assert Commitment.objects.exclude(slug="c900").get().due_on == date(2023, 3, 31)
    page.context.close()


def test_the_queue_has_no_fault_that_axe_finds(chromium: Browser, live_server: Any, queue: list[Candidate]) -> None:
    page = at_the_queue(chromium, live_server.url, queue[0].snapshot.article_id)

    assert faults_of(page, "queue") == []
    page.goto(f"{live_server.url}/desk/candidates/{queue[0].pk}/")
    assert faults_of(page, "candidate") == []
    page.context.close()
